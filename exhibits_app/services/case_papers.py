"""Papers for a case file, as at a signed head of the ledger: the exhibit list and a handler's draft statement."""

import csv
import io
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from ..domain import timeline
from ..domain.errors import NotFound
from ..domain.events import Event
from ..domain.exhibit import Exhibit
from ..domain.fold import fold
from ..domain.people import Person, PersonRef
from ..domain.statement import Handler, Paragraph, handlers, paragraphs
from . import snapshots
from .cases import note_read
from .context import Services
from .continuity import CaseAtHead, at_head

COLUMNS = (
    "Exhibit reference",
    "Description",
    "Produced by",
    "Seal",
    "Where it is",
    "Court exhibit or other number",
    "Property reference",
)
_FORMULA = ("=", "+", "-", "@", "\t", "\r")


@dataclass(frozen=True, slots=True)
class ExhibitList:
    """The exhibits of a case in the order of their references."""

    found: CaseAtHead
    exhibits: tuple[Exhibit, ...]


@dataclass(frozen=True, slots=True)
class Statement:
    """What a draft statement is made of: who makes it, the exhibits, and what they did, in order of time."""

    found: CaseAtHead
    person: PersonRef
    force: str
    exhibits: tuple[Exhibit, ...]
    paragraphs: tuple[Paragraph, ...]


def exhibit_list(
    services: Services,
    by: Person | None,
    case_id: int,
    size: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> ExhibitList:
    """The exhibit list (MG12) of a case as at a head. Raises NotFound, NoSuchHead, NothingAtHead."""
    found = at_head(services, by, case_id, size)
    exhibits = sorted((fold(events) for events in _items(services, found, progress)), key=_natural)
    note_read(services, by, "case", case_id, f"exhibit list at size {found.head.size}")
    return ExhibitList(found, tuple(exhibits))


def who_handled(
    services: Services, by: Person | None, case_id: int, size: int | None = None
) -> tuple[CaseAtHead, list[Handler]]:
    """Everybody who handled an exhibit of the case. Raises as `exhibit_list`."""
    found = at_head(services, by, case_id, size)
    everything = [event for events in _items(services, found, None) for event in events]
    note_read(services, by, "case", case_id, f"handlers at size {found.head.size}")
    return found, handlers(everything)


def statement(
    services: Services,
    by: Person | None,
    case_id: int,
    who: int,
    size: int | None = None,
    progress: Callable[[int], None] | None = None,
) -> Statement:
    """What this person (an id) did with the exhibits of the case. Raises as `exhibit_list`; NotFound where nothing."""
    found = at_head(services, by, case_id, size)
    told: list[Paragraph] = []
    exhibits: list[Exhibit] = []
    seen: list[Event] = []
    for events in _items(services, found, progress):
        exhibit = fold(events)
        mine = list(paragraphs(timeline.effective(events), exhibit.ref, who))
        if mine:
            told += mine
            exhibits.append(exhibit)
            seen += events
    if not told:
        raise NotFound("handler of this case's exhibits")
    name = next(one.person for one in handlers(seen) if one.person.id == who)
    note_read(services, by, "case", case_id, f"draft statement of person {who} at size {found.head.size}")
    in_order = sorted(told, key=lambda one: (one.at, one.register_no, one.number))
    return Statement(found, name, services.force_name, tuple(sorted(exhibits, key=_natural)), tuple(in_order))


def cells(exhibit: Exhibit) -> tuple[str, ...]:
    """An exhibit as a row under COLUMNS."""
    return (
        exhibit.reference,
        exhibit.description,
        exhibit.producer.name,
        " ".join(filter(None, (exhibit.seal.number, "" if exhibit.seal.number else exhibit.seal.kind.value))),
        exhibit.where,
        "; ".join(f"{one.issuer}: {one.number}" for one in exhibit.aliases),
        str(exhibit.register_no),
    )


def csv_of(listed: ExhibitList) -> bytes:
    """The list as CSV with a byte order mark, as Excel wants it; no cell can be taken for a formula."""
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(COLUMNS)
    for exhibit in listed.exhibits:
        writer.writerow([f"'{cell}" if cell.startswith(_FORMULA) else cell for cell in cells(exhibit)])
    return file.getvalue().encode("utf-8-sig")


def _items(services: Services, found: CaseAtHead, progress: Callable[[int], None] | None) -> Iterator[list[Event]]:
    with services.store.read() as work:
        for done, number in enumerate(found.numbers, 1):
            yield [event for event, _ in snapshots.entries(work, found.head, number).entries]
            if progress:
                progress(done)


def _natural(exhibit: Exhibit) -> tuple[list[tuple[bool, int, str]], int]:
    """AB/2 before AB/10: the order in which people read references, which mean nothing else."""
    parts = exhibit.reference.upper().replace("/", " / ").split()
    key = [(part.isdecimal(), int(part) if part.isdecimal() else 0, part) for part in parts]
    return key, exhibit.register_no
