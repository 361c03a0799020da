"""The batch that is open: what it holds, what it still lacks, and the act that it becomes."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from labels.payload import CodeType, type_of
from scanner.events import Draft, DraftItem
from scanner.kinds import DEFAULT_KIND, KINDS, OF_AN_ITEM, OWN_SUBMISSION, Kind, fact

MOST_ITEMS = 500  # what one act may hold
LONGEST_ANSWER = 500  # characters of a purpose or an authority; nobody types more standing up

_ITEM_FACTS = ("seal", "new_seal", "number", "counted")


@dataclass
class OpenBatch:
    """What has been scanned since the last act was sent.

    `facts` holds what was said of the act, by the name under which it is sent. `demanded` holds what verdicts asked
    for, with the items that they asked it for; `declined` what was then left out, so that it is not asked for again.
    """

    kind: str | None = None  # None: nobody chose, so it is a move
    facts: dict[str, Any] = field(default_factory=dict)
    items: list[DraftItem] = field(default_factory=list)
    people: dict[str, str] = field(default_factory=dict)  # the badges of the second people, by what they are
    demanded: dict[str, list[str]] = field(default_factory=dict)
    declined: set[tuple[str, str]] = field(default_factory=set)

    @property
    def act_kind(self) -> str:
        """The kind that the batch would be sent as now."""
        return self.kind or DEFAULT_KIND

    @property
    def rules(self) -> Kind:
        """What that kind needs."""
        return KINDS[self.act_kind]

    @property
    def to(self) -> str | None:
        """The code of the place, the box or the badge that it goes to."""
        return self.facts.get("to")

    @property
    def missing(self) -> str | None:
        """The first thing that this kind of act needs and does not have."""
        return next((need for need in self.rules.needs if fact(need) not in self.facts and not self._known(need)), None)

    def _known(self, need: str) -> bool:
        """Whether the service has it on record: who authorised a submission of its own."""
        return need == "authority" and OWN_SUBMISSION.fullmatch(self.facts.get("submission", "")) is not None

    def lacking(self) -> tuple[str, str | None] | None:
        """What an item needs and does not have, with its code; or what a verdict asked for. None when all is there."""
        for item in self.items:
            if without := self.without(item):
                return without, item.code
        return self.demand()

    def without(self, item: DraftItem) -> str | None:
        """What this kind of act needs of the item and does not have."""
        return next((need for need in self.each(item.code) if getattr(item, fact(need)) is None), None)

    def each(self, code: str) -> tuple[str, ...]:
        """What is asked of this item. A box is many items, so it is asked for its own new seal and nothing else."""
        if type_of(code) is not CodeType.BOX:
            return self.rules.each
        return tuple(need for need in self.rules.each if need == "new_seal")

    def demand(self) -> tuple[str, str | None] | None:
        """The first thing that a verdict asked for and nobody gave or left out; with the code if it is of an item."""
        for need in self.demanded:
            code = self.wants(need)
            if code is not None:
                return need, code if need in OF_AN_ITEM else None
        return None

    def wants(self, need: str) -> str | None:
        """The first item for which a verdict asked for this and nobody gave it or left it out."""
        asked = (code for code in self.demanded.get(need, ()) if (need, code) not in self.declined)
        return next((code for code in asked if not self._has(need, code)), None)

    def ask_for(self, need: str, code: str) -> bool:
        """A verdict asks for this. False if it has it, was told that it gets none, or is of an item that is gone."""
        if self._has(need, code) or (need, code) in self.declined or self.row_of(code) is None:
            return False
        if code not in self.demanded.setdefault(need, []):
            self.demanded[need].append(code)
        return True

    def decline(self, need: str) -> None:
        """What verdicts asked for is left out: the service refuses those items, and says why."""
        self.declined |= {(need, code) for code in self.demanded.get(need, ())}

    def row_of(self, code: str) -> int | None:
        """The row of the item, counted from 1."""
        return next((row for row, item in enumerate(self.items, 1) if item.code == code), None)

    def take_back(self) -> DraftItem:
        """Take the last item out, with what was asked for because of it."""
        gone = self.items.pop()
        for need in list(self.demanded):
            self.demanded[need] = [code for code in self.demanded[need] if code != gone.code]
            if not self.demanded[need]:
                self.forget(need)
        return gone

    def forget(self, need: str) -> None:
        """Nothing wants this any more, so what was said to it goes, too. A witness stays: they are there."""
        del self.demanded[need]
        self.declined = {(what, code) for what, code in self.declined if what != need}
        if need != "witness":
            self.facts.pop(fact(need), None)

    def say_of(self, code: str, what: str, answer: str | None) -> DraftItem | None:
        """Write an answer to its item. None if the item was taken back meanwhile."""
        row = self.row_of(code)
        if row is None:
            return None
        said: dict[str, Any] = {what: answer}
        self.items[row - 1] = replace(self.items[row - 1], **said)
        return self.items[row - 1]

    def become(self, kind: str) -> list[DraftItem]:
        """Change the kind and keep of what was said only what the new kind asks for; the items that lost something."""
        target = self.rules.target
        self.kind, self.demanded, self.declined = kind, {}, set()
        self.people = {role: badge for role, badge in self.people.items() if role == "witness"}
        kept = {fact(need) for need in self.rules.needs} | {"witness"}
        kept -= {"reason", "text"}  # why or where is said of one kind, and not of the next
        if target == self.rules.target and (self.to is None or type_of(self.to) is not CodeType.BOX):
            kept.add("to")
        else:
            kept.discard("to")
        self.facts = {name: value for name, value in self.facts.items() if name in kept}
        return [changed for item in self.items if (changed := self._cleared(item))]

    def _cleared(self, item: DraftItem) -> DraftItem | None:
        wanted = {"seal", *map(fact, (*self.rules.each, *self.rules.may))}
        lost = [what for what in _ITEM_FACTS if what not in wanted and getattr(item, what) is not None]
        changed = item
        for what in lost:
            changed = self.say_of(item.code, what, None) or changed
        return changed if lost else None

    def _has(self, need: str, code: str) -> bool:
        if need not in OF_AN_ITEM:
            return fact(need) in self.facts
        return any(item.code == code and getattr(item, fact(need)) is not None for item in self.items)

    def draft(self, operator: str, occurred: float, items: list[DraftItem]) -> Draft:
        """The act with these items, as the dialogue knows it."""
        return Draft(kind=self.act_kind, operator=operator, occurred=occurred, items=tuple(items), **self.facts)


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
