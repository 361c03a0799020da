"""A machine that does whatever people can do to three items, in whatever order, against a real store.

`make test` runs it for seconds and `make bench-soak` for minutes; after every step the invariants are looked at.
"""

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, invariant, rule, run_state_machine_as_test

from exhibits_app.domain.chain import Link, verify_chain
from exhibits_app.domain.clocks import next_due
from exhibits_app.domain.custody import RULES, Asked
from exhibits_app.domain.custody import decide as decide_custody
from exhibits_app.domain.custody.possible import is_possible
from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.errors import DecisionRefusal, NoRight
from exhibits_app.domain.events import Auctioned, Destroyed, DisposalAuthorised, Event, Restored, Retained
from exhibits_app.domain.exhibit import CustodyKind, Exhibit
from exhibits_app.domain.fold import as_recorded, fold
from exhibits_app.domain.people import Person
from exhibits_app.services import acts, exhibits, labels, rebuild
from exhibits_app.services.act_shapes import Act, ScannedItem
from exhibits_app.services.kinds import check_rights, is_store_staff
from exhibits_app.services.ports import Work
from tests.support.force import Force, a_force

# Custody as hands change it comes up more often than the rest.
OFTEN = ("BOOK_IN", "MOVE", "SIGN_OUT", "SIGN_IN", "SUBMIT", "LAB_RETURN", "OFFER", "ACCEPT", "AUTHORISE_DISPOSAL")
KINDS = (*sorted(RULES), *OFTEN)
DECISIONS = ("SUBMIT", "NOT_REQUIRED", "UNSUITABLE", "DEFER")
PLACES = ("shelf", "safe", "far_store", "lab", "carrier", "court")
PEOPLE = ("property_officer", "officer", "supervisor", "inspector")
CATEGORIES = ("DIG", "CASH", "NON")
PLACE_OF = {"COLLECT": "carrier", "SUBMIT": "lab", "LAB_RECEIPT": "lab", "TO_COURT": "court"}
END = (Restored, Destroyed, Auctioned, Retained)
ITEMS = st.integers(0, len(CATEGORIES) - 1)


@dataclass
class World:
    """A force with a device, and what was sent from it."""

    force: Force
    sent: list[Act] = field(default_factory=list)
    answered: list[dict[str, Any]] = field(default_factory=list)
    scans: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        force = self.force
        case = force.case(category="volume")
        self.items = [number for category in CATEGORIES for number in force.items(case, category=category)]
        self.item_codes = force.labels(self.items)
        self.places = {name: force.place_code(getattr(force, name)) for name in PLACES}
        self.badges = {name: force.badge(name) for name in PEOPLE}
        self.device, _token = force.device()
        self.turns = {name: force.turn(self.device, name) for name in PEOPLE}

    def send(self, act: Act) -> dict[str, Any]:
        self.scans |= {item.scan for item in act.items}
        return acts.perform(self.force.services, self.device, [act])[0]


