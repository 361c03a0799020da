"""What each kind of act asks of the person and of the register, beyond what the exhibit's own state says."""

from collections.abc import Sequence
from enum import Enum, auto

from ..domain.boxes import Box
from ..domain.errors import NoRight, SealUsedBefore, UnsentScans
from ..domain.events import Basis, Body, LabReturned, Reseized, SealApplied, SplitOff
from ..domain.exhibit import Exhibit
from ..domain.people import Action, Person, Target, may
from ..domain.places import Place
from .ports import Work


class Reach(Enum):
    """What a right is measured against."""

    STORES = auto()  # the store the item leaves and the one it comes to
    HANDS = auto()  # what the person holds; the rules of custody say who that is
    CASE = auto()  # the item's case


ACTIONS: dict[str, tuple[Action, Reach]] = {
    "BOOK_IN": (Action.BOOK_IN, Reach.STORES),
    "MOVE": (Action.MOVE, Reach.STORES),
    "SIGN_OUT": (Action.SIGN_OUT, Reach.STORES),
    "SIGN_IN": (Action.SIGN_IN, Reach.STORES),
    "COLLECT": (Action.SIGN_OUT, Reach.STORES),
    "RECEIVE": (Action.SIGN_IN, Reach.STORES),
    "SUBMIT": (Action.SUBMIT, Reach.STORES),
    "LAB_RECEIPT": (Action.SUBMIT, Reach.STORES),
    "LAB_RETURN": (Action.SIGN_IN, Reach.STORES),
    "CONSUME": (Action.SUBMIT, Reach.STORES),
    "TO_COURT": (Action.HAND_OVER, Reach.HANDS),
    "FROM_COURT": (Action.SIGN_IN, Reach.STORES),
    "SIGHTING": (Action.SIGHT, Reach.HANDS),
    "OFFER": (Action.HAND_OVER, Reach.HANDS),
    "ACCEPT": (Action.HAND_OVER, Reach.HANDS),
    "REJECT": (Action.HAND_OVER, Reach.HANDS),
    "SEAL": (Action.HANDLE, Reach.HANDS),
    "OPEN": (Action.HANDLE, Reach.HANDS),
    "VIEW": (Action.HANDLE, Reach.HANDS),
    "PUT_IN": (Action.HANDLE, Reach.HANDS),
    "TAKE_OUT": (Action.HANDLE, Reach.HANDS),
    "UNACCOUNTED": (Action.REPORT_LOSS, Reach.HANDS),
    "MISSING": (Action.CONFIRM_MISSING, Reach.CASE),
    "FOUND": (Action.SIGN_IN, Reach.STORES),
    "HOLD": (Action.HOLD, Reach.CASE),
    "RELEASE_HOLD": (Action.HOLD, Reach.CASE),
    "REVIEW": (Action.REVIEW, Reach.CASE),
    "AUTHORISE_DISPOSAL": (Action.AUTHORISE_DISPOSAL, Reach.CASE),
    "RESTORE": (Action.DISPOSE, Reach.STORES),
    "DESTROY": (Action.DISPOSE, Reach.STORES),
    "AUCTION": (Action.DISPOSE, Reach.STORES),
    "RETAIN": (Action.DISPOSE, Reach.STORES),
    "RE_SEIZE": (Action.REGISTER, Reach.CASE),
    "SPLIT": (Action.SPLIT, Reach.HANDS),
    "RELABEL": (Action.RELABEL, Reach.HANDS),
    "PROMOTE": (Action.REGISTER, Reach.CASE),
    "RESULT": (Action.RECORD_RESULT, Reach.CASE),
    "LAB_PARTS": (Action.SUBMIT, Reach.HANDS),
    "WRONG_ITEM": (Action.SUBMIT, Reach.HANDS),
    "SEE_END": (Action.DECIDE_SUBMIT, Reach.CASE),
}


def check_rights(work: Work, by: Person, kind: str, exhibit: Exhibit, place: Place | None) -> None:
    """Raise NoRight unless the person may do an act of this kind to this exhibit, towards this place."""
    action, reach = ACTIONS[kind]
    if reach is Reach.CASE:
        targets = [work.cases.find(exhibit.case.id).target]
    else:
        targets = [Target(store=store) for store in _stores(exhibit, place)] if reach is Reach.STORES else []
    if not all(may(by, action, target) for target in targets or [Target()]):
        raise NoRight(action.value)


def check_box_rights(by: Sequence[Person], kind: str, box: Box, place: Place | None) -> None:
    """Raise NoRight unless one of these may do an act of this kind to this box, towards this place."""
    action, reach = ACTIONS[kind]
    stores = _stores(box, place) if reach is Reach.STORES else set()
    targets = [Target(store=store) for store in stores] or [Target()]
    if not any(all(may(one, action, target) for target in targets) for one in by):
        raise NoRight(action.value)


def check_any_rights(work: Work, by: Sequence[Person], kind: str, exhibit: Exhibit, place: Place | None) -> None:
    """Raise NoRight unless the first person may, or another: somebody's rights now, and when a late act was done."""
    *others, last = by
    for one in others:
        try:
            return check_rights(work, one, kind, exhibit, place)
        except NoRight:
            continue
    return check_rights(work, last, kind, exhibit, place)


def is_store_staff(by: Person, exhibit: Exhibit | Box) -> bool:
    """Whether the person works in the store that has the item, or the box."""
    return exhibit.in_store and may(by, Action.MOVE, Target(store=exhibit.custody.id))


def check_register(work: Work, kind: str, exhibit: Exhibit, body: Body) -> None:
    """What only the register knows. Raises SealUsedBefore, UnsentScans."""
    seal = new_seal(body)
    if seal:
        user = seal_user(work, seal)
        if user is not None:
            raise SealUsedBefore(exhibit.ref, seal, user)
    if kind in {"UNACCOUNTED", "MISSING"}:
        waiting = work.devices.with_unsent(store_of(exhibit))
        if waiting:
            raise UnsentScans(exhibit.ref, ", ".join(waiting))


def seal_user(work: Work, seal: str) -> str | None:
    """What the seal was ever recorded on, an item or a box, as a refusal names it; None when it is new."""
    item = work.items.seal_user(seal)
    return work.boxes.seal_user(seal) if item is None else f"property reference {item}"


def store_of(exhibit: Exhibit) -> int | None:
    """The store that has the item, or where it was last seen; None when no store ever saw it."""
    if exhibit.in_store:
        return exhibit.custody.id
    return (exhibit.seen_at.store or exhibit.seen_at.id) if exhibit.seen_at else None


def new_seal(body: Body) -> str | None:
    """The number of the seal that this event puts on the item, or None."""
    match body:
        case SealApplied(number=number):
            return number
        case LabReturned(new_seal=number) | Reseized(seal=number) | SplitOff(seal=number):
            return number
    return None


def basis_of(method: str) -> Basis:
    """How an item became known to an act: scanned, or typed by hand."""
    return Basis.MANUAL if method == "manual" else Basis.ITEM_SCAN


def _stores(exhibit: Exhibit | Box, place: Place | None) -> set[int]:
    stores = {exhibit.custody.id} if exhibit.in_store else set()
    if place is not None and place.inside:
        stores.add(place.store or place.id)
    return stores
