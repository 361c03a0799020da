"""The fold of advice: recommendations, answers, grades, and decisions that are to be made again."""

from ..advice import CLOSED, answered
from ..events import Event, Graded, RecommendationAnswered, Recommended, Reopened
from ..exhibit import Exhibit, Forensic, Recommendation
from .common import Changes


def recommended(exhibit: Exhibit, event: Event, body: Recommended) -> Changes:
    """One more obligation; a decision not to submit now is to be made again."""
    at = event.envelope.corrected
    one = Recommendation(event.envelope.id, body.role, body.adviser, body.examination, body.owner, at)
    return Changes(recommendations=(*exhibit.recommendations, one), **_reopened(exhibit, event))


def recommendation_answered(exhibit: Exhibit, _event: Event, body: RecommendationAnswered) -> Changes:
    """Somebody answered for it."""
    return Changes(recommendations=answered(exhibit.recommendations, body.recommendation, body.answer))


def graded(_exhibit: Exhibit, _event: Event, body: Graded) -> Changes:
    """The newest grade is the one."""
    return Changes(grade=body.grade)


def reopened(exhibit: Exhibit, event: Event, _body: Reopened) -> Changes:
    """The decision stands no more."""
    return _reopened(exhibit, event)


def _reopened(exhibit: Exhibit, event: Event) -> Changes:
    if exhibit.forensic not in CLOSED:
        return Changes()
    return Changes(forensic=Forensic.UNDECIDED, decision=None, reopened_at=event.envelope.corrected)
