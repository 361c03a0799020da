"""A forensic submission as store staff pack it: its exhibits, where each lies, what has left; not what is alleged."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from ..domain.cases import Case
from ..domain.errors import NotFound
from ..domain.exhibit import Exhibit
from ..domain.people import Action, Person, Target, may
from ..domain.places import PlaceKind, PlaceRef
from ..domain.submissions import LIVE, Line, Submission, is_away, why_not
from .cases import note_read
from .context import Services
from .ports import Work
from .submission_pages import as_it_reads, exhibits_of


@dataclass(frozen=True, slots=True)
class Packed:
    """An exhibit to pack. `mine` is whether it lies in a store of this person; `why` says why it cannot leave."""

    line: Line
    exhibit: Exhibit
    sent_at: datetime | None
    mine: bool
    why: str

    @property
    def away(self) -> bool:
        """Whether it is out under this submission still."""
        return self.sent_at is not None and is_away(self.exhibit)


@dataclass(frozen=True, slots=True)
class Packing:
    """A submission to pack. `live` is whether anything may leave under it now; `hidden` is for a restricted case of
    which this person sees numbers and seals alone; `reads` is whether they may read the form itself."""

    submission: Submission
    rows: tuple[Packed, ...]
    live: bool
    hidden: bool
    reads: bool

    @property
    def to_go(self) -> tuple[Packed, ...]:
        """What lies in this person's stores and has not left."""
        return tuple(one for one in self.rows if one.mine and one.sent_at is None)


def see(services: Services, by: Person, number: int) -> Packing:
    """A submission for those whose store has or had an exhibit of it, or who may see its case; the reading is logged.

    Raises NotFound, the same for a number that there is not.
    """
    with services.store.read() as work:
        submission = work.submissions.find(number)
        case = work.cases.find(submission.case)
        exhibits = exhibits_of(work, submission)
        sent = {one.register_no: one.sent_at for one in work.submissions.lines([number])}
        reads = may(by, Action.SEE_CASE, case.target)
        if not (reads or _packs(work, by, exhibits, sent)):
            raise NotFound("submission")
        submission = as_it_reads(submission, exhibits, sent)
        rows = tuple(_row(by, line, exhibits[line.register_no], sent) for line in submission.content.lines)
    note_read(services, by, "case", case.id, submission.called)
    return Packing(submission, rows, submission.state in LIVE, _hidden(case, reads), reads)


def way_in(services: Services, by: Person, number: int) -> bool | None:
    """Whether this person may read the submission itself (True), may pack it (False), or knows of none (None)."""
    with services.store.read() as work:
        try:
            submission = work.submissions.find(number)
        except NotFound:
            return None
        if may(by, Action.SEE_CASE, work.cases.find(submission.case).target):
            return True
        sent = {one.register_no: one.sent_at for one in work.submissions.lines([number])}
        return False if _packs(work, by, exhibits_of(work, submission), sent) else None


def _packs(work: Work, by: Person, exhibits: dict[int, Exhibit], sent: dict[int, datetime | None]) -> bool:
    """Whether a store of theirs has one of these, or had one that has left under the submission."""
    if any(_mine(by, exhibit) for exhibit in exhibits.values()):
        return True
    left = (store for number, at in sent.items() if at for store in _stores_of(work, number))
    return may(by, Action.SUBMIT) and any(may(by, Action.SUBMIT, Target(store=store)) for store in left)


def _mine(by: Person, exhibit: Exhibit) -> bool:
    return exhibit.in_store and may(by, Action.SUBMIT, Target(store=exhibit.custody.id))


def _stores_of(work: Work, register_no: int) -> Iterator[int]:
    """The stores that had the item, as its events name them."""
    for event in work.ledger.events_of(register_no):
        place = getattr(event.body, "place", None)
        if isinstance(place, PlaceRef) and (place.store or place.kind is PlaceKind.STORE):
            yield place.store or place.id


def _row(by: Person, line: Line, exhibit: Exhibit, sent: dict[int, datetime | None]) -> Packed:
    at = sent.get(line.register_no)
    return Packed(line, exhibit, at, _mine(by, exhibit), "" if at else why_not(exhibit))


def _hidden(case: Case, reads: bool) -> bool:
    return case.restricted and not reads
