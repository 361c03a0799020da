"""The fold of what comes of an examination: results, and that somebody has seen that nothing is left."""

from ..events import EndSeen, Event, ResultRecorded
from ..exhibit import Exhibit, Forensic, Result
from ..laboratory import BY_OTHERS, NOT_EXAMINED, examined
from .common import Changes

_WAITING = BY_OTHERS | {Forensic.SUBMITTED, Forensic.AT_LAB, Forensic.AWAITED}


def resulted(exhibit: Exhibit, event: Event, body: ResultRecorded) -> Changes:
    """One more result. What was not examined needs a decision again; an earlier result of the same sending stands."""
    envelope, lab = event.envelope, body.laboratory
    one = Result(
        envelope.id, lab.id if lab else 0, body.source, body.report, body.outcome, body.reported_at, envelope.corrected,
        envelope.actor, body.note,
    )  # fmt: skip
    changes = Changes(results=(*exhibit.results, one))
    waiting = exhibit.forensic in _WAITING
    if body.outcome != NOT_EXAMINED:
        return changes | Changes(forensic=Forensic.RESULT) if waiting else changes
    if waiting or (exhibit.forensic is Forensic.RESULT and not examined(exhibit)):
        changes |= Changes(forensic=Forensic.UNDECIDED, decision=None, reopened_at=envelope.corrected)
    return changes


def back_in_store(exhibit: Exhibit, awaited: bool | None) -> Forensic:
    """Where an item that came back stands. Until there is a result it is waited for; what was decided meanwhile holds.

    A return of before that rule counts as the result, unless its decision was open.
    """
    if awaited is None:
        return Forensic.UNDECIDED if exhibit.forensic is Forensic.UNDECIDED else Forensic.RESULT
    if exhibit.forensic not in {Forensic.SUBMITTED, Forensic.AT_LAB}:
        return exhibit.forensic
    return Forensic.AWAITED if awaited and not examined(exhibit) else Forensic.RESULT


def at_laboratory(exhibit: Exhibit) -> Forensic:
    """Where an item stands that the laboratory has: a result that was told before its receipt was is not lost."""
    return Forensic.RESULT if examined(exhibit) else Forensic.AT_LAB


def end_seen(_exhibit: Exhibit, event: Event, _body: EndSeen) -> Changes:
    """Somebody has seen that nothing is left."""
    return Changes(end_seen_by=event.envelope.actor)
