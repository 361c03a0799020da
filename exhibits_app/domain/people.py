"""People, their roles, and what each role may do, scoped to stores, teams and cases."""

from dataclasses import dataclass
from enum import StrEnum

from .errors import NoRight


class Role(StrEnum):
    """The roles of a force's exhibit handling."""

    OFFICER = "officer"
    EXHIBITS_OFFICER = "exhibits_officer"
    PROPERTY_OFFICER = "property_officer"
    SUPERVISOR = "supervisor"
    SUBMISSIONS = "submissions"
    CORONERS_OFFICER = "coroners_officer"
    DISCLOSURE_OFFICER = "disclosure_officer"
    AUDITOR = "auditor"
    PROFESSIONAL_STANDARDS = "professional_standards"
    ADMINISTRATOR = "administrator"


ROLE_NAMES = {
    Role.OFFICER: "Officer",
    Role.EXHIBITS_OFFICER: "Exhibits officer",
    Role.PROPERTY_OFFICER: "Property officer (store staff)",
    Role.SUPERVISOR: "Supervisor",
    Role.SUBMISSIONS: "Forensic submissions unit",
    Role.CORONERS_OFFICER: "Coroner's officer",
    Role.DISCLOSURE_OFFICER: "Disclosure officer",
    Role.AUDITOR: "Independent auditor",
    Role.PROFESSIONAL_STANDARDS: "Professional standards",
    Role.ADMINISTRATOR: "Administrator",
}


class Action(StrEnum):
    """What a person can be allowed to do. The value completes the sentence "You may not ..."."""

    SEE_CASE = "see this case"
    OPEN_CASE = "open a case"
    EDIT_CASE = "change this case"
    REGISTER = "register items in this case"
    PRINT_LABEL = "print labels for this case"
    SEE_PRINTING = "see what others printed"
    AUTHORISE_REPRINT = "authorise that labels are printed again"
    BOOK_IN = "book items in at this store"
    MOVE = "move items in this store"
    SIGN_OUT = "sign items out of this store"
    SIGN_IN = "sign items in at this store"
    SUBMIT = "send items to a laboratory"
    SIGHT = "record sightings"
    HAND_OVER = "hand items over"
    ACT_FOR_LEAVER = "hand over what somebody who left still holds"
    HANDLE = "seal, open, show or box items"
    SPLIT = "take parts from items"
    RELABEL = "identify items that have lost their label"
    REPORT_LOSS = "report items as unaccounted for"
    CONFIRM_MISSING = "confirm that an item is missing"
    HOLD = "place or release holds on items of this case"
    REVIEW = "review the retention of items of this case"
    AUTHORISE_DISPOSAL = "authorise the disposal of items of this case"
    DISPOSE = "dispose of items at this store"
    CORRECT = "correct what is recorded of items"
    ORDER_BLANKS = "order blank labels"
    KEEP_BLANKS = "keep account of other people's blank labels"
    SEE_BLANKS = "see series of blank labels"
    SEE_DISCREPANCIES = "see discrepancies"
    SETTLE = "settle discrepancies"
    DECIDE_SUBMIT = "decide that an exhibit of this case is submitted"
    DECIDE_AGAINST = "decide that an exhibit of this case is not submitted now"
    BUILD_SUBMISSION = "build forensic submissions of this case"
    AUTHORISE_SUBMISSION = "authorise forensic submissions of this case"
    RECOMMEND = "record recommendations for exhibits of this case"
    RECORD_RESULT = "record laboratory results for exhibits of this case"
    SEE_BOARD = "see the overdue board"
    SEE_DECISIONS = "see what was decided in a month"
    SEE_STORE = "see what this store holds"
    SEE_SCAN_LOG = "see the scan log"
    SEE_READ_LOG = "see who read what"
    SEE_LEDGER = "see the ledger"
    SEE_HEALTH = "see whether everything runs"
    SEE_POLICY = "see the time limits"
    SET_POLICY = "set the force's time limits"
    PLAN_GRADING = "plan how legacy stock is graded in"
    MANAGE_PEOPLE = "manage people"
    MANAGE_DEVICES = "manage devices"
    MANAGE_PLACES = "manage stores and places"
    MANAGE_LABELS = "change how labels look and what they are printed on"
    ACKNOWLEDGE = "acknowledge alerts"
    HAND_OUT_EVIDENCE = "hand out evidence of this case"
    ERASE = "erase values of this case"
    AUTHORISE_ERASURE = "authorise that values of this case are erased"


