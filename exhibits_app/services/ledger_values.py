"""The values of an item's events one by one, each with its digest and what it is in plain words."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ..domain import disclosure
from ..domain.cases import Case
from ..domain.entry import parse_entry
from ..domain.erasure import in_place_of, redacted
from ..domain.errors import NotFound
from ..domain.exhibit import Exhibit
from ..domain.fact_names import fact_name, kind_name, shown
from ..domain.people import Action, Person, may, require
from .cases import note_read
from .context import Services
from .ports import StoredEntry, Work

EVERY = 2**31 - 1


@dataclass(frozen=True, slots=True)
class Value:
    """A value that an event discloses: `name` is the fact's, `called` and `shown` are for people.

    `erasable` where it holds names or words; the others are what the item's state is computed from.
    """

    digest: str
    name: str
    called: str
    shown: str
    erasable: bool


@dataclass(frozen=True, slots=True)
class EventValues:
    """An entry of the item's chain with what is disclosed of it; `erased` are the plain names of what was erased."""

    seq: int
    called: str
    recorded_at: datetime
    values: tuple[Value, ...]
    erased: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Disclosable:
    """An item with the values of its events, oldest first."""

    exhibit: Exhibit
    case: Case
    events: tuple[EventValues, ...]


def see(services: Services, by: Person, register_no: int, action: Action) -> Disclosable:
    """The values of an item, for somebody who may do this to them; the reading is logged. NotFound, NoRight."""
    with services.store.read() as work:
        exhibit, case = allowed(work, by, register_no, action)
        seen = Disclosable(exhibit, case, tuple(_events(work.ledger.of_item(register_no, limit=EVERY))))
    note_read(services, by, "item", register_no)
    return seen


def allowed(work: Work, by: Person, register_no: int, action: Action) -> tuple[Exhibit, Case]:
    """The item and its case. Raises NotFound where this person may not know of it, NoRight where they may not act."""
    if not 1 <= register_no <= work.items.count():
        raise NotFound("item")
    exhibit = work.items.find(register_no).exhibit
    case = work.cases.find(exhibit.case.id)
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("item")
    require(by, action, case.target)
    return exhibit, case


def _events(entries: list[StoredEntry]) -> Iterator[EventValues]:
    gone = in_place_of((one.type, one.disclosures) for one in entries)
    for entry in entries:
        values = tuple(_value(entry.type, told) for told in entry.disclosures)
        erased = tuple(fact_name(name) for name in gone.get(entry.seq, {}))
        at = datetime.fromisoformat(parse_entry(entry.body).at)
        yield EventValues(entry.seq, kind_name(entry.type), at, values, erased)


def _value(kind: str, told: str) -> Value:
    said = disclosure.read(told)
    erasable = redacted(kind, said.name, said.value) != said.value
    return Value(disclosure.digest(told), said.name, fact_name(said.name), shown(said.value), erasable)
