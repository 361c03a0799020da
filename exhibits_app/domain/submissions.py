"""Forensic submissions: which exhibits go to which laboratory, with which questions, and on whose authority."""

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from . import codec
from .canonical import canonical
from .errors import (
    MissingValue,
    NotForSubmission,
    OwnSubmission,
    SubmissionChangedMeanwhile,
    SubmissionNotIn,
    SubmissionStillOut,
)
from .exhibit import CustodyKind, Exhibit, Forensic
from .laboratory import away_since
from .people import PersonRef
from .places import PlaceRef

MOST_EXHIBITS = 100


class SubmissionState(StrEnum):
    """How far a submission is. That of one that is authorised follows from what was scanned out."""

    DRAFT = "draft"
    OFFERED = "to authorise"
    AUTHORISED = "authorised"
    PART_SENT = "partly sent"
    SENT = "sent"
    CLOSED = "closed"
    WITHDRAWN = "withdrawn"


# The authority stands: what is on it may be scanned out.
LIVE = frozenset({SubmissionState.AUTHORISED, SubmissionState.PART_SENT, SubmissionState.SENT})
OVER = frozenset({SubmissionState.CLOSED, SubmissionState.WITHDRAWN})

EXAMINATION_NAMES = {
    "dna": "DNA profile",
    "body-fluids": "Blood, semen, saliva: what and where",
    "fingerprints": "Fingermarks",
    "toxicology": "Toxicology",
    "drugs": "Drugs: identity and weight",
    "fibres": "Fibres and hair",
    "footwear": "Footwear or tyre marks",
    "toolmarks": "Toolmarks and physical fit",
    "documents": "Handwriting and documents",
    "digital": "Digital device or recording",
    "firearms": "Firearms and ammunition",
    "gsr": "Gunshot residue",
    "fire": "Fire debris and accelerants",
    "glass-paint": "Glass and paint",
    "other": "Other: say which",
}

# What those who open the package must know before they do.
RISK_NAMES = {
    "biological": "Blood or body fluids",
    "infection": "Known or suspected infection",
    "sharp": "Sharps: knife, needle, broken glass",
    "firearm": "Firearm or ammunition",
    "fentanyl": "Suspected opioid",
    "toxic": "Toxic or corrosive",
    "flammable": "Flammable",
    "explosive": "Explosive",
    "radioactive": "Radioactive",
    "heavy": "Heavy or awkward to lift",
}
_RISK_OF = {"corrosive": "toxic"}

_NUMBER = re.compile(r"FS[- ]?(\d{6,9})", re.IGNORECASE)

# Why an exhibit is on no submission, by its forensic state; what is not here may go.
_WHY_NOT = {
    Forensic.UNDECIDED: "nobody has decided that it is examined. Record the decision first",
    Forensic.AWAITED: "it is back from a laboratory and its result is awaited. Decide again that it is submitted",
    Forensic.RESULT: "it is back from a laboratory. Decide again that it is submitted",
    Forensic.IN_HOUSE: "it was decided to examine it in-house. Record another decision first",
    Forensic.NOT_REQUIRED: "it was decided that it needs no examination. Record another decision first",
    Forensic.DEFERRED: "the decision is deferred. Record another decision first",
    Forensic.UNSUITABLE: "it was found unsuitable for examination. Record another decision first",
    Forensic.ELSEWHERE: "another force or agency submits it. Record another decision first",
    Forensic.CONSUMED: "it was used up in an examination",
}


@dataclass(frozen=True, slots=True)
class Line:
    """An exhibit on a submission; reference, description and seal as recorded when the form was kept last."""

    register_no: int
    reference: str
    description: str
    seal: str = ""
    examinations: tuple[str, ...] = ()
    questions: str = ""


@dataclass(frozen=True, slots=True)
class Content:
    """What the form says. `needed_by` is a date as ISO text, `cost` an estimate in whole pounds."""

    laboratory: PlaceRef | None = None
    grade: str = ""
    contact: str = ""
    circumstances: str = ""
    needed_by: str = ""
    urgency: str = ""
    risks: tuple[str, ...] = ()
    handling: str = ""
    cost: int | None = None
    lines: tuple[Line, ...] = ()


@dataclass(frozen=True, slots=True)
class Submission:
    """A submission. `makers` are the ids of those who built or changed this version; `reason` says why it was last
    refused, withdrawn, changed or closed."""

    number: int
    case: int
    state: SubmissionState
    built_by: PersonRef
    built_at: datetime
    version: int = 1
    makers: tuple[int, ...] = ()
    content: Content = field(default_factory=Content)
    authorised_by: PersonRef | None = None
    authorised_at: datetime | None = None
    reason: str = ""

    @property
    def called(self) -> str:
        """Its number as it is printed, typed and scanned."""
        return called(self.number)

    def of(self, register_no: int) -> Line | None:
        """The exhibit's line."""
        return next((line for line in self.content.lines if line.register_no == register_no), None)