_CASE_WORK = {
    Action.SEE_CASE, Action.OPEN_CASE, Action.EDIT_CASE, Action.REGISTER, Action.PRINT_LABEL, Action.ORDER_BLANKS,
    Action.RECOMMEND, Action.BUILD_SUBMISSION, Action.RECORD_RESULT,
}  # fmt: skip
_STORE_WORK = {
    Action.BOOK_IN, Action.MOVE, Action.SIGN_OUT, Action.SIGN_IN, Action.SUBMIT, Action.SIGHT, Action.SEE_STORE,
    Action.HAND_OVER, Action.HANDLE, Action.SPLIT, Action.RELABEL, Action.REPORT_LOSS, Action.DISPOSE, Action.CORRECT,
    Action.SEE_DISCREPANCIES, Action.ORDER_BLANKS,
}  # fmt: skip
_SUPERVISING = {
    Action.DECIDE_SUBMIT, Action.DECIDE_AGAINST, Action.AUTHORISE_SUBMISSION, Action.SEE_BOARD, Action.SEE_STORE,
    Action.SEE_DECISIONS, Action.SEE_SCAN_LOG, Action.SEE_LEDGER, Action.SEE_POLICY, Action.SET_POLICY,
    Action.PLAN_GRADING, Action.ACKNOWLEDGE,
    Action.HAND_OUT_EVIDENCE, Action.ERASE, Action.AUTHORISE_ERASURE, Action.REPORT_LOSS, Action.CONFIRM_MISSING,
    Action.ACT_FOR_LEAVER, Action.HOLD, Action.REVIEW, Action.AUTHORISE_DISPOSAL, Action.CORRECT,
    Action.SEE_DISCREPANCIES, Action.SETTLE, Action.KEEP_BLANKS, Action.SEE_BLANKS, Action.SEE_PRINTING,
    Action.AUTHORISE_REPRINT,
}  # fmt: skip
_EXHIBITS_WORK = {
    Action.DECIDE_SUBMIT, Action.SEE_BOARD, Action.SEE_POLICY, Action.SPLIT, Action.RELABEL, Action.HOLD, Action.REVIEW,
    Action.CORRECT, Action.SEE_DISCREPANCIES,
}  # fmt: skip
# What anybody may do with what they hold.
_HANDS = {Action.SIGHT, Action.HAND_OVER, Action.HANDLE}

RIGHTS: dict[Role, frozenset[Action]] = {
    Role.OFFICER: frozenset(
        _CASE_WORK | _HANDS | {Action.DECIDE_SUBMIT, Action.SEE_POLICY, Action.SPLIT, Action.CORRECT}
    ),
    Role.EXHIBITS_OFFICER: frozenset(_CASE_WORK | _HANDS | _EXHIBITS_WORK),
    Role.PROPERTY_OFFICER: frozenset(_STORE_WORK | {Action.SEE_SCAN_LOG, Action.SEE_POLICY}),
    Role.SUPERVISOR: frozenset(_CASE_WORK | _HANDS | _SUPERVISING),
    Role.SUBMISSIONS: frozenset(
        {Action.SEE_CASE, Action.SUBMIT, Action.SEE_BOARD, Action.SEE_DECISIONS, Action.RECOMMEND, Action.RECORD_RESULT}
        | {Action.DECIDE_SUBMIT, Action.BUILD_SUBMISSION, Action.AUTHORISE_SUBMISSION, Action.SEE_POLICY}
        | _HANDS
    ),
    Role.CORONERS_OFFICER: frozenset(
        {Action.SEE_CASE, Action.SEE_BOARD, Action.RECOMMEND, Action.SEE_POLICY, Action.HOLD}
    ),
    Role.DISCLOSURE_OFFICER: frozenset(
        {Action.SEE_CASE, Action.SEE_LEDGER, Action.SEE_POLICY, Action.HAND_OUT_EVIDENCE, Action.ERASE}
    ),
    Role.AUDITOR: frozenset(
        {Action.SIGHT, Action.SEE_STORE, Action.SEE_BOARD, Action.SEE_DECISIONS, Action.SEE_SCAN_LOG}
        | {Action.SEE_LEDGER, Action.SEE_POLICY, Action.REPORT_LOSS, Action.SEE_DISCREPANCIES, Action.SEE_BLANKS}
    ),
    Role.PROFESSIONAL_STANDARDS: frozenset(
        {Action.SEE_CASE, Action.SEE_READ_LOG, Action.SEE_SCAN_LOG, Action.SEE_LEDGER, Action.SEE_POLICY}
        | {Action.AUTHORISE_ERASURE, Action.SEE_DECISIONS}
    ),
    Role.ADMINISTRATOR: frozenset(
        {Action.MANAGE_PEOPLE, Action.MANAGE_DEVICES, Action.MANAGE_PLACES, Action.MANAGE_LABELS}
        | {Action.SEE_LEDGER, Action.SEE_POLICY, Action.SEE_HEALTH}
    ),
}

