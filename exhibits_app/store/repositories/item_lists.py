"""Lists of items: each a page behind an index, from where the page before it ended."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, Select, and_, bindparam, false, func, literal_column, or_, select, tuple_

from ...domain.clocks import ClockKind
from ...domain.exhibit import CustodyKind, Forensic
from ...services.ports import Advised, ItemLine, ListedItem
from ..mapping import instant, key_of, listed, micros, micros_or_none
from ..rows import item, label, person, seal_use
from ..sql import Session, Statement, one_of
from . import also_due, item_words
from .legacy_numbers import numbered
from .scans import LAST

MOST_COUNTED = 10_000  # A span with more shows as this many: counting on would read the whole index.

_COLUMNS = select(item.c.state, item.c.due_at, item.c.due_kind)


def _page(*where: ColumnElement[bool]) -> Statement:
    after = item.c.register_no > bindparam("after")
    return Statement(_COLUMNS.where(*where, after).order_by(item.c.register_no).limit(bindparam("limit")))


_IN_CASE = _page(item.c.case_id == bindparam("case"))
_AT_PLACE = _page(item.c.place_id == bindparam("place"))
_IN_STORE = _page(item.c.store_id == bindparam("store"))
_OFFERED_TO = _page(item.c.offered_to == bindparam("person"))
_OFFERED_BY = _page(item.c.offered_to.is_not(None), item.c.offered_by == bindparam("person"))
# Spelt out, so that the partial index is known to fit.
_PERSON: ColumnElement[str] = literal_column(f"'{CustodyKind.PERSON.value}'")
_STEPS: ColumnElement[bool] = item.c.watch_kind != literal_column(f"'{ClockKind.SIGHTING.value}'")
_WITH = _page(item.c.custody_kind == _PERSON, item.c.custody_id == bindparam("person"))
_JOINTLY_WITH = _page(item.c.joint_id == bindparam("person"))
_REFERENCES = Statement(
    select(item.c.producer_id, item.c.reference).where(item.c.case_id == bindparam("case")).order_by(item.c.register_no)
)
_NUMBERS = Statement(
    select(item.c.register_no)
    .where(item.c.register_no > bindparam("after"))
    .order_by(item.c.register_no)
    .limit(bindparam("limit"))
)
_BY_CODE = Statement(select(label.c.subject).where(label.c.code == bindparam("code"), label.c.kind == "E"))
_BY_SEAL = Statement(
    lambda database: select(seal_use.c.register_no).where(
        one_of(seal_use.c.seal, "seals", database), seal_use.c.register_no.is_not(None)
    )
)
_BY_REFERENCE = Statement(
    select(item.c.register_no)
    .where(item.c.reference_key >= bindparam("low"), item.c.reference_key < bindparam("high"))
    .order_by(item.c.reference_key, item.c.register_no)
    .limit(bindparam("limit"))
)
_THESE = Statement(
    lambda database: select(item.c.register_no, *_COLUMNS.selected_columns).where(
        one_of(item.c.register_no, "numbers", database)
    )
)


def _held_by_leavers(*where: ColumnElement[bool]) -> Statement:
    """Few people have left while they held something: theirs are looked up one by one in the index of holders."""
    left = select(person.c.id).where(person.c.active == literal_column("0"))
    query = _COLUMNS.where(
        item.c.custody_kind == _PERSON,
        item.c.custody_id.in_(left),
        item.c.register_no > bindparam("after"),
        *where,
    )
    return Statement(query.order_by(item.c.register_no).limit(bindparam("limit")))


_LEFT_BEHIND = _held_by_leavers()
_LEFT_BEHIND_IN = _held_by_leavers(item.c.team_id == bindparam("team"))


class ItemLists:
    """The part of the Items port that looks for many."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def in_case(self, case: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items of a case by register number, those after `after`."""
        return [listed(row) for row in self._session.all(_IN_CASE, case=case, after=after, limit=limit)]

    def at_place(self, place: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items recorded at exactly this place, by register number."""
        return [listed(row) for row in self._session.all(_AT_PLACE, place=place, after=after, limit=limit)]

    def in_store(self, store: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items that this store holds, by register number."""
        return [listed(row) for row in self._session.all(_IN_STORE, store=store, after=after, limit=limit)]

    def offered_to(self, person: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items on offer to this person, by register number."""
        return [listed(row) for row in self._session.all(_OFFERED_TO, person=person, after=after, limit=limit)]

    def offered_by(self, person: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items that this person offered and nobody answered for, by register number."""
        return [listed(row) for row in self._session.all(_OFFERED_BY, person=person, after=after, limit=limit)]

    def held_by(self, person: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items that this person holds, alone or with another, by register number."""
        found = [
            listed(row)
            for statement in (_WITH, _JOINTLY_WITH)  # Each has an index of its own.
            for row in self._session.all(statement, person=person, after=after, limit=limit)
        ]
        return sorted(found, key=lambda one: one.exhibit.register_no)[:limit]

    def held_by_leavers(self, team: int | None = None, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items that somebody holds who has left, of all cases or of one team's, by register number."""
        if team is None:
            return [listed(row) for row in self._session.all(_LEFT_BEHIND, after=after, limit=limit)]
        return [listed(row) for row in self._session.all(_LEFT_BEHIND_IN, team=team, after=after, limit=limit)]

    def due_before(
        self, at: datetime, wanted: ItemLine, after: tuple[datetime, int] | None = None, limit: int = 50
    ) -> list[ListedItem]:
        """Items whose first deadline of the sort asked for lies before `at`, the longest overdue first.

        `after` is (deadline, number).
        """
        rows = self._session.query(due_query(at, wanted, after).limit(limit))
        if not _of_one_step(wanted):
            return [listed(row) for row in rows]
        too = also_due.page_query(wanted.kind or "", at, after).where(*_of_item(wanted)).limit(limit)
        return sorted(map(listed, [*rows, *self._session.query(too)]), key=_by_deadline)[:limit]

    def advised(self, wanted: ItemLine, after: tuple[datetime, int] | None = None, limit: int = 50) -> list[Advised]:
        """Items with a recommendation that nobody answered, the longest waiting first.

        `after` is (since, number). Custody and the kind of deadline narrow nothing here.
        """
        query = select(*_COLUMNS.selected_columns, item.c.advised_at).where(*_advised(wanted))
        if after is not None:
            query = query.where(tuple_(item.c.advised_at, item.c.register_no) > tuple_(micros(after[0]), after[1]))
        rows = self._session.query(query.order_by(item.c.advised_at, item.c.register_no).limit(limit))
        return [Advised(listed(row), instant(row.advised_at)) for row in rows]

    def advised_count(self, wanted: ItemLine) -> int:
        """How many items of the same list there are, counted to MOST_COUNTED."""
        some = select(item.c.register_no).where(*_advised(wanted)).limit(MOST_COUNTED)
        return int(self._session.query(select(func.count()).select_from(some.subquery()))[0][0])

    def due_counts(self, at: datetime, wanted: ItemLine, edges: Sequence[datetime]) -> list[int]:
        """How many fell due in each span back from `at`; no count goes beyond MOST_COUNTED.

        With edges (e1, e2), descending: e1 up to `at`, e2 up to e1, and before e2.
        """
        ends = [micros(at), *map(micros, edges)]
        spans = [span_query(low, high, wanted) for high, low in zip(ends, [*ends[1:], None], strict=True)]
        if not _of_one_step(wanted):
            return self._counted(spans)
        pairs = zip(ends, [*ends[1:], None], strict=True)
        too = [also_due.span_query(wanted.kind or "", low, high).where(*_of_item(wanted)) for high, low in pairs]
        both = zip(self._counted(spans), self._counted([one.limit(MOST_COUNTED) for one in too]), strict=True)
        return [min(sum(pair), MOST_COUNTED) for pair in both]

    def _counted(self, spans: Sequence[Select[*tuple[Any, ...]]]) -> list[int]:
        counts = [select(func.count()).select_from(span.subquery()).scalar_subquery() for span in spans]
        (row,) = self._session.query(select(*counts))
        return list(row)

    def begun_before(self, latest: Mapping[str, tuple[datetime | None, datetime | None]]) -> dict[str, int]:
        """How many of each category would be overdue that were seized before these; one pass over one index."""
        rows = self._session.query(begun_query(latest)) if latest else []
        return {row[0]: int(row[1]) for row in rows}

    def references(self, case: int) -> list[tuple[int, str]]:
        """Producer id and exhibit reference of every item in the case."""
        return [(row[0], row[1]) for row in self._session.all(_REFERENCES, case=case)]

    def register_numbers(self, after: int = 0, limit: int = 1_000) -> list[int]:
        """Register numbers in ascending order, those after `after`."""
        return [row[0] for row in self._session.all(_NUMBERS, after=after, limit=limit)]

    def search(self, text: str, limit: int = 50) -> list[ListedItem]:
        """Items with this register number, code or seal, then those whose reference begins with the text."""
        wanted = text.strip()
        if not wanted:
            return []
        numbers = self._exactly(wanted)
        low = key_of(wanted)
        rows = self._session.all(_BY_REFERENCE, low=low, high=low + "\U0010ffff", limit=limit)
        return self._these(list(dict.fromkeys([*numbers, *(row[0] for row in rows)]))[:limit])

    def told(self, text: str, before: int = 0, limit: int = 50) -> list[ListedItem]:
        """Items with all of these words, that begin so or mean the same, newest first, below `before` (0: all)."""
        return self._these(item_words.find(self._session, text, before or LAST, limit))

    def _these(self, numbers: Sequence[int]) -> list[ListedItem]:
        """These items in this order, without those that are not there."""
        found = self._session.all(_THESE, numbers=self._session.listed(numbers)) if numbers else []
        by_number = {row[0]: row for row in found}
        return [listed(by_number[number][1:]) for number in numbers if number in by_number]

    def _exactly(self, wanted: str) -> list[int]:
        numbers: list[int] = []
        if wanted.isascii() and wanted.isdigit() and len(wanted) < 16:
            numbers.append(int(wanted))
        code = wanted.upper().replace("-", "").replace(" ", "")
        subject = self._session.value(_BY_CODE, code=code)
        if subject is not None:
            numbers.append(subject)
        numbers += numbered(self._session, wanted)
        seals = self._session.listed(sorted({wanted, wanted.upper()}))
        return numbers + [row[0] for row in self._session.all(_BY_SEAL, seals=seals)]


def _deadline(wanted: ItemLine) -> tuple[Column[Any], Column[Any]]:
    """The columns of the deadline that is asked for, and of its kind."""
    return (item.c.watch_at, item.c.watch_kind) if wanted.of_custody else (item.c.due_at, item.c.due_kind)


def due_query(at: datetime, wanted: ItemLine, after: tuple[datetime, int] | None) -> Select[*tuple[Any, ...]]:
    """What is due before `at`, in the order of the partial index."""
    due, kind = _deadline(wanted)
    query = select(item.c.state, due, kind).where(due < micros(at), *_narrowed(wanted))
    if after is not None:
        query = query.where(tuple_(due, item.c.register_no) > tuple_(micros(after[0]), after[1]))
    return query.order_by(due, item.c.register_no)


def begun_query(latest: Mapping[str, tuple[datetime | None, datetime | None]]) -> Select[*tuple[Any, ...]]:
    """What is waited for and was seized, or graded in, before its category's latest time; from the index alone."""
    early = [
        and_(
            item.c.category == category,
            item.c.forensic == forensic.value,
            item.c.seized_at <= micros(at),
            or_(item.c.grade_at.is_(None), item.c.grade_at <= micros(at)),
        )
        for category, times in latest.items()
        for forensic, at in zip((Forensic.UNDECIDED, Forensic.TO_SUBMIT), times, strict=True)
        if at is not None
    ]
    # By the bare column SQLite would follow the index of the category, and read every row for what that lacks.
    category = item.c.category.op("||")(literal_column("''"))
    return select(category, func.count()).where(item.c.due_at.is_not(None), or_(false(), *early)).group_by(category)


def span_query(low: int | None, high: int, wanted: ItemLine) -> Select[*tuple[Any, ...]]:
    """At most MOST_COUNTED items due from `low` (or ever) until before `high`, in microseconds."""
    due, _kind = _deadline(wanted)
    query = select(item.c.register_no).where(due < high, *_narrowed(wanted))
    if low is not None:
        query = query.where(due >= low)
    return query.limit(MOST_COUNTED)


def _advised(wanted: ItemLine) -> list[ColumnElement[bool]]:
    """Whatever else is owed of the items."""
    rest = _narrowed(replace(wanted, of_custody=False, kind=None, store=None))
    # SQLite would read every row of the store by its own index, where this one holds all that is asked.
    store = [] if wanted.store is None else [item.c.store_id + literal_column("0") == wanted.store]
    return [item.c.advised_at.is_not(None), *rest, *store]


def _of_one_step(wanted: ItemLine) -> bool:
    """Whether one step of custody is asked for, which items may owe beside another that is due first."""
    return wanted.of_custody and wanted.kind is not None


def _by_deadline(found: ListedItem) -> tuple[int, int]:
    return (micros_or_none(found.due_at) or 0, found.exhibit.register_no)


def _narrowed(wanted: ItemLine) -> list[ColumnElement[bool]]:
    """The conditions; a step of custody other than the scan in store is looked for in the index of these alone."""
    where = _of_item(wanted)
    if wanted.kind is not None:
        where.append(_deadline(wanted)[1] == wanted.kind)
    if _of_one_step(wanted) and wanted.kind != ClockKind.SIGHTING:
        where.append(_STEPS)
    return where


def _of_item(wanted: ItemLine) -> list[ColumnElement[bool]]:
    columns = {
        item.c.store_id: wanted.store,
        item.c.team_id: wanted.team,
        item.c.oic_id: wanted.oic,
        item.c.category: wanted.category,
        item.c.case_id: wanted.case,
    }
    where: list[ColumnElement[bool]] = [column == value for column, value in columns.items() if value is not None]
    if wanted.holder is not None:
        where += [item.c.custody_kind == CustodyKind.PERSON.value, item.c.custody_id == wanted.holder]
    return where
