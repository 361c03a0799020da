"""Registering what was seized: items with who, where, when and under which power, one or twenty at a time."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from ..domain.cases import HAZARD_NAMES, ITEM_CATEGORY_NAMES, Case
from ..domain.custody import CLOCK_TOLERANCE
from ..domain.errors import (
    BadTime,
    NearDuplicateReference,
    NotAChoice,
    NotFound,
    ReferenceTaken,
    RegisterRefusal,
    SealInUse,
)
from ..domain.events import Envelope, Seized
from ..domain.people import Action, Person, PersonRef, may, require
from ..domain.references import initials, near_duplicate, next_reference
from ..domain.text import LINE_LIMIT, NAME_LIMIT, PROSE_LIMIT, choice, optional, required, whole_number
from .context import Services
from .ports import Held, Work
from .recording import Happening, new_item, record

REFERENCE_LIMIT = 40
SEAL_LIMIT = 40
MOST_ITEMS = 100


@dataclass(frozen=True, slots=True)
class SearchForm:
    """What the items of one search have in common: who, when, where, and under which power. People are ids."""

    seized_at: datetime | None
    seized_by: int | None
    producer: int | None
    found_by: str = ""
    power: str = ""
    found_at: str = ""


@dataclass(frozen=True, slots=True)
class ItemForm:
    """One item as someone typed it. `keep_both` answers the warning about a look-alike reference."""

    reference: str
    description: str
    category: str = "UNK"
    hazards: tuple[str, ...] = ()
    packaging: str = ""
    seal: str = ""
    quantity: str | int = 1
    unit: str = "item"
    keep_both: bool = False


@dataclass(frozen=True, slots=True)
class Registered:
    """An item now on the register."""

    register_no: int
    reference: str


def register(
    services: Services, by: Person, case_id: int, search: SearchForm, forms: Sequence[ItemForm]
) -> list[Registered]:
    """Register the items of one search, all or none.

    Raises BadInput with `field` like "items-3-seal", ReferenceTaken, NearDuplicateReference, SealInUse, NoRight,
    NotFound.
    """
    now = services.clock.now()

    def change(work: Work) -> list[Registered]:
        case = _case(work, by, case_id)
        people = _people(work, search, by)
        seized_at = _seized_at(search, now)
        taken = [(producer, ref) for producer, ref in work.items.references(case.id)]
        act = services.ids.event_id()
        happenings = []
        for row, form in enumerate(forms):
            body = _body(case, people, search, form, row, taken)
            held = new_item(work.items.next_register_no())
            envelope = Envelope(services.ids.event_id(), seized_at, now, by.ref, act)
            happenings.append(Happening(held, envelope, body))
            taken.append((body.producer.id, body.reference))
            _use_seal(work, held, body.seal, now, row)
        record(work, services.ids, work.policies.current(now), happenings)
        return [Registered(one.held.register_no, one.held.exhibit.ref) for one in happenings if one.held.exhibit]

    return services.store.write(change)


def suggest_reference(services: Services, by: Person, case_id: int, producer: int) -> str:
    """The producer's next free exhibit reference in the case."""
    with services.store.read() as work:
        case = _case(work, by, case_id)
        person = work.accounts.person(producer)
        mine = [ref for owner, ref in work.items.references(case.id) if owner == producer]
    return next_reference(mine, initials(person.name) or "X")


def check_item(services: Services, by: Person, case_id: int, producer: int, reference: str, seal: str) -> list[str]:
    """What is wrong with a reference or a seal while it is being typed, as sentences."""
    found: list[str] = []
    with services.store.read() as work:
        case = _case(work, by, case_id)
        taken = work.items.references(case.id)
        reference, seal = reference.strip(), seal.strip()
        mine = {ref for owner, ref in taken if owner == producer}
        if reference in mine:
            found.append(_taken(reference, case, mine).sentence())
        elif (near := near_duplicate(reference, [ref for _, ref in taken])) is not None:
            found.append(NearDuplicateReference(reference, near).sentence())
        user = work.items.seal_user(seal.upper()) if seal else None
        if user is not None:
            found.append(SealInUse(seal, f"property reference {user}").sentence())
    return found


