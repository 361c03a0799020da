"""Putting an event of an item right: the original stays, what is right stands beside it, and old events need two."""

from dataclasses import dataclass, replace
from datetime import datetime

from ..domain import events as e
from ..domain.custody import mending
from ..domain.custody.asked import Asked
from ..domain.custody.mending import Correction
from ..domain.errors import (
    NoRight,
    NotFound,
    OccurredBeforeSeizure,
    SealUsedBefore,
    SecondPersonNeeded,
    WitnessIsActor,
)
from ..domain.events import Body, Corrected, Envelope, Event, ItemRef, Mistake
from ..domain.exhibit import Exhibit
from ..domain.history import sentence
from ..domain.people import Action, Person, Target, may, require
from ..domain.places import Place
from ..domain.text import LINE_LIMIT, NAME_LIMIT, SEAL_LIMIT, choice, optional, required
from .cases import note_read
from .context import Services
from .kinds import seal_user
from .ports import Held, Work
from .recording import Happening, record
from .revised import tell_who_relied
from .submission_marks import follow

# Who may not do such a thing may not undo it either.
_NEEDS: dict[type[Body], Action] = {
    e.HoldPlaced: Action.HOLD,
    e.HoldReleased: Action.HOLD,
    e.RetentionReviewed: Action.REVIEW,
    e.DisposalAuthorised: Action.AUTHORISE_DISPOSAL,
    e.ConfirmedMissing: Action.CONFIRM_MISSING,
    e.Decided: Action.DECIDE_AGAINST,
    e.Recommended: Action.DECIDE_AGAINST,
    e.RecommendationAnswered: Action.DECIDE_AGAINST,
    e.ResultRecorded: Action.RECORD_RESULT,
    e.Reopened: Action.DECIDE_AGAINST,
    e.DiscrepancyRaised: Action.SETTLE,
    e.DiscrepancySettled: Action.SETTLE,
}
# These put a seal on the item; the others saw one.
_SEALS: tuple[type[Body], ...] = (e.Seized, e.SplitOff, e.SealApplied, e.Reseized)


@dataclass(frozen=True, slots=True)
class Wanted:
    """A correction as somebody typed it: of the values the one that the mistake is about; `item` a code or number."""

    event: str
    mistake: str
    reason: str
    place: int | None = None
    occurred_at: datetime | None = None
    person: int | None = None
    seal: str = ""
    item: str = ""


@dataclass(frozen=True, slots=True)
class Choices:
    """What the page of a correction offers: the event, what it can be wrong in, and what could be right."""

    exhibit: Exhibit
    event: Event
    told: str
    mistakes: list[Mistake]
    two: bool
    places: list[Place]
    people: list[Person]


def choices(services: Services, by: Person, register_no: int, event_id: str) -> Choices:
    """The event with what it can be corrected for. Raises NotFound, NoRight, NoSuchEvent; the reading is logged."""
    now = services.clock.now()
    with services.store.read() as work:
        exhibit = work.items.find(register_no).exhibit
        _require_allowed(work, by, exhibit)
        events = work.ledger.events_of(register_no)
        event = mending.event_of(exhibit, events, event_id)
        _require_right(work, by, exhibit, mending.at_root(events, event).body)
        can = mending.mistakes(event)
        alone = services.limits.correct_alone
        people = [account.person for account in work.accounts.all("", 0, 2_000) if account.person.active]
        found = Choices(
            exhibit,
            event,
            sentence(event, exhibit.ref),
            [one for one in Mistake if one in can],
            any(mending.why_two(exhibit, event, one, now, alone) for one in can),
            work.places.all(),
            people,
        )
    note_read(services, by, "item", register_no)
    return found


def correct(services: Services, by: Person, register_no: int, wanted: Wanted, second: Person | None) -> None:
    """Record the correction; of a wrong item also the event on the right one, both or neither.

    `second` has signed in for this. Raises BadInput, CustodyRefusal, NoRight, NotFound.
    """
    now = services.clock.now()
    reason = required(wanted.reason, "reason", "why it is corrected", LINE_LIMIT)

    def change(work: Work) -> None:
        held, exhibit, events = _hold(work, register_no, wanted)
        _require_allowed(work, by, exhibit)
        event = mending.event_of(exhibit, events, wanted.event)
        _require_right(work, by, exhibit, mending.at_root(events, event).body)
        correction = _resolved(work, wanted)
        _check_second(work, by, second, exhibit)
        asked = Asked(by.ref, now, now, reason=reason, witness=second.ref if second else None)
        body = mending.correct(exhibit, events, asked, correction, services.limits.correct_alone)
        envelope = Envelope(
            services.ids.event_id(), now, now, by.ref, services.ids.event_id(), witness=asked.witness, reason=reason
        )
        _keep_seal(work, exhibit, event, body)
        happenings = [Happening(held[register_no], envelope, body)]
        happenings += _on_the_other(services, work, by, held, event, envelope, body)
        recorded = record(work, services.ids, work.policies.current(now), happenings)
        tell_who_relied(work, recorded, now)
        follow(work, recorded)

    services.store.write(change)


