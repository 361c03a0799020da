"""Decisions that were made, in SQL: kept with their item's entries, and listed and counted for a month."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Column, ColumnElement, bindparam, delete, func, literal_column, select, tuple_

from ...domain.made import DecisionMade
from ...domain.people import PersonRef
from ...services.ports import DecisionLine, KeptDecision, MadeBy, Sort
from ..mapping import instant, instant_or_none, micros, micros_or_none
from ..rows import case_file
from ..rows import decision_made as table
from ..sql import AnyRow, Session, Statement

_OWN = (
    "event_id", "register_no", "at", "decision", "reason_code", "category", "case_id", "actor_id", "actor", "rank",
    "against", "recommendations", "due_at", "reopened_at", "reopened_by", "cost",
)  # fmt: skip
_DROP = Statement(delete(table).where(table.c.register_no == bindparam("this_item")))
_ADD = Statement(table.insert().values({name: bindparam(name) for name in (*_OWN, "team_id")}).inline())
_TEAM_OF = Statement(select(case_file.c.team_id).where(case_file.c.id == bindparam("this_case")))
_OF_ITEM = Statement(select(table).where(table.c.register_no == bindparam("this_item")).order_by(table.c.event_id))
_FIRST = Statement(select(func.min(table.c.at)))
_LATE: ColumnElement[bool] = table.c.due_at < table.c.at
_NOT_SUBMITTED: ColumnElement[bool] = table.c.decision != "SUBMIT"
_AGAINST: ColumnElement[bool] = table.c.against > 0
_DEFERRED: ColumnElement[bool] = table.c.decision == "DEFER"
_REOPENED: ColumnElement[bool] = table.c.reopened_at.is_not(None)
# Spelt out, so that the partial index is known to fit.
_COST: ColumnElement[bool] = table.c.reason_code == literal_column("'cost'")
_SORTS: dict[Sort, tuple[ColumnElement[bool], ...]] = {
    Sort.ALL: (),
    Sort.COST: (_COST,),
    Sort.NOT_SUBMITTED: (_NOT_SUBMITTED,),
    Sort.AGAINST: (_AGAINST,),
    Sort.DEFERRED: (_DEFERRED,),
    Sort.LATE: (_LATE,),
    Sort.REOPENED: (_REOPENED,),
}


class SqlDecisions:
    """Implements the Decisions port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def keep(self, register_no: int, made: Sequence[DecisionMade]) -> None:
        """These are the decisions about the item. One that was kept keeps its team; a new one gets its case's."""
        kept = {row.event_id: row for row in self._session.all(_OF_ITEM, this_item=register_no)}
        rows = [row_of(one) for one in made]
        if [tuple(row[name] for name in _OWN) for row in rows] == [_own(row) for row in kept.values()]:
            return
        for row in rows:
            before = kept.get(row["event_id"])
            row["team_id"] = before.team_id if before else self._session.value(_TEAM_OF, this_case=row["case_id"])
        self._session.run(_DROP, this_item=register_no)
        self._session.many(_ADD, rows)

    def of_item(self, register_no: int) -> list[DecisionMade]:
        """The decisions kept about the item, by their events' ids."""
        return [_made(row) for row in self._session.all(_OF_ITEM, this_item=register_no)]

    def page(
        self, wanted: DecisionLine, after: tuple[datetime, str] | None = None, limit: int = 50
    ) -> list[KeptDecision]:
        """Decisions in the order they were made, those after `after` (when, event's id)."""
        query = select(table).where(*_narrowed(wanted))
        if after is not None:
            query = query.where(tuple_(table.c.at, table.c.event_id) > tuple_(micros(after[0]), after[1]))
        rows = self._session.query(query.order_by(table.c.at, table.c.event_id).limit(limit))
        return [KeptDecision(_made(row), row.team_id) for row in rows]

    def per_category(self, wanted: DecisionLine) -> list[tuple[str, int]]:
        """How many there are of each category of item, the most first."""
        return self._per(table.c.category, wanted)

    def per_team(self, wanted: DecisionLine) -> list[tuple[int | None, int]]:
        """How many there are of each team, the most first; None for cases of no team."""
        return self._per(table.c.team_id, wanted)

    def per_person(self, wanted: DecisionLine) -> list[tuple[int, int]]:
        """How many each person made, the most first."""
        return self._per(table.c.actor_id, wanted)

    def _per(self, group: Column[Any], wanted: DecisionLine) -> list[tuple[Any, int]]:
        count = func.count()
        query = select(group, count).where(*_narrowed(wanted)).group_by(group).order_by(count.desc(), group)
        return [(row[0], int(row[1])) for row in self._session.query(query)]

    def cost(self, wanted: DecisionLine) -> int:
        """What was estimated for them, in whole pounds together."""
        return int(
            self._session.query(select(func.coalesce(func.sum(table.c.cost), 0)).where(*_narrowed(wanted)))[0][0]
        )

    def by_person(self, wanted: DecisionLine) -> list[MadeBy]:
        """What each person decided, in the order of their numbers."""
        shown = (Sort.NOT_SUBMITTED, Sort.AGAINST, Sort.DEFERRED, Sort.LATE, Sort.REOPENED)
        counted = [func.count().filter(*_SORTS[sort]) for sort in shown]
        query = select(table.c.actor_id, func.count(), *counted).where(*_narrowed(wanted))
        rows = self._session.query(query.group_by(table.c.actor_id).order_by(table.c.actor_id))
        return [MadeBy(*map(int, row)) for row in rows]

    def first(self) -> datetime | None:
        """When the first decision was made; None while there is none."""
        return instant_or_none(self._session.value(_FIRST))


def row_of(made: DecisionMade) -> dict[str, Any]:
    """The columns of a decision, all but its team."""
    return {
        "event_id": made.event,
        "register_no": made.register_no,
        "at": micros(made.at),
        "decision": made.decision,
        "reason_code": made.reason_code,
        "category": made.category,
        "case_id": made.case,
        "actor_id": made.by.id,
        "actor": made.by.name,
        "rank": made.rank,
        "against": len(made.against),
        "recommendations": " ".join(made.against),
        "due_at": micros_or_none(made.due),
        "reopened_at": micros_or_none(made.reopened_at),
        "reopened_by": made.reopened_by,
        "cost": made.cost,
    }


def _own(row: AnyRow) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in _OWN)


def _made(row: AnyRow) -> DecisionMade:
    return DecisionMade(
        row.event_id,
        row.register_no,
        instant(row.at),
        row.decision,
        PersonRef(row.actor_id, row.actor),
        row.category,
        row.case_id,
        row.reason_code,
        tuple(row.recommendations.split()),
        instant_or_none(row.due_at),
        instant_or_none(row.reopened_at),
        row.reopened_by,
        row.cost,
    )


def _narrowed(wanted: DecisionLine) -> list[ColumnElement[bool]]:
    columns = {table.c.team_id: wanted.team, table.c.actor_id: wanted.by, table.c.category: wanted.category}
    return [
        table.c.at >= micros(wanted.since),
        table.c.at < micros(wanted.until),
        *(column == value for column, value in columns.items() if value is not None),
        *_SORTS[wanted.sort],
    ]
