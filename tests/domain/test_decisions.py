"""Forensic decisions: by whom, with what, and until when."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain import errors
from exhibits_app.domain.decisions import Choice, decide
from exhibits_app.domain.events import CaseRef, Decided
from exhibits_app.domain.exhibit import Exhibit
from exhibits_app.domain.people import Grant, Person, Role, Target
from exhibits_app.domain.policy import DEFAULT_RULES, Policy
from tests.domain.exhibits import REYES, SEIZED_AT, an_exhibit

POLICY = Policy(1, SEIZED_AT, DEFAULT_RULES)
OFFICER = Person(2, "Ben Lomax", "PC", "1", grants=(Grant(Role.OFFICER),))
SERGEANT = Person(3, "Una Varley", "DS", "2", grants=(Grant(Role.SUPERVISOR),))
INSPECTOR = Person(4, "Rhys Carrow", "DI", "3", grants=(Grant(Role.SUPERVISOR),))
AGAINST = Choice("NOT_REQUIRED", "other-evidence", "The point is not in dispute.")


def decided(choice: Choice, by: Person = INSPECTOR, exhibit: Exhibit | None = None) -> Decided:
    now = SEIZED_AT + timedelta(days=1)
    return decide(exhibit or an_exhibit(), choice, by=by, target=Target(case=7), policy=POLICY, now=now)


def a_death() -> Exhibit:
    return an_exhibit(case=CaseRef(7, "01AB/1/26", "death-investigated", REYES), category="DTH-BED")


def test_an_officer_can_decide_to_submit() -> None:
    assert decided(Choice("SUBMIT"), OFFICER) == Decided("SUBMIT")


def test_a_decision_against_submitting_is_a_supervisors() -> None:
    with pytest.raises(errors.SupervisorDecides):
        decided(AGAINST, OFFICER)


def test_a_sergeant_decides_in_an_ordinary_case() -> None:
    assert decided(AGAINST, SERGEANT).decision == "NOT_REQUIRED"


@pytest.mark.parametrize(
    "category", ["death-expected", "death-not-suspicious", "death-investigated", "homicide", "sexual"]
)
def test_deaths_and_sexual_offences_need_an_inspector(category: str) -> None:
    exhibit = an_exhibit(case=CaseRef(7, "01AB/1/26", category, REYES))

    with pytest.raises(errors.RankTooLow, match="needs an inspector or above"):
        decided(AGAINST, SERGEANT, exhibit)
    assert decided(AGAINST, INSPECTOR, exhibit)


def test_the_officer_in_the_case_does_not_decide_against_their_own_exhibit() -> None:
    own = Person(REYES.id, "Maria Reyes", "DI", "4521", grants=(Grant(Role.SUPERVISOR),))

    with pytest.raises(errors.OwnExhibit):
        decided(AGAINST, own, a_death())


@pytest.mark.parametrize("rationale", ["", "   ", "\n"])
def test_a_decision_against_submitting_says_why(rationale: str) -> None:
    with pytest.raises(errors.DecisionNeedsRationale):
        decided(Choice("NOT_REQUIRED", "cost", rationale))


def test_a_decision_against_submitting_needs_a_reason_of_the_list() -> None:
    with pytest.raises(errors.UnknownReasonCode):
        decided(Choice("NOT_REQUIRED", "because", "It is not needed."))


def test_an_unknown_decision_is_refused() -> None:
    with pytest.raises(errors.NotAChoice):
        decided(Choice("FORGET_ABOUT_IT"))


@pytest.mark.parametrize("until", [None, SEIZED_AT])
def test_a_deferral_needs_a_later_date(until: object) -> None:
    with pytest.raises(errors.DeferralNeedsDate):
        decided(Choice("DEFER", "awaiting-information", "Waiting.", until=until))  # type: ignore[arg-type]


def test_a_deferral_is_at_most_twice_the_original_time() -> None:
    latest = SEIZED_AT + timedelta(days=6)
    deferral = Choice("DEFER", "awaiting-information", "Waiting.", until=latest)
    too_late = replace(deferral, until=latest + timedelta(hours=1))

    assert decided(deferral, exhibit=a_death()).until == latest
    with pytest.raises(errors.DeferralTooLong, match="10 May 2026"):
        decided(too_late, exhibit=a_death())


def test_a_date_is_kept_with_a_deferral_only() -> None:
    assert decided(Choice("NOT_REQUIRED", "cost", "Too dear.", until=SEIZED_AT)).until is None
