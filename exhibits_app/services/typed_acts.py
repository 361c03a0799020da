"""An act as somebody typed it on a page, and what it asks of the custody rules for one item."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from ..domain.boxes import Box
from ..domain.custody import Asked
from ..domain.errors import BadSignIn, NotAChoice, NotFound, SecondNotSignedIn
from ..domain.events import Condition
from ..domain.exhibit import Exhibit
from ..domain.people import Person, PersonRef
from ..domain.places import Place
from ..domain.text import LINE_LIMIT, NAME_LIMIT, PROSE_LIMIT, SEAL_LIMIT, SUBMISSION_LIMIT, choice, optional
from . import signin
from .context import Services
from .kinds import is_store_staff
from .ports import Work
from .typed_boxes import box_named


@dataclass(frozen=True, slots=True)
class SignIn:
    """A name and a password that somebody typed for themselves."""

    name: str
    password: str


@dataclass(frozen=True, slots=True)
class Second:
    """Who signs in beside the person at the page, each with their own password; or who has signed in at the device."""

    witness: SignIn | Person | None = None
    receiver: SignIn | Person | None = None
    joint: SignIn | Person | None = None


NOBODY: Final = Second()
_WHO: Final = {
    "witness": "the witness",
    "receiver": "the person who takes it",
    "joint": "the second person who takes it",
}


@dataclass(frozen=True, slots=True)
class Particulars:
    """What was typed; places and people by id. `occurred_at` is None for what happened just now.

    `for_leaver`: a supervisor acts for somebody who left. `box` is the code of a box's label.
    """

    occurred_at: datetime | None = None
    place: int | None = None
    bound_for: int | None = None
    receiver: int | None = None
    box: str = ""
    seal: str = ""
    new_seal: str = ""
    number: str = ""
    counted: str = ""
    made_safe_by: str = ""
    present: str = ""
    text: str = ""
    identity: str = ""
    purpose: str = ""
    submission: str = ""
    authority: str = ""
    reason: str = ""
    method: str = ""
    hold: str = ""
    condition: str = ""
    due_back: datetime | None = None
    until: datetime | None = None
    opened: bool = False
    for_leaver: bool = False


_TEXTS: Final = {
    "seal": ("the seal number", SEAL_LIMIT),
    "new_seal": ("the number of the new seal", SEAL_LIMIT),
    "number": ("the number", NAME_LIMIT),
    "counted": ("what was counted or weighed", LINE_LIMIT),
    "made_safe_by": ("who made it safe", NAME_LIMIT),
    "present": ("who was present", LINE_LIMIT),
    "text": ("the text", PROSE_LIMIT),
    "identity": ("the proof of identity", LINE_LIMIT),
    "purpose": ("the purpose", LINE_LIMIT),
    "submission": ("the submission number", SUBMISSION_LIMIT),
    "authority": ("the authority", NAME_LIMIT),
    "reason": ("the reason", LINE_LIMIT),
}


@dataclass(frozen=True, slots=True)
class Named:
    """The people and places of an act."""

    place: Place | None = None
    bound_for: Place | None = None
    receiver: PersonRef | None = None
    witness: PersonRef | None = None
    joint: PersonRef | None = None
    box: Box | None = None

    @classmethod
    def of(cls, work: Work, given: Particulars, beside: dict[str, Person]) -> "Named":
        """Those that were chosen, and those that signed in beside the actor. Raises NotAChoice."""
        witness, joint = beside.get("witness"), beside.get("joint")
        receiver = beside.get("receiver") or _chosen_person(work, given.receiver)
        box = box_named(work, given.box)
        return cls(
            _chosen_place(work, given.place, "place") or _where(work, box),
            _chosen_place(work, given.bound_for, "bound_for"),
            receiver.ref if receiver else None,
            witness.ref if witness else None,
            joint.ref if joint else None,
            box,
        )


def signed_in(services: Services, second: Second) -> dict[str, Person]:
    """Who signed in beside the actor, by what they are to the act. Raises SecondNotSignedIn, TooManyAttempts."""
    people = {}
    for role, who in _WHO.items():
        proof: SignIn | Person | None = getattr(second, role)
        if isinstance(proof, Person):
            people[role] = proof
        elif proof is not None:
            try:
                people[role] = signin.second_person(services, proof.name, proof.password)
            except BadSignIn:
                raise SecondNotSignedIn(f"{role}_name", who) from None
    return people


def text_of_act(given: Particulars) -> dict[str, Any]:
    """What was typed, clean; seals as the register keeps them. Raises TooLong, UnprintableText."""
    clean = {name: optional(getattr(given, name), name, what, limit) or None for name, (what, limit) in _TEXTS.items()}
    for name in ("seal", "new_seal"):
        clean[name] = (clean[name] or "").upper() or None
    return clean


def asked_of(
    by: Person,
    given: Particulars,
    named: Named,
    exhibit: Exhibit,
    *,
    at: datetime,
    now: datetime,
    behalf: PersonRef | None = None,
) -> Asked:
    """What the act asks for, for this item."""
    return Asked(
        actor=by.ref,
        at=at,
        now=now,
        place=named.place,
        receiver=named.receiver,
        witness=named.witness,
        joint=named.joint,
        bound_for=named.bound_for,
        store_staff=is_store_staff(by, exhibit),
        on_behalf_of=behalf,
        box=named.box.ref if named.box else None,
        opened=given.opened,
        method=given.method or None,
        hold=given.hold or None,
        due_back=given.due_back,
        until=given.until,
        **text_of_act(given),
    )


def _where(work: Work, box: Box | None) -> Place | None:
    return work.places.find(box.place.id) if box and box.place else None


def condition_of(given: Particulars) -> Condition | None:
    """The condition as found, when one was chosen. Raises NotAChoice."""
    if not given.condition:
        return None
    return Condition(choice(given.condition, "condition", "the condition", frozenset(Condition)))


def _chosen_place(work: Work, place: int | None, field: str) -> Place | None:
    try:
        return work.places.find(place) if place else None
    except NotFound:
        raise NotAChoice(field, "the place") from None


def _chosen_person(work: Work, person: int | None) -> Person | None:
    if not person:
        return None
    try:
        known = work.accounts.person(person)
    except NotFound:
        known = None
    if known is None or not known.active:
        raise NotAChoice("receiver", "the person who is to take it")
    return known
