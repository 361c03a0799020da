"""The life of a printing: what state it is in, what can be done to it then, and why labels are printed again."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Final

from .errors import MissingValue, NotAChoice, NotAtThisStage
from .text import LINE_LIMIT, optional


class JobState(StrEnum):
    """Where a printing stands. A file to download is sent as soon as it is made."""

    QUEUED = "queued"
    SENDING = "sending"
    SENT = "sent"
    CONFIRMED = "confirmed"
    FAILED = "failed"
    VOIDED = "voided"


class Step(StrEnum):
    """What happens to a printing. The value completes the sentence "it cannot be ..."."""

    BEGIN = "taken to the printer"
    TAKEN = "accepted by the printer"
    REFUSED = "refused by the printer"
    LOST = "given up"
    AGAIN = "sent again"
    CONFIRM = "confirmed"
    VOID = "voided"


STATE_WORDS: Final = {
    JobState.QUEUED: "waiting for the printer",
    JobState.SENDING: "on its way to the printer",
    JobState.SENT: "sent",
    JobState.CONFIRMED: "confirmed",
    JobState.FAILED: "failed",
    JobState.VOIDED: "voided",
}

_S, _T = JobState, Step
# A label may be scanned while its printing is still on its way, and then the printer's answer changes nothing more.
NEXT: Final[dict[tuple[JobState, Step], JobState]] = {
    (_S.QUEUED, _T.BEGIN): _S.SENDING,
    (_S.SENDING, _T.TAKEN): _S.SENT,
    (_S.SENDING, _T.REFUSED): _S.FAILED,
    (_S.SENDING, _T.LOST): _S.FAILED,
    (_S.FAILED, _T.AGAIN): _S.QUEUED,
    (_S.QUEUED, _T.CONFIRM): _S.CONFIRMED,
    (_S.SENDING, _T.CONFIRM): _S.CONFIRMED,
    (_S.SENT, _T.CONFIRM): _S.CONFIRMED,
    (_S.FAILED, _T.CONFIRM): _S.CONFIRMED,
    (_S.CONFIRMED, _T.TAKEN): _S.CONFIRMED,
    (_S.CONFIRMED, _T.REFUSED): _S.CONFIRMED,
    (_S.CONFIRMED, _T.LOST): _S.CONFIRMED,
    (_S.QUEUED, _T.VOID): _S.VOIDED,
    (_S.SENT, _T.VOID): _S.VOIDED,
    (_S.FAILED, _T.VOID): _S.VOIDED,
}


def after(job: int, state: JobState, step: Step) -> JobState:
    """The state after this step. Raises NotAtThisStage."""
    found = NEXT.get((state, step))
    if found is None:
        raise NotAtThisStage(job, STATE_WORDS[state], step.value)
    return found


def possible(state: JobState, step: Step) -> bool:
    """Whether the step can be taken in this state."""
    return (state, step) in NEXT


REPRINT_REASONS: Final = {
    "damaged": "The label is damaged",
    "did-not-come-out": "It did not come out",
    "lost": "The label is lost",
    "wrong-stock": "It is on the wrong stock",
    "other": "Another reason",
}


@dataclass(frozen=True, slots=True)
class WhyAgain:
    """Why labels are printed again: one of the reasons, and words."""

    reason: str
    words: str

    @property
    def told(self) -> str:
        """The reason as it stands in a history."""
        name = REPRINT_REASONS[self.reason]
        return f"{name}: {self.words}" if self.words else name


def why_again(reason: str, words: str) -> WhyAgain:
    """The reason as somebody chose it. Raises MissingValue, NotAChoice, TooLong, UnprintableText."""
    if not reason:
        raise MissingValue("reason", "why the label is printed again")
    if reason not in REPRINT_REASONS:
        raise NotAChoice("reason", "the reason")
    clean = optional(words, "words", "the reason", LINE_LIMIT)
    if reason == "other" and not clean:
        raise MissingValue("words", "why the label is printed again, in your own words")
    return WhyAgain(reason, clean)
