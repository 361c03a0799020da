"""What a row of a previous system's list says, checked field by field, so that every fault of a row is told at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import TypeVar

from ..domain.cases import CASE_CATEGORY_NAMES, HAZARD_NAMES, ITEM_CATEGORY_NAMES, Case, CaseCategory
from ..domain.errors import (
    BadInput,
    BadTime,
    MissingValue,
    NobodyOfThatName,
    NoRight,
    NotAChoice,
    NotFound,
    RegisterRefusal,
    SealInUse,
    TwiceInSheet,
    UnknownHere,
)
from ..domain.exhibit import Alias
from ..domain.people import Action, Person, PersonRef, Target, may, require
from ..domain.places import Place, PlaceRef
from ..domain.text import LINE_LIMIT, NAME_LIMIT, PROSE_LIMIT, SEAL_LIMIT, optional, required, whole_number
from ..domain.typed_times import moment, start_of_day
from .kinds import seal_user
from .legacy_sheet import Row
from .ports import Work
from .references import References
from .register import REFERENCE_LIMIT

T = TypeVar("T")
STAND_IN = "who seized it, or name a stand-in with --officer"
Faulty = (BadInput, RegisterRefusal, NoRight, NotFound)


@dataclass(frozen=True, slots=True)
class Ready:
    """A row that can be put on the register. `place` is None for what its officer holds."""

    alias: Alias
    case: str
    case_title: str
    case_category: CaseCategory
    oic: PersonRef | None
    team: int | None
    reference: str
    description: str
    category: str
    seized_at: datetime
    seized_by: Person
    producer: Person
    officer: str | None
    place: PlaceRef | None
    seal: str | None
    hazards: tuple[str, ...]
    packaging: str | None
    power: str | None
    found_by: str | None
    found_at: str | None
    quantity: int
    unit: str
    note: str | None


@dataclass(slots=True)
class Known:
    """What the register knows that rows may name, and what the rows before said that can be said but once."""

    issuer: str
    by: Person
    stand_in: Person | None
    now: datetime
    people: dict[str, Person | None]
    places: dict[str, Place]
    teams: dict[str, int]
    numbers: dict[str, int] = field(default_factory=dict)
    seals: dict[str, int] = field(default_factory=dict)
    references: dict[tuple[str, int, str], int] = field(default_factory=dict)
    cases: dict[str, tuple[Case, set[tuple[int, str]]] | None] = field(default_factory=dict)

    @staticmethod
    def of(work: Work, by: Person, issuer: str, stand_in: Person | None, now: datetime) -> "Known":
        """As the register is now."""
        people: dict[str, Person | None] = {}
        after = 0
        while page := work.accounts.all("", after, 1_000):
            for account in page:
                for name in {account.sign_in_name.casefold(), account.person.number.casefold()} - {""}:
                    people[name] = None if name in people else account.person
            after = page[-1].person.id
        places = {place.name.casefold(): place for place in work.places.all() if not place.closed and place.inside}
        teams = {name.casefold(): id_ for id_, name in work.teams.all().items()}
        return Known(issuer, by, stand_in, now, people, places, teams)


@dataclass(slots=True)
class _Checking:
    """Takes the faults of one row one after another."""

    faults: list[Exception] = field(default_factory=list)

    def value(self, read: Callable[[], T], otherwise: T) -> T:
        try:
            return read()
        except Faulty as fault:
            self.faults.append(fault)
            return otherwise


def ready(work: Work, known: Known, row: Row) -> Ready | list[Exception]:
    """The row as it can be put on the register, or every fault of it (each a refusal with a sentence)."""
    check = _Checking()
    nobody = known.by
    number = check.value(lambda: _number(known, row), "")
    case = check.value(lambda: required(row.of("case"), "case", "the case reference", 60).upper(), "")
    unknown: tuple[Person, str | None] = (nobody, None)
    seized_by, officer = check.value(lambda: _officer(known, row), unknown)
    producer = check.value(lambda: _person(known, row, "producer"), None) or seized_by
    found = Ready(
        alias=Alias(known.issuer, number),
        case=case,
        case_title=check.value(lambda: _case_title(known, row), ""),
        case_category=check.value(lambda: _case_category(row), CaseCategory.OTHER),
        oic=(check.value(lambda: _person(known, row, "oic"), None) or (seized_by if seized_by.active else nobody)).ref,
        team=check.value(lambda: _team(known, row), None),
        reference=check.value(lambda: _reference(work, known, row, case, producer), ""),
        description=check.value(
            lambda: required(row.of("description"), "description", "what the item is", PROSE_LIMIT), ""
        ),
        category=check.value(lambda: _category(row), "UNK"),
        seized_at=check.value(lambda: _seized_at(known, row), known.now),
        seized_by=seized_by,
        producer=producer,
        officer=officer,
        place=check.value(lambda: _place(known, row), None),
        seal=check.value(lambda: _seal(work, known, row), None),
        hazards=check.value(lambda: _hazards(row), ()),
        packaging=check.value(lambda: _text(row, "packaging", NAME_LIMIT), None),
        power=check.value(lambda: _text(row, "power", NAME_LIMIT), None),
        found_by=check.value(lambda: _text(row, "found_by", NAME_LIMIT), None),
        found_at=check.value(lambda: _text(row, "found_at", LINE_LIMIT), None),
        quantity=check.value(
            lambda: whole_number(row.of("quantity") or 1, "quantity", "the quantity", 1, 1_000_000), 1
        ),
        unit=check.value(lambda: _text(row, "unit", 20), None) or "item",
        note=check.value(lambda: optional(row.rest, "note", "what else the row says", PROSE_LIMIT), "") or None,
    )
    check.value(lambda: _may_register(work, known, found), None)
    return check.faults or found


def _number(known: Known, row: Row) -> str:
    number = required(row.of("number"), "number", "the number in the previous system", NAME_LIMIT)
    return _once(known.numbers, number.casefold(), row, "number", f"the number {number}", number)


def _once(seen: dict[str, int], key: str, row: Row, name: str, what: str, value: str) -> str:
    before = seen.setdefault(key, row.line)
    if before != row.line:
        raise TwiceInSheet(name, what, before)
    return value


def _officer(known: Known, row: Row) -> tuple[Person, str | None]:
    """Who seized it; the stand-in for a name that is nobody's here, which is then kept as it is written."""
    written = optional(row.of("officer"), "officer", "who seized it", NAME_LIMIT)
    person = known.people.get(written.casefold()) if written else None
    if person is not None:
        return person, None
    if known.stand_in is None:
        raise NobodyOfThatName("officer", written) if written else MissingValue("officer", STAND_IN)
    return known.stand_in, written or None


