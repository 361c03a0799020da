"""Mistakes are put right beside what was recorded, by those who may, and old and grave ones by two."""

from datetime import timedelta

import pytest

from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.errors import (
    AlreadyCorrected,
    BeforeItBegan,
    BeginningStays,
    MissingValue,
    NoRight,
    NoSuchDiscrepancy,
    NoSuchEvent,
    NotAChoice,
    NotFound,
    OwnObservation,
    ParticularNeeded,
    SealUsedBefore,
    SecondPersonNeeded,
    StillUnknown,
    WitnessIsActor,
)
from exhibits_app.domain.events import Corrected, Event, Mistake
from exhibits_app.domain.exhibit import Exhibit
from exhibits_app.domain.fold import as_recorded
from exhibits_app.services import corrections, deciding, discrepancies, rebuild
from exhibits_app.services.corrections import Wanted
from exhibits_app.services.discrepancies import Found
from tests.services.late import Bench
from tests.support.acted import acted
from tests.support.force import Force


@pytest.fixture
def items(force: Force) -> list[int]:
    """Two knives, the first of which was booked into bay 2."""
    items = force.items(force.case(), 2, category="KNF")
    codes = force.labels(items)
    acted(force, "BOOK_IN", codes[:1], to=force.place_code(force.shelf))
    force.clock.move(minutes=1)
    return items


def events_of(force: Force, item: int) -> list[Event]:
    with force.services.store.read() as work:
        return work.ledger.events_of(item)


def state(force: Force, item: int) -> Exhibit:
    with force.services.store.read() as work:
        return work.items.find(item).exhibit


def latest(force: Force, item: int, kind: str) -> str:
    """The id of the item's last event of this kind."""
    return [event.envelope.id for event in events_of(force, item) if event.kind == kind][-1]


def correct(force: Force, number: int, event: str, mistake: Mistake, by: str = "supervisor", **given: object) -> None:
    second = given.pop("second", None)
    reason = str(given.pop("reason", "The wrong bay was scanned."))
    wanted = Wanted(event, mistake.value, reason, **given)  # type: ignore[arg-type]
    corrections.correct(force.services, force.person(by), number, wanted, force.person(str(second)) if second else None)


def test_a_wrong_place_is_put_right_and_the_original_stays(force: Force, items: list[int]) -> None:
    correct(force, items[0], latest(force, items[0], "book_in"), Mistake.PLACE, place=force.safe.id)

    assert state(force, items[0]).where == "at Ilford transit store, safe"
    assert as_recorded(events_of(force, items[0])).where == "at Ilford transit store, bay 2"
    assert rebuild.rebuild(force.services, write=False).faults == []
    assert rebuild.verify_chains(force.services).faults == []


def test_a_seal_a_time_and_a_person_are_put_right(force: Force, items: list[int]) -> None:
    booking = latest(force, items[0], "book_in")

    correct(force, items[0], booking, Mistake.SEAL, seal="s100")
    correct(force, items[0], booking, Mistake.TIME, occurred_at=force.clock.at)
    correct(force, items[0], booking, Mistake.PERSON, person=force.people["inspector"].id)

    exhibit = state(force, items[0])
    assert exhibit.discrepancies == ()
    assert exhibit.first_booked_in_at == force.clock.at


def test_what_happened_to_another_item_is_recorded_on_it_in_the_same_act(force: Force, items: list[int]) -> None:
    booking = latest(force, items[0], "book_in")

    correct(force, items[0], booking, Mistake.ITEM, item=str(items[1]), reason="The bags were swapped.")

    assert [state(force, item).in_store for item in items] == [False, True]
    there = events_of(force, items[1])[-1]
    mine = events_of(force, items[0])[-1]
    assert (there.kind, there.envelope.corrects, there.envelope.late) == ("book_in", booking, True)
    assert there.envelope.act == mine.envelope.act
    assert "put right by DS 4510 Supervisor: The bags were swapped." in str(there.envelope.reason)
    assert rebuild.rebuild(force.services, write=False).faults == []


