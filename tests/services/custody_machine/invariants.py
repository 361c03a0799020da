"""What holds after every step, whatever was done."""

from hypothesis.stateful import invariant

from exhibits_app.domain.chain import Link, verify_chain
from exhibits_app.domain.clocks import DECIDING, ClockKind, owed
from exhibits_app.domain.events import Auctioned, Destroyed, DisposalAuthorised, Event, Restored, Retained
from exhibits_app.domain.exhibit import CustodyKind, Exhibit, Forensic
from exhibits_app.domain.fold import as_recorded, fold
from exhibits_app.domain.policy import Policy
from exhibits_app.services import rebuild

from .acting import Acting

END = (Restored, Destroyed, Auctioned, Retained)
_FOR_A_RESULT = {
    Forensic.SUBMITTED, Forensic.AT_LAB, Forensic.AWAITED, Forensic.IN_HOUSE, Forensic.ELSEWHERE
}  # fmt: skip


class Custody(Acting):
    """Looks at everything after every step."""

    @invariant()
    def every_item_has_a_whole_chain_and_is_kept_as_its_events_say(self) -> None:
        with self.world.force.services.store.read() as work:
            policy = work.policies.current(self.world.force.clock.at)
            for number in [*self.world.items, *self.world.parts]:
                entries = work.ledger.of_item(number)
                head = verify_chain(Link(entry.body, entry.leaf_hash, entry.disclosures) for entry in entries)
                kept = work.items.hold(number)
                events = work.ledger.events_of(number)
                assert kept.exhibit == fold(events) == fold(reversed(events))
                assert (kept.seq, kept.head) == (head.count, head.leaf_hash)
                assert kept.exhibit.in_store == (work.items.projection(number)["store_id"] is not None)
                assert work.items.differing(kept, owed(kept.exhibit, policy)) == []
                live = work.labels.live_of("E", number)
                assert kept.exhibit.code == (live.code if live else None)
                check_state(kept.exhibit)
                check_awaited(kept.exhibit, policy)
                check_events(events)

    @invariant()
    def no_seal_is_on_two_items(self) -> None:
        with self.world.force.services.store.read() as work:
            states = [work.items.find(number).exhibit for number in self.world.items]
        seals = [state.seal.number for state in states if state.seal.number and not state.discrepancies]
        assert len(set(seals)) == len(seals)

    @invariant()
    def the_scan_log_holds_every_scan(self) -> None:
        with self.world.force.services.store.read() as work:
            assert {line.scan for line in work.scans.latest(0, 10_000)} >= self.world.scans

    @invariant()
    def every_refusal_says_why(self) -> None:
        for answer in self.world.answered:
            for item in answer["items"]:
                assert item["sentence"].endswith(".")
                assert (item["verdict"] == "refused") == bool(item["error_code"])

    def teardown(self) -> None:
        services = self.world.force.services
        assert rebuild.rebuild(services, write=False).faults == []
        services.store.close()


def check_state(exhibit: Exhibit) -> None:
    """One custodian, or an unknown one with an open discrepancy; gone only by authority, or with a discrepancy."""
    assert exhibit.custody.name
    if exhibit.custody.kind is CustodyKind.UNKNOWN:
        assert exhibit.discrepancies
    if exhibit.disposed in {"restore", "destroy"} and not exhibit.discrepancies:
        assert exhibit.authority is not None


def check_awaited(exhibit: Exhibit, policy: Policy) -> None:
    """What is not decided, not sent or without its result runs a clock, until it is gone for good."""
    first = owed(exhibit, policy)
    waits = {one.kind for one in (first.decision, first.custody, *first.custody_too) if one}
    if exhibit.forensic in _FOR_A_RESULT and not exhibit.disposed:
        assert ClockKind.RESULT in waits
    if exhibit.forensic is Forensic.CONSUMED and not exhibit.results:
        assert waits == {ClockKind.RESULT}
    if exhibit.forensic in {Forensic.TO_SUBMIT, Forensic.DEFERRED} and not exhibit.disposed:
        assert waits & DECIDING


def check_events(events: list[Event]) -> None:
    """Nobody witnessed their own act, and nobody carried out the disposal that they authorised."""
    authorised_by: set[int] = set()
    for event in events:
        witness = event.envelope.witness
        assert witness is None or witness.id != event.envelope.actor.id or event.envelope.late
        if isinstance(event.body, DisposalAuthorised):
            authorised_by = {event.envelope.actor.id}
        if isinstance(event.body, END):
            assert event.envelope.actor.id not in authorised_by
            assert witness is not None
    assert as_recorded(events).register_no == events[0].register_no
