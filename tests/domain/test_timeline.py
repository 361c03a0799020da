"""The timeline: as recorded and as corrected, and who relied on an order that a late scan revised."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain.events import (
    Accepted,
    Body,
    BookedIn,
    Corrected,
    Event,
    Mistake,
    Moved,
    SealApplied,
    SealOpened,
    Sighted,
    SignedOut,
)
from exhibits_app.domain.exhibit import CustodyKind
from exhibits_app.domain.fold import as_recorded, fold
from exhibits_app.domain.timeline import effective, revisions
from tests.domain.exhibits import (
    OKAFOR,
    OTHER_SHELF,
    REYES,
    SEIZED_AT,
    SHELF,
    an_event,
    seizure,
)

SEIZURE = an_event(seizure(), actor=REYES)
BOOKED_IN = an_event(BookedIn(SHELF.ref), 2, seq=1)


def right(of: Event, mistake: Mistake, hours: float = 20, **given: object) -> Event:
    return an_event(Corrected(of.envelope.id, mistake, **given), hours, seq=9)  # type: ignore[arg-type]


def test_a_move_that_did_not_happen_is_no_part_of_the_corrected_state_and_stays_in_the_recorded_one() -> None:
    moved = an_event(Moved(OTHER_SHELF.ref), 3, seq=2)
    events = [SEIZURE, BOOKED_IN, moved, right(moved, Mistake.NOTHING)]

    assert fold(events).place == SHELF.ref
    assert as_recorded(events).place == OTHER_SHELF.ref


def test_a_wrong_place_is_put_right_where_it_happened() -> None:
    moved = an_event(Moved(OTHER_SHELF.ref), 3, seq=2)
    sighted = an_event(Sighted(SHELF.ref), 5, seq=3)
    events = [SEIZURE, BOOKED_IN, moved, sighted]

    assert [one.kind for one in fold(events).discrepancies] == ["wrong place"]
    assert fold([*events, right(moved, Mistake.PLACE, place=SHELF.ref)]).discrepancies == ()


def test_a_wrong_time_moves_the_event_within_the_timeline() -> None:
    moved = an_event(Moved(OTHER_SHELF.ref), 3, seq=2)
    back = an_event(Moved(SHELF.ref), 5, seq=3)
    earlier = SEIZED_AT + timedelta(hours=2.5)

    assert fold([SEIZURE, BOOKED_IN, moved, back]).place == SHELF.ref
    assert (
        fold([SEIZURE, BOOKED_IN, moved, back, right(back, Mistake.TIME, occurred_at=earlier)]).place == OTHER_SHELF.ref
    )


def test_a_wrong_receiver_is_put_right_as_the_custodian() -> None:
    out = an_event(SignedOut(OKAFOR, "court", SEIZED_AT + timedelta(days=3)), 3, seq=2)

    exhibit = fold([SEIZURE, BOOKED_IN, out, right(out, Mistake.PERSON, person=REYES)])

    assert (exhibit.custody.kind, exhibit.custody.id) == (CustodyKind.PERSON, REYES.id)


def test_a_wrong_person_of_an_acceptance_is_who_accepted() -> None:
    accepted = an_event(Accepted("an offer"), 3, seq=2)

    exhibit = fold([SEIZURE, accepted, right(accepted, Mistake.PERSON, person=REYES)])

    assert exhibit.custody.id == REYES.id


def test_a_wrong_seal_is_put_right_in_whichever_event_names_it() -> None:
    opened = an_event(SealOpened("S100"), 3, seq=2)
    sealed = an_event(SealApplied("S110"), 4, seq=3)

    assert fold([SEIZURE, opened, sealed, right(sealed, Mistake.SEAL, seal="S101")]).seal.number == "S101"


def test_a_correction_that_did_not_happen_counts_for_nothing() -> None:
    moved = an_event(Moved(OTHER_SHELF.ref), 3, seq=2)
    wrong = right(moved, Mistake.NOTHING)
    undone = right(wrong, Mistake.NOTHING, hours=21)
    redone = right(undone, Mistake.NOTHING, hours=22)

    assert fold([SEIZURE, BOOKED_IN, moved, wrong, undone]).place == OTHER_SHELF.ref
    assert fold([SEIZURE, BOOKED_IN, moved, wrong, undone, redone]).place == SHELF.ref


def test_what_began_an_item_cannot_be_taken_away() -> None:
    assert fold([SEIZURE, right(SEIZURE, Mistake.NOTHING)]).reference == "AB/1"


def test_the_last_correction_of_the_same_thing_holds() -> None:
    moved = an_event(Moved(OTHER_SHELF.ref), 3, seq=2)
    once = right(moved, Mistake.PLACE, place=SHELF.ref)
    again = right(moved, Mistake.PLACE, hours=30, place=OTHER_SHELF.ref)

    assert fold([again, once, moved, BOOKED_IN, SEIZURE]).place == OTHER_SHELF.ref


BODIES: list[Body] = [Moved(OTHER_SHELF.ref), Moved(SHELF.ref), Sighted(SHELF.ref), BookedIn(SHELF.ref)]
several = st.lists(st.tuples(st.sampled_from(BODIES), st.integers(1, 6)), min_size=1, max_size=6)


@given(several, st.lists(st.tuples(st.integers(0, 5), st.sampled_from(list(Mistake))), max_size=4), st.randoms())
def test_corrections_in_any_order_of_arrival_give_the_same_state(
    bodies: list[tuple[Body, int]], mistakes: list[tuple[int, Mistake]], chance: object
) -> None:
    events = [SEIZURE, *(an_event(body, hours, seq=at) for at, (body, hours) in enumerate(bodies, 1))]
    for at, (which, mistake) in enumerate(mistakes):
        wrong = events[which % len(events)]
        events.append(
            right(wrong, mistake, hours=20 + at, place=SHELF.ref, occurred_at=SEIZED_AT, person=REYES, seal="S")
        )
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert fold(shuffled) == fold(events)
    assert as_recorded(shuffled) == as_recorded(events)
    assert {event.envelope.id for event in effective(events)} <= {event.envelope.id for event in events}


def test_a_late_scan_names_the_events_whose_authors_did_not_know_of_it() -> None:
    day = SEIZED_AT + timedelta(days=1)
    early = an_event(Sighted(SHELF.ref), 3, recorded_at=SEIZED_AT + timedelta(hours=3))
    relied = an_event(Moved(OTHER_SHELF.ref), 6, recorded_at=SEIZED_AT + timedelta(hours=6))
    late = an_event(Moved(SHELF.ref), 5, recorded_at=day)

    found = revisions([SEIZURE, early, relied, late])

    assert [(one.late, one.relied) for one in found] == [(late, (relied,))]


@pytest.mark.parametrize("hours", [5, 7])
def test_scans_that_arrive_in_their_order_revise_nothing(hours: float) -> None:
    one = an_event(Sighted(SHELF.ref), 3)
    other = an_event(Moved(SHELF.ref), hours)

    assert revisions([SEIZURE, one, other]) == []
