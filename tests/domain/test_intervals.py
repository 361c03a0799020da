"""Intervals of custody: they partition the time since seizure, and any order of arrival gives the same ones."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import example, given, settings
from hypothesis import strategies as st

from exhibits_app.domain.events import (
    Basis,
    Body,
    BookedIn,
    Collected,
    ConfirmedMissing,
    Destroyed,
    Event,
    Found,
    Inherited,
    ItemRef,
    Moved,
    Offered,
    Reseized,
    SealApplied,
    SealOpened,
    Sighted,
    SignedIn,
    SignedOut,
    SplitOff,
    Submitted,
    Unaccounted,
)
from exhibits_app.domain.exhibit import CustodyKind
from exhibits_app.domain.gaps import detect
from exhibits_app.domain.intervals import Standing, intervals, steps
from tests.domain.exhibits import (
    CASE,
    COURIER,
    LAB,
    OKAFOR,
    OTHER_SHELF,
    REYES,
    SEIZED_AT,
    SHELF,
    an_event,
    seizure,
)

SEIZURE = an_event(seizure(), actor=REYES)
LATER = SEIZED_AT + timedelta(days=200)
BODIES: list[Body] = [
    BookedIn(SHELF.ref, "S100"),
    Moved(OTHER_SHELF.ref),
    SignedOut(OKAFOR, "court", LATER, joint=REYES),
    SignedIn(SHELF.ref, "S999"),
    Submitted(LAB.ref, "FS/1", "FSU"),
    Collected(COURIER.ref),
    Offered(REYES),
    Sighted(OTHER_SHELF.ref),
    SealOpened("S100"),
    SealApplied("S101"),
    Unaccounted("the bay"),
    ConfirmedMissing("the store"),
    Found(SHELF.ref),
    Destroyed("C1"),
    Reseized(OKAFOR, "PACE s.19"),
]
later_events = st.lists(
    st.builds(
        lambda body, hours, device_seq, basis: an_event(body, hours, device_seq=device_seq, basis=basis),
        st.sampled_from(BODIES),
        st.integers(-3, 3_000),
        st.integers(1, 4),
        st.sampled_from([Basis.ITEM_SCAN, Basis.CONTAINER_SCAN]),
    ),
    max_size=14,
)


@given(later_events)
@example([an_event(BookedIn(SHELF.ref), -3), an_event(Moved(OTHER_SHELF.ref), -2)])
@settings(deadline=None)
def test_every_instant_since_seizure_belongs_to_exactly_one_interval(later: list[Event]) -> None:
    walked = steps([SEIZURE, *later])
    found = intervals(walked, LATER)

    assert found[0].start == walked[0].at
    assert found[-1].until == max(LATER, walked[-1].at)
    assert all(one.until == next_one.start for one, next_one in pairwise(found))
    assert all(one.start <= one.until for one in found)


@given(later_events)
@settings(deadline=None)
def test_an_interval_is_a_gap_exactly_where_the_custodian_is_unknown(later: list[Event]) -> None:
    for one in intervals(steps([SEIZURE, *later]), LATER):
        if one.standing is not Standing.OUT:
            assert (one.standing is Standing.GAP) == (one.custody.kind is CustodyKind.UNKNOWN)


@given(later_events)
@settings(deadline=None)
def test_gaps_without_a_custodian_never_overlap_accounted_time(later: list[Event]) -> None:
    walked = steps([SEIZURE, *later])
    lost = [one for one in intervals(walked, LATER) if one.standing is Standing.GAP]
    gaps = [gap for gap in detect(walked, LATER) if not gap.accounted]

    end = max(LATER, walked[-1].at)
    in_gaps = sum(((gap.until or end) - gap.start for gap in gaps), timedelta())
    assert in_gaps == sum((one.until - one.start for one in lost), timedelta())
    for one in lost:
        assert any(gap.start <= one.start and one.until <= (gap.until or end) for gap in gaps)


@given(later_events, st.randoms())
@settings(deadline=None)
def test_any_order_of_arrival_gives_the_same_intervals_and_gaps(later: list[Event], chance: object) -> None:
    events = [SEIZURE, *later]
    shuffled = list(events)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert intervals(steps(shuffled), LATER) == intervals(steps(events), LATER)
    assert detect(steps(shuffled), LATER) == detect(steps(events), LATER)


def test_an_interval_says_who_where_since_when_and_which_events_open_and_close_it() -> None:
    book_in, out = an_event(BookedIn(SHELF.ref, "S100"), 2), an_event(SignedOut(OKAFOR, "court", LATER, joint=REYES), 5)

    first, second, third = intervals(steps([SEIZURE, book_in, out]), SEIZED_AT + timedelta(hours=9))

    assert (first.who, first.where, first.opened_by) == (REYES.name, "", SEIZURE.envelope.id)
    assert (second.where, second.opened_by, second.closed_by) == (SHELF.name, book_in.envelope.id, out.envelope.id)
    assert (third.who, third.closed_by) == ("Okafor and PC 4521 Reyes", None)
    assert third.until == SEIZED_AT + timedelta(hours=9)


def test_a_part_is_accounted_for_by_its_parent_from_the_seizure_until_it_was_taken_from_it() -> None:
    inherited = Inherited(ItemRef(4, "AB/1"), SEIZED_AT, "store", 10, SHELF.name, SHELF.ref)
    body = SplitOff(CASE, "AB/1/1", "Swab", "BIO", REYES, REYES, inherited)

    first, second = intervals(steps([an_event(body, 30)]), LATER)

    assert (first.standing, first.start, first.who) == (Standing.PART, SEIZED_AT, "part of AB/1 (property reference 4)")
    assert (second.standing, second.start) == (Standing.ACCOUNTED, SEIZED_AT + timedelta(hours=30))
