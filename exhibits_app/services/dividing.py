"""Taking parts from an item: each part becomes an item of its own, in the one act that tells of it on both."""

from dataclasses import dataclass, replace

from ..domain.custody import Asked, dividing
from ..domain.errors import MissingValue, NotFound, SealInUse, TooMany
from ..domain.events import Envelope, ItemRef, Split
from ..domain.exhibit import Exhibit
from ..domain.people import Person
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
    if not form.parts:
        raise MissingValue("parts-0-description", "what the first part is")
    if len(form.parts) > MOST_PARTS:
        raise TooMany("parts-0-description", "parts", MOST_PARTS)
    beside = signed_in(services, second)
    now = services.clock.now()

    def change(work: Work) -> list[int]:
        (held,) = seen(work, by, [register_no])
        exhibit = as_it_was(work, _there(held.exhibit), given.occurred_at)
        at = given.occurred_at or now
        asked = asked_of(by, given, Named.of(work, given, beside), exhibit, at=at, now=now)
        check_rights(work, by, "SPLIT", exhibit, None)
        dividing.may_split(exhibit, asked)
        parts, parent = _divided(work, exhibit, asked, form)
        said = envelope(services, by, asked, services.ids.event_id(), given, now)
        happenings = [_first(services, said, exhibit, part) for part in parts]
        happenings.append(Happening(held, said, parent))
        keep_seals(work, record(work, services.ids, work.policies.current(now), happenings))
        return [part.item.register_no for part in parts]

    return services.store.write(change)


def _divided(work: Work, exhibit: Exhibit, asked: Asked, form: SplitForm) -> tuple[tuple[dividing.Taken, ...], Split]:
    parts = _parts(work, exhibit, form)
    left = whole_number(form.left, "left", "how much is left", 0, MOST)
    lost = whole_number(form.lost or 0, "lost", "how much was lost", 0, MOST)
    return parts, dividing.split(exhibit, asked, parts, left, lost)


def _first(services: Services, said: Envelope, parent: Exhibit, part: dividing.Taken) -> Happening:
    """What begins the part: an event of its own, by the same people at the same time."""
    own = replace(said, id=services.ids.event_id(), reason=None)
    return Happening(new_item(part.item.register_no), own, dividing.split_off(parent, part))


def _there(exhibit: Exhibit | None) -> Exhibit:
    if exhibit is None:
        raise NotFound("item")
    return exhibit


def _parts(work: Work, exhibit: Exhibit, form: SplitForm) -> tuple[dividing.Taken, ...]:
    producer = work.accounts.person(form.producer).ref if form.producer else exhibit.producer
    references, seals = References.of(work, exhibit.case.id), dict[str, str]()
    taken = []
    for row, part in enumerate(form.parts):
        at = f"parts-{row}-"
        description = required(part.description, f"{at}description", "what the part is", PROSE_LIMIT)
        quantity = whole_number(part.quantity, f"{at}quantity", "how much the part holds", 1, MOST)
        reference = references.give(
            producer.id, part.reference, exhibit.reference, f"{at}reference", keep_both=part.keep_both
        )
        seal = _seal(work, part, f"{at}seal", seals)
        if seal:
            seals[seal] = reference
        item = ItemRef(work.items.next_register_no(), reference)
        taken.append(dividing.Taken(item, description, quantity, producer, seal))
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
