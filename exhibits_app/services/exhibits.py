"""One item as people see it: its state, its history told in sentences, and the decision about it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ..domain import clocks
from ..domain.cases import Case
from ..domain.clocks import Clock
from ..domain.errors import NotACode, NotFound
from ..domain.exhibit import CustodyKind, Exhibit
from ..domain.people import Action, Person, Target, may
from ..domain.text import NAME_LIMIT, optional
from . import acknowledging, histories, seal_history
from .cases import note_read
from .codes import parse
from .context import Services
from .corrections import may_correct
from .histories import History, Line
from .kinds import store_of
from .ports import ListedItem, Photo, Work

PAGE = 50
EVERY = 1_000_000  # Entries of one item: more than there are.
LOOKED_AT = 400  # Items that one search for words looks at before it asks whether to go on.


@dataclass(frozen=True, slots=True)
class View:
    """Everything an item's page shows. `unsent` names devices of its store whose scans have not all arrived.

    `pictured` holds the events whose label's picture this person may see.
    """

    exhibit: Exhibit
    case: Case
    clocks: tuple[clocks.Clock, ...]
    history: History
    photos: list[Photo]
    alerts: list[dict[str, Any]]
    now: datetime
    may_see_case: bool = False
    may_correct: bool = False
    unsent: tuple[str, ...] = ()
    pictured: frozenset[str] = frozenset()
    acknowledged: tuple[acknowledging.Shown, ...] = ()
    seals: tuple[seal_history.Worn, ...] = ()

    def acknowledgement(self, clock: Clock) -> acknowledging.Shown | None:
        """The latest acknowledgement of this clock, ended or not."""
        return next((shown for shown in reversed(self.acknowledged) if shown.one.is_of(clock)), None)

    @property
    def lines(self) -> list[Line]:
        """The lines of the history, newest first."""
        return self.history.lines


def see(services: Services, by: Person, register_no: int, *, recorded: bool = False, begin: int | None = 0) -> View:
    """The item with its history, as corrected or as recorded, for those who may see its case; the reading is logged.

    `begin` is as in `histories.told`. Raises NotFound.
    """
    now = services.clock.now()
    with services.store.read() as work:
        exhibit = work.items.find(register_no).exhibit
        case = work.cases.find(exhibit.case.id)
        _require_visible(by, case, exhibit)
        sees = may(by, Action.SEE_CASE, case.target)
        entries = work.ledger.of_item(register_no, limit=EVERY)
        events = work.ledger.told(entries)
        leaves = {entry.event_id: entry.leaf_hash.hex() for entry in entries}
        view = View(
            exhibit,
            case,
            clocks.running(exhibit, work.policies.current(now)),
            histories.told(exhibit, events, leaves, recorded=recorded, begin=begin),
            work.items.photos(register_no),
            work.alerts.of_item(register_no),
            now,
            sees,
            may_correct(work, by, exhibit),
            tuple(work.devices.with_unsent(store_of(exhibit))),
            frozenset(one.scan for one in work.scan_pictures.of_item(register_no)) if sees else frozenset(),
            tuple(acknowledging.shown(work, [register_no])),
            tuple(seal_history.worn(events)),
        )
    note_read(services, by, "item", register_no)
    return view


def find(services: Services, by: Person, text: str) -> list[ListedItem]:
    """Items that a person may see, by code, property reference, exhibit reference or seal."""
    wanted = optional(text, "q", "the search", NAME_LIMIT)
    if not wanted:
        return []
    with services.store.read() as work:
        found = [work.items.find(number) for number in _by_code(work, wanted)] or work.items.search(wanted)
        return _seen(work, by, found)


def told(services: Services, by: Person, text: str, before: int = 0) -> tuple[list[ListedItem], int]:
    """Items that a person may see with all of these words in what is told of them, the newest first.

    The second is where to go on, 0 at the end. It looks at no more than LOOKED_AT items, however few of them this
    person may see, so that a common word costs no more in a big force.
    """
    found: list[ListedItem] = []
    with services.lists() as work:
        for _round in range(LOOKED_AT // PAGE):
            page = work.items.told(text, before, PAGE)
            found += _seen(work, by, page)
            before = page[-1].exhibit.register_no if len(page) == PAGE else 0
            if not before or len(found) >= PAGE // 2:
                break
    return found, before


def chosen(services: Services, by: Person, register_nos: Sequence[int]) -> list[ListedItem]:
    """These items, in this order. Raises NotFound when one of them is not this person's to see."""
    with services.store.read() as work:
        found = [work.items.find(number) for number in dict.fromkeys(register_nos)]
        for listed in found:
            _require_visible(by, work.cases.find(listed.exhibit.case.id), listed.exhibit)
    return found


def _by_code(work: Work, text: str) -> list[int]:
    try:
        label = work.labels.find(parse(text))
    except NotACode:
        return []
    return [label.subject] if label and label.subject and label.kind == "E" else []


def _seen(work: Work, by: Person, found: Sequence[ListedItem]) -> list[ListedItem]:
    """Those of these items that this person may see."""
    work.cases.meet(listed.exhibit.case.id for listed in found)
    return [one for one in found if may_see(by, work.cases.find(one.exhibit.case.id), one.exhibit)]


def may_see(by: Person, case: Case, exhibit: Exhibit) -> bool:
    """Whether the person may know of the item: by its case, or because they or their store hold it.

    Whoever has the thing itself in hand, or is offered it, is not told that there is no such thing.
    """
    if may(by, Action.SEE_CASE, case.target) or _in_hand(by, exhibit):
        return True
    holds = exhibit.in_store and may(by, Action.SEE_STORE, Target(store=exhibit.custody.id))
    return holds and not case.restricted


def _in_hand(by: Person, exhibit: Exhibit) -> bool:
    holder = exhibit.custody.id if exhibit.custody.kind is CustodyKind.PERSON else 0
    joint = exhibit.joint.id if exhibit.joint else 0
    asked = exhibit.offer.receiver.id if exhibit.offer else 0
    return by.active and by.id in {holder, joint, asked}


def _require_visible(by: Person, case: Case, exhibit: Exhibit) -> None:
    if not may_see(by, case, exhibit):
        raise NotFound("item")
