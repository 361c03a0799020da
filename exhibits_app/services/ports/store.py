"""The store as a whole: transactions, the clock, and where ids and randomness come from."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import datetime
from typing import Protocol, TypeVar

from .alerts import Alerts
from .away import Away
from .blank_labels import BlankLabels
from .boxes import Boxes
from .calendars import Calendars
from .case_links import CaseLinks
from .closed_logs import ClosedLogs
from .copies import Copies
from .decisions import Decisions
from .erasures import Erasures
from .grading import Gradings
from .items import Items, Ledger
from .label_designs import LabelDesigns
from .labels import Labels
from .ledger_tree import Checkpoints, LedgerTree
from .mending import ActAlarms, Discrepancies
from .notices import Notices
from .people import Accounts, Devices
from .printing import PrintJobs
from .register import Cases, Places, Policies, Teams
from .scans import Acts, ScanPictures, Scans
from .submissions import Submissions
from .trends import Trends

T = TypeVar("T")


class Clock(Protocol):
    """Says what time it is. Only its implementation may ask the machine."""

    def now(self) -> datetime:
        """The present instant, in UTC."""


class Ids(Protocol):
    """Where ids and secrets come from."""

    def event_id(self) -> str:
        """A fresh UUIDv7 as text, later than the ones before."""

    def random(self, size: int) -> bytes:
        """So many unpredictable bytes."""


class Work(Protocol):
    """One transaction: what is read is consistent, and what is written is kept whole or not at all."""

    @property
    def items(self) -> Items: ...
    @property
    def away(self) -> Away: ...
    @property
    def ledger(self) -> Ledger: ...
    @property
    def tree(self) -> LedgerTree: ...
    @property
    def checkpoints(self) -> Checkpoints: ...
    @property
    def closed_logs(self) -> ClosedLogs: ...
    @property
    def copies(self) -> Copies: ...
    @property
    def erasures(self) -> Erasures: ...
    @property
    def calendars(self) -> Calendars: ...
    @property
    def gradings(self) -> Gradings: ...
    @property
    def cases(self) -> Cases: ...
    @property
    def case_links(self) -> CaseLinks: ...
    @property
    def boxes(self) -> Boxes: ...
    @property
    def places(self) -> Places: ...
    @property
    def teams(self) -> Teams: ...
    @property
    def label_designs(self) -> LabelDesigns: ...
    @property
    def policies(self) -> Policies: ...
    @property
    def accounts(self) -> Accounts: ...
    @property
    def devices(self) -> Devices: ...
    @property
    def labels(self) -> Labels: ...
    @property
    def blanks(self) -> BlankLabels: ...
    @property
    def print_jobs(self) -> PrintJobs: ...
    @property
    def submissions(self) -> Submissions: ...
    @property
    def acts(self) -> Acts: ...
    @property
    def scans(self) -> Scans: ...
    @property
    def scan_pictures(self) -> ScanPictures: ...
    @property
    def alerts(self) -> Alerts: ...

    @property
    def notices(self) -> Notices: ...
    @property
    def discrepancies(self) -> Discrepancies: ...
    @property
    def trends(self) -> Trends: ...
    @property
    def decisions(self) -> Decisions: ...
    @property
    def act_alarms(self) -> ActAlarms: ...


class Store(Protocol):
    """Where everything is kept."""

    def write(self, change: Callable[[Work], T]) -> T:
        """Run `change` in a transaction and return its answer once it is durable.

        Whatever `change` raises is raised here, and nothing of it is kept. Raises StoreRefusal when the store
        cannot commit. Several callers may share one commit; each is still kept or refused on its own.
        `change` may run more than once before it is kept, so it does nothing but through its work, and it starts no
        other change.
        """

    def read(self) -> AbstractContextManager[Work]:
        """A view for reading; writing through it is an error."""

    def lists(self) -> AbstractContextManager[Work]:
        """A view for lists and reports, from another server where there is one: what was kept some seconds ago is in
        it, and what was kept after that may not be."""

    def bulk(self) -> "AbstractContextManager[Store]":
        """A store for one caller's load of many changes, which are durable together when the context ends."""

    def scrub(self) -> None:
        """Overwrite what was deleted, as far as the database can do so while it is in use."""

    def close(self) -> None:
        """Finish what was asked for and let go of every connection."""
