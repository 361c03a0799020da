"""Boxes: what is in one is inferred from its scans, what left it stays left, and no box is ever in itself."""

from dataclasses import replace
from datetime import timedelta
from hashlib import sha256
from json import dumps

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain.boxes import Box, box_at, check_no_cycle, family, manifest_sha256
from exhibits_app.domain.custody.boxes import KINDS, box_after, check_box
from exhibits_app.domain.errors import (
    BoxElsewhere,
    BoxInItself,
    BoxShut,
    CustodyRefusal,
    NotForABox,
    NothingToOpen,
    NotTheHolder,
    StillSealed,
)
from exhibits_app.domain.events import (
    NOT_IN_BOX,
    Basis,
    BookedIn,
    BoxRef,
    BoxSealed,
    Corrected,
    DiscrepancyRaised,
    Event,
    Mistake,
    Moved,
    PutIn,
    Sighted,
)
from exhibits_app.domain.exhibit import Custody, CustodyKind, PresenceKind, Seal, SealKind
from exhibits_app.domain.fold import fold
from tests.domain.exhibits import OKAFOR, OTHER_SHELF, REYES, SEIZED_AT, SHELF, an_event, asked, seizure

BOX = BoxRef(3, "Box 17")
STORE = Custody(CustodyKind.STORE, 10, "Ilford transit store")
A_BOX = Box(3, "Box 17", STORE, Seal(SealKind.UNSEALED), SEIZED_AT, OKAFOR, SEIZED_AT, SHELF.ref)
BEGUN = [an_event(seizure(), actor=REYES), an_event(BookedIn(SHELF.ref), 1), an_event(PutIn(BOX, SHELF.ref), 2)]
PLACES = st.sampled_from([SHELF, OTHER_SHELF])


def inferred(body, hours: float, **given_too) -> Event:
    """An event that follows from a scan of the box."""
    return an_event(body, hours, basis=Basis.CONTAINER_SCAN, box=BOX, **given_too)


def scans():
    """Scans of the box and of the item itself, at hours after it was put in."""
    moves = st.tuples(PLACES, st.booleans())
    return st.lists(moves, max_size=8).map(
        lambda chosen: [
            (inferred if boxed else an_event)(Moved(place.ref), 3 + at) for at, (place, boxed) in enumerate(chosen)
        ]
    )


@given(scans())
def test_an_item_is_in_its_box_until_it_is_scanned_itself(later):
    exhibit = fold([*BEGUN, *later])

    alone = [event for event in later if event.envelope.basis is not Basis.CONTAINER_SCAN]
    assert (exhibit.box is None) == bool(alone)


@given(scans())
def test_a_scan_of_the_box_moves_what_is_in_it_and_nothing_that_left_it(later):
    exhibit = fold([*BEGUN, *later])

    place = SHELF.ref
    out = False
    for event in later:
        out = out or event.envelope.basis is not Basis.CONTAINER_SCAN
        if not out or event.envelope.basis is not Basis.CONTAINER_SCAN:
            place = event.body.place
    assert exhibit.place == place


@given(scans())
def test_being_in_a_scanned_box_is_inferred_and_never_a_sighting(later):
    for count in range(len(later)):
        before, after = fold([*BEGUN, *later[:count]]), fold([*BEGUN, *later[: count + 1]])
        if later[count].envelope.basis is Basis.CONTAINER_SCAN:
            assert after.last_sighted_at == before.last_sighted_at
            assert after.presence is (PresenceKind.INFERRED if before.box else before.presence)


@given(scans(), st.randoms(use_true_random=False))
def test_scans_of_items_and_boxes_give_the_same_state_in_any_order_of_arrival(later, random):
    shuffled = [*BEGUN, *later]
    random.shuffle(shuffled)

    assert fold(shuffled) == fold([*BEGUN, *later])


def test_what_was_wrongly_taken_for_moved_with_the_box_is_a_discrepancy():
    exhibit = fold([*BEGUN, an_event(Moved(OTHER_SHELF.ref), 3), inferred(Moved(SHELF.ref), 4)])

    assert exhibit.place == OTHER_SHELF.ref
    assert [(one.kind, one.seen, one.recorded) for one in exhibit.discrepancies] == [
        ("wrong box", "Box 17", "at Ilford transit store, bay 3")
    ]


def test_a_box_seen_elsewhere_keeps_what_is_in_it():
    exhibit = fold([*BEGUN, inferred(Sighted(OTHER_SHELF.ref), 3)])

    assert exhibit.box == BOX
    assert [one.kind for one in exhibit.discrepancies] == ["wrong place"]


def test_sealing_its_box_leaves_the_items_own_seal_alone():
    exhibit = fold([*BEGUN, inferred(BoxSealed(BOX, "B900"), 3)])

    assert (exhibit.seal, exhibit.presence) == (Seal(SealKind.SEALED, "S100"), PresenceKind.INFERRED)


