"""The gap detector: a test for each kind of gap, and for what is no gap."""

from datetime import timedelta

import pytest

from exhibits_app.domain.account import seals
from exhibits_app.domain.events import (
    NOT_IN_BOX,
    Accepted,
    Basis,
    BookedIn,
    BoxRef,
    ConfirmedMissing,
    Corrected,
    Destroyed,
    DiscrepancyRaised,
    DiscrepancySettled,
    DisposalAuthorised,
    Event,
    Found,
    LabReturned,
    Mistake,
    Moved,
    Offered,
    PutIn,
    Rejected,
    SealApplied,
    SealOpened,
    Sighted,
    SignedOut,
    Submitted,
    Unaccounted,
    Viewed,
)
from exhibits_app.domain.gaps import Gap, GapKind, detect
from exhibits_app.domain.intervals import steps
from tests.domain.exhibits import LAB, OKAFOR, OTHER_SHELF, REYES, SEIZED_AT, SHELF, an_event, seizure

BOOK_IN = an_event(BookedIn(SHELF.ref, "S100"), 2)


def gaps_of(*later: Event, hours: float = 40, gone: frozenset[int] = frozenset(), **given: object) -> list[Gap]:
    """The gaps so many hours after the seizure by Reyes."""
    walked = steps([an_event(seizure(**given), actor=REYES), *later])
    return detect(walked, SEIZED_AT + timedelta(hours=hours), gone)


def the_gap(*later: Event, kind: GapKind, **given: object) -> Gap:
    """The only gap of this kind, and there is no other."""
    found = gaps_of(*later, **given)  # type: ignore[arg-type]  # as gaps_of takes
    assert [gap.kind for gap in found] == [kind]
    return found[0]


def test_a_whole_account_has_no_gap() -> None:
    out = an_event(SignedOut(OKAFOR, "court", SEIZED_AT + timedelta(days=9), "S100"), 5)

    assert gaps_of(BOOK_IN, out, an_event(Sighted(None, "S100"), 6)) == []


def test_unaccounted_for_is_a_gap_until_it_is_found() -> None:
    lost, found = an_event(Unaccounted("the bay"), 10), an_event(Found(OTHER_SHELF.ref), 30)

    gap = the_gap(BOOK_IN, lost, found, kind=GapKind.UNACCOUNTED)

    assert (gap.start, gap.until) == (SEIZED_AT + timedelta(hours=10), SEIZED_AT + timedelta(hours=30))
    assert (gap.before, gap.after, gap.accounted) == (SHELF.name, OTHER_SHELF.name, False)
    assert gap.events == (lost.envelope.id, found.envelope.id)
    assert gap.seconds(SEIZED_AT) == 20 * 3_600
    assert "last recorded at Ilford transit store, bay 2" in gap.sentence


def test_missing_is_one_gap_with_the_time_before_it_was_confirmed_and_lasts() -> None:
    gap = the_gap(
        BOOK_IN, an_event(Unaccounted("bay"), 10), an_event(ConfirmedMissing("store"), 20), kind=GapKind.MISSING
    )

    assert (gap.start, gap.until, gap.open) == (SEIZED_AT + timedelta(hours=10), None, True)
    assert gap.sentence.endswith("(1 day).")


def test_a_handover_that_nobody_accepted_is_a_gap_with_its_age() -> None:
    gap = the_gap(an_event(Offered(OKAFOR), 4, actor=REYES), kind=GapKind.OFFER, hours=14)

    assert (gap.before, gap.after, gap.until) == (REYES.name, OKAFOR.name, None)
    assert gap.sentence.endswith("(10 hours).")
    assert gap.by_silence


def test_a_handover_that_something_else_ended_is_a_gap_until_then() -> None:
    offer = an_event(Offered(OKAFOR), 1, actor=REYES)
    gap = the_gap(offer, an_event(BookedIn(SHELF.ref, "S100"), 7), kind=GapKind.OFFER)

    assert gap.until == SEIZED_AT + timedelta(hours=7)
    assert gap.sentence.startswith(f"{REYES.name} offered AB/1 to Okafor at 11:00 on 4 May 2026, who had not answered ")
    assert "when Okafor recorded its book in (6 hours)" in gap.sentence
    assert gaps_of(offer, an_event(Rejected(offer.envelope.id), 2), hours=9) == []