# Ranks from low to high; DI is the inspector of DOMAIN's rank rules.
RANKS = ("Staff", "PCSO", "PC", "DC", "PS", "DS", "Insp", "DI", "CI", "DCI", "Supt", "DSU")
INSPECTING_RANKS = frozenset({"Insp", "DI", "CI", "DCI", "Supt", "DSU"})


class ScopeKind(StrEnum):
    """How far a grant reaches."""

    FORCE = "force"
    STORE = "store"
    TEAM = "team"
    CASE = "case"


@dataclass(frozen=True, slots=True)
class Grant:
    """One role with the scope it holds in; `scope` is the id of the store, team or case."""

    role: Role
    kind: ScopeKind = ScopeKind.FORCE
    scope: int | None = None


@dataclass(frozen=True, slots=True)
class PersonRef:
    """A person as an event names them: a stable id and the name as at that time."""

    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Person:
    """Someone known to the service, with what they have been granted."""

    id: int
    name: str
    rank: str
    number: str
    team: int | None = None
    grants: tuple[Grant, ...] = ()
    active: bool = True

    @property
    def called(self) -> str:
        """How histories name them: "PC 4521 Reyes"."""
        return " ".join(part for part in (self.rank, self.number, self.name) if part and part != "Staff")

    @property
    def ref(self) -> PersonRef:
        return PersonRef(self.id, self.called)

    @property
    def inspects(self) -> bool:
        """Whether the rank is inspector or above."""
        return self.rank in INSPECTING_RANKS

    def has_role(self, role: Role) -> bool:
        return any(grant.role is role for grant in self.grants)


@dataclass(frozen=True, slots=True)
class Target:
    """What an action is about: a store, or a case with the people who belong to it."""

    store: int | None = None
    case: int | None = None
    team: int | None = None
    restricted: bool = False
    members: frozenset[int] = frozenset()


ANYTHING = Target()


def may(person: Person, action: Action, target: Target = ANYTHING) -> bool:
    """Whether the person may do this to that. Deny by default.

    A restricted case is open to its members alone (OIC, supervisor, and those granted the case itself),
    and to professional standards, who read silently; a wider grant does not reach it.
    """
    return person.active and any(
        action in RIGHTS[grant.role] and _reaches(person, grant, target) for grant in person.grants
    )


def require(person: Person, action: Action, target: Target = ANYTHING) -> None:
    """Raise NoRight unless the person may."""
    if not may(person, action, target):
        raise NoRight(action.value)


def _reaches(person: Person, grant: Grant, target: Target) -> bool:
    if target.restricted and not _belongs(person, grant, target):
        return grant.role is Role.PROFESSIONAL_STANDARDS
    if target == ANYTHING or grant.kind is ScopeKind.FORCE:
        return True
    if grant.kind is ScopeKind.STORE:
        return target.store is not None and target.store == grant.scope
    if grant.kind is ScopeKind.TEAM:
        return (target.team is not None and target.team == grant.scope) or person.id in target.members
    return target.case is not None and target.case == grant.scope


def _belongs(person: Person, grant: Grant, target: Target) -> bool:
    granted = grant.kind is ScopeKind.CASE and target.case is not None and grant.scope == target.case
    return granted or person.id in target.members