def test_what_was_not_in_its_box_is_in_it_no_more():
    exhibit = fold([*BEGUN, inferred(DiscrepancyRaised(NOT_IN_BOX, "not there", "Box 17"), 3)])

    assert (exhibit.box, [one.kind for one in exhibit.discrepancies]) == (None, [NOT_IN_BOX])


def test_where_an_item_lay_at_a_time_heeds_corrections():
    put_in = BEGUN[2]
    undone = an_event(Corrected(put_in.envelope.id, Mistake.NOTHING), 5)

    assert box_at(BEGUN, SEIZED_AT + timedelta(hours=3)) == BOX
    assert box_at(BEGUN, SEIZED_AT + timedelta(hours=1.5)) is None
    assert box_at([*BEGUN, undone], SEIZED_AT + timedelta(hours=3)) is None
    assert box_at(BEGUN, SEIZED_AT - timedelta(hours=1)) is None


@given(st.sets(st.integers(1, 10**9)))
def test_a_manifest_is_the_sha_256_of_its_numbers_in_ascending_order(numbers):
    written = dumps(sorted(numbers), separators=(",", ":")).encode()

    assert manifest_sha256(numbers) == manifest_sha256(sorted(numbers, reverse=True)) == sha256(written).hexdigest()


@given(st.lists(st.tuples(st.integers(1, 12), st.integers(1, 12)), max_size=60))
def test_however_boxes_are_put_into_boxes_none_is_ever_in_itself(wanted):
    boxes = {number: replace(A_BOX, id=number, name=f"Box {number}") for number in range(1, 13)}
    parents: dict[int, int] = {}
    for inner, outer in wanted:
        try:
            check_no_cycle(boxes[inner], boxes[outer], parents)
        except BoxInItself:
            continue
        parents[inner] = outer

    for number in boxes:
        seen, at = set(), number
        while at in parents:
            at = parents[at]
            assert at not in seen
            seen.add(at)
        assert number not in seen
        assert all(number in family(above, parents) for above in seen)


@given(st.sampled_from(sorted(KINDS)), st.integers(-48, 48))
def test_a_box_is_never_moved_by_a_scan_older_than_its_latest(kind, hours):
    box = replace(A_BOX, last_at=SEIZED_AT + timedelta(hours=10))
    scan = asked(OTHER_SHELF, hours=hours, receiver=REYES, new_seal="B900", reason="why")

    after = box_after(kind, box, scan, replace(A_BOX, id=4, name="Crate 1"))

    assert after.last_at == max(box.last_at, scan.at)
    assert hours >= 10 or after == box


@pytest.mark.parametrize(
    ("kind", "changes", "scan", "refusal"),
    [
        ("OPEN", {}, {"reason": "why"}, NothingToOpen),
        ("SEAL", {"closed": True, "seal": Seal(SealKind.SEALED, "B1")}, {"new_seal": "B2"}, StillSealed),
        ("SEAL", {"custody": Custody(CustodyKind.PERSON, 9, "PC 9")}, {"new_seal": "B2"}, NotTheHolder),
        ("DESTROY", {}, {}, NotForABox),
    ],
)
def test_a_box_refuses_what_its_state_does_not_allow(kind, changes, scan, refusal):
    with pytest.raises(refusal):
        check_box(kind, replace(A_BOX, **changes), asked(OTHER_SHELF, **scan))


@pytest.mark.parametrize(
    ("into", "refusal"),
    [
        ({"closed": True}, BoxShut),
        ({"custody": Custody(CustodyKind.STORE, 99, "Central store")}, BoxElsewhere),
    ],
)
def test_a_box_goes_into_an_open_box_of_the_same_custodian(into, refusal):
    with pytest.raises(refusal):
        check_box("PUT_IN", A_BOX, asked(), replace(A_BOX, id=4, name="Crate 1", **into))


@given(st.sampled_from(sorted(KINDS)), st.booleans(), st.sampled_from(["", "B1", "B9"]), PLACES)
def test_what_passes_the_check_leaves_a_box_with_exactly_one_custodian(kind, closed, seal, place):
    box = replace(A_BOX, closed=closed, seal=Seal(SealKind.SEALED, "B1") if closed else A_BOX.seal)
    scan = asked(place, seal=seal or None, receiver=REYES, new_seal="B2", reason="why")
    into = replace(A_BOX, id=4, name="Crate 1")
    try:
        check_box(kind, box, scan, into)
    except CustodyRefusal:
        return

    after = box_after(kind, box, scan, into)

    assert after.custody.kind in {CustodyKind.STORE, CustodyKind.PERSON}
    assert (after.place is None) == (after.custody.kind is CustodyKind.PERSON)