@pytest.mark.parametrize(
    ("later", "kind", "said"),
    [
        (
            [an_event(DiscrepancyRaised(NOT_IN_BOX, "not there", "Box 17"), 5)],
            GapKind.NOT_THERE,
            "Okafor looked for AB/1 in Box 17, where it was recorded, at 15:00 on 4 May 2026; it was not there",
        ),
        (
            [
                an_event(DisposalAuthorised("destroy", "convicted"), 5, actor=REYES),
                an_event(Destroyed("C1"), 6, witness=REYES),
                an_event(Sighted(SHELF.ref), 7),
            ],
            GapKind.AFTER_END,
            "Okafor recorded a sighting of AB/1 at 17:00 on 4 May 2026, while it was on record as destroyed under ",
        ),
        (
            [an_event(Destroyed("C1"), 6, witness=REYES)],
            GapKind.NO_AUTHORITY,
            "Okafor disposed of AB/1 (destroy) at 16:00 on 4 May 2026, which the record did not allow: no authority",
        ),
        (
            [an_event(Moved(SHELF.ref), 6, basis=Basis.CONTAINER_SCAN, box=BoxRef(3, "Box 17"))],
            GapKind.WRONG_PLACE,
            "Okafor took AB/1, which nobody scanned, to be in or at Box 17 at 16:00 on 4 May 2026, while it was",
        ),
    ],
)
def test_what_was_not_where_the_record_had_it_is_a_gap(later: list[Event], kind: GapKind, said: str) -> None:
    assert the_gap(BOOK_IN, *later, kind=kind).sentence.startswith(said)


def test_a_handover_that_was_accepted_is_no_gap() -> None:
    offer = an_event(Offered(OKAFOR), 4, actor=REYES)

    assert gaps_of(offer, an_event(Accepted(offer.envelope.id), 5), hours=14) == []


def test_a_move_from_where_it_was_not_is_a_gap() -> None:
    moved = an_event(Moved(SHELF.ref), 3)

    gap = the_gap(moved, kind=GapKind.IMPOSSIBLE)

    assert (gap.before, gap.until) == (f"with {REYES.name}", SEIZED_AT + timedelta(hours=3))
    assert gap.start == SEIZED_AT
    assert gap.events[-1] == moved.envelope.id


def test_a_sighting_in_another_place_is_a_gap_since_the_sighting_before() -> None:
    gap = the_gap(BOOK_IN, an_event(Sighted(OTHER_SHELF.ref), 20), kind=GapKind.WRONG_PLACE)

    assert (gap.start, gap.until) == (SEIZED_AT + timedelta(hours=2), SEIZED_AT + timedelta(hours=20))
    assert gap.open


def test_a_discrepancy_that_was_settled_stays_printed_with_its_finding() -> None:
    seen = an_event(Sighted(OTHER_SHELF.ref), 20)
    settled = an_event(DiscrepancySettled(seen.envelope.id, "wrong place", "mis-scan"), 21)

    gap = the_gap(BOOK_IN, seen, settled, kind=GapKind.WRONG_PLACE)

    assert (gap.settled, gap.open) == ("mis-scan", False)
    assert "settled as mis-scan" in gap.sentence


def test_two_places_at_once_is_a_gap() -> None:
    far = Sighted(LAB.ref)

    found = gaps_of(BOOK_IN, an_event(far, 2.01))

    assert GapKind.TWO_PLACES in {gap.kind for gap in found}


def test_an_opening_without_a_reseal_is_a_gap_with_how_long_it_is_open() -> None:
    opened = an_event(SealOpened("S100"), 10)

    gap = the_gap(BOOK_IN, opened, kind=GapKind.OPENED)

    assert (gap.start, gap.until, gap.before) == (SEIZED_AT + timedelta(hours=10), None, OKAFOR.name)
    assert gap.sentence.endswith("it is not on record as sealed again (1 day).")


@pytest.mark.parametrize(("hours", "kinds"), [(20, []), (30, [GapKind.OPENED])])
def test_an_opening_that_was_sealed_again_is_a_gap_only_after_a_shift(hours: float, kinds: list[GapKind]) -> None:
    found = gaps_of(BOOK_IN, an_event(SealOpened("S100"), 10), an_event(SealApplied("S101"), hours))

    assert [gap.kind for gap in found] == kinds


def test_an_opening_to_view_counts_as_an_opening() -> None:
    gap = the_gap(BOOK_IN, an_event(Viewed("defence expert", True, "S100"), 10), kind=GapKind.OPENED)

    assert gap.until is None


