"""The rules of settling a discrepancy: who may say what became of it, and which seal stands from then on."""

from collections.abc import Iterable

from ..errors import NoSuchDiscrepancy, NotAChoice, OwnObservation, StillUnknown
from ..events import DiscrepancySettled, Event
from ..exhibit import CustodyKind, Discrepancy, Exhibit, SealKind
from .asked import Asked, given

FINDINGS = {
    "explained": "Explained: nothing was wrong",
    "record-corrected": "The record was wrong and has been corrected",
    "label-replaced": "The label was wrong and has been replaced",
    "seal-misread": "The seal was misread",
    "seal-compromised": "The seal was broken or exchanged",
    "moved-unrecorded": "It was moved and nobody recorded it",
    "found": "It was found",
    "back-to-laboratory": "It was sent back to the laboratory",
    "handed-to-investigation": "Handed to an investigation",
}


def settle(
    exhibit: Exhibit, events: Iterable[Event], asked: Asked, event: str, kind: str, finding: str
) -> DiscrepancySettled:
    """Somebody with the right to says what became of a discrepancy. `asked.seal` is the seal that stands from now on.

    Raises CustodyRefusal, NotAChoice.
    """
    one = open_one(exhibit, event, kind)
    if finding not in FINDINGS:
        raise NotAChoice("finding", "what was found")
    given(exhibit, asked.reason, "reason", "what you found, in words")
    raised = next((other for other in events if other.envelope.id == event), None)
    if raised is not None and asked.actor.id in _observers(raised):
        raise OwnObservation(exhibit.ref)
    if exhibit.custody.kind is CustodyKind.UNKNOWN and one.kind == "unaccounted for":
        raise StillUnknown(exhibit.ref)
    if not seal_in_doubt(exhibit, one):
        return DiscrepancySettled(event, kind, finding)
    return DiscrepancySettled(
        event, kind, finding, given(exhibit, asked.seal, "seal", "the number of the seal that is on it now")
    )


def open_one(exhibit: Exhibit, event: str, kind: str) -> Discrepancy:
    """The open discrepancy that this event raised. Raises NoSuchDiscrepancy."""
    for one in exhibit.discrepancies:
        if (one.event, one.kind) == (event, kind):
            return one
    raise NoSuchDiscrepancy(exhibit.ref)


def seal_in_doubt(exhibit: Exhibit, one: Discrepancy) -> bool:
    """Whether whoever settles it must say which seal stands."""
    return one.kind == "wrong seal" and exhibit.seal.kind is SealKind.SUSPECT


def _observers(raised: Event) -> set[int]:
    return {who.id for who in (raised.envelope.actor, raised.envelope.on_behalf_of) if who}