def _person(known: Known, row: Row, name: str) -> Person | None:
    written = optional(row.of(name), name, "the person", NAME_LIMIT)
    if not written:
        return None
    person = known.people.get(written.casefold())
    if person is None:
        raise NobodyOfThatName(name, written)
    return person


def _case_title(known: Known, row: Row) -> str:
    said = optional(row.of("case_title"), "case_title", "what the case is about", LINE_LIMIT)
    return said or f"Imported from {known.issuer}"


def _case_category(row: Row) -> CaseCategory:
    written = row.of("case_category")
    if not written:
        return CaseCategory.OTHER
    for category, name in CASE_CATEGORY_NAMES.items():
        if written.casefold() in {category.value, name.casefold()}:
            return category
    raise UnknownHere("case_category", "kind of case", written[:NAME_LIMIT])


def _team(known: Known, row: Row) -> int | None:
    written = row.of("team")
    if not written:
        return known.by.team
    if written.casefold() not in known.teams:
        raise UnknownHere("team", "team", written[:NAME_LIMIT])
    return known.teams[written.casefold()]


def _category(row: Row) -> str:
    written = row.of("category")
    for code, name in ITEM_CATEGORY_NAMES.items():
        if written.casefold() in {code.casefold(), name.casefold()}:
            return code
    if written:
        raise UnknownHere("category", "category", written[:NAME_LIMIT])
    return "UNK"


def _seized_at(known: Known, row: Row) -> datetime:
    """A date without a time is the beginning of that day: the strict reading."""
    written = row.of("seized").removesuffix(":00") if row.of("seized").count(":") == 2 else row.of("seized")
    at = moment(written) or start_of_day(written)
    if at is None or at > known.now:
        raise BadTime("seized", "when it was seized (not later than now)")
    return at


def _place(known: Known, row: Row) -> PlaceRef | None:
    written = " ".join(row.of("place").split())
    if not written:
        return None
    if written.casefold() not in known.places:
        raise UnknownHere("place", "place in a store", written[:NAME_LIMIT])
    return known.places[written.casefold()].ref


def _seal(work: Work, known: Known, row: Row) -> str | None:
    seal = optional(row.of("seal"), "seal", "the seal number", SEAL_LIMIT).upper()
    if not seal:
        return None
    _once(known.seals, seal, row, "seal", f"the seal {seal}", seal)
    user = seal_user(work, seal)
    if user is not None:
        refusal = SealInUse(seal, user)
        refusal.field = "seal"
        raise refusal
    return seal


def _hazards(row: Row) -> tuple[str, ...]:
    by_name = {name.casefold(): code for code, name in HAZARD_NAMES.items()} | {code: code for code in HAZARD_NAMES}
    found = [word.strip().casefold() for word in re.split(r"[;,]", row.of("hazards")) if word.strip()]
    if not set(found) <= set(by_name):
        raise NotAChoice("hazards", "the hazards")
    return tuple(sorted({by_name[word] for word in found}))


def _text(row: Row, name: str, limit: int) -> str | None:
    return optional(row.of(name), name, f"the column {name}", limit) or None


def _reference(work: Work, known: Known, row: Row, case: str, producer: Person) -> str:
    """As it is written: a look-alike of another is a fact of the previous system. Empty gets the next free one."""
    reference = optional(row.of("reference"), "reference", "the exhibit reference", REFERENCE_LIMIT)
    if not reference:
        return ""
    there = case_of(work, known, case)
    if there is not None and (producer.id, reference) in there[1]:
        References(case, [(producer.id, reference)]).give(producer.id, reference, "", "reference")
    key = (case.casefold(), producer.id, reference)
    before = known.references.setdefault(key, row.line)
    if before != row.line:
        raise TwiceInSheet("reference", f"the exhibit reference {reference} in {case}", before)
    return reference


def case_of(work: Work, known: Known, case: str) -> tuple[Case, set[tuple[int, str]]] | None:
    """The case of this reference with the references in it, as it was when first asked for; None for a new one."""
    if case not in known.cases:
        try:
            there = work.cases.by_reference(case)
            known.cases[case] = there, set(work.items.references(there.id))
        except NotFound:
            known.cases[case] = None
    return known.cases[case]


def _may_register(work: Work, known: Known, found: Ready) -> None:
    there = case_of(work, known, found.case) if found.case else None
    if there is None:
        require(known.by, Action.OPEN_CASE)
        require(known.by, Action.REGISTER, Target(team=found.team or 0))
    elif not may(known.by, Action.SEE_CASE, there[0].target):
        raise NotFound("case")
    else:
        require(known.by, Action.REGISTER, there[0].target)