def test_longer_than_policy_without_a_sighting_is_a_gap() -> None:
    gap = the_gap(BOOK_IN, kind=GapKind.NOT_SEEN, hours=24 * 93)

    assert (gap.start, gap.until) == (SEIZED_AT + timedelta(hours=2), None)
    assert "policy is every 90 days" in gap.sentence


def test_what_is_inferred_from_a_box_is_no_sighting() -> None:
    box = BoxRef(50, "Crate 1")
    put_in = an_event(PutIn(box, SHELF.ref), 3)
    moved = an_event(Moved(OTHER_SHELF.ref), 24 * 60, basis=Basis.CONTAINER_SCAN, box=box)

    gap = the_gap(BOOK_IN, put_in, moved, kind=GapKind.NOT_SEEN, hours=24 * 93)

    assert gap.start == SEIZED_AT + timedelta(hours=3)


def test_time_at_a_laboratory_is_no_time_without_a_sighting() -> None:
    away = an_event(Submitted(LAB.ref, "FS/1", "FSU"), 4)

    assert gaps_of(BOOK_IN, away, an_event(LabReturned(SHELF.ref), 24 * 200), hours=24 * 201) == []


def test_a_first_receipt_after_the_policy_is_a_gap() -> None:
    gap = the_gap(an_event(BookedIn(SHELF.ref, "S100"), 30), kind=GapKind.LATE_RECEIPT)

    assert (gap.start, gap.until) == (SEIZED_AT, SEIZED_AT + timedelta(hours=30))
    assert (gap.before, gap.after) == (REYES.name, SHELF.name)


def test_what_nobody_has_taken_in_is_a_gap_that_lasts() -> None:
    assert the_gap(kind=GapKind.LATE_RECEIPT).until is None


@pytest.mark.parametrize("category", ["CASH", "DRUG", "FA"])
def test_an_act_that_takes_two_without_a_witness_is_a_gap(category: str) -> None:
    gap = the_gap(BOOK_IN, kind=GapKind.NO_WITNESS, category=category)

    assert gap.before == OKAFOR.name
    assert gap.seconds(SEIZED_AT) == 0


def test_an_act_that_takes_two_with_a_witness_is_no_gap() -> None:
    assert gaps_of(an_event(BookedIn(SHELF.ref, "S100"), 2, witness=REYES), category="CASH") == []


def test_a_destruction_without_a_witness_is_a_gap_whatever_was_destroyed() -> None:
    authorised = an_event(DisposalAuthorised("destroy", "convicted"), 5, actor=REYES)

    assert the_gap(BOOK_IN, authorised, an_event(Destroyed("C1"), 9), kind=GapKind.NO_WITNESS).before == OKAFOR.name


def test_held_by_somebody_who_has_left_is_a_gap() -> None:
    gap = the_gap(kind=GapKind.HOLDER_LEFT, gone=frozenset({REYES.id}), hours=9)

    assert (gap.before, gap.until) == (REYES.name, None)
    assert gaps_of(gone=frozenset({OKAFOR.id}), hours=9) == []


def test_a_seal_that_reads_otherwise_is_a_gap() -> None:
    gap = the_gap(an_event(BookedIn(SHELF.ref, "S999"), 2), kind=GapKind.SEAL_CHANGED)

    assert "S999" in gap.sentence
    assert "S100" in gap.sentence


def test_a_new_seal_on_one_that_nobody_opened_is_a_gap() -> None:
    assert "S200" in the_gap(BOOK_IN, an_event(SealApplied("S200"), 3), kind=GapKind.SEAL_CHANGED).sentence


def test_the_seal_that_was_found_to_be_on_it_follows_the_one_on_record() -> None:
    other = an_event(BookedIn(SHELF.ref, "S999"), 2)
    settled = DiscrepancySettled(other.envelope.id, "wrong seal", "seal-compromised", "S999")

    first, found = seals(steps([an_event(seizure(), actor=REYES), other, an_event(settled, 5, actor=OKAFOR)]))

    assert (first.number, first.ended_by) == ("S100", "nobody on record")
    assert (found.number, found.ended_at) == ("S999", None)
    assert found.applied_by == "nobody on record; Okafor found that it is on"


def test_a_correction_takes_away_the_gap_that_the_mistake_made() -> None:
    moved = an_event(Moved(SHELF.ref), 3)
    correct = an_event(Corrected(moved.envelope.id, Mistake.NOTHING), 4, reason="another bag")

    assert gaps_of(moved, correct, hours=9) == []
