"""Registering what was seized: items with who, where, when and under which power, one or twenty at a time."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from ..domain.cases import HAZARD_NAMES, ITEM_CATEGORY_NAMES, Case
from ..domain.custody import CLOCK_TOLERANCE
from ..domain.errors import (
    BadInput,
    BadTime,
    LabelRefusal,
    MissingValue,
    NearDuplicateReference,
    NotAChoice,
    NotFound,
    ReferenceTaken,
    Refusal,
    RegisterRefusal,
    SealInUse,
    TooMany,
)
from ..domain.events import Envelope, Seized
from ..domain.people import Action, Person, PersonRef, may, require
from ..domain.references import initials, near_duplicate, next_reference
from ..domain.text import LINE_LIMIT, NAME_LIMIT, PROSE_LIMIT, SEAL_LIMIT, choice, optional, required, whole_number
from .blank_binding import Blanks, logging_refused, put_on
from .context import Services
from .kinds import seal_user
from .ports import Work
from .recording import Happening, new_item, record

REFERENCE_LIMIT = 40
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
    """One item as someone typed it. `keep_both` answers the warning about a look-alike reference.

    `label` is the code of the blank label that was stuck on it at the scene, empty when one is printed later.

    Without a reference the item gets the next free one, of the stem of the item before it in the same search.
    """

    reference: str
    description: str
    category: str = "UNK"
    hazards: tuple[str, ...] = ()
    packaging: str = ""
    seal: str = ""
    quantity: str | int = 1
    unit: str = "item"
    keep_both: bool = False
    label: str = ""


@dataclass(frozen=True, slots=True)
class Registered:
    """An item now on the register."""

    register_no: int
    reference: str


def register(
    services: Services, by: Person, case_id: int, search: SearchForm, forms: Sequence[ItemForm]
) -> list[Registered]:
    """Register the items of one search, all or none.

    An item with a blank label bears its code at once. Raises BadInput with `field` like "items-3-seal", LabelRefusal,
    ReferenceTaken, NearDuplicateReference, SealInUse, NoRight, NotFound.
    """
    now = services.clock.now()
    _check_count(forms)

    def change(work: Work) -> list[Registered]:
        batch = _begin(work, by, case_id, search, now)
        act = services.ids.event_id()
        happenings = []
        for row, form in enumerate(forms):
            body = _body(work, batch, form, row)
            held = new_item(work.items.next_register_no())
            envelope = Envelope(services.ids.event_id(), batch.seized_at, now, by.ref, act)
            happenings.append(Happening(held, envelope, body))
            if row in batch.blanks.taken:
                happenings.append(put_on(services, work, by, held, batch.blanks.taken[row], act))
        record(work, services.ids, work.policies.current(now), happenings)
        for seal, held in ((one.body.seal, one.held) for one in happenings if isinstance(one.body, Seized)):
            if seal:
                work.items.use_seal(seal, held.register_no, now)
        done = {one.held.register_no: one.held.exhibit for one in happenings if one.held.exhibit}
        return [Registered(number, exhibit.ref) for number, exhibit in done.items()]

    return logging_refused(services, by, "REGISTER", change)


def faults(
    services: Services, by: Person, case_id: int, search: SearchForm, forms: Sequence[ItemForm]
) -> list[Refusal]:
    """The first fault of every item, in their order, so that twenty can be mended in one go. Records nothing."""
    now = services.clock.now()
    found: dict[str, Refusal] = {}
    with services.store.read() as work:
        try:
            batch = _begin(work, by, case_id, search, now)
        except BadTime as refusal:
            found[refusal.field] = refusal
            batch = _begin(work, by, case_id, replace(search, seized_at=now), now)
        for row, form in enumerate(forms):
            try:
                _body(work, batch, form, row)
            except (BadInput, LabelRefusal, RegisterRefusal) as refusal:
                found.setdefault(refusal.field, refusal)
    return list(found.values())


def suggest_reference(services: Services, by: Person, case_id: int, producer: int) -> str:
    """The producer's next free exhibit reference in the case, in the spelling they last used there."""
    with services.store.read() as work:
        case = _case(work, by, case_id)
        person = work.accounts.person(producer)
        mine = [ref for owner, ref in work.items.references(case.id) if owner == producer]
    return next_reference(mine, _stem(mine, person))


def check_item(
    services: Services, by: Person, case_id: int, producer: int, reference: str, seal: str, label: str = ""
) -> list[str]:
    """What is wrong with a reference, a seal or a label while it is being typed, as sentences."""
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
        user = seal_user(work, seal.upper()) if seal else None
        if user is not None:
            found.append(SealInUse(seal, user).sentence())
        found += Blanks(work).warnings(label)
    return found


def _case(work: Work, by: Person, case_id: int) -> Case:
    case = work.cases.find(case_id)
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("case")
    require(by, Action.REGISTER, case.target)
    return case