def test_a_correction_that_was_wrong_is_taken_back_from_both_items(force: Force, items: list[int]) -> None:
    correct(force, items[0], latest(force, items[0], "book_in"), Mistake.ITEM, item=str(items[1]))

    correct(force, items[0], latest(force, items[0], "correct"), Mistake.NOTHING, second="inspector")

    assert [state(force, item).in_store for item in items] == [True, False]
    assert isinstance(events_of(force, items[1])[-1].body, Corrected)


def test_an_event_that_was_taken_away_is_not_taken_away_twice(force: Force, items: list[int]) -> None:
    booking = latest(force, items[0], "book_in")
    correct(force, items[0], booking, Mistake.ITEM, item=str(items[1]))

    with pytest.raises(AlreadyCorrected):
        correct(force, items[0], booking, Mistake.ITEM, item=str(items[1]))

    assert len(events_of(force, items[1])) == 3


def test_a_correction_needs_a_reason(force: Force, items: list[int]) -> None:
    with pytest.raises(MissingValue):
        correct(force, items[0], latest(force, items[0], "book_in"), Mistake.NOTHING, reason=" ")


def test_an_old_event_is_corrected_by_two(force: Force, items: list[int]) -> None:
    booking = latest(force, items[0], "book_in")
    force.clock.move(hours=25)

    with pytest.raises(SecondPersonNeeded, match="24 hours"):
        correct(force, items[0], booking, Mistake.NOTHING)
    with pytest.raises(WitnessIsActor):
        correct(force, items[0], booking, Mistake.NOTHING, second="supervisor")
    with pytest.raises(SecondPersonNeeded, match="may correct"):
        correct(force, items[0], booking, Mistake.NOTHING, second="administrator")
    correct(force, items[0], booking, Mistake.NOTHING, second="inspector")

    witness = events_of(force, items[0])[-1].envelope.witness
    assert witness is not None
    assert witness.id == force.people["inspector"].id


def test_the_seizure_stays_and_its_time_is_put_right_by_two(force: Force, items: list[int]) -> None:
    seizure = latest(force, items[1], "seize")
    at = state(force, items[1]).seized_at

    with pytest.raises(BeginningStays):
        correct(force, items[1], seizure, Mistake.NOTHING)
    with pytest.raises(SecondPersonNeeded, match="seizure"):
        correct(force, items[1], seizure, Mistake.TIME, occurred_at=at.replace(minute=30))
    correct(force, items[1], seizure, Mistake.TIME, occurred_at=at.replace(minute=30), second="inspector")

    assert state(force, items[1]).seized_at == at.replace(minute=30)


def test_nothing_is_corrected_to_before_the_seizure_nor_the_seizure_to_after_it(force: Force, items: list[int]) -> None:
    booking, seizure = latest(force, items[0], "book_in"), latest(force, items[0], "seize")
    seized = state(force, items[0]).seized_at

    with pytest.raises(BeforeItBegan, match="'book in'"):
        correct(force, items[0], booking, Mistake.TIME, occurred_at=seized - timedelta(minutes=1))
    with pytest.raises(BeforeItBegan, match="before the item began"):
        correct(force, items[0], seizure, Mistake.TIME, occurred_at=force.clock.at, second="inspector")


def test_who_may_not_take_a_decision_back_may_not_bring_it_back(force: Force, items: list[int]) -> None:
    choice = Choice("NOT_REQUIRED", "other-evidence", "CCTV shows the act.")
    deciding.decide(force.services, force.person("inspector"), items[0], choice)
    decided = latest(force, items[0], "decide")
    correct(force, items[0], decided, Mistake.NOTHING, by="inspector", second="supervisor")

    taken_back = latest(force, items[0], "correct")

    with pytest.raises(NoRight):
        correct(force, items[0], taken_back, Mistake.NOTHING, by="officer", second="exhibits_officer")


def test_cash_is_corrected_by_two(force: Force) -> None:
    (item,) = force.items(force.case(reference="01CD/2/26"), 1, category="CASH")

    with pytest.raises(SecondPersonNeeded, match="cash"):
        correct(force, item, latest(force, item, "seize"), Mistake.SEAL, seal="S999")


def test_an_event_of_another_item_is_not_corrected_here(force: Force, items: list[int]) -> None:
    with pytest.raises(NoSuchEvent):
        correct(force, items[1], latest(force, items[0], "book_in"), Mistake.NOTHING)


