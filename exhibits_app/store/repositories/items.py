"""Items with their state: taking, holding and keeping them, in SQL. The lists are in `item_lists`."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import NamedTuple

from sqlalchemy import bindparam, literal_column, select, update

from ...domain import codec
from ...domain.clocks import Owed
from ...domain.errors import NotFound
from ...domain.exhibit import Exhibit
from ...services.ports import Held, ListedItem, Photo
from ..item_row import DEADLINES, NARROW, OF_CASE, WIDE, deadlines, narrow, same_registration, wide
from ..mapping import exhibit_of, listed, micros, to_json
from ..rows import case_file, counter, item, photo, seal_use
from ..sql import AnyRow, Session, Statement, Values, adding, numbering, one_of
from . import also_due, discrepancies, item_words
from .item_lists import ItemLists

REGISTER = "register"

_NEXT = Statement(
    update(counter)
    .where(counter.c.name == literal_column(f"'{REGISTER}'"))
    .values(value=counter.c.value + literal_column("1"))
    .returning(counter.c.value)
)
_COUNT = Statement(select(counter.c.value).where(counter.c.name == literal_column(f"'{REGISTER}'")))

_HELD = select(item.c.register_no, *(item.c[name] for name in NARROW))
_LOOK = Statement(lambda database: _HELD.where(one_of(item.c.register_no, "numbers", database)))
# PostgreSQL locks in the order of the sort; SQLite has one writer and needs no lock.
_HOLD = Statement(
    lambda database: (
        _HELD.where(one_of(item.c.register_no, "numbers", database)).order_by(item.c.register_no).with_for_update()
    )
)

_CASE_VALUES = {
    name: select(case_file.c[name]).where(case_file.c.id == bindparam("case_id")).scalar_subquery() for name in OF_CASE
}
_ADD = Statement(
    item.insert().values({name: bindparam(name) for name in ("register_no", *NARROW, *WIDE)} | _CASE_VALUES).inline()
)
_OF_CASE = Statement(select(*(case_file.c[name] for name in OF_CASE)).where(case_file.c.id == bindparam("case_id")))
_THIS = item.c.register_no == bindparam("this_item")


@cache
def saving(*names: str) -> Statement:
    """An update of these columns alone: SQLite writes every index anew that holds a column which is set at all."""
    return Statement(update(item).where(_THIS).values({name: bindparam(f"new_{name}") for name in names}))


_SAVE_DEADLINES = Statement(update(item).where(_THIS).values({name: bindparam(f"new_{name}") for name in DEADLINES}))
_SAVE_ALL = Statement(
    update(item)
    .where(_THIS)
    .values(
        {name: bindparam(f"new_{name}") for name in (*NARROW, *WIDE)}
        | {
            name: select(case_file.c[name]).where(case_file.c.id == bindparam("new_case_id")).scalar_subquery()
            for name in OF_CASE
        }
    )
)

_SEAL_USER = Statement(select(seal_use.c.register_no).where(seal_use.c.seal == bindparam("seal")))
_USED = Statement(lambda database: select(seal_use.c.seal).where(one_of(seal_use.c.seal, "seals", database)))
_USE_SEAL = Statement(adding(seal_use, "seal", "register_no", "used_at"))
_ADD_PHOTO = Statement(numbering(photo, "register_no", "facts"))
_PHOTOS = Statement(select(photo.c.facts).where(photo.c.register_no == bindparam("register_no")).order_by(photo.c.id))
_FIND = Statement(
    select(item.c.state, item.c.due_at, item.c.due_kind).where(item.c.register_no == bindparam("register_no"))
)
_PROJECTION = Statement(select(item).where(item.c.register_no == bindparam("register_no")))


class _AsHeld(NamedTuple):
    """An item as its row has it: the state, and the columns that custody changes."""

    exhibit: Exhibit
    columns: Values


class SqlItems(ItemLists):
    """Implements the Items port."""

    def __init__(self, session: Session) -> None:
        super().__init__(session)
        self._as_held: dict[int, _AsHeld] = {}
        self._owing_more: set[int] = set()  # Of those held, whoever owes more than one step of custody.

    def next_register_no(self) -> int:
        """The next number of the gapless series; on PostgreSQL others wait here until this transaction ends."""
        return int(self._session.value(_NEXT))

    def hold(self, register_no: int) -> Held:
        """The item, locked. Raises NotFound."""
        held = self.hold_all([register_no]).get(register_no)
        if held is None:
            raise NotFound("item")
        return held

    def hold_all(self, register_nos: Iterable[int]) -> dict[int, Held]:
        """The items, locked in ascending order so that two callers cannot wait for each other."""
        numbers = sorted(set(register_nos))
        if not numbers:
            return {}
        statement = _LOOK if self._session.reads_only else _HOLD
        return {row[0]: self._held(row) for row in self._session.all(statement, numbers=self._session.listed(numbers))}

    def add(self, held: Held, owed: Owed) -> None:
        """Keep a new item. Raises ChangedMeanwhile when its number, code or own reference is taken."""
        exhibit = _state(held)
        columns = narrow(held, exhibit, owed)
        self._session.run(_ADD, register_no=held.register_no, **columns, **wide(exhibit))
        if exhibit.discrepancies:
            discrepancies.replace(self._session, exhibit)
        item_words.keep(self._session, [exhibit])
        also_due.keep(self._session, [(held.register_no, owed)], ())
        self._as_held[held.register_no] = _AsHeld(exhibit, columns)

    def save_all(self, changed: Sequence[tuple[Held, Owed]]) -> None:
        """Keep the new states of items and the heads of their chains, and of the other columns those that changed."""
        saved: dict[Statement, list[Values]] = {}
        doubtful, retold = [], []
        for held, owed in changed:
            exhibit, before = _state(held), self._as_held.get(held.register_no)
            columns = narrow(held, exhibit, owed)
            statement, values = _update(held.register_no, before, exhibit, columns)
            if len(values) > 1:  # Something besides its number: a state may be kept as it is.
                saved.setdefault(statement, []).append(values)
            if before is None or discrepancies.rows_of(before.exhibit) != discrepancies.rows_of(exhibit):
                doubtful.append(exhibit)
            if before is None or item_words.told_of(before.exhibit) != item_words.told_of(exhibit):
                retold.append(exhibit)
            self._as_held[held.register_no] = _AsHeld(exhibit, columns)
        for statement, rows in saved.items():
            self._session.many(statement, rows)
        for exhibit in doubtful:
            discrepancies.replace(self._session, exhibit)
        item_words.keep(self._session, retold)
        self._keep_also_due([(held.register_no, owed) for held, owed in changed])

    def replace_projection(self, held: Held, owed: Owed) -> None:
        """Write the projection anew from a folded state."""
        self._as_held.pop(held.register_no, None)
        self._owing_more.add(held.register_no)
        self.save_all([(held, owed)])

    def save_deadlines(self, changed: Sequence[tuple[int, Owed]]) -> None:
        """Keep what is owed about these held items, and nothing else of them."""
        for number, _ in changed:
            self._as_held.pop(number, None)
        self._session.many(
            _SAVE_DEADLINES,
            [
                {"this_item": number} | {f"new_{name}": value for name, value in deadlines(owed).items()}
                for number, owed in changed
            ],
        )
        self._keep_also_due(changed)

    def _keep_also_due(self, changed: Sequence[tuple[int, Owed]]) -> None:
        also_due.keep(self._session, changed, self._owing_more & {number for number, _ in changed})
        for number, owed in changed:
            (self._owing_more.add if owed.custody_too else self._owing_more.discard)(number)

    def find(self, register_no: int) -> ListedItem:
        """The item. Raises NotFound."""
        row = self._session.one(_FIND, register_no=register_no)
        if row is None:
            raise NotFound("item")
        return listed(row)

    def projection(self, register_no: int) -> dict[str, object]:
        """Every projected column of the item, by its name in the database. Raises NotFound."""
        row = self._session.one(_PROJECTION, register_no=register_no)
        if row is None:
            raise NotFound("item")
        return dict(row._asdict())

    def differing(self, held: Held, owed: Owed, next_stage: datetime | None = None) -> list[str]:
        """The names of projected columns that are not what this state makes them. Raises NotFound."""
        kept, exhibit = self.projection(held.register_no), _state(held)
        of_case = self._session.one(_OF_CASE, case_id=exhibit.case.id)
        right = narrow(held, exhibit, owed) | wide(exhibit) | dict(of_case._asdict() if of_case else {})
        looked_at = kept["notice_at"]
        if next_stage is None or (looked_at is not None and int(str(looked_at)) <= micros(next_stage)):
            del right["notice_at"]  # The alert job moves that on, but never past a stage that is to come.
        wrong = [name for name, value in right.items() if kept[name] != value]
        wrong += ["also_due"] if also_due.differ(self._session, held.register_no, owed) else []
        wrong += ["open_discrepancy"] if discrepancies.differs(self._session, exhibit) else []
        return sorted(wrong + (["item_words"] if item_words.differ(self._session, exhibit) else []))

    def count(self) -> int:
        """The highest register number: the series is gapless."""
        return int(self._session.value(_COUNT))

    def seals_used(self, seals: Sequence[str]) -> set[str]:
        """Those of these seals that were recorded on an item."""
        return {row.seal for row in self._session.all(_USED, seals=self._session.listed(seals))} if seals else set()

    def seal_user(self, seal: str) -> int | None:
        """The register number of the item that this seal was recorded on, or None."""
        found = self._session.value(_SEAL_USER, seal=seal)
        return None if found is None else int(found)

    def use_seal(self, seal: str, register_no: int, at: datetime) -> None:
        """Record the seal as used by the item, for ever. Raises ChangedMeanwhile when it was used before."""
        self._session.run(_USE_SEAL, seal=seal, register_no=register_no, used_at=micros(at))

    def add_photo(self, register_no: int, photo: Photo) -> None:
        """Keep what is known of a photograph whose bytes are in the files."""
        self._session.value(_ADD_PHOTO, register_no=register_no, facts=to_json(codec.plain(photo)))

    def photos(self, register_no: int) -> list[Photo]:
        """What is known of the item's photographs, oldest first."""
        return [codec.build(Photo, json.loads(row[0])) for row in self._session.all(_PHOTOS, register_no=register_no)]

    def _held(self, row: AnyRow) -> Held:
        exhibit = exhibit_of(row.state)
        self._as_held[row.register_no] = _AsHeld(exhibit, row._asdict())
        if row.watch_more:
            self._owing_more.add(row.register_no)
        return Held(row.register_no, exhibit, row.seq, row.head)


def _update(number: int, before: _AsHeld | None, exhibit: Exhibit, columns: Values) -> tuple[Statement, Values]:
    """The statement that keeps this state, and its values."""
    if before is None or not same_registration(before.exhibit, exhibit):
        statement, columns = _SAVE_ALL, columns | wide(exhibit)
    else:
        columns = {name: value for name, value in columns.items() if value != before.columns[name]}
        statement = saving(*columns)
    return statement, {"this_item": number} | {f"new_{name}": value for name, value in columns.items()}


def _state(held: Held) -> Exhibit:
    if held.exhibit is None:
        raise ValueError(f"item {held.register_no} has no state to keep")
    return held.exhibit
