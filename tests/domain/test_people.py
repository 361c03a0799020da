"""Rights: denied by default, and only as far as the grant reaches."""

import pytest

from exhibits_app.domain.errors import NoRight
from exhibits_app.domain.people import RIGHTS, Action, Grant, Person, Role, ScopeKind, Target, may, require


def a_person(*grants: Grant, active: bool = True) -> Person:
    return Person(1, "Maria Reyes", "PC", "4521", 3, grants, active)


def test_a_person_without_grants_may_do_nothing() -> None:
    assert not any(may(a_person(), action) for action in Action)


def test_a_person_who_has_left_may_do_nothing() -> None:
    gone = a_person(Grant(Role.SUPERVISOR), active=False)

    assert not any(may(gone, action) for action in Action)


def test_administrators_hold_no_custody_powers_and_read_no_cases() -> None:
    custody = {Action.BOOK_IN, Action.MOVE, Action.SIGN_OUT, Action.SIGN_IN, Action.SUBMIT, Action.SEE_CASE}

    assert not custody & RIGHTS[Role.ADMINISTRATOR]


def test_auditors_hold_no_custody_powers() -> None:
    assert not {Action.BOOK_IN, Action.MOVE, Action.SIGN_OUT, Action.SIGN_IN} & RIGHTS[Role.AUDITOR]


def test_store_staff_act_at_their_own_store_only() -> None:
    staff = a_person(Grant(Role.PROPERTY_OFFICER, ScopeKind.STORE, 10))

    assert may(staff, Action.MOVE, Target(store=10))
    assert not may(staff, Action.MOVE, Target(store=11))


def test_an_officer_sees_the_cases_of_their_team_and_those_they_belong_to() -> None:
    officer = a_person(Grant(Role.OFFICER, ScopeKind.TEAM, 3))

    assert may(officer, Action.SEE_CASE, Target(case=1, team=3))
    assert may(officer, Action.SEE_CASE, Target(case=1, team=4, members=frozenset({1})))
    assert not may(officer, Action.SEE_CASE, Target(case=1, team=4))


@pytest.mark.parametrize("kind", [ScopeKind.FORCE, ScopeKind.TEAM])
def test_a_wide_grant_does_not_reach_a_restricted_case(kind: ScopeKind) -> None:
    supervisor = a_person(Grant(Role.SUPERVISOR, kind, 3))

    assert not may(supervisor, Action.SEE_CASE, Target(case=1, team=3, restricted=True))


def test_members_and_those_granted_the_case_see_a_restricted_case() -> None:
    member = a_person(Grant(Role.OFFICER, ScopeKind.TEAM, 3))
    granted = a_person(Grant(Role.OFFICER, ScopeKind.CASE, 1))

    assert may(member, Action.SEE_CASE, Target(case=1, team=3, restricted=True, members=frozenset({1})))
    assert may(granted, Action.SEE_CASE, Target(case=1, restricted=True))
    assert not may(granted, Action.SEE_CASE, Target(case=2, restricted=True))


def test_professional_standards_read_restricted_cases_and_change_none() -> None:
    standards = a_person(Grant(Role.PROFESSIONAL_STANDARDS))

    assert may(standards, Action.SEE_CASE, Target(case=1, restricted=True))
    assert not may(standards, Action.EDIT_CASE, Target(case=1, restricted=True))


def test_the_refusal_says_what_may_not_be_done() -> None:
    with pytest.raises(NoRight, match="You may not move items in this store"):
        require(a_person(), Action.MOVE)
