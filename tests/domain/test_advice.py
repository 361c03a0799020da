"""Advice that must be answered: recommendations bring a decision forward, and what is learnt reopens it."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain import advice
from exhibits_app.domain.clocks import ClockKind, owed, running
from exhibits_app.domain.decisions import Choice, decide
from exhibits_app.domain.errors import (
    MissingValue,
    NoSuchRecommendation,
    NotAChoice,
    NothingToReopen,
    RecommendationUnanswered,
    StillUndecided,
)
from exhibits_app.domain.events import (
    Answer,
    Decided,
    Graded,
    RecommendationAnswered,
    Recommended,
    Reopened,
    Submitted,
)
from exhibits_app.domain.exhibit import Forensic
from exhibits_app.domain.people import Grant, Person, Role, Target
from exhibits_app.domain.policy import DEFAULT_RULES, Policy
from tests.domain.exhibits import LAB, REYES, SEIZED_AT, an_event, an_exhibit

POLICY = Policy(1, SEIZED_AT, DEFAULT_RULES)
ADVISED = an_event(Recommended("pathologist", "Dr Sorrel", "Blood on the sheet", REYES), 10)
NOT_REQUIRED = Decided("NOT_REQUIRED", "cost", "Too dear")
INSPECTOR = Person(9, "Dunmore", "DI", "77", grants=(Grant(Role.SUPERVISOR),))


def hours(*events: object, **given: object) -> dict[ClockKind, float]:
    """The clocks of decisions with the hours from the seizure to their deadlines."""
    wanted = {ClockKind.DECISION, ClockKind.SUBMISSION, ClockKind.RECOMMENDATION}
    clocks = running(an_exhibit(*events, **given), POLICY)  # type: ignore[arg-type]
    return {clock.kind: (clock.due - SEIZED_AT) / timedelta(hours=1) for clock in clocks if clock.kind in wanted}


def test_a_recommendation_is_due_in_two_days_and_resets_no_other_clock() -> None:
    assert hours(ADVISED, category="DRUG") == {
        ClockKind.DECISION: 7 * 24, ClockKind.SUBMISSION: 14 * 24, ClockKind.RECOMMENDATION: 10 + 48
    }  # fmt: skip
    first = owed(an_exhibit(ADVISED, category="DRUG"), POLICY).decision
    assert first is not None
    assert first.kind is ClockKind.RECOMMENDATION


@pytest.mark.parametrize("decision", ["NOT_REQUIRED", "UNSUITABLE", "EXAMINE_IN_HOUSE", "SUBMITTED_ELSEWHERE", "DEFER"])
@pytest.mark.parametrize("later", [ADVISED.body, Reopened("learnt")])
def test_what_was_decided_is_to_be_decided_again_when_something_is_learnt(decision: str, later: object) -> None:
    until = SEIZED_AT + timedelta(days=5)
    decided = an_event(Decided(decision, "cost", "Too dear", until=until if decision == "DEFER" else None), 5)
    again = an_exhibit(decided, an_event(later, 500))  # type: ignore[arg-type]

    assert (again.forensic, again.decision) == (Forensic.UNDECIDED, None)
    assert hours(decided, an_event(later, 500))[ClockKind.DECISION] == 548  # type: ignore[arg-type]


def test_after_reopening_a_decision_to_submit_has_its_full_time_from_then() -> None:
    events = an_event(NOT_REQUIRED, 5), an_event(Reopened("learnt"), 500), an_event(Decided("SUBMIT"), 510)

    assert hours(*events, category="KNF") == {ClockKind.SUBMISSION: 500 + 7 * 24}


@pytest.mark.parametrize(
    "events",
    [[], [an_event(Decided("SUBMIT"), 5)], [an_event(Submitted(LAB.ref, "FS/1", "FSU"), 5)]],
    ids=["undecided", "to submit", "submitted"],
)
def test_only_a_decision_not_to_submit_can_be_reopened(events: list[object]) -> None:
    exhibit = an_exhibit(*events)  # type: ignore[arg-type]

    with pytest.raises(NothingToReopen):
        advice.reopen(exhibit, "learnt")


def test_a_decision_answers_every_recommendation_by_name() -> None:
    second = an_event(Recommended("coroner", "Ms Quint", "Toxicology", REYES), 12)
    exhibit = an_exhibit(ADVISED, second)
    choice = Choice("SUBMIT", answers={ADVISED.envelope.id: "Goes with FS/1", second.envelope.id: "  "})
    given = {"by": INSPECTOR, "target": Target(case=7), "policy": POLICY, "now": SEIZED_AT + timedelta(hours=20)}

    with pytest.raises(RecommendationUnanswered) as refused:
        decide(exhibit, choice, **given)  # type: ignore[arg-type]
    both = dict(choice.answers) | {second.envelope.id: "With it"}
    body = decide(exhibit, replace(choice, answers=both), **given)  # type: ignore[arg-type]

    assert refused.value.recommendation == second.envelope.id
    assert body.answers == (Answer(ADVISED.envelope.id, "Goes with FS/1"), Answer(second.envelope.id, "With it"))
    after = an_exhibit(ADVISED, second, an_event(body, 20))
    assert after.open_recommendations == ()
    assert [one.answer for one in after.recommendations] == ["Goes with FS/1", "With it"]


def test_an_answer_of_its_own_is_for_what_goes_to_a_laboratory_anyway() -> None:
    going = an_exhibit(an_event(Decided("SUBMIT"), 5), ADVISED)

    body = advice.answer(going, ADVISED.envelope.id, "Goes with FS/1")

    assert body == RecommendationAnswered(ADVISED.envelope.id, "Goes with FS/1")
    assert an_exhibit(an_event(Decided("SUBMIT"), 5), ADVISED, an_event(body, 12)).open_recommendations == ()
    with pytest.raises(StillUndecided):
        advice.answer(an_exhibit(ADVISED), ADVISED.envelope.id, "No")
    with pytest.raises(NoSuchRecommendation):
        advice.answer(going, "another", "No")
    with pytest.raises(MissingValue):
        advice.answer(going, ADVISED.envelope.id, " ")


def test_a_grade_is_one_of_the_forces_and_another_than_before() -> None:
    graded = an_exhibit(an_event(Graded("F2"), 5))

    assert graded.grade == "F2"
    assert advice.grade(graded, "F1") == Graded("F1")
    for wrong in ("F2", "F9", ""):
        with pytest.raises(NotAChoice):
            advice.grade(graded, wrong)