class Custody(RuleBasedStateMachine):
    """Random acts at a device, decisions and reprints, with time passing in between."""

    make: Callable[[], World]

    def __init__(self) -> None:
        super().__init__()
        self.world = type(self).make()

    @rule(
        kind=st.sampled_from(KINDS),
        items=st.lists(ITEMS, min_size=1, max_size=4),
        place=st.sampled_from(PLACES),
        seal=st.sampled_from([None, None, "S100", "S999"]),
        new_seal=st.sampled_from([None, "N1", "N2", "S100"]),
        people=st.tuples(*[st.sampled_from(PEOPLE)] * 3),
        method=st.sampled_from(["destroy", "restore"]),
        ago=st.sampled_from([0, 0, 1, 600, 86_400]),
    )
    def act(
        self,
        kind: str,
        items: list[int],
        place: str,
        seal: str | None,
        new_seal: str | None,
        people: tuple[str, str, str],
        method: str,
        ago: int,
    ) -> None:
        """Anything at all, sensible or not."""
        self._act(kind, items, place, seal, new_seal, people, method, ago)

    def _act(
        self,
        kind: str,
        items: list[int],
        place: str,
        seal: str | None,
        new_seal: str | None,
        people: tuple[str, ...],
        method: str,
        ago: int,
    ) -> None:
        world, force = self.world, self.world.force
        ids, now = force.services.ids, force.clock.at
        operator, witness, receiver = (world.turns[name] for name in people)
        act_id = ids.event_id()
        act = Act(
            act_id,
            kind,
            len(world.sent) + 1,
            now - timedelta(seconds=ago),
            tuple(
                ScannedItem(
                    ids.event_id(), world.item_codes[item], seal, new_seal=new_seal, number="N-7", counted="40 pounds"
                )
                for item in items
            ),
            {"id": act_id},
            operator=operator,
            witness=witness,
            receiver=receiver,
            to=world.badges[people[2]] if kind == "OFFER" else world.places[place],
            purpose="viewing",
            due_back=now + timedelta(days=1),
            submission="SUB-1",
            authority="DI Hale",
            reason="as the machine would have it",
            made_safe_by="PC 2207",
            present="Dr Lund",
            text="both bays",
            identity="passport",
            method=method,
            hold="coroner",
            until=now + timedelta(days=90),
        )
        world.sent.append(act)
        world.answered.append(world.send(act))

    @rule(item=ITEMS, pick=st.integers(0, 10_000), who=st.permutations(PEOPLE), ago=st.sampled_from([0, 0, 0, 7_200]))
    def do_something_sensible(self, item: int, pick: int, who: list[str], ago: int) -> None:
        """One of the acts that the state of the item allows, by somebody who may do it, with all that it needs."""
        world, services = self.world, self.world.force.services
        with services.store.read() as work:
            exhibit = work.items.find(world.items[item]).exhibit
            able = [(kind, by) for kind in sorted(RULES) if (by := self._who_may(work, kind, exhibit, who))]
        if not able:
            return
        kind, by = able[pick % len(able)]
        others = [name for name in who if name != by]
        if kind == "ACCEPT" and exhibit.offer:
            by = next(name for name in who if world.force.people[name].id == exhibit.offer.receiver.id)
            others = [name for name in who if name != by]
        method = exhibit.authority.method if exhibit.authority else "destroy"
        seal = f"N{len(world.sent) + 1000}"
        self._act(kind, [item], PLACE_OF.get(kind, "safe"), None, seal, (by, *others[:2]), method, ago)

    def _who_may(self, work: Work, kind: str, exhibit: Exhibit, who: list[str]) -> str | None:
        now = self.world.force.clock.at
        for name in who:
            person = work.accounts.person(self.world.force.people[name].id)
            asked = Asked(person.ref, now, now, store_staff=is_store_staff(person, exhibit))
            asked = replace(asked, method=exhibit.authority.method if exhibit.authority else None)
            if is_possible(kind, exhibit, asked, decide_custody) and self._has_right(work, person, kind, exhibit):
                return name
        return None

    def _has_right(self, work: Work, person: Person, kind: str, exhibit: Exhibit) -> bool:
        try:
            check_rights(work, person, kind, exhibit, None)
        except NoRight:
            return False
        return True

    @rule(which=st.integers(0, 10_000))
    def send_again(self, which: int) -> None:
        world = self.world
        if world.sent:
            at = which % len(world.sent)
            before = self._size()

            again = world.send(world.sent[at])

            assert self._size() == before
            told = [item["sentence"] for item in world.answered[at]["items"]]
            assert [item["sentence"] for item in again["items"]] == told

    @rule(which=st.integers(0, 10_000))
    def send_its_scans_under_another_act(self, which: int) -> None:
        world = self.world
        if world.sent:
            at = which % len(world.sent)
            kept = {one["scan"] for one in world.answered[at]["items"] if one["verdict"].startswith("recorded")}
            act_id = world.force.services.ids.event_id()

            answer = world.send(replace(world.sent[at], id=act_id, content={"id": act_id}))

            again = {item["scan"]: item["verdict"] for item in answer["items"]}
            assert {again[scan] for scan in kept} <= {"already_recorded", "refused"}

    @rule(item=ITEMS)
    def print_again(self, item: int) -> None:
        world = self.world
        officer = world.force.person("officer")
        printed = labels.print_item_labels(world.force.services, officer, [world.items[item]], "L7160")
        world.item_codes[item] = printed.codes[0]

    @rule(item=ITEMS, decision=st.sampled_from(DECISIONS))
    def decide(self, item: int, decision: str) -> None:
        world = self.world
        choice = Choice(decision, "cost", "Too dear.", until=world.force.clock.at + timedelta(hours=1))
        try:
            exhibits.decide(world.force.services, world.force.person("inspector"), world.items[item], choice)
        except DecisionRefusal:
            assert decision == "DEFER"

    @rule(hours=st.integers(0, 60))
    def wait(self, hours: int) -> None:
        self.world.force.clock.move(hours=hours, seconds=1)

    @invariant()
    def every_item_has_a_whole_chain_and_is_kept_as_its_events_say(self) -> None:
        with self.world.force.services.store.read() as work:
            policy = work.policies.current(self.world.force.clock.at)
            for number in self.world.items:
                entries = work.ledger.of_item(number)
                head = verify_chain(Link(entry.body, entry.leaf_hash, entry.disclosures) for entry in entries)
                kept = work.items.hold(number)
                events = work.ledger.events_of(number)
                assert kept.exhibit == fold(events) == fold(reversed(events))
                assert (kept.seq, kept.head) == (head.count, head.leaf_hash)
                assert kept.exhibit.in_store == (work.items.projection(number)["store_id"] is not None)
                assert work.items.differing(kept, next_due(kept.exhibit, policy)) == []
                check_state(kept.exhibit)
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

    def _size(self) -> int:
        with self.world.force.services.store.read() as work:
            return work.ledger.size()


def check_state(exhibit: Exhibit) -> None:
    """One custodian, or an unknown one with an open discrepancy; gone only by authority, or with a discrepancy."""
    assert exhibit.custody.name
    if exhibit.custody.kind is CustodyKind.UNKNOWN:
        assert exhibit.discrepancies
    if exhibit.disposed in {"restore", "destroy"} and not exhibit.discrepancies:
        assert exhibit.authority is not None


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


def drive(folder: Path, examples: int, steps: int) -> None:
    """Run the machine so many times for so many steps, each in a fresh folder. Raises AssertionError with the steps."""
    folders: list[TemporaryDirectory[str]] = []

    def make() -> World:
        folders.append(TemporaryDirectory(dir=folder))
        return World(a_force(Path(folders[-1].name)))

    machine = type("CustodyOverSqlite", (Custody,), {"make": staticmethod(make)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    for one in folders:
        one.cleanup()
