"""Recommendations, grades and reopening: what brings a decision forward or asks for it anew."""

from collections.abc import Mapping
from dataclasses import replace

from .errors import NoSuchRecommendation, NotAChoice, NothingToReopen, RecommendationUnanswered, StillUndecided
from .events import Answer, Graded, RecommendationAnswered, Recommended, Reopened
from .exhibit import Exhibit, Forensic, Recommendation
from .people import PersonRef
from .text import LINE_LIMIT, NAME_LIMIT, PROSE_LIMIT, choice, optional, required

ADVISER_NAMES = {
    "pathologist": "Pathologist",
    "csm": "Crime scene manager",
    "coroner": "Coroner",
    "laboratory": "Laboratory",
    "officer": "Officer",
    "other": "Somebody else",
}

GRADE_NAMES = {
    "F1": "F1: first priority",
    "F2": "F2: second priority",
    "F3": "F3: third priority",
    "P": "P: fingerprints",
    "O/D": "O/D: disclosure",
    "O/R": "O/R: research",
    "O/C": "O/C: court",
}

CAUSE_NAMES = {
    "case-raised": "The case became graver",
    "case-linked": "Another case is linked",
    "coroner-asks": "The coroner or the pathologist asks",
    "result": "A laboratory's result",
    "learnt": "Something was learnt",
}

# A decision has been made and nothing goes to a laboratory: these are what new knowledge reopens.
CLOSED = frozenset(
    {Forensic.NOT_REQUIRED, Forensic.DEFERRED, Forensic.UNSUITABLE, Forensic.IN_HOUSE, Forensic.ELSEWHERE}
)
_ANSWERED_APART = frozenset(
    {Forensic.TO_SUBMIT, Forensic.SUBMITTED, Forensic.AT_LAB, Forensic.AWAITED, Forensic.RESULT}
)


def recommend(role: str, adviser: str, examination: str, owner: PersonRef) -> Recommended:
    """The recommendation as an event. Raises BadInput. It is possible for every item, whatever was decided."""
    return Recommended(
        choice(role, "role", "who recommends it", set(ADVISER_NAMES)),
        required(adviser, "adviser", "the name of who recommends it", NAME_LIMIT),
        required(examination, "examination", "which examination is recommended", PROSE_LIMIT),
        owner,
    )


def answer(exhibit: Exhibit, recommendation: str, said: str) -> RecommendationAnswered:
    """The answer where the item goes to a laboratory anyway; elsewhere the decision itself answers.

    Raises NoSuchRecommendation, StillUndecided, BadInput.
    """
    if recommendation not in {one.event for one in exhibit.open_recommendations}:
        raise NoSuchRecommendation(exhibit.ref)
    if exhibit.forensic not in _ANSWERED_APART:
        raise StillUndecided(exhibit.ref)
    return RecommendationAnswered(recommendation, required(said, "answer", "the answer", PROSE_LIMIT))


def answers(exhibit: Exhibit, given: Mapping[str, str]) -> tuple[Answer, ...]:
    """An answer to each open recommendation, in the order they were made. Raises RecommendationUnanswered."""
    said = []
    for one in exhibit.open_recommendations:
        text = optional(given.get(one.event), "answer", "the answer", PROSE_LIMIT)
        if not text:
            raise RecommendationUnanswered(exhibit.ref, one.adviser, one.event)
        said.append(Answer(one.event, text))
    return tuple(said)


def grade(exhibit: Exhibit, given: str) -> Graded:
    """The grade as an event. Raises NotAChoice for an unknown grade or the one that it has."""
    if given not in GRADE_NAMES or given == exhibit.grade:
        raise NotAChoice("grade", "another grade")
    return Graded(given)


def reopen(exhibit: Exhibit, cause: str, note: str = "") -> Reopened:
    """The reopening as an event. Raises NothingToReopen unless it was decided not to submit now; NotAChoice."""
    if exhibit.forensic not in CLOSED:
        raise NothingToReopen(exhibit.ref)
    named = choice(cause, "cause", "what reopens the decision", set(CAUSE_NAMES))
    return Reopened(named, optional(note, "note", "what came to be known", LINE_LIMIT) or None)


def answered(recommendations: tuple[Recommendation, ...], event: str, said: str) -> tuple[Recommendation, ...]:
    """The recommendations with this one answered."""
    return tuple(replace(one, answer=said) if one.event == event else one for one in recommendations)