def called(number: int) -> str:
    """A submission's number as people read it: "FS-000012"."""
    return f"FS-{number:06}"


def number_of(text: str | None) -> int | None:
    """The number that this text names, or None for a number that is none of this register's."""
    found = _NUMBER.fullmatch((text or "").strip())
    return int(found[1]) if found else None


def digest(submission: Submission) -> str:
    """The SHA-256 of what is authorised, in hex: number, version and all that the form says."""
    written = {
        "submission": submission.called,
        "version": submission.version,
        "case": submission.case,
        "content": codec.plain(submission.content),
    }
    return hashlib.sha256(canonical(written)).hexdigest()


def why_not(exhibit: Exhibit) -> str:
    """Why this exhibit cannot be on a submission, as the end of a sentence; empty when it can."""
    if exhibit.disposed:
        return f"it is {exhibit.where}"
    if is_away(exhibit):
        return f"it left under {exhibit.submission} and is {exhibit.where}"
    if exhibit.forensic in _WHY_NOT:
        return _WHY_NOT[exhibit.forensic]
    if exhibit.custody.kind not in {CustodyKind.STORE, CustodyKind.PERSON}:
        return f"it is {exhibit.where}, and nobody of the force has it to send"
    return ""


def check_exhibit(exhibit: Exhibit, other: int | None = None) -> None:
    """Raise NotForSubmission for an exhibit that cannot be on it; `other` is another open submission that names it."""
    why = why_not(exhibit) or (f"it is on {called(other)}. Take it off there first" if other else "")
    if why:
        raise NotForSubmission(exhibit.ref, why)


def check_in(submission: Submission, *states: SubmissionState) -> None:
    """Raise SubmissionNotIn unless it is in one of these states."""
    if submission.state not in states:
        raise SubmissionNotIn(submission.called, submission.state.value)


def check_complete(content: Content) -> None:
    """Raise MissingValue for the first thing that the form must say before somebody can authorise it."""
    wanted = (
        ("laboratory", "which laboratory it goes to", content.laboratory),
        ("grade", "the forensic grade", content.grade),
        ("contact", "whom the laboratory asks, and how to reach them", content.contact),
        ("circumstances", "what happened, as far as the laboratory must know", content.circumstances),
    )
    for name, what, value in wanted:
        if not value:
            raise MissingValue(name, what)
    if content.needed_by and not content.urgency:
        raise MissingValue("urgency", "why it is needed by then")
    for line in content.lines:
        if not line.examinations:
            raise MissingValue(f"examinations-{line.register_no}", f"what {line.reference} is to be examined for")
        if not line.questions:
            raise MissingValue(f"questions-{line.register_no}", f"what the laboratory is asked about {line.reference}")


def check_authoriser(submission: Submission, by: PersonRef) -> None:
    """Raise OwnSubmission for whoever built this version of it or changed it: nobody approves their own act."""
    if by.id in submission.makers:
        raise OwnSubmission(submission.called)


def check_same(submission: Submission, seen: str) -> None:
    """Raise SubmissionChangedMeanwhile unless it still says what the person who authorises it has read."""
    if digest(submission) != seen:
        raise SubmissionChangedMeanwhile(submission.called)


def check_over(submission: Submission, exhibits: Iterable[Exhibit]) -> None:
    """Raise SubmissionStillOut while an exhibit that went out under it is away."""
    out = [one.ref for one in exhibits if one.submission == submission.called and is_away(one)]
    if out:
        raise SubmissionStillOut(submission.called, ", ".join(out))


def is_away(exhibit: Exhibit) -> bool:
    """Whether it is with a laboratory, or on its way there or back."""
    return away_since(exhibit) is not None


def state_from(sent: Sequence[bool]) -> SubmissionState:
    """How far an authorised submission is: for each of its exhibits, whether it was scanned out."""
    if not any(sent):
        return SubmissionState.AUTHORISED
    return SubmissionState.SENT if all(sent) else SubmissionState.PART_SENT


def risks_of(exhibits: Iterable[Exhibit]) -> tuple[str, ...]:
    """The risks that the exhibits' own hazards bring with them."""
    found = {_RISK_OF.get(hazard, hazard) for exhibit in exhibits for hazard in exhibit.hazards}
    return tuple(risk for risk in RISK_NAMES if risk in found)
