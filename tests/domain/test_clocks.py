"""The clocks: they start at seizure, nothing resets them, and unclassified is strict."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain.clocks import DECIDING, Clock, ClockKind, latest_deferral, owed, running, stage_at
from exhibits_app.domain.decisions import DECISION_NAMES
from exhibits_app.domain.events import (
    Auctioned,
    BookedIn,
    Consumed,
    Decided,
    Destroyed,
    Event,
    LabReceived,
    Reclassified,
    Recommended,
    Reopened,
    ResultRecorded,
    Submitted,
)
from exhibits_app.domain.policy import DEFAULT_RULES, Policy
from tests.domain.exhibits import CASE, LAB, REYES, SEIZED_AT, SHELF, an_event, an_exhibit

POLICY = Policy(1, SEIZED_AT, DEFAULT_RULES)


def days(clock: Clock) -> int:
    return (clock.due - SEIZED_AT).days


def kinds(*events: object, **given: object) -> dict[ClockKind, int]:
    exhibit = an_exhibit(*events, **given)  # type: ignore[arg-type]
    return {clock.kind: days(clock) for clock in running(exhibit, POLICY) if clock.kind in DECIDING}


def test_an_undecided_exhibit_runs_both_clocks_from_its_seizure() -> None:
    assert kinds(category="DTH-BED") == {ClockKind.DECISION: 3, ClockKind.SUBMISSION: 7}


def test_a_decision_to_submit_leaves_the_submission_clock_running() -> None:
    assert kinds(an_event(Decided("SUBMIT"), 5), category="DTH-BED") == {ClockKind.SUBMISSION: 7}


def test_only_the_scan_out_to_the_laboratory_stops_the_submission_clock() -> None:
    assert kinds(an_event(Submitted(LAB.ref, "FS/1", "FSU"), 5)) == {}


@pytest.mark.parametrize("decision", ["NOT_REQUIRED", "UNSUITABLE", "EXAMINE_IN_HOUSE"])
def test_a_decision_not_to_submit_stops_both_clocks(decision: str) -> None:
    assert kinds(an_event(Decided(decision, "cost", "Too dear"), 5)) == {}


def test_a_deferral_runs_until_its_date() -> None:
    until = SEIZED_AT + timedelta(days=5)

    assert kinds(an_event(Decided("DEFER", "cost", "Waiting", until=until), 5)) == {ClockKind.DECISION: 5}


def test_an_unclassified_exhibit_has_the_strictest_clock_and_an_unknown_category_too() -> None:
    assert kinds(category="UNK") == {ClockKind.DECISION: 1, ClockKind.SUBMISSION: 7}
    assert kinds(category="SOMETHING-NEW") == kinds(category="UNK")


def test_found_property_is_reviewed_after_28_days() -> None:
    assert kinds(category="NON") == {ClockKind.REVIEW: 28}


def test_moving_and_booking_in_stop_nothing() -> None:
    assert kinds(an_event(BookedIn(SHELF.ref), 5)) == kinds()


def test_reclassifying_restarts_nothing_and_can_make_overdue_at_once() -> None:
    reclassified = an_event(Reclassified("TOX-D", CASE), hours=60)
    exhibit = an_exhibit(reclassified, category="DRUG")

    due = owed(exhibit, POLICY).decision

    assert due is not None
    assert due.started == SEIZED_AT
    assert due.due < reclassified.envelope.corrected


@pytest.mark.parametrize(
    ("share", "stage"),
    [(0.49, None), (0.5, "half-time"), (0.8, "due-soon"), (0.99, "due-soon"), (1.0, "overdue"), (1.5, "long-overdue")],
)
def test_the_escalation_goes_by_the_share_of_the_time_used(share: float, stage: str | None) -> None:
    clock = Clock(ClockKind.DECISION, SEIZED_AT, SEIZED_AT + timedelta(hours=100))

    reached = stage_at(clock, POLICY, SEIZED_AT + timedelta(hours=100 * share))

    assert (reached.name if reached else None) == stage


def test_a_deferral_ends_at_most_twice_the_time_after_seizure() -> None:
    assert latest_deferral(an_exhibit(category="DTH-BED"), POLICY) == SEIZED_AT + timedelta(days=6)


def test_a_clock_runs_on_absolute_time_across_the_change_to_summer_time() -> None:
    saturday = datetime(2026, 3, 28, 12, 0, tzinfo=UTC)
    clock = Clock(ClockKind.DECISION, saturday, saturday + timedelta(days=2))

    assert clock.share(saturday + timedelta(hours=24)) == 0.5


# Whoever decides these has decided that nothing is examined. Of everything else something is still to come.
FINAL = {"NOT_REQUIRED", "UNSUITABLE"}


@given(
    st.sampled_from(sorted(DEFAULT_RULES)), st.sampled_from(["", *DECISION_NAMES]), st.sampled_from([BookedIn, None])
)
def test_what_is_not_submitted_has_one_live_decision_or_a_running_clock(
    category: str, decision: str, booked: type[BookedIn] | None
) -> None:
    until = SEIZED_AT + timedelta(days=5)
    decided = [an_event(Decided(decision, "cost", "Too dear", until=until), 5, actor=REYES)] if decision else []
    exhibit = an_exhibit(*([an_event(booked(SHELF.ref), 2)] if booked else []), *decided, category=category)
    waited = [one for one in running(exhibit, POLICY) if one.kind in DECIDING or one.kind is ClockKind.RESULT]

    assert bool(waited) is not (decision in FINAL)
    assert (exhibit.decision is not None) is (decision != "")


def result(outcome: str, hours: float, lab: bool = False) -> Event:
    told = ResultRecorded("R/1", outcome, SEIZED_AT, "As it says.", LAB.ref if lab else None, None if lab else "Unit 4")
    return an_event(told, hours)


def by_others(decision: str) -> Event:
    return an_event(Decided(decision, "other-agency", "By them"), 5)


IN_HOUSE, ELSEWHERE = by_others("EXAMINE_IN_HOUSE"), by_others("SUBMITTED_ELSEWHERE")
AT_LAB = (an_event(BookedIn(SHELF.ref), 1), an_event(Submitted(LAB.ref, "FS/1", "FSU"), 2))
USED_UP = (*AT_LAB, an_event(LabReceived(LAB.ref, "NF-7"), 3), an_event(Consumed("NF-7", "R1"), 9))
SENT_AGAIN = an_event(Submitted(LAB.ref, "FS/2", "FSU"), 30)
RESULT_FROM_5 = {ClockKind.RESULT: 5 + 28 * 24}


@pytest.mark.parametrize(
    ("events", "clocks"),
    [
        ([IN_HOUSE], RESULT_FROM_5),
        ([ELSEWHERE], RESULT_FROM_5),
        ([IN_HOUSE, result("negative", 9)], {}),
        ([ELSEWHERE, result("hit", 9, lab=True)], {}),
        ([IN_HOUSE, result("not-examined", 9)], {ClockKind.DECISION: 9 + 48}),
        ([IN_HOUSE, by_others("NOT_REQUIRED")], {}),
        ([IN_HOUSE, an_event(Reopened("learnt"), 9)], {ClockKind.DECISION: 9 + 48}),
        ([*AT_LAB, result("negative", 4, lab=True), IN_HOUSE], RESULT_FROM_5),
        ([IN_HOUSE, SENT_AGAIN], {ClockKind.RESULT: 30 + 28 * 24}),
        ([IN_HOUSE, an_event(Destroyed("C/1"), 9)], {}),
        ([IN_HOUSE, an_event(Auctioned("Lots", "7"), 9)], {}),
        ([an_event(LabReceived(LAB.ref, "NF-7"), 3)], {ClockKind.RESULT: 28 * 24}),
        (USED_UP, {ClockKind.RESULT: 2 + 28 * 24}),
        ([*USED_UP, an_event(Recommended("csm", "CSM", "DNA", REYES), 10)], {ClockKind.RESULT: 2 + 28 * 24}),
        ([*USED_UP, result("negative", 10, lab=True)], {}),
        ([*USED_UP, result("not-examined", 10, lab=True)], {}),
    ],
)
def test_what_others_examine_and_what_was_used_up_waits_for_its_result(
    events: list[Event], clocks: dict[ClockKind, float]
) -> None:
    exhibit = an_exhibit(*events)
    asked = {ClockKind.DECISION, ClockKind.SUBMISSION, ClockKind.RESULT, ClockKind.RECOMMENDATION}
    found = {c.kind: (c.due - SEIZED_AT) / timedelta(hours=1) for c in running(exhibit, POLICY) if c.kind in asked}

    assert found == clocks
    custody = owed(exhibit, POLICY)
    steps = [one for one in (custody.custody, *custody.custody_too) if one]
    assert [one.kind for one in steps if one.kind is ClockKind.RESULT] == [ClockKind.RESULT] * (
        ClockKind.RESULT in clocks
    )


@pytest.mark.parametrize("category", ["CASH", "NON"])
def test_what_need_not_be_sent_and_is_to_be_sent_waits_from_the_decision_on(category: str) -> None:
    assert kinds(an_event(Decided("SUBMIT"), 48), category=category) == {ClockKind.SUBMISSION: 2 + 7}