@dataclass(slots=True)
class _Batch:
    """The items of one search while they are checked one after another."""

    case: Case
    search: SearchForm
    seized_at: datetime
    seized_by: PersonRef
    producer: PersonRef
    stem: str
    taken: list[tuple[int, str]]
    blanks: Blanks
    seals: dict[str, str] = field(default_factory=dict)

    def mine(self) -> set[str]:
        """The references that the producer has used in the case so far."""
        return {ref for owner, ref in self.taken if owner == self.producer.id}


def _begin(work: Work, by: Person, case_id: int, search: SearchForm, now: datetime) -> _Batch:
    case = _case(work, by, case_id)
    seized_by = work.accounts.person(search.seized_by) if search.seized_by else by
    producer = work.accounts.person(search.producer) if search.producer else seized_by
    taken = list(work.items.references(case.id))
    stem = _stem([ref for owner, ref in taken if owner == producer.id], producer)
    return _Batch(case, search, _seized_at(search, now), seized_by.ref, producer.ref, stem, taken, Blanks(work))


def _stem(mine: Sequence[str], producer: Person) -> str:
    """What goes before the running number: as the producer last wrote it in this case, else their initials."""
    last = mine[-1].rpartition("/")[0] if mine else ""
    return last or initials(producer.name) or "X"


def _seized_at(search: SearchForm, now: datetime) -> datetime:
    if search.seized_at is None or search.seized_at > now + CLOCK_TOLERANCE:
        raise BadTime("seized_at", "when it was seized (not later than now)")
    return search.seized_at


def _check_count(forms: Sequence[ItemForm]) -> None:
    if not forms:
        raise MissingValue("items-0-description", "what the item is")
    if len(forms) > MOST_ITEMS:
        raise TooMany(f"items-{MOST_ITEMS}-description", "items", MOST_ITEMS)


def _body(work: Work, batch: _Batch, form: ItemForm, row: int) -> Seized:
    at, search = f"items-{row}-", batch.search
    body = Seized(
        case=batch.case.ref,
        reference=_reference(batch, form, at),
        description=required(form.description, f"{at}description", "what the item is", PROSE_LIMIT),
        category=choice(form.category, f"{at}category", "a category", frozenset(ITEM_CATEGORY_NAMES)),
        producer=batch.producer,
        seized_by=batch.seized_by,
        found_by=optional(search.found_by, "found_by", "who found it", NAME_LIMIT) or None,
        power=optional(search.power, "power", "the power", NAME_LIMIT) or None,
        found_at=optional(search.found_at, "found_at", "where it was found", LINE_LIMIT) or None,
        hazards=_hazards(form, at),
        packaging=optional(form.packaging, f"{at}packaging", "the packaging", NAME_LIMIT) or None,
        seal=_seal(work, batch, form, at),
        quantity=whole_number(form.quantity, f"{at}quantity", "the quantity", 1, 1_000_000),
        unit=optional(form.unit, f"{at}unit", "the unit", 20) or "item",
    )
    if body.seal:
        batch.seals[body.seal] = body.reference
    if form.label.strip():
        batch.blanks.take(row, form.label, f"{at}label")
    return body


def _reference(batch: _Batch, form: ItemForm, at: str) -> str:
    """The reference, now taken as well: also by a row with another fault, so that the rows after it keep theirs."""
    reference = optional(form.reference, f"{at}reference", "the exhibit reference", REFERENCE_LIMIT)
    if not reference:
        reference = next_reference(batch.mine(), batch.stem)
    elif reference in batch.mine():
        raise _at(_taken(reference, batch.case, batch.mine()), f"{at}reference")
    near = near_duplicate(reference, [ref for _, ref in batch.taken])
    if near is not None and not form.keep_both:
        raise _at(NearDuplicateReference(reference, near), f"{at}reference")
    batch.taken.append((batch.producer.id, reference))
    batch.stem = reference.rpartition("/")[0] or batch.stem
    return reference


def _taken(reference: str, case: Case, mine: set[str]) -> ReferenceTaken:
    stem = reference.rpartition("/")[0] or reference
    return ReferenceTaken(reference, case.reference, next_reference(mine, stem))


def _hazards(form: ItemForm, at: str) -> tuple[str, ...]:
    if not set(form.hazards) <= set(HAZARD_NAMES):
        raise NotAChoice(f"{at}hazards", "the hazards")
    return tuple(sorted(form.hazards))


def _seal(work: Work, batch: _Batch, form: ItemForm, at: str) -> str | None:
    seal = optional(form.seal, f"{at}seal", "the seal number", SEAL_LIMIT).upper()
    if not seal:
        return None
    if seal in batch.seals:
        raise _at(SealInUse(seal, f"{batch.seals[seal]} on this page"), f"{at}seal")
    user = seal_user(work, seal)
    if user is not None:
        raise _at(SealInUse(seal, user), f"{at}seal")
    return seal


def _at(refusal: RegisterRefusal, name: str) -> RegisterRefusal:
    """The refusal, with the form field that it belongs to."""
    refusal.field = name
    return refusal
