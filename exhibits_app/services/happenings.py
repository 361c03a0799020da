"""What people without a scanner record on a page: any act, for one item or many, judged by the rules of devices."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ..domain import custody
from ..domain.custody import Asked
from ..domain.errors import (
    MissingValue,
    NoRight,
    NotFound,
    OccurredBeforeSeizure,
    Refusal,
    SealUsedBefore,
    TooMany,
    UnknownActKind,
)
from ..domain.events import Body, Envelope, Event
from ..domain.exhibit import Exhibit
from ..domain.fold import as_at
from ..domain.history import sentence
from ..domain.people import Person, PersonRef
from .act_shapes import LIVE
from .context import Services
from .exhibits import may_see
from .kinds import check_register, check_rights, is_store_staff, new_seal
from .leavers import behalf_of, leaver
from .ports import Held, Work
from .recording import Happening, keep_seals, record
from .revised import tell_who_relied
from .submission_marks import follow
from .typed_acts import NOBODY, Named, Particulars, Second, asked_of, condition_of, signed_in, text_of_act
from .typed_boxes import check_joining, keep_manifests

MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """What became of one item of an act: the sentence of what was recorded, or the refusal."""

    register_no: int
    ref: str
    told: str
    refusal: Refusal | None = None


@dataclass(slots=True)
class _Page:
    """One act of a page while its items are judged one after another."""

    by: Person
    kind: str
    given: Particulars
    named: Named
    act: str
    now: datetime
    seals: dict[str, str] = field(default_factory=dict)
    boxes: set[int] = field(default_factory=set)

    @property
    def at(self) -> datetime:
        return self.given.occurred_at or self.now


def happen(
    services: Services,
    by: Person,
    register_nos: Sequence[int],
    kind: str,
    given: Particulars,
    second: Second = NOBODY,
) -> list[Verdict]:
    """Record one act for these items, each wholly or not at all, and give a verdict for each.

    What is refused leaves no trace: nothing was scanned, and whoever typed it is told. Raises BadInput for what
    cannot be read, SecondNotSignedIn, TooManyAttempts, UnknownActKind, and NotFound when one of the items is not this
    person's to see; then nothing is recorded at all.
    """
    if kind not in custody.RULES:
        raise UnknownActKind(kind)
    numbers = _numbers(register_nos)
    beside = signed_in(services, second)
    now = services.clock.now()

    def change(work: Work) -> list[Verdict]:
        named = Named.of(work, given, beside)
        page = _Page(by, kind, given, named, services.ids.event_id(), now)
        text_of_act(given)
        held = seen(work, by, numbers)
        judged = [_tried(services, work, page, one) for one in held]
        happenings = [each for each in judged if isinstance(each, Happening)]
        events = record(work, services.ids, work.policies.current(now), happenings) if happenings else []
        keep_seals(work, events)
        tell_who_relied(work, events, now)
        follow(work, events)
        keep_manifests(work, page.boxes, kind, page.act, page.at, now, by.ref)
        told = {event.register_no: event for event in events}
        return [_verdict(one, each, told) for one, each in zip(held, judged, strict=True)]

    return services.store.write(change)


def possible(services: Services, by: Person, register_no: int) -> dict[str, PersonRef | None]:
    """The kinds of act that this person could record for the item now, as far as rights and state go.

    With each, the person who left and for whom it would be done; None for what one does oneself.
    """
    with services.store.read() as work:
        return possible_in(work, by, work.items.find(register_no).exhibit, services.clock.now())


def possible_in(work: Work, by: Person, exhibit: Exhibit, now: datetime) -> dict[str, PersonRef | None]:
    """The same, in a transaction that is open."""
    asked = Asked(by.ref, now, now, store_staff=is_store_staff(by, exhibit))
    found: dict[str, PersonRef | None] = dict.fromkeys(custody.possible(exhibit, asked))
    for kind in ("OFFER", "REJECT"):
        gone = leaver(work, by, kind, exhibit)
        if gone and kind not in found and kind in custody.possible(exhibit, replace(asked, on_behalf_of=gone)):
            found[kind] = gone
    return {kind: gone for kind, gone in found.items() if has_right(work, by, kind, exhibit)}


def has_right(work: Work, by: Person, kind: str, exhibit: Exhibit) -> bool:
    """Whether the person may do acts of this kind to this item, wherever it goes."""
    try:
        check_rights(work, by, kind, exhibit, None)
    except NoRight:
        return False
    return True


def seen(work: Work, by: Person, numbers: Sequence[int]) -> list[Held]:
    """The items, locked, in the order they were named. Raises NotFound unless this person may know of every one."""
    held = work.items.hold_all(numbers)
    for number in numbers:
        exhibit = held[number].exhibit if number in held else None
        if exhibit is None or not may_see(by, work.cases.find(exhibit.case.id), exhibit):
            raise NotFound("item")
    return [held[number] for number in numbers]


def as_it_was(work: Work, exhibit: Exhibit, occurred_at: datetime | None) -> Exhibit:
    """The state that an act is judged against: now, or what it was when an earlier time was typed.

    Somebody who writes down at noon that they sealed a bag at ten is asked whether they held it at ten.
    """
    if occurred_at is None or occurred_at >= exhibit.last_event_at:
        return exhibit
    then = as_at(work.ledger.events_of(exhibit.register_no), occurred_at)
    if then is None:
        raise OccurredBeforeSeizure(exhibit.ref, occurred_at, exhibit.seized_at)
    return then


def envelope(services: Services, by: Person, asked: Asked, act: str, given: Particulars, now: datetime) -> Envelope:
    """What the event of one item carries, whatever its kind."""
    return Envelope(
        id=services.ids.event_id(),
        occurred_at=asked.at,
        recorded_at=now,
        actor=by.ref,
        act=act,
        witness=asked.witness,
        on_behalf_of=asked.on_behalf_of,
        reason=asked.reason,
        late=True if now - asked.at > LIVE else None,
        condition=condition_of(given),
    )


def _numbers(register_nos: Sequence[int]) -> list[int]:
    numbers = list(dict.fromkeys(register_nos))
    if not numbers:
        raise MissingValue("item", "at least one item")
    if len(numbers) > MOST_ITEMS:
        raise TooMany("item", "items", MOST_ITEMS)
    return numbers


def _tried(services: Services, work: Work, page: _Page, held: Held) -> Happening | Refusal:
    try:
        return _judge(services, work, page, held)
    except Refusal as refusal:
        return refusal


def _judge(services: Services, work: Work, page: _Page, held: Held) -> Happening:
    if held.exhibit is None:
        raise NotFound("item")
    exhibit = as_it_was(work, held.exhibit, page.given.occurred_at)
    behalf = behalf_of(work, page.by, page.kind, exhibit) if page.given.for_leaver else None
    asked = asked_of(page.by, page.given, page.named, exhibit, at=page.at, now=page.now, behalf=behalf)
    asked = replace(asked, own_submissions_only=services.limits.own_submissions_only)
    check_rights(work, page.by, page.kind, exhibit, asked.place)
    body = custody.decide(page.kind, exhibit, asked)
    check_register(work, page.kind, exhibit, body)
    _check_seal_is_new(page, exhibit, body)
    page.boxes |= check_joining(work, page.kind, exhibit, page.named.box)
    return Happening(held, envelope(services, page.by, asked, page.act, page.given, page.now), body)


def _check_seal_is_new(page: _Page, exhibit: Exhibit, body: Body) -> None:
    """One new seal does not go on two items of an act."""
    seal = new_seal(body)
    if seal and seal in page.seals:
        raise SealUsedBefore(exhibit.ref, seal, page.seals[seal])
    if seal:
        page.seals[seal] = exhibit.ref


def _verdict(held: Held, each: Happening | Refusal, told: dict[int, Event]) -> Verdict:
    if held.exhibit is None:
        raise NotFound("item")
    ref = held.exhibit.ref
    if isinstance(each, Refusal):
        return Verdict(held.register_no, ref, each.sentence(), each)
    return Verdict(held.register_no, ref, sentence(told[held.register_no], ref) + ".")
