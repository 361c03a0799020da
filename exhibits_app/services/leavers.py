"""Acting for somebody who has left the force and still holds something, or has something on offer."""

from ..domain.errors import NotTheHolder, StillHere
from ..domain.exhibit import CustodyKind, Exhibit
from ..domain.people import Action, Person, PersonRef, may, require
from .ports import Work


def behalf_of(work: Work, by: Person, kind: str, exhibit: Exhibit) -> PersonRef:
    """The leaver for whom this supervisor hands over, or takes an offer back.

    Raises NoRight, StillHere, NotTheHolder.
    """
    require(by, Action.ACT_FOR_LEAVER, work.cases.find(exhibit.case.id).target)
    person = _answerable(kind, exhibit)
    if person is None:
        raise NotTheHolder(exhibit.ref, exhibit.where)
    known = work.accounts.person(person)
    if known.active:
        raise StillHere(exhibit.ref, known.called)
    return known.ref


def leaver(work: Work, by: Person, kind: str, exhibit: Exhibit) -> PersonRef | None:
    """The person who left, where this supervisor could act for them now; None otherwise."""
    person = _answerable(kind, exhibit)
    if person is None or not may(by, Action.ACT_FOR_LEAVER, work.cases.find(exhibit.case.id).target):
        return None
    known = work.accounts.person(person)
    return None if known.active else known.ref


def _answerable(kind: str, exhibit: Exhibit) -> int | None:
    if kind == "REJECT":
        return exhibit.offer.giver.id if exhibit.offer else None
    return exhibit.custody.id if kind == "OFFER" and exhibit.custody.kind is CustodyKind.PERSON else None
