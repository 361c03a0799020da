"""The batch that is open: what it holds, what it still lacks, and the act that it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from types import MappingProxyType

from scanner.events import Draft, DraftItem

DEFAULT_KIND = "MOVE"
MOST_ITEMS = 500  # what one act may hold
LONGEST_ANSWER = 500  # characters of a purpose or an authority; nobody types more standing up

# What each kind of act needs besides its items, in the order in which it is asked for.
NEEDS = MappingProxyType(
    {
        "BOOK_IN": ("to",),
        "MOVE": ("to",),
        "SIGN_IN": ("to",),
        "SIGN_OUT": ("receiver", "purpose", "due_back"),
        "SUBMIT": ("to", "submission", "authority"),
        "SIGHTING": (),
    }
)
ENDS_WITH_ITS_BATCH = frozenset({"SIGN_OUT", "SUBMIT"})


@dataclass
class OpenBatch:
    """What has been scanned since the last act was sent."""

    kind: str | None = None  # None: nobody chose, so it is a move
    to: str | None = None
    receiver: str | None = None
    purpose: str | None = None
    due_back: str | None = None
    submission: str | None = None
    authority: str | None = None
    items: list[DraftItem] = field(default_factory=list)

    @property
    def act_kind(self) -> str:
        """The kind that the batch would be sent as now."""
        return self.kind or DEFAULT_KIND

    @property
    def missing(self) -> str | None:
        """The first thing that this kind of act needs and does not have."""
        return next((need for need in NEEDS[self.act_kind] if getattr(self, need) is None), None)

    @property
    def takes_place(self) -> bool:
        """Whether this kind of act has a place."""
        return self.act_kind != "SIGN_OUT"

    def row_of(self, code: str) -> int | None:
        """The row of the item, counted from 1."""
        return next((row for row, item in enumerate(self.items, 1) if item.code == code), None)

    def seal_last(self, seal: str) -> DraftItem:
        """Write the seal number to the item that joined last."""
        self.items[-1] = replace(self.items[-1], seal=seal)
        return self.items[-1]

    def draft(self, operator: str, occurred: float, items: list[DraftItem]) -> Draft:
        """The act with these items, as the dialogue knows it."""
        return Draft(
            kind=self.act_kind,
            operator=operator,
            receiver=self.receiver,
            to=self.to,
            purpose=self.purpose,
            due_back=self.due_back,
            submission=self.submission,
            authority=self.authority,
            occurred=occurred,
            items=tuple(items),
        )


def due_back(text: str, at: float) -> str | None:
    """A date back as typed, as `YYYY-MM-DDTHH:MM`, or None when it is no date.

    `7` means in seven days, `3/12/2026` and `2026-12-03` mean that day; without a time the day ends it (23:59).
    """
    day, _, clock = text.strip().partition(" ")
    if re.fullmatch(r"[0-9]{1,3}", text.strip()):
        return f"{datetime.fromtimestamp(at, UTC).date() + timedelta(days=int(text)):%Y-%m-%d}T23:59"
    found = _day(day)
    if found is None or not re.fullmatch(r"|([01][0-9]|2[0-3]):[0-5][0-9]", clock):
        return None
    return f"{found.isoformat()}T{clock or '23:59'}"


def _day(text: str) -> date | None:
    iso = re.fullmatch(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})", text)
    british = re.fullmatch(r"([0-9]{1,2})/([0-9]{1,2})/([0-9]{4})", text)
    if iso:
        year, month, day = (int(part) for part in iso.groups())
    elif british:
        day, month, year = (int(part) for part in british.groups())
    else:
        return None
    try:
        return date(year, month, day)
    except ValueError:
        return None
