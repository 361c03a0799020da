"""Acts at the device, sensible or not, decisions and reprints, with time passing in between."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from exhibits_app.domain.custody import RULES, Asked
from exhibits_app.domain.custody import decide as decide_custody
from exhibits_app.domain.custody.possible import is_possible
from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.errors import DecisionRefusal, NoRight
from exhibits_app.domain.exhibit import Exhibit
from exhibits_app.domain.people import Person
from exhibits_app.services import deciding, labels
from exhibits_app.services.act_shapes import Act, ScannedItem
from exhibits_app.services.kinds import check_rights, is_store_staff
from exhibits_app.services.ports import Work
from exhibits_app.services.reprints import Again

from .world import DECISIONS, ITEMS, KINDS, PEOPLE, PLACE_OF, PLACES, World


class Acting(RuleBasedStateMachine):
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
        items: list[int] | list[str],
        place: str,
        seal: str | None,
        new_seal: str | None,
        people: tuple[str, ...],
        method: str,
        ago: int,
    ) -> None:
        """Send it. Items are known by their number, or by the code itself."""
        world, force = self.world, self.world.force
        codes = [world.item_codes[item] if isinstance(item, int) else item for item in items]
        ids, now = force.services.ids, force.clock.at
        operator, witness, receiver = (world.turns[name] for name in people)
        act_id = ids.event_id()
        act = Act(
            act_id,
            kind,
            len(world.sent) + 1,
            now - timedelta(seconds=ago),
            tuple(
                ScannedItem(ids.event_id(), code, seal, new_seal=new_seal, number="N-7", counted="40 pounds")
                for code in codes
            ),
            {"id": act_id},
            operator=operator,
            witness=witness,
            receiver=receiver,
            to=world.badges[people[2]] if kind == "OFFER" else world.places.get(place, place),
            **_everything_said(now),
            method=method,
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

    @rule(item=ITEMS, sticks=st.booleans())
    def print_again(self, item: int, sticks: bool) -> None:
        """The label that is stuck on, and scanned from now on, is the new one or still the old one."""
        world = self.world
        printed = labels.print_item_labels(
            replace(world.force.services, read_labels_back=False),
            world.force.person("officer"),
            [world.items[item]],
            "thermal-100x50",
            again=Again("damaged"),
        )
        if sticks:
            world.item_codes[item] = printed.codes[0]

    @rule(item=ITEMS, decision=st.sampled_from(DECISIONS))
    def decide(self, item: int, decision: str) -> None:
        world = self.world
        choice = Choice(decision, "cost", "Too dear.", until=world.force.clock.at + timedelta(hours=1))
        try:
            deciding.decide(world.force.services, world.force.person("inspector"), world.items[item], choice)
        except DecisionRefusal:
            assert decision == "DEFER"

    @rule(hours=st.integers(0, 60))
    def wait(self, hours: int) -> None:
        self.world.force.clock.move(hours=hours, seconds=1)

    def _size(self) -> int:
        with self.world.force.services.store.read() as work:
            return work.ledger.size()


def _everything_said(now: datetime) -> dict[str, Any]:
    """Every particular that some kind of act asks for."""
    return {
        "purpose": "viewing",
        "due_back": now + timedelta(days=1),
        "submission": "SUB-1",
        "authority": "DI Hale",
        "reason": "as the machine would have it",
        "made_safe_by": "PC 2207",
        "present": "Dr Lund",
        "text": "both bays",
        "identity": "passport",
        "hold": "coroner",
        "until": now + timedelta(days=90),
    }
