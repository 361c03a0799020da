"""Whatever is done to three items, in whatever order: one custodian, whole chains, and no scan lost."""

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
from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.errors import DecisionRefusal
from exhibits_app.domain.exhibit import CustodyKind
from exhibits_app.domain.fold import fold
from exhibits_app.services import acts, exhibits, labels, rebuild
from exhibits_app.services.act_shapes import Act, ScannedItem
from tests.support.force import Force, a_force

KINDS = ("BOOK_IN", "MOVE", "SIGN_OUT", "SIGN_IN", "SUBMIT", "SIGHTING")
DECISIONS = ("SUBMIT", "NOT_REQUIRED", "UNSUITABLE", "DEFER")
PLACES = ("shelf", "safe", "far_store", "lab", "carrier")
ITEMS = st.integers(0, 2)


@dataclass
class World:
    """A force with a device, and what was sent from it."""

    force: Force
    item_codes: list[str] = field(default_factory=list)
    sent: list[Act] = field(default_factory=list)
    answered: list[dict[str, Any]] = field(default_factory=list)
    scans: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        force = self.force
        self.items = force.items(force.case(category="volume"), 3, category="DIG")
        self.item_codes = force.labels(self.items)
        self.places = {name: force.place_code(getattr(force, name)) for name in PLACES}
        self.device, _token = force.device()
        self.operator = force.turn(self.device, "property_officer")
        self.receiver = force.turn(self.device, "officer")

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
        seal=st.sampled_from([None, "S100", "S999"]),
        ago=st.sampled_from([0, 1, 600, 86_400]),
    )
    def act(self, kind: str, items: list[int], place: str, seal: str | None, ago: int) -> None:
        world, force = self.world, self.world.force
        ids = force.services.ids
        scanned = tuple(ScannedItem(ids.event_id(), world.item_codes[item], seal) for item in items)
        given: dict[str, Any] = {"to": world.places[place]}
        if kind == "SIGN_OUT":
            due = force.clock.at + timedelta(days=1)
            given = {"receiver": world.receiver, "purpose": "viewing", "due_back": due}
        if kind == "SUBMIT":
            given |= {"submission": "SUB-1", "authority": "DI Hale"}
        at = force.clock.at - timedelta(seconds=ago)
        act_id = ids.event_id()
        act = Act(act_id, kind, len(world.sent) + 1, at, scanned, {"id": act_id}, operator=world.operator, **given)
        world.sent.append(act)
        world.answered.append(world.send(act))

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
    def every_item_has_one_custodian_and_a_whole_chain(self) -> None:
        with self.world.force.services.store.read() as work:
            for number in self.world.items:
                entries = work.ledger.of_item(number)
                head = verify_chain(Link(entry.body, entry.leaf_hash, entry.disclosures) for entry in entries)
                kept = work.items.hold(number)
                assert kept.exhibit == fold(work.ledger.events_of(number))
                assert (kept.seq, kept.head) == (head.count, head.leaf_hash)
                assert kept.exhibit.custody.kind is not CustodyKind.UNKNOWN
                assert kept.exhibit.custody.id > 0
                assert kept.exhibit.in_store == (work.items.projection(number)["store_id"] is not None)
                policy = work.policies.current(self.world.force.clock.at)
                assert work.items.differing(kept, next_due(kept.exhibit, policy)) == []

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


def test_whatever_is_done_custody_stays_whole(tmp_path: Path) -> None:
    """The machine runs against a real store; a fresh folder for each run of it."""
    folders: list[TemporaryDirectory[str]] = []

    def make() -> World:
        folders.append(TemporaryDirectory(dir=tmp_path))
        return World(a_force(Path(folders[-1].name)))

    machine = type("CustodyOverSqlite", (Custody,), {"make": staticmethod(make)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=8, stateful_step_count=25, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    for folder in folders:
        folder.cleanup()