def test_who_may_not_know_of_an_item_does_not_correct_it(force: Force, items: list[int]) -> None:
    booking = latest(force, items[0], "book_in")

    with pytest.raises(NotFound):
        correct(force, items[0], booking, Mistake.NOTHING, by="other")
    with pytest.raises(NoRight):
        correct(force, items[0], booking, Mistake.NOTHING, by="submissions")
    correct(force, items[0], booking, Mistake.NOTHING, by="property_officer")


def test_a_refused_correction_leaves_no_trace(force: Force, items: list[int]) -> None:
    before = [len(events_of(force, item)) for item in items]

    with pytest.raises(NotFound):
        correct(force, items[0], latest(force, items[0], "book_in"), Mistake.ITEM, item="no such thing")

    assert [len(events_of(force, item)) for item in items] == before


def in_doubt(force: Force, by: str = "property_officer") -> tuple[int, str]:
    """An item that this person saw elsewhere under another seal, and the id of that scan."""
    (item,) = force.items(force.case(reference="01CD/2/26"), 1, category="KNF", reference="CD/1", seal="S500")
    codes = force.labels([item])
    bench = Bench.of(force)
    bench.do("BOOK_IN", codes[0], to=force.place_code(force.shelf))
    force.clock.move(minutes=1)
    Bench.of(force, by).do("SIGHTING", codes[0], item={"seal": "S999"}, to=force.place_code(force.safe))
    force.clock.move(minutes=1)
    return item, latest(force, item, "sighting")


def settle(force: Force, item: int, event: str, kind: str, by: str = "supervisor", **given: str) -> None:
    found = Found(
        event, kind, given.get("finding", "explained"), given.get("reason", "I looked."), given.get("seal", "")
    )
    discrepancies.settle(force.services, force.person(by), item, found)


def test_a_discrepancy_is_settled_with_a_finding_a_reason_and_the_seal_that_stands(force: Force) -> None:
    item, event = in_doubt(force)

    with pytest.raises(ParticularNeeded, match="seal"):
        settle(force, item, event, "wrong seal")
    with pytest.raises(NotAChoice):
        settle(force, item, event, "wrong place", finding="never mind")
    with pytest.raises(MissingValue):
        settle(force, item, event, "wrong place", reason="")
    settle(force, item, event, "wrong seal", seal="s999", finding="seal-compromised")
    settle(force, item, event, "wrong place")

    exhibit = state(force, item)
    assert exhibit.discrepancies == ()
    assert (exhibit.seal.kind.value, exhibit.seal.number) == ("sealed", "S999")
    with pytest.raises(NoSuchDiscrepancy):
        settle(force, item, event, "wrong place")
    with force.services.store.read() as work:
        assert work.items.seal_user("S999") == item


def test_the_seal_that_stands_is_not_one_of_another_item(force: Force, items: list[int]) -> None:
    item, event = in_doubt(force)

    with pytest.raises(SealUsedBefore):
        settle(force, item, event, "wrong seal", seal="S100")


def test_nobody_settles_what_their_own_scan_raised(force: Force) -> None:
    item, event = in_doubt(force, "supervisor")

    with pytest.raises(OwnObservation):
        settle(force, item, event, "wrong place")
    settle(force, item, event, "wrong place", by="inspector")


def test_only_a_supervisor_settles(force: Force) -> None:
    item, event = in_doubt(force)

    for name in ("officer", "exhibits_officer", "property_officer", "auditor"):
        with pytest.raises(NoRight):
            settle(force, item, event, "wrong place", by=name)


def test_what_nobody_can_find_is_not_settled_until_it_is_found(force: Force, items: list[int]) -> None:
    with force.services.store.read() as work:
        code = work.items.find(items[0]).exhibit.code or ""
    auditor, store = Bench.of(force, "auditor"), Bench.of(force)
    auditor.do("UNACCOUNTED", code, text="Looked on every shelf.")
    event = latest(force, items[0], "unaccounted")

    with pytest.raises(StillUnknown):
        settle(force, items[0], event, "unaccounted for")
    force.clock.move(minutes=1)
    store.do("FOUND", code, to=force.place_code(force.safe))
    force.clock.move(minutes=1)
    settle(force, items[0], event, "unaccounted for", finding="found")

    assert state(force, items[0]).discrepancies == ()
