"""What people do on pages: acts typed by hand, parts taken, events corrected, discrepancies settled, boxes filled."""

from contextlib import suppress
from datetime import timedelta

from hypothesis import strategies as st
from hypothesis.stateful import invariant, rule

from exhibits_app.domain.custody import RULES
from exhibits_app.domain.errors import Refusal
from exhibits_app.domain.events import Mistake, Split
from exhibits_app.services import boxes, corrections, discrepancies, dividing, happenings, labels
from exhibits_app.services.typed_acts import Particulars, Second, SignIn
from tests.support.force import PASSWORD

from .invariants import Custody
from .world import ITEMS, PEOPLE, QUANTITY

SOMEONE = st.sampled_from(PEOPLE)
FINDINGS = ("explained", "record-corrected", "seal-misread")


class Mending(Custody):
    """The device's acts go on in between."""

    @rule(kind=st.sampled_from(sorted(RULES)), items=st.lists(ITEMS, min_size=1, max_size=3, unique=True), by=SOMEONE)
    def type_an_act(self, kind: str, items: list[int], by: str) -> None:
        """An act on a page. What is refused leaves the ledger as it was."""
        world, force = self.world, self.world.force
        before, now = self._size(), force.clock.at
        given = Particulars(
            place=force.safe.id, receiver=force.people["officer"].id, new_seal=f"T{before}", number="N-7", counted="40",
            made_safe_by="PC 2207", present="Dr Lund", text="both bays", identity="passport", purpose="viewing",
            submission="FS/1", authority="PACE s.19", reason="as the machine would have it", method="destroy",
            hold="appeal", due_back=now + timedelta(days=1), until=now + timedelta(days=9),
        )  # fmt: skip
        second = Second(witness=SignIn("supervisor", PASSWORD), receiver=SignIn("other", PASSWORD))
        try:
            told = happenings.happen(
                force.services, force.person(by), [world.items[item] for item in items], kind, given, second
            )
        except Refusal:
            told = []
        assert self._size() == before + sum(verdict.refusal is None for verdict in told)

    @rule(item=ITEMS, quantity=st.integers(1, 3), lost=st.integers(0, 1))
    def take_parts(self, item: int, quantity: int, lost: int) -> None:
        world, force = self.world, self.world.force
        with force.services.store.read() as work:
            left = work.items.find(world.items[item]).exhibit.quantity - quantity - lost
        form = dividing.SplitForm((dividing.PartForm("Part", quantity),), left, lost)
        second = Second(witness=SignIn("supervisor", PASSWORD))
        try:
            made = dividing.split(
                force.services, force.person("property_officer"), world.items[item], form, Particulars(), second
            )
        except Refusal:
            return
        world.parts += made

    @rule(item=ITEMS, which=st.integers(0, 10_000), mistake=st.sampled_from(list(Mistake)), other=ITEMS)
    def correct_something(self, item: int, which: int, mistake: Mistake, other: int) -> None:
        world, force = self.world, self.world.force
        with force.services.store.read() as work:
            events = work.ledger.events_of(world.items[item])
        wrong = events[which % len(events)]
        wanted = corrections.Wanted(
            wrong.envelope.id, mistake.value, "mistyped", force.shelf.id, force.clock.at - timedelta(minutes=30),
            force.people["officer"].id, f"C{self._size()}", str(world.items[other]),
        )  # fmt: skip
        try:
            corrections.correct(
                force.services, force.person("supervisor"), world.items[item], wanted, force.person("inspector")
            )
        except Refusal:
            return
        with force.services.store.read() as work:
            assert wrong in work.ledger.events_of(world.items[item])

    @rule(item=ITEMS, which=st.integers(0, 10), finding=st.sampled_from(FINDINGS))
    def settle_something(self, item: int, which: int, finding: str) -> None:
        world, force = self.world, self.world.force
        with force.services.store.read() as work:
            found = work.items.find(world.items[item]).exhibit.discrepancies
        if found:
            one = found[which % len(found)]
            what = discrepancies.Found(one.event, one.kind, finding, "looked into", f"S{self._size()}")
            with suppress(Refusal):
                discrepancies.settle(force.services, force.person("inspector"), world.items[item], what)

    @rule(items=st.lists(ITEMS, min_size=1, max_size=3, unique=True), new=st.booleans())
    def put_into_a_box(self, items: list[int], new: bool) -> None:
        world, force = self.world, self.world.force
        staff = force.person("property_officer")
        if new or not world.boxes:
            box = boxes.open_box(force.services, staff, f"Box {len(world.boxes) + 1}", force.safe.id)
            world.boxes.append(labels.print_box_labels(force.services, staff, [box.id], "L7160").codes[0])
        self._act("PUT_IN", items, world.boxes[-1], None, None, ("property_officer", "officer", "officer"), "", 0)

    @rule(kind=st.sampled_from(["MOVE", "SIGN_OUT", "SIGN_IN", "OPEN", "SEAL", "SIGHTING"]), place=st.booleans())
    def do_something_with_a_box(self, kind: str, place: bool) -> None:
        world = self.world
        if world.boxes:
            where = "safe" if place else "shelf"
            people = ("property_officer", "supervisor", "officer")
            self._act(kind, [world.boxes[-1]], where, None, f"B{self._size()}", people, "", 0)

    @invariant()
    def what_was_divided_is_conserved(self) -> None:
        with self.world.force.services.store.read() as work:
            for number in self.world.items:
                splits = [event.body for event in work.ledger.events_of(number) if isinstance(event.body, Split)]
                gone = sum(split.loss + sum(part.quantity for part in split.parts) for split in splits)
                assert work.items.find(number).exhibit.quantity + gone == QUANTITY

    @invariant()
    def a_part_keeps_the_clock_of_what_it_was_taken_from(self) -> None:
        with self.world.force.services.store.read() as work:
            for number in self.world.parts:
                part = work.items.find(number).exhibit
                assert part.parent is not None
                parent = work.items.find(part.parent.register_no).exhibit
                assert number in {one.register_no for one in parent.parts}
                assert part.seized_at <= part.last_event_at
