"""Where the record and what is seen disagree, the fold says so; where they only seem to, it does not."""

from datetime import timedelta

import pytest

from exhibits_app.domain.events import (
    Basis,
    Body,
    BookedIn,
    BoxRef,
    DiscrepancySettled,
    Event,
    Moved,
    PutIn,
    SealApplied,
    Sighted,
    SignedOut,
    Split,
)
from exhibits_app.domain.exhibit import Exhibit, PresenceKind, SealKind
from exhibits_app.domain.places import Place, PlaceKind
from tests.domain.exhibits import OTHER_SHELF, REYES, SEIZED_AT, SHELF, an_event, an_exhibit

BOX = BoxRef(3, "Box 17")
FAR = Place(31, "Central store, bay 1", PlaceKind.BAY, store=30, parent=30)
BOOKED = an_event(BookedIn(SHELF.ref), 2, basis=Basis.ITEM_SCAN)
BOXED = an_event(PutIn(BOX, SHELF.ref), 3, basis=Basis.ITEM_SCAN)


def scanned(body: Body, hours: float, minutes: float = 0) -> Event:
    return an_event(body, hours + minutes / 60, basis=Basis.ITEM_SCAN)


def with_its_box(body: Body, hours: float) -> Event:
    return an_event(body, hours, basis=Basis.CONTAINER_SCAN, box=BOX)


def kinds(exhibit: Exhibit) -> list[str]:
    return [one.kind for one in exhibit.discrepancies]


def test_scans_in_two_stores_within_minutes_are_two_places_at_once() -> None:
    exhibit = an_exhibit(BOOKED, scanned(Sighted(FAR.ref), 2, minutes=2))

    assert "two places at once" in kinds(exhibit)


def test_scans_in_two_stores_with_time_to_travel_are_not() -> None:
    exhibit = an_exhibit(BOOKED, scanned(Moved(FAR.ref), 2, minutes=5))

    assert kinds(exhibit) == []


def test_two_places_of_one_store_are_one_store() -> None:
    assert kinds(an_exhibit(BOOKED, scanned(Moved(OTHER_SHELF.ref), 2, minutes=1))) == []


def test_what_moves_with_its_box_is_inferred_and_stays_in_it() -> None:
    exhibit = an_exhibit(BOOKED, BOXED, with_its_box(Moved(OTHER_SHELF.ref), 5))

    assert exhibit.box == BOX
    assert exhibit.place == OTHER_SHELF.ref
    assert exhibit.presence is PresenceKind.INFERRED
    assert exhibit.last_sighted_at == SEIZED_AT + timedelta(hours=3)


@pytest.mark.parametrize(
    "body",
    [Moved(OTHER_SHELF.ref), Sighted(OTHER_SHELF.ref), SignedOut(REYES, "court", SEIZED_AT + timedelta(days=2))],
)
def test_what_is_scanned_itself_elsewhere_has_left_its_box(body: Body) -> None:
    assert an_exhibit(BOOKED, BOXED, scanned(body, 5)).box is None


def test_what_is_scanned_itself_where_its_box_stands_is_confirmed_and_still_in_it() -> None:
    exhibit = an_exhibit(BOOKED, BOXED, with_its_box(Moved(OTHER_SHELF.ref), 5), scanned(Sighted(OTHER_SHELF.ref), 6))

    assert exhibit.box == BOX
    assert exhibit.presence is PresenceKind.CONFIRMED


def test_the_seal_of_a_box_says_nothing_of_the_seal_of_what_lies_in_it() -> None:
    exhibit = an_exhibit(BOOKED, BOXED, with_its_box(Moved(OTHER_SHELF.ref, "BOX-SEAL"), 5))

    assert kinds(exhibit) == []
    assert exhibit.seal.number == "S100"


def test_a_wrong_seal_is_suspect_until_somebody_settles_which_stands() -> None:
    seen = scanned(Sighted(SHELF.ref, "S999"), 4)
    raised = an_exhibit(BOOKED, seen)
    settled = an_event(DiscrepancySettled(seen.envelope.id, "wrong seal", "seal-misread"), 6)
    replaced = an_event(DiscrepancySettled(seen.envelope.id, "wrong seal", "explained", "S999"), 6)

    assert (kinds(raised), raised.seal.kind) == (["wrong seal"], SealKind.SUSPECT)
    assert an_exhibit(BOOKED, seen, settled).seal.number == "S100"
    assert an_exhibit(BOOKED, seen, settled).seal.kind is SealKind.SEALED
    assert an_exhibit(BOOKED, seen, replaced).seal.number == "S999"
    assert kinds(an_exhibit(BOOKED, seen, replaced)) == []


def test_settling_one_discrepancy_leaves_the_others_open() -> None:
    one, other = scanned(Sighted(OTHER_SHELF.ref), 4), scanned(Sighted(OTHER_SHELF.ref), 5)
    settled = an_event(DiscrepancySettled(one.envelope.id, "wrong place", "explained"), 6)

    left = an_exhibit(BOOKED, one, other, settled).discrepancies

    assert [found.event for found in left] == [other.envelope.id]


def test_a_new_seal_does_not_settle_what_was_wrong_with_the_old() -> None:
    exhibit = an_exhibit(BOOKED, scanned(Sighted(SHELF.ref, "S999"), 4), an_event(SealApplied("S101"), 5))

    assert kinds(exhibit) == ["wrong seal"]
    assert exhibit.seal.number == "S101"


def test_a_split_that_does_not_conserve_is_a_discrepancy_of_quantity() -> None:
    assert kinds(an_exhibit(an_event(Split((), 1, 0, "item"), 3))) == []
    assert kinds(an_exhibit(an_event(Split((), 3, 1, "item"), 3))) == ["quantity"]
