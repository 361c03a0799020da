"""Continuity reports, of an item and of a case, as at a signed head of the ledger; every reading is logged."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from ..domain import continuity
from ..domain.continuity import Head, Report
from ..domain.errors import NotFound, NothingAtHead
from ..domain.events import CaseRef
from ..domain.people import Action, Person, may
from . import snapshots
from .cases import note_read
from .context import Services
from .ports import Work

TOGETHER = 25  # So many items are read in one transaction: a long report holds none open for all of its time.


@dataclass(frozen=True, slots=True)
class Made:
    """A report of an item, and how many entries about it are newer than its head."""

    report: Report
    newer: int


@dataclass(frozen=True, slots=True)
class CaseAtHead:
    """A case as the ledger knew it at a head, with the register numbers of its items then."""

    id: int
    head: Head
    case: CaseRef
    numbers: tuple[int, ...]


def of_item(services: Services, by: Person | None, register_no: int, size: int | None = None) -> Made:
    """The report of an item as at the head of this size, the newest unless told; `by` is None at the command line.

    Raises NotFound where this person may not see its case, NoSuchHead, NothingAtHead.
    """
    with services.store.read() as work:
        if not 1 <= register_no <= work.items.count():
            raise NotFound("item")
        require_seen(work, by, work.items.find(register_no).exhibit.case.id, "item")
        at = snapshots.head(work, size)
        made = _made(work, at, register_no)
    note_read(services, by, "item", register_no, f"continuity report at size {at.size}")
    return made


def of_case(services: Services, by: Person | None, case_id: int, size: int | None = None) -> CaseAtHead:
    """What a case held at the head; `reports` then gives the reports of its items one by one. Raises as `of_item`."""
    found = at_head(services, by, case_id, size)
    note_read(services, by, "case", case_id, f"continuity report at size {found.head.size}")
    return found


def at_head(services: Services, by: Person | None, case_id: int, size: int | None) -> CaseAtHead:
    """The case as at the head, without noting who reads it. Raises as `of_item`."""
    with services.store.read() as work:
        require_seen(work, by, case_id, "case")
        at = snapshots.head(work, size)
        numbers = tuple(sorted(_numbers(work, at, case_id)))
        if not numbers:
            raise NothingAtHead("this case", at.size)
        newest = [_made(work, at, number).report.exhibit for number in numbers[-1:]]
        return CaseAtHead(case_id, at, newest[0].case, numbers)


def reports(services: Services, found: CaseAtHead, progress: Callable[[int], None] | None = None) -> Iterator[Report]:
    """The reports of the case's items in the order of the register; `progress` is told how many are done."""
    done = 0
    for together in _in_parts(found.numbers):
        with services.store.read() as work:
            made = [_made(work, found.head, number).report for number in together]
        for one in made:
            yield one
            done += 1
            if progress:
                progress(done)


def case_by_reference(services: Services, reference: str) -> int:
    """The id of the case of this reference. Raises NotFound."""
    with services.store.read() as work:
        return work.cases.by_reference(reference).id


def require_seen(work: Work, by: Person | None, case_id: int, what: str) -> None:
    """Raise NotFound where this person may not see the case; whoever is at the command line may."""
    case = work.cases.find(case_id)
    if by is not None and not may(by, Action.SEE_CASE, case.target):
        raise NotFound(what)


def _made(work: Work, at: Head, register_no: int) -> Made:
    placed = snapshots.entries(work, at, register_no)
    return Made(continuity.report(at, placed.entries), placed.newer)


def _numbers(work: Work, at: Head, case_id: int) -> Iterator[int]:
    """The items that were in the case at the head: those in it now, unless a promotion has moved them since."""
    moved = [number for number in work.tree.promoted_since(at.size) if snapshots.is_below(work, at, number)]
    yield from (number for number in moved if _made(work, at, number).report.exhibit.case.id == case_id)
    known = frozenset(moved)
    left_alone = (number for number in _now_in(work, case_id) if number not in known)
    yield from (number for number in left_alone if snapshots.is_below(work, at, number))


def _now_in(work: Work, case_id: int) -> Iterator[int]:
    after = 0
    while page := work.items.in_case(case_id, after, 500):
        after = page[-1].exhibit.register_no
        yield from (listed.exhibit.register_no for listed in page)


def _in_parts(numbers: Sequence[int]) -> Iterator[Sequence[int]]:
    for first in range(0, len(numbers), TOGETHER):
        yield numbers[first : first + TOGETHER]
