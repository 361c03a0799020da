"""Importing a previous system's items: all is checked first, faults are told row by row, and nothing is done twice."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice

from ..domain.cases import Case
from ..domain.errors import NotFound, Refusal
from ..domain.events import Basis, Envelope, Imported, Seized
from ..domain.exhibit import Alias
from ..domain.grading import UNPLANNED_DAYS
from ..domain.people import Action, Person, require
from ..domain.references import initials, next_reference
from ..domain.text import NAME_LIMIT, required
from .context import Services
from .legacy_rows import Known, Ready, ready
from .legacy_sheet import Row
from .ports import Work
from .recording import Happening, new_item, record

BATCH = 100
Progress = Callable[[int], None]


@dataclass(frozen=True, slots=True)
class Source:
    """Where rows come from: the previous system's name, whoever stands in for officers not known, and the rows.

    `rows` gives them anew each time it is called: they are gone through twice.
    """

    issuer: str
    rows: Callable[[], Iterable[Row]]
    stand_in: Person | None = None


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong with one field of one row."""

    line: int
    number: str
    field: str
    says: str


@dataclass(slots=True)
class Outcome:
    """How many rows there are, how many of them are on the register already, new, and put on it; and every fault."""

    rows: int = 0
    there: int = 0
    new: int = 0
    written: int = 0
    faults: list[Fault] = field(default_factory=list)

    @property
    def bad(self) -> set[int]:
        """The lines with a fault."""
        return {fault.line for fault in self.faults}


def person_named(services: Services, sign_in_name: str) -> Person:
    """Whoever has this sign-in name. Raises NotFound."""
    with services.store.read() as work:
        account = work.accounts.by_name(sign_in_name)
        if account is None:
            raise NotFound("person")
        return work.accounts.person(account.person.id)


def check(services: Services, by: Person, source: Source, progress: Progress = lambda _done: None) -> Outcome:
    """What an import of these rows would do. Records nothing. Raises NoRight, BadInput for a bad issuer."""
    require(by, Action.REGISTER)
    issuer = required(source.issuer, "issuer", "the name of the previous system", NAME_LIMIT)
    outcome = Outcome()
    with services.store.read() as work:
        known = Known.of(work, by, issuer, source.stand_in, services.clock.now())
    for rows in _batches(source.rows()):
        with services.store.read() as work:
            _check(work, known, rows, outcome)
        progress(outcome.rows)
    return outcome


def bring_in(
    services: Services, by: Person, source: Source, bad: set[int], progress: Progress = lambda _done: None
) -> Outcome:
    """Put every row on the register that is not there and is not among the `bad` lines; a second time changes nothing.

    The rows must have been checked. A batch is kept whole or not at all, so that after a break it goes on from there.
    """
    outcome = Outcome()
    now = services.clock.now()
    with services.store.read() as work:
        known = Known.of(work, by, source.issuer.strip(), source.stand_in, now)
    for rows in _batches(source.rows()):
        good = [row for row in rows if row.line not in bad]
        written = services.store.write(partial(_bring_in, services, known=known, rows=good, now=now))
        outcome.rows += len(rows)
        outcome.written += written
        outcome.there += len(good) - written
        progress(outcome.rows)
    return outcome


def _batches(rows: Iterable[Row]) -> Iterator[list[Row]]:
    left = iter(rows)
    while batch := list(islice(left, BATCH)):
        yield batch


def _check(work: Work, known: Known, rows: Sequence[Row], outcome: Outcome) -> None:
    there = _on_register(work, known, rows)
    outcome.rows += len(rows)
    for row in rows:
        if row.line in there:
            outcome.there += 1
            continue
        found = ready(work, known, row)
        if isinstance(found, Ready):
            outcome.new += 1
        else:
            outcome.faults += [_fault(row, fault) for fault in found if isinstance(fault, Refusal)]


def _fault(row: Row, fault: Refusal) -> Fault:
    return Fault(row.line, row.of("number"), str(getattr(fault, "field", "")) or "row", fault.sentence())


def _on_register(work: Work, known: Known, rows: Sequence[Row]) -> set[int]:
    """The lines whose number is on the register already."""
    wanted = {row.line: Alias(known.issuer, row.of("number").strip()) for row in rows if row.of("number")}
    there = work.gradings.of_legacy(wanted.values())
    return {line for line, alias in wanted.items() if alias in there}


def _bring_in(services: Services, work: Work, *, known: Known, rows: Sequence[Row], now: datetime) -> int:
    fresh = replace(known, numbers={}, seals={}, references={}, cases={})
    there = _on_register(work, known, rows)
    act = services.ids.event_id()
    happenings: list[Happening] = []
    opened: dict[str, Case] = {}
    taken: dict[int, list[tuple[int, str]]] = {}
    for row in rows:
        if row.line in there:
            continue
        item = ready(work, fresh, row)
        if not isinstance(item, Ready):
            raise item[0]
        case = _case(work, opened, item, known.by, now)
        references = taken.setdefault(case.id, list(work.items.references(case.id)))
        happenings += _happenings(services, work, known.by, item, case, references, act, now)
    if happenings:
        record(work, services.ids, work.policies.current(now), happenings)
    for one in happenings:
        if isinstance(one.body, Seized) and one.body.seal:
            work.items.use_seal(one.body.seal, one.held.register_no, now)
    return len(happenings) // 2


def _happenings(
    services: Services,
    work: Work,
    by: Person,
    item: Ready,
    case: Case,
    references: list[tuple[int, str]],
    act: str,
    now: datetime,
) -> list[Happening]:
    mine = {reference for owner, reference in references if owner == item.producer.id}
    reference = item.reference or next_reference(mine, initials(item.producer.name) or "X")
    references.append((item.producer.id, reference))
    seized = Seized(
        case.ref,
        reference,
        item.description,
        item.category,
        item.producer.ref,
        item.seized_by.ref,
        item.found_by,
        item.power,
        item.found_at,
        item.hazards,
        item.packaging,
        item.seal,
        item.quantity,
        item.unit,
    )
    grade_on = now + timedelta(days=UNPLANNED_DAYS)
    alias = item.alias
    imported = Imported(alias.issuer, alias.number, grade_on, item.place, item.officer, item.note)
    held = new_item(work.items.next_register_no())
    first = Envelope(services.ids.event_id(), item.seized_at, now, by.ref, act, basis=Basis.IMPORT)
    then = replace(first, id=services.ids.event_id(), occurred_at=now)
    return [Happening(held, first, seized), Happening(held, then, imported)]


def _case(work: Work, opened: dict[str, Case], item: Ready, by: Person, now: datetime) -> Case:
    """The case of the row; one that is not on the register is opened as the row describes it."""
    if item.case not in opened:
        try:
            opened[item.case] = work.cases.by_reference(item.case)
        except NotFound:
            new = Case(0, item.case, item.case_title, item.case_category, oic=item.oic, team=item.team)
            opened[item.case] = work.cases.add(new, now, by.id)
    return opened[item.case]
