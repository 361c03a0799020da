"""What a laboratory has, and what it says: since when an item is out, its results, and that nothing is left of it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from .clocked import Clocked, Sent
from .errors import (
    EndIsSeen,
    MissingValue,
    NeverExamined,
    NotAChoice,
    NotALaboratory,
    NothingUsedUp,
    ReportDateUnfit,
    ResultOnRecord,
)
from .events import EndSeen, ResultRecorded
from .exhibit import CustodyKind, Exhibit, Forensic, Result
from .places import FORENSIC, Place, PlaceKind
from .text import NAME_LIMIT, PROSE_LIMIT, choice, optional, required

HIT, NOT_EXAMINED = "hit", "not-examined"
OUTCOME_NAMES = {
    HIT: "Hit: a match, or positive",
    "negative": "Negative",
    "inconclusive": "Inconclusive",
    NOT_EXAMINED: "Not examined",
}
# How the disposal of what was used up is named.
CONSUMED = "consumed"
# Nothing of a submission: the force itself examines it, or another force or agency has it examined.
BY_OTHERS = frozenset({Forensic.IN_HOUSE, Forensic.ELSEWHERE})
_AWAITED = frozenset({Forensic.SUBMITTED, Forensic.AT_LAB, Forensic.AWAITED})
_EXAMINED = BY_OTHERS | _AWAITED
_OUT = frozenset({CustodyKind.CARRIER, CustodyKind.EXTERNAL})
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Report:
    """What a report says of one item, as it was typed."""

    outcome: str
    report: str
    reported_at: datetime | None
    note: str = ""
    examiner: str = ""


def away_since(exhibit: Sent) -> datetime | None:
    """Since when it is out for examination, or used up there with nobody having seen it; None where it is neither.

    What a carrier collected for another store is not out for examination.
    """
    if exhibit.disposed:
        unseen = exhibit.disposed == CONSUMED and exhibit.end_seen_by is None
        return (exhibit.submitted_at or exhibit.held_since) if unseen else None
    if exhibit.custody.kind not in _OUT or exhibit.collected_by is not None:
        return None
    if exhibit.place is None or exhibit.place.kind not in FORENSIC:
        return None
    return exhibit.submitted_at or exhibit.held_since


def is_confirmed(exhibit: Sent) -> bool:
    """Whether the laboratory has said that it has the item, or what it found; after a mere sending it has not."""
    return exhibit.forensic in {Forensic.AT_LAB, Forensic.CONSUMED} or bool(results_since_sent(exhibit))


def result(exhibit: Exhibit, laboratory: Place | None, said: Report, now: datetime) -> ResultRecorded:
    """The result as an event, while the item is examined and ever after.

    A laboratory names itself; where the item was not submitted, an examiner or a unit named in words will do.
    Raises NeverExamined, NotALaboratory, NotAChoice, MissingValue, ReportDateUnfit, ResultOnRecord.
    """
    may_have_result(exhibit)
    examiner = optional(said.examiner, "examiner", "the examiner or unit", NAME_LIMIT)
    _check_source(exhibit, laboratory, examiner)
    outcome = choice(said.outcome, "outcome", "what was found", frozenset(OUTCOME_NAMES))
    number = required(said.report, "report", "the number of the report", NAME_LIMIT)
    note = optional(said.note, "note", "what was found", PROSE_LIMIT)
    if outcome == NOT_EXAMINED and not note:
        raise MissingValue("note", "why it was not examined")
    at = said.reported_at
    if at is None or at > now or at < exhibit.seized_at - _DAY:
        raise ReportDateUnfit("reported_at")
    same = [one for one in exhibit.results if (one.report, one.outcome) == (number, outcome)]
    if any(one.laboratory == laboratory.id if laboratory else one.name == examiner for one in same):
        raise ResultOnRecord(exhibit.ref, number)
    return ResultRecorded(number, outcome, at, note or None, laboratory.ref if laboratory else None, examiner or None)


def _check_source(exhibit: Exhibit, laboratory: Place | None, examiner: str) -> None:
    if laboratory is not None:
        if laboratory.kind is not PlaceKind.LAB:
            raise NotALaboratory(exhibit.ref, laboratory.name)
    elif is_of_laboratory(exhibit):
        raise NotAChoice("laboratory", "the laboratory")
    elif not examiner:
        raise MissingValue("examiner", "who examined it, or choose the laboratory")


def is_of_laboratory(exhibit: Exhibit) -> bool:
    """Whether a laboratory that it was submitted to examines it, whose result names that laboratory."""
    return exhibit.submitted_at is not None and exhibit.forensic not in BY_OTHERS


def may_have_result(exhibit: Exhibit) -> None:
    """It was sent to a laboratory, is examined in-house or by others, or has a result. Raises NeverExamined."""
    if exhibit.submitted_at is None and exhibit.forensic not in BY_OTHERS and not exhibit.results:
        raise NeverExamined(exhibit.ref)


def result_awaited_since(exhibit: Clocked) -> datetime | None:
    """Since when a result is waited for; None where none is.

    For what was submitted that is its sending, used up there or not; for the rest the decision that it is examined.
    """
    if exhibit.disposed:
        waits = exhibit.disposed == CONSUMED and not results_since_sent(exhibit)
        return (exhibit.submitted_at or exhibit.held_since) if waits else None
    if exhibit.forensic in _AWAITED and exhibit.submitted_at is not None:
        return exhibit.submitted_at
    if exhibit.forensic in _EXAMINED:
        # A receipt stands for a sending that is on no record, or was corrected away.
        return exhibit.decision.at if exhibit.decision else exhibit.seized_at
    return None


def see_end(exhibit: Exhibit, note: str = "") -> EndSeen:
    """That somebody has seen that nothing is left. Raises NothingUsedUp, EndIsSeen."""
    if exhibit.disposed != CONSUMED:
        raise NothingUsedUp(exhibit.ref)
    if exhibit.end_seen_by is not None:
        raise EndIsSeen(exhibit.ref, exhibit.end_seen_by.name)
    return EndSeen(optional(note, "note", "anything to add") or None)


def examined(exhibit: Exhibit) -> tuple[Result, ...]:
    """The results since it was last sent that say that it was examined."""
    sent = exhibit.submitted_at
    return tuple(one for one in exhibit.results if one.outcome != NOT_EXAMINED and (sent is None or one.at >= sent))


def results_since_sent(exhibit: Sent) -> tuple[Result, ...]:
    """The results since it was last sent, whatever they say."""
    sent = exhibit.submitted_at
    return tuple(one for one in exhibit.results if sent is None or one.at >= sent)
