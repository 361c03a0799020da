"""The force's policy on time: days that count, days that do not, and clocks on a London wall."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from exhibits_app.domain.clocks import DECIDING, ClockKind, owed, running, stage_at, stages_of
from exhibits_app.domain.errors import (
    BadInput,
    CategoryExempt,
    InspectorLeftOut,
    NobodyTold,
    StageOutOfOrder,
    UnclassifiedExempt,
)
from exhibits_app.domain.escalation import CUSTODY_STAGES, STAGES, Stage, check_stages
from exhibits_app.domain.events import (
    Accepted,
    BookedIn,
    Collected,
    LabReturned,
    Moved,
    Offered,
    Rejected,
    RetentionReviewed,
    SealApplied,
    SealOpened,
    SignedOut,
    Submitted,
)
from exhibits_app.domain.fold import fold
from exhibits_app.domain.policy import DEFAULT_RULES, DayCount, Limits, Policy, Rule, check
from exhibits_app.domain.show import LONDON, days_later
from tests.domain.exhibits import COURIER, LAB, OKAFOR, REYES, SEIZED_AT, SHELF, an_event, an_exhibit, seizure

CHRISTMAS = frozenset({date(2026, 12, 25), date(2026, 12, 28), date(2027, 1, 1)})
CALENDAR = Policy(1, SEIZED_AT, DEFAULT_RULES)
WORKING = Policy(2, SEIZED_AT, DEFAULT_RULES, counts=DayCount.WORKING, closed=CHRISTMAS)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("policy", "start", "days", "due"),
    [
        pytest.param(CALENDAR, "2026-03-28T12:00", 2, "2026-03-30T11:00", id="the clocks go forward in between"),
        pytest.param(CALENDAR, "2026-10-24T11:00", 2, "2026-10-26T12:00", id="the clocks go back in between"),
        pytest.param(CALENDAR, "2026-03-28T01:30", 1, "2026-03-29T01:30", id="a time that spring leaves out"),
        pytest.param(CALENDAR, "2026-10-24T00:30", 1, "2026-10-25T00:30", id="a time that autumn has twice: the first"),
        pytest.param(CALENDAR, "2028-02-28T09:00", 1, "2028-02-29T09:00", id="a leap day is a day"),
        pytest.param(CALENDAR, "2028-02-29T09:00", 365, "2029-02-28T09:00", id="a year from a leap day"),
        pytest.param(WORKING, "2026-12-24T15:00", 1, "2026-12-29T15:00", id="Christmas, a weekend, a bank holiday"),
        pytest.param(WORKING, "2026-12-25T15:00", 1, "2026-12-29T15:00", id="seized on a day that does not count"),
        pytest.param(WORKING, "2026-12-29T15:00", 5, "2027-01-06T15:00", id="over the new year"),
        pytest.param(WORKING, "2026-05-08T22:59", 1, "2026-05-11T22:59", id="Friday night in London"),
        pytest.param(WORKING, "2026-05-08T23:30", 1, "2026-05-10T23:30", id="Saturday already in London"),
    ],
)
def test_a_deadline_is_at_the_same_time_of_day_so_many_counting_days_on(
    policy: Policy, start: str, days: int, due: str
) -> None:
    assert policy.due(utc(start), days) == utc(due)


# The clocks are put at one in the morning of UTC: a time of day that London skips, has twice, or neither.
@settings(max_examples=60)
@given(
    st.integers(87 * 1_440, 89 * 1_440) | st.integers(0, 525_600),
    st.integers(0, 400) | st.sampled_from([0, 1, 210, 211]),
)
def test_days_later_is_what_the_clock_on_the_wall_says(minutes: int, days: int) -> None:
    begun = datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    wall = begun.astimezone(LONDON).replace(tzinfo=None) + timedelta(days=days)

    assert days_later(begun, days) == wall.replace(tzinfo=LONDON).astimezone(UTC)


@settings(max_examples=60)
@given(
    st.sampled_from([CALENDAR, WORKING]),
    st.datetimes(datetime(2026, 1, 1), datetime(2029, 1, 1)),  # noqa: DTZ001  # Hypothesis wants bounds without zones.
    st.integers(1, 40),
)
def test_the_latest_start_is_overdue_and_a_later_one_is_not(policy: Policy, now: datetime, days: int) -> None:
    now = now.replace(tzinfo=UTC)

    latest = policy.latest_start(days, now)

    assert policy.due(latest, days) <= now < policy.due(latest + timedelta(hours=1, seconds=2), days)


@pytest.mark.parametrize("lacking", [Rule(None, 7), Rule(1, None), Rule()])
def test_what_is_not_classified_is_never_exempt(lacking: Rule) -> None:
    with pytest.raises(UnclassifiedExempt):
        check(Policy(1, SEIZED_AT, DEFAULT_RULES | {"UNK": lacking}))


def test_no_category_is_without_any_limit() -> None:
    with pytest.raises(CategoryExempt, match="Cash"):
        check(Policy(1, SEIZED_AT, DEFAULT_RULES | {"CASH": Rule()}))


BOOKED = an_event(BookedIn(SHELF.ref), 5)
OUT = an_event(SignedOut(OKAFOR, "viewing", due_back=SEIZED_AT + timedelta(hours=30)), 10)
SUBMITTED = an_event(Submitted(LAB.ref, "FS/1", "FSU"), 48)
OFFERED = an_event(Offered(OKAFOR), 6, actor=OKAFOR)
OFFERED_ON = an_event(Offered(REYES), 11, actor=OKAFOR)
TAKEN_ON = an_event(Accepted(OFFERED_ON.envelope.id), 12, actor=REYES)
TRANSIT = Policy(1, SEIZED_AT, DEFAULT_RULES, transit_stores=frozenset({10}))
EARLY = Policy(3, SEIZED_AT, DEFAULT_RULES, stages=(Stage("half-time", 0.1, ("oic",)), *STAGES[2:]))


@pytest.mark.parametrize(
    ("events", "hours"),
    [
        pytest.param([], {ClockKind.BOOK_IN: 24}, id="seized and not booked in"),
        pytest.param([BOOKED], {ClockKind.TRANSIT: 5 + 7 * 24, ClockKind.SIGHTING: 5 + 90 * 24}, id="in transit"),
        pytest.param(
            [BOOKED, an_event(Moved(SHELF.ref), 29)],
            {ClockKind.TRANSIT: 5 + 7 * 24, ClockKind.SIGHTING: 29 + 90 * 24},
            id="a move within the transit store restarts nothing but the scan",
        ),
        pytest.param([BOOKED, OUT], {ClockKind.RETURN: 30}, id="signed out"),
        pytest.param([BOOKED, OUT, OFFERED_ON, TAKEN_ON], {ClockKind.RETURN: 30}, id="signed out and handed on"),
        pytest.param([BOOKED, an_event(Collected(COURIER.ref), 8)], {ClockKind.TRANSIT: 8 + 48}, id="with a carrier"),
        pytest.param([OFFERED], {ClockKind.BOOK_IN: 24, ClockKind.HANDOVER: 30}, id="on offer"),
        pytest.param([OFFERED, an_event(Rejected(OFFERED.envelope.id), 7)], {ClockKind.BOOK_IN: 24}, id="rejected"),
        pytest.param([BOOKED, SUBMITTED], {ClockKind.LAB_RECEIPT: 48 + 48, ClockKind.RESULT: 48 + 28 * 24}, id="sent"),
        pytest.param([an_event(SealOpened(), 8)], {ClockKind.OPEN_SEAL: 20, ClockKind.BOOK_IN: 24}, id="opened"),
        pytest.param(
            [an_event(SealOpened(), 8), an_event(SealApplied("S200"), 9)],
            {ClockKind.BOOK_IN: 24},
            id="sealed again",
        ),
    ],
)
def test_each_step_of_custody_has_its_clock_until_it_is_taken(events: Any, hours: dict[ClockKind, int]) -> None:
    exhibit = an_exhibit(*events)

    found = {
        clock.kind: (clock.due - SEIZED_AT) / timedelta(hours=1)
        for clock in running(exhibit, TRANSIT)
        if clock.kind not in DECIDING
    }

    assert found == hours
    custody = owed(exhibit, TRANSIT).custody
    assert custody is not None
    assert custody.kind == min(hours, key=lambda kind: hours[kind])


def test_a_retention_review_is_due_on_its_date_and_answers_the_one_before() -> None:
    review = RetentionReviewed("Property Act", SEIZED_AT + timedelta(days=90))

    clocks = running(an_exhibit(an_event(review, 24), category="NON"), CALENDAR)

    assert [(clock.kind, clock.due) for clock in clocks if clock.kind is ClockKind.REVIEW] == [
        (ClockKind.REVIEW, SEIZED_AT + timedelta(days=90))
    ]


def test_that_nothing_was_scanned_is_not_written_to_anybody() -> None:
    assert stages_of(ClockKind.SIGHTING, CALENDAR) == ()


EVENTS = [BOOKED, an_event(Moved(SHELF.ref), 29), OUT, OFFERED, SUBMITTED, an_event(LabReturned(SHELF.ref), 400)]


@settings(max_examples=40)
@given(
    st.permutations(EVENTS),
    st.integers(0, len(EVENTS)),
    st.sampled_from([CALENDAR, WORKING, TRANSIT, EARLY]),
    st.integers(0, 900),
)
def test_what_is_owed_and_who_is_told_depends_on_events_policy_and_now_and_not_on_how_they_arrived(
    events: list[Any], upto: int, policy: Policy, hours: int
) -> None:
    seized = an_event(seizure(), actor=OKAFOR)
    some = events[:upto]

    as_they_came = fold([seized, *some])
    again = fold([*reversed(some), seized, *some])

    assert owed(as_they_came, policy) == owed(again, policy)
    now = SEIZED_AT + timedelta(hours=hours)
    reached = [{one: stage_at(one, policy, now) for one in running(state, policy)} for state in (as_they_came, again)]
    assert reached[0] == reached[1]


@pytest.mark.parametrize(
    ("table", "stages", "refusal", "field"),
    [
        ("decision", (*STAGES[:2], Stage("overdue", 0.7, ("oic",)), STAGES[3]), StageOutOfOrder, "overdue-percent"),
        ("decision", (Stage("half-time", 0.5, ()), *STAGES[2:]), NobodyTold, "half-time-tells"),
        ("custody", (CUSTODY_STAGES[0], Stage("long-overdue", 2.0, ("oic",))), InspectorLeftOut, "long-overdue-tells"),
    ],
)
def test_an_escalation_that_cannot_be_meant_is_refused(
    table: str, stages: tuple[Stage, ...], refusal: type[BadInput], field: str
) -> None:
    with pytest.raises(refusal) as refused:
        check_stages(table, stages)

    assert refused.value.field == f"escalation-{table}-{field}"


def test_limits_are_whole_numbers_of_one_or_more() -> None:
    assert all(getattr(Limits(), name) >= 1 for name in Limits.__dataclass_fields__)
