"""Refusals of forensic decisions."""

from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar

from ..show import day
from .base import Refusal


@dataclass(eq=False)
class DecisionRefusal(Refusal):
    """The forensic decision is not allowed. `ref` is the exhibit reference."""

    code: ClassVar[str] = "decision_refused"
    ref: str


@dataclass(eq=False)
class SupervisorDecides(DecisionRefusal):
    """A decision other than SUBMIT is a supervisor's."""

    code: ClassVar[str] = "supervisor_decides"

    def sentence(self) -> str:
        return f"Only a supervisor can decide not to submit {self.ref} now. Ask yours."


@dataclass(eq=False)
class RankTooLow(DecisionRefusal):
    """Deaths, sexual offences and homicide need an inspector or above."""

    code: ClassVar[str] = "rank_too_low"
    needed: str

    def sentence(self) -> str:
        return f"A decision not to submit {self.ref} now needs {self.needed} or above. Ask yours."


@dataclass(eq=False)
class OwnExhibit(DecisionRefusal):
    """The officer in the case does not decide against submitting their own exhibit."""

    code: ClassVar[str] = "own_exhibit"

    def sentence(self) -> str:
        return f"You are the officer in the case: someone else must decide not to submit {self.ref} now."


@dataclass(eq=False)
class DecisionNeedsRationale(DecisionRefusal):
    """A decision other than SUBMIT needs its rationale in words."""

    code: ClassVar[str] = "decision_needs_rationale"

    def sentence(self) -> str:
        return f"Say why {self.ref} is not to be submitted now, in your own words."


@dataclass(eq=False)
class UnknownReasonCode(DecisionRefusal):
    """The reason code is not in the list."""

    code: ClassVar[str] = "unknown_reason_code"

    def sentence(self) -> str:
        return f"Choose a reason from the list for {self.ref}."


@dataclass(eq=False)
class DeferralNeedsDate(DecisionRefusal):
    """A deferral needs a new date in the future."""

    code: ClassVar[str] = "deferral_needs_date"

    def sentence(self) -> str:
        return f"Enter the date until which {self.ref} is deferred, later than today."


@dataclass(eq=False)
class DeferralTooLong(DecisionRefusal):
    """A deferral is at most twice the original time."""

    code: ClassVar[str] = "deferral_too_long"
    latest: datetime

    def sentence(self) -> str:
        return f"{self.ref} can be deferred until {day(self.latest)} at the latest. Choose an earlier date."


@dataclass(eq=False)
class RecommendationUnanswered(DecisionRefusal):
    """A decision answers every recommendation by name. `recommendation` is the event's id."""

    code: ClassVar[str] = "recommendation_unanswered"
    adviser: str
    recommendation: str

    def sentence(self) -> str:
        return f"Answer what {self.adviser} recommended for {self.ref}: say what is done, or why not."


@dataclass(eq=False)
class NoSuchRecommendation(DecisionRefusal):
    """The recommendation is answered already, or is not of this exhibit."""

    code: ClassVar[str] = "no_such_recommendation"

    def sentence(self) -> str:
        return f"There is no such open recommendation for {self.ref}. Look at its page again."


@dataclass(eq=False)
class StillUndecided(DecisionRefusal):
    """Where nothing is decided the decision itself is the answer."""

    code: ClassVar[str] = "still_undecided"

    def sentence(self) -> str:
        return f"Record the decision about {self.ref}: it answers the recommendation."


@dataclass(eq=False)
class NothingToReopen(DecisionRefusal):
    """Only a decision not to submit now can be reopened."""

    code: ClassVar[str] = "nothing_to_reopen"

    def sentence(self) -> str:
        return f"There is no decision about {self.ref} to reopen: it is not decided yet, or goes to a laboratory."