def other_item(work: Work, wanted: str) -> int:
    """The property reference that somebody typed or scanned. Raises NotFound."""
    text = optional(wanted, "item", "the other item", NAME_LIMIT)
    found = work.items.search(text, 2) if text else []
    if not found:
        raise NotFound("item")
    return found[0].exhibit.register_no


def _hold(work: Work, register_no: int, wanted: Wanted) -> tuple[dict[int, Held], Exhibit, list[Event]]:
    """The item and the other one that the correction is about, locked together."""
    numbers = {register_no}
    if wanted.mistake == Mistake.ITEM and wanted.item:
        numbers.add(other_item(work, wanted.item))
    for event in work.ledger.events_of(register_no):
        if event.envelope.id == wanted.event and isinstance(event.body, Corrected) and event.body.item:
            numbers.add(event.body.item.register_no)
    held = work.items.hold_all(numbers)
    mine = held.get(register_no)
    if mine is None or mine.exhibit is None:
        raise NotFound("item")
    return held, mine.exhibit, work.ledger.events_of(register_no)


def _resolved(work: Work, wanted: Wanted) -> Correction:
    mistake = Mistake(choice(wanted.mistake, "mistake", "what was wrong", frozenset(Mistake)))
    item = None
    if mistake is Mistake.ITEM and wanted.item:
        other = work.items.find(other_item(work, wanted.item)).exhibit
        item = ItemRef(other.register_no, other.reference)
    return Correction(
        wanted.event,
        mistake,
        place=work.places.find(wanted.place) if wanted.place else None,
        occurred_at=wanted.occurred_at,
        person=work.accounts.person(wanted.person).ref if wanted.person else None,
        seal=optional(wanted.seal, "seal", "the seal number", SEAL_LIMIT).upper() or None,
        item=item,
    )


def _check_second(work: Work, by: Person, second: Person | None, exhibit: Exhibit) -> None:
    if second is None:
        return
    if second.id == by.id:
        raise WitnessIsActor(exhibit.ref)
    if not may_correct(work, second, exhibit):
        raise SecondPersonNeeded(exhibit.ref, "it must be somebody who may correct what is recorded of it")


def _keep_seal(work: Work, exhibit: Exhibit, event: Event, body: Corrected) -> None:
    """The seal that was really put on is used for ever, like any other. Raises SealUsedBefore."""
    if not body.seal or not isinstance(event.body, _SEALS):
        return
    user = seal_user(work, body.seal)
    if user is None:
        work.items.use_seal(body.seal, exhibit.register_no, event.envelope.recorded_at)
    elif work.items.seal_user(body.seal) != exhibit.register_no:
        raise SealUsedBefore(exhibit.ref, body.seal, user)


def _on_the_other(
    services: Services, work: Work, by: Person, held: dict[int, Held], event: Event, envelope: Envelope, body: Corrected
) -> list[Happening]:
    """What the correction means for another item: the event is recorded there, or is taken from it again."""
    taken_back = event.body.item if isinstance(event.body, Corrected) else None
    ref = body.item or taken_back
    other = held.get(ref.register_no) if ref else None
    if other is None or other.exhibit is None:
        return []
    _require_allowed(work, by, other.exhibit)
    fresh = services.ids.event_id()
    if body.item:
        if event.envelope.corrected < other.exhibit.seized_at:
            raise OccurredBeforeSeizure(other.exhibit.ref, event.envelope.corrected, other.exhibit.seized_at)
        mine = held[event.register_no].exhibit
        again, what = mending.anew(event, envelope, mine.ref if mine else "another item")
        return [Happening(other, replace(again, id=fresh), what)]
    return [
        Happening(other, replace(envelope, id=fresh), Corrected(copy, Mistake.NOTHING))
        for copy in _copies(work, other.register_no, event)
    ]


def _copies(work: Work, register_no: int, correction: Event) -> list[str]:
    """The event of the other item that this correction of a wrong item recorded there, unless it was taken away."""
    events = work.ledger.events_of(register_no)
    corrected = correction.body.corrects if isinstance(correction.body, Corrected) else ""
    return [
        event.envelope.id
        for event in events
        if event.envelope.corrects == corrected and event.envelope.act == correction.envelope.act
        if not mending.standing(events, event)
    ]


def _require_allowed(work: Work, by: Person, exhibit: Exhibit) -> None:
    """Raise NotFound for an item that is not theirs to know of, NoRight where they may not correct its record."""
    case = work.cases.find(exhibit.case.id)
    if not may_correct(work, by, exhibit):
        if may(by, Action.SEE_CASE, case.target):
            raise NoRight(Action.CORRECT.value)
        raise NotFound("item")


def _require_right(work: Work, by: Person, exhibit: Exhibit, body: Body) -> None:
    """Raise NoRight where they might not have made such an event themselves."""
    needed = _NEEDS.get(type(body))
    if needed is not None:
        require(by, needed, work.cases.find(exhibit.case.id).target)


def may_correct(work: Work, by: Person, exhibit: Exhibit) -> bool:
    """Whether the person may correct what is recorded of the item: by its case, or as staff of its store."""
    case = work.cases.find(exhibit.case.id)
    if may(by, Action.CORRECT, case.target):
        return True
    return exhibit.in_store and not case.restricted and may(by, Action.CORRECT, Target(store=exhibit.custody.id))