def _case(work: Work, by: Person, case_id: int) -> Case:
    case = work.cases.find(case_id)
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("case")
    require(by, Action.REGISTER, case.target)
    return case


@dataclass(frozen=True, slots=True)
class _People:
    seized_by: PersonRef
    producer: PersonRef


def _people(work: Work, search: SearchForm, by: Person) -> _People:
    seized_by = work.accounts.person(search.seized_by).ref if search.seized_by else by.ref
    producer = work.accounts.person(search.producer).ref if search.producer else seized_by
    return _People(seized_by, producer)


def _seized_at(search: SearchForm, now: datetime) -> datetime:
    if search.seized_at is None or search.seized_at > now + CLOCK_TOLERANCE:
        raise BadTime("seized_at", "when it was seized, not later than now")
    return search.seized_at


def _body(
    case: Case,
    people: _People,
    search: SearchForm,
    form: ItemForm,
    row: int,
    taken: Sequence[tuple[int, str]],
) -> Seized:
    at = f"items-{row}-"
    return Seized(
        case=case.ref,
        reference=_reference(case, people.producer.id, form, at, taken),
        description=required(form.description, f"{at}description", "what the item is", PROSE_LIMIT),
        category=choice(form.category, f"{at}category", "a category", frozenset(ITEM_CATEGORY_NAMES)),
        producer=people.producer,
        seized_by=people.seized_by,
        found_by=optional(search.found_by, "found_by", "who found it", NAME_LIMIT) or None,
        power=optional(search.power, "power", "the power", NAME_LIMIT) or None,
        found_at=optional(search.found_at, "found_at", "where it was found", LINE_LIMIT) or None,
        hazards=_hazards(form, at),
        packaging=optional(form.packaging, f"{at}packaging", "the packaging", NAME_LIMIT) or None,
        seal=optional(form.seal, f"{at}seal", "the seal number", SEAL_LIMIT).upper() or None,
        quantity=whole_number(form.quantity, f"{at}quantity", "the quantity", 1, 1_000_000),
        unit=optional(form.unit, f"{at}unit", "the unit", 20) or "item",
    )


def _reference(case: Case, producer: int, form: ItemForm, at: str, taken: Sequence[tuple[int, str]]) -> str:
    reference = required(form.reference, f"{at}reference", "the exhibit reference", REFERENCE_LIMIT)
    mine = {ref for owner, ref in taken if owner == producer}
    if reference in mine:
        raise _at(_taken(reference, case, mine), f"{at}reference")
    near = near_duplicate(reference, [ref for _, ref in taken])
    if near is not None and not form.keep_both:
        raise _at(NearDuplicateReference(reference, near), f"{at}reference")
    return reference


def _taken(reference: str, case: Case, mine: set[str]) -> ReferenceTaken:
    stem = reference.rpartition("/")[0] or reference
    return ReferenceTaken(reference, case.reference, next_reference(mine, stem))


def _hazards(form: ItemForm, at: str) -> tuple[str, ...]:
    if not set(form.hazards) <= set(HAZARD_NAMES):
        raise NotAChoice(f"{at}hazards", "the hazards")
    return tuple(sorted(form.hazards))


def _use_seal(work: Work, held: Held, seal: str | None, now: datetime, row: int) -> None:
    if seal is None:
        return
    user = work.items.seal_user(seal)
    if user is not None:
        raise _at(SealInUse(seal, f"property reference {user}"), f"items-{row}-seal")
    work.items.use_seal(seal, held.register_no, now)


def _at(refusal: RegisterRefusal, field: str) -> RegisterRefusal:
    """The refusal, with the form field that it belongs to."""
    refusal.field = field
    return refusal
