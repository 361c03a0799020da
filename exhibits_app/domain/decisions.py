"""Forensic decisions: who may decide what about an exhibit, and what a decision must say."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from . import advice
from .cases import INSPECTOR_DECIDES
from .clocks import latest_deferral
from .errors import (
    DecisionNeedsRationale,
    DeferralNeedsDate,
    DeferralTooLong,
    NotAChoice,
    OwnExhibit,
    RankTooLow,
    SupervisorDecides,
    UnknownReasonCode,
)
from .events import Decided
from .exhibit import Exhibit
from .people import Action, Person, Target, may
from .policy import Policy
from .text import PROSE_LIMIT, optional, whole_number

DECISION_NAMES = {
    "SUBMIT": "Submit for examination",
    "NOT_REQUIRED": "Examination not required",
    "DEFER": "Defer the decision",
    "EXAMINE_IN_HOUSE": "Examine in-house",
    "UNSUITABLE": "Unsuitable for examination",
    "SUBMITTED_ELSEWHERE": "Submitted by another force or agency",
}

MOST_POUNDS = 1_000_000

# Cost has a code of its own so that what was refused for money can be reported.
REASON_NAMES = {
    "no-evidential-value": "No evidential value in this case",
    "identity-not-disputed": "Identity or facts are not disputed",
    "other-evidence": "Other evidence is sufficient",
    "case-closed": "The case is closed",
    "awaiting-information": "Awaiting information",
    "condition": "The item's condition does not allow it",
    "examined-in-house": "To be examined in-house",
    "other-agency": "Another force or agency examines it",
    "cost": "Cost",
}


@dataclass(frozen=True, slots=True)
class Choice:
    """What a person chose on the decision page."""

    decision: str
    reason_code: str = ""
    rationale: str = ""
    consulted: str = ""
    reopen_if: str = ""
    until: datetime | None = None
    cost: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)


def decide(exhibit: Exhibit, choice: Choice, *, by: Person, target: Target, policy: Policy, now: datetime) -> Decided:
    """The decision as an event. Raises DecisionRefusal, or NotAChoice for an unknown decision.

    A decision other than SUBMIT is a supervisor's (an inspector's for deaths and sexual offences), never by the OIC
    on their own item, with a reason code and a rationale; a deferral ends at most twice the original time on. Every
    decision answers each open recommendation.
    """
    if choice.decision not in DECISION_NAMES:
        raise NotAChoice("decision", "a decision")
    rationale = optional(choice.rationale, "rationale", "the rationale", PROSE_LIMIT)
    if choice.decision != "SUBMIT":
        _check_decider(exhibit, by, target)
        if choice.reason_code not in REASON_NAMES:
            raise UnknownReasonCode(exhibit.ref)
        if not rationale:
            raise DecisionNeedsRationale(exhibit.ref)
    if choice.decision == "DEFER":
        _check_deferral(exhibit, choice.until, policy, now)
    return Decided(
        decision=choice.decision,
        reason_code=choice.reason_code or None,
        rationale=rationale or None,
        consulted=optional(choice.consulted, "consulted", "who was consulted") or None,
        reopen_if=optional(choice.reopen_if, "reopen_if", "what would reopen it") or None,
        until=choice.until if choice.decision == "DEFER" else None,
        answers=advice.answers(exhibit, choice.answers),
        cost=_pounds(choice.cost),
    )


def _pounds(typed: str) -> int | None:
    """The estimate, typed with or without its sign and commas. Raises NotANumber."""
    typed = typed.strip().removeprefix("£").replace(",", "")
    return whole_number(typed, "cost", "the estimate in whole pounds", 0, MOST_POUNDS) if typed else None


def _check_decider(exhibit: Exhibit, by: Person, target: Target) -> None:
    if not may(by, Action.DECIDE_AGAINST, target):
        raise SupervisorDecides(exhibit.ref)
    if exhibit.case.oic is not None and exhibit.case.oic.id == by.id:
        raise OwnExhibit(exhibit.ref)
    if exhibit.case.category in INSPECTOR_DECIDES and not by.inspects:
        raise RankTooLow(exhibit.ref, "an inspector")


def _check_deferral(exhibit: Exhibit, until: datetime | None, policy: Policy, now: datetime) -> None:
    if until is None or until <= now:
        raise DeferralNeedsDate(exhibit.ref)
    latest = latest_deferral(exhibit, policy)
    if until > max(latest, now):
        raise DeferralTooLong(exhibit.ref, latest)
