"""The log of scans, recorded and refused, and the log of who read what; nothing on either is ever removed."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from ..domain.cases import Case
from ..domain.errors import NotFound
from ..domain.people import Action, Person, Target, may, require
from .context import Services
from .ports import ScanLine, Work

# A page looks at this many times its own length at most for lines that this person may see, then goes on next page.
_LOOK = 10
# A device that is carried about stands in no store: only a right for the whole force reaches it.
_NO_STORE = 0


@dataclass(frozen=True, slots=True)
class ScanEntry:
    """A line of the scan log with names. `hidden` is for an item of a restricted case of others."""

    line: ScanLine
    device: str
    person: str
    hidden: bool


@dataclass(frozen=True, slots=True)
class ReadEntry:
    """Somebody read something. `what` is like "case" or "item", `called` its reference, `note` more in words."""

    at: datetime
    person: str
    what: str
    subject: int
    called: str
    note: str


def scans(
    services: Services, by: Person, refused: bool = False, after: int = 0, limit: int = 50
) -> tuple[list[ScanEntry], int | None]:
    """The scans that this person may see, newest first, and where the next page begins. Raises NoRight.

    Someone whose right is for one store or team sees what was scanned there, or what belongs to their cases.
    """
    require(by, Action.SEE_SCAN_LOG)
    entries: list[ScanEntry] = []
    with services.store.read() as work:
        names = _Names(work)
        for _ in range(_LOOK):
            page = work.scans.latest(after, limit, refused)
            for line in page:
                after = line.id
                entry = _entry(names, by, line)
                if entry is not None:
                    entries.append(entry)
                if len(entries) == limit:
                    return entries, after if work.scans.latest(after, 1, refused) else None
            if len(page) < limit:
                return entries, None
    return entries, after


def reads(services: Services, by: Person, after: int = 0, limit: int = 50) -> tuple[list[ReadEntry], int | None]:
    """Who read which case or item, newest first, and where the next page begins. Raises NoRight."""
    require(by, Action.SEE_READ_LOG)
    with services.store.read() as work:
        names = _Names(work)
        found: list[dict[str, Any]] = list(work.accounts.reads(after, limit + 1))
        entries = [
            ReadEntry(
                one["at"], names.reader(one["person"]), one["what"], one["subject"], names.thing(one), one["note"]
            )
            for one in found[:limit]
        ]
    return entries, found[limit - 1]["id"] if len(found) > limit else None


def _entry(names: "_Names", by: Person, line: ScanLine) -> ScanEntry | None:
    device, store = names.device(line.device)
    case = names.case_of(line.register_no)
    here = may(by, Action.SEE_SCAN_LOG, Target(store=_NO_STORE if store is None else store))
    theirs = case is not None and may(by, Action.SEE_SCAN_LOG, case.target)
    if not (here or theirs):
        return None
    hidden = case is not None and case.restricted and not may(by, Action.SEE_CASE, case.target)
    return ScanEntry(line, device, names.person(line.person), hidden)


@dataclass(slots=True)
class _Names:
    """Names of what a page of a log is about, each looked up once."""

    work: Work
    people: dict[int, str] = field(default_factory=dict)
    devices: dict[int, tuple[str, int | None]] = field(default_factory=dict)
    cases: dict[int, Case | None] = field(default_factory=dict)

    def person(self, number: int | None) -> str:
        """What the person is called; nothing where nobody was signed in."""
        if number is None:
            return ""
        if number not in self.people:
            self.people[number] = self.work.accounts.find(number).person.called
        return self.people[number]

    def reader(self, number: int | None) -> str:
        """Who read: a person, or whoever was at the command line."""
        return self.person(number) or "At the command line"

    def device(self, number: int | None) -> tuple[str, int | None]:
        """The device's name and the store it stands in."""
        if number is None:
            return "", None
        if number not in self.devices:
            found = self.work.devices.find(number)
            self.devices[number] = found.name, found.store
        return self.devices[number]

    def case_of(self, register_no: int | None) -> Case | None:
        """The case of an item, None for a scan that led to no item."""
        if register_no is None:
            return None
        if register_no not in self.cases:
            self.cases[register_no] = self._case_of(register_no)
        return self.cases[register_no]

    def thing(self, read: dict[str, Any]) -> str:
        """The reference of the case or item that was read, or the name of the person that it is about."""
        if read["what"] in {"item", "photograph", "evidence bundle", "receipt"}:
            return self.work.items.find(read["subject"]).exhibit.ref
        if read["what"] in {"sign-in link", "calendar"}:
            return self.person(read["subject"])
        return self.work.cases.find(read["subject"]).reference

    def _case_of(self, register_no: int) -> Case | None:
        try:
            item = self.work.items.find(register_no)
        except NotFound:
            return None
        return self.work.cases.find(item.exhibit.case.id)
