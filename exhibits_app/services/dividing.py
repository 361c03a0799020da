"""Taking parts from an item: each part becomes an item of its own, in the one act that tells of it on both."""

from collections.abc import Callable
from dataclasses import dataclass, replace

from ..domain.custody import Asked, dividing
from ..domain.errors import MissingValue, NotAChoice, NotFound, SealInUse, TooMany
from ..domain.events import Envelope, ItemRef, Split, SplitOff
from ..domain.exhibit import Exhibit
from ..domain.people import Person
from ..domain.places import PlaceKind
from ..domain.text import PROSE_LIMIT, SEAL_LIMIT, optional, required, whole_number
from .context import Services
from .happenings import as_it_was, envelope, seen
from .kinds import check_rights, seal_user
from .ports import Work
from .recording import Happening, keep_seals, new_item, record
from .references import References
from .typed_acts import NOBODY, Named, Particulars, Second, asked_of, signed_in

MOST_PARTS = 20
MOST = 1_000_000


@dataclass(frozen=True, slots=True)
class PartForm:
    """One part as somebody typed it. Without a reference it gets the parent's with a running number."""

    description: str
    quantity: str | int
    reference: str = ""
    seal: str = ""
    keep_both: bool = False


@dataclass(frozen=True, slots=True)
class SplitForm:
    """A division as somebody typed it: the parts, what is left and what was lost. The producer is a person's id."""

    parts: tuple[PartForm, ...]
    left: str | int
    lost: str | int = 0
    producer: int | None = None


def split(
    services: Services, by: Person, register_no: int, form: SplitForm, given: Particulars, second: Second = NOBODY
) -> list[int]:
    """Divide the item; the register numbers of its parts, in their order.

    One act and one transaction: the parent's event names the parts, each part's names the parent. Raises
    CustodyRefusal, BadInput and RegisterRefusal with `field` like "parts-0-seal", NoRight, NotFound.
    """
    how = _How("SPLIT", dividing.may_split, dividing.split, dividing.split_off)
    return _divide(services, by, register_no, form, given, signed_in(services, second), lambda _work: how)


def record_made(
    services: Services, by: Person, register_no: int, form: SplitForm, laboratory: int | None, given: Particulars
) -> list[int]:
    """Record the parts that a laboratory made of the item; their register numbers, in their order.

    A part without a quantity is a sample, such as a swab or an extract, and leaves the item whole. Raises as `split`
    does, and NotAChoice for what is no laboratory.
    """
    return _divide(services, by, register_no, form, given, {}, lambda work: _there_by(work, laboratory))


@dataclass(frozen=True, slots=True)
class _How:
    """One way of dividing: the act's kind, who may, and the events of the parent and of a part."""

    kind: str
    may: Callable[[Exhibit, Asked], None]
    split: Callable[[Exhibit, Asked, tuple[dividing.Taken, ...], int, int], Split]
    split_off: Callable[[Exhibit, dividing.Taken], SplitOff]
    samples: bool = False


def _there_by(work: Work, laboratory: int | None) -> _How:
    try:
        place = work.places.find(laboratory or 0)
    except NotFound:
        raise NotAChoice("place", "the laboratory that made them") from None
    if place.kind is not PlaceKind.LAB:
        raise NotAChoice("place", "the laboratory that made them")

    def split(exhibit: Exhibit, asked: Asked, parts: tuple[dividing.Taken, ...], left: int, lost: int) -> Split:
        return dividing.split_there(exhibit, asked, parts, left, lost, place.name)

    def split_off(exhibit: Exhibit, part: dividing.Taken) -> SplitOff:
        return dividing.split_off_there(exhibit, part, place.name)

    return _How("LAB_PARTS", dividing.may_be_divided_there, split, split_off, samples=True)


def _divide(
    services: Services,
    by: Person,
    register_no: int,
    form: SplitForm,
    given: Particulars,
    beside: dict[str, Person],
    how_of: Callable[[Work], _How],
) -> list[int]:
    if not form.parts:
        raise MissingValue("parts-0-description", "what the first part is")
    if len(form.parts) > MOST_PARTS:
        raise TooMany("parts-0-description", "parts", MOST_PARTS)
    now = services.clock.now()

    def change(work: Work) -> list[int]:
        (held,) = seen(work, by, [register_no])
        exhibit = as_it_was(work, _there(held.exhibit), given.occurred_at)
        at = given.occurred_at or now
        asked = asked_of(by, given, Named.of(work, given, beside), exhibit, at=at, now=now)
        how = how_of(work)
        check_rights(work, by, how.kind, exhibit, None)
        how.may(exhibit, asked)
        parts, parent = _divided(work, exhibit, asked, form, how)
        said = envelope(services, by, asked, services.ids.event_id(), given, now)
        happenings = [_first(services, said, exhibit, part, how) for part in parts]
        happenings.append(Happening(held, said, parent))
        keep_seals(work, record(work, services.ids, work.policies.current(now), happenings))
        return [part.item.register_no for part in parts]

    return services.store.write(change)


def _divided(
    work: Work, exhibit: Exhibit, asked: Asked, form: SplitForm, how: _How
) -> tuple[tuple[dividing.Taken, ...], Split]:
    parts = _parts(work, exhibit, form, how)
    left = whole_number(form.left, "left", "how much is left", 0, MOST)
    lost = whole_number(form.lost or 0, "lost", "how much was lost", 0, MOST)
    return parts, how.split(exhibit, asked, parts, left, lost)


def _first(services: Services, said: Envelope, parent: Exhibit, part: dividing.Taken, how: _How) -> Happening:
    """What begins the part: an event of its own, by the same people at the same time."""
    own = replace(said, id=services.ids.event_id(), reason=None)
    return Happening(new_item(part.item.register_no), own, how.split_off(parent, part))


def _there(exhibit: Exhibit | None) -> Exhibit:
    if exhibit is None:
        raise NotFound("item")
    return exhibit


def _parts(work: Work, exhibit: Exhibit, form: SplitForm, how: _How) -> tuple[dividing.Taken, ...]:
    producer = work.accounts.person(form.producer).ref if form.producer else exhibit.producer
    references, seals = References.of(work, exhibit.case.id), dict[str, str]()
    taken = []
    for row, part in enumerate(form.parts):
        at = f"parts-{row}-"
        description = required(part.description, f"{at}description", "what the part is", PROSE_LIMIT)
        sample = how.samples and not str(part.quantity).strip()
        quantity = 1 if sample else whole_number(part.quantity, f"{at}quantity", "how much the part holds", 1, MOST)
        reference = references.give(
            producer.id, part.reference, exhibit.reference, f"{at}reference", keep_both=part.keep_both
        )
        seal = _seal(work, part, f"{at}seal", seals)
        if seal:
            seals[seal] = reference
        item = ItemRef(work.items.next_register_no(), reference)
        taken.append(dividing.Taken(item, description, quantity, producer, seal, sample))
    return tuple(taken)


def _seal(work: Work, part: PartForm, field: str, seals: dict[str, str]) -> str | None:
    seal = optional(part.seal, field, "the seal number", SEAL_LIMIT).upper()
    if not seal:
        return None
    user = f"{seals[seal]} on this page" if seal in seals else seal_user(work, seal)
    if user is not None:
        in_use = SealInUse(seal, user)
        in_use.field = field
        raise in_use
    return seal
