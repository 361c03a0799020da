"""Legacy stock that is still to be graded in, and the plans for it, in SQL."""

import json
from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, case, func, literal_column, select, tuple_, update

from ...domain.exhibit import Alias
from ...domain.grading import GradingPlan
from ...services.ports.grading import LegacyStock, Waiting
from ..item_row import legacy_key
from ..mapping import instant, micros, to_json
from ..rows import grading_plan, item
from ..sql import AnyRow, Session, Statement, numbering, one_of
from .item_lists import MOST_COUNTED

_ADD = Statement(
    numbering(
        grading_plan, "team_id", "per_week", "starts_at", "reason", "made_by", "made_at", "categories", "done",
        "cursor", "finished",
    )
)  # fmt: skip
_ADVANCE = Statement(
    update(grading_plan)
    .where(grading_plan.c.id == bindparam("this_plan"))
    .values(done=bindparam("now_done"), cursor=bindparam("now_at"), finished=bindparam("now_finished"))
)
# On PostgreSQL a second worker waits here; SQLite has one writer.
_UNFINISHED = Statement(
    select(grading_plan)
    .where(grading_plan.c.finished == literal_column("0"))
    .order_by(grading_plan.c.id)
    .limit(literal_column("1"))
    .with_for_update()
)
_ALL = Statement(select(grading_plan).order_by(grading_plan.c.id.desc()).limit(bindparam("limit")))
_STILL = item.c.grade_at > bindparam("at")
_WAITING = Statement(
    select(
        item.c.team_id,
        func.count(),
        func.sum(case((item.c.grade_plan == literal_column("0"), literal_column("1")), else_=literal_column("0"))),
        func.min(item.c.grade_at),
    )
    .where(_STILL)
    .group_by(item.c.team_id)
)


def _stock(*where: ColumnElement[bool]) -> tuple[Statement, Statement]:
    """How many are to come, and when the next of them."""
    limited = select(item.c.register_no).where(_STILL, *where).limit(literal_column(str(MOST_COUNTED))).subquery()
    first = select(item.c.grade_at).where(_STILL, *where).order_by(item.c.grade_at).limit(literal_column("1"))
    return Statement(select(func.count()).select_from(limited)), Statement(first)


def _on_that_day(*where: ColumnElement[bool]) -> Statement:
    of_day = select(item.c.register_no).where(item.c.grade_at == bindparam("at"), *where)
    limited = of_day.limit(literal_column(str(MOST_COUNTED))).subquery()
    return Statement(select(func.count()).select_from(limited))


_OF_TEAM: ColumnElement[bool] = item.c.team_id == bindparam("team")
_STOCK, _STOCK_OF = _stock(), _stock(_OF_TEAM)
_NEXT, _NEXT_OF = _on_that_day(), _on_that_day(_OF_TEAM)


def _portion(*where: ColumnElement[bool]) -> Statement:
    after = tuple_(item.c.seized_at, item.c.register_no) > tuple_(bindparam("seized_at"), bindparam("after"))
    return Statement(
        select(item.c.seized_at, item.c.register_no)
        .where(*where, item.c.category == bindparam("category"), after, _STILL, item.c.grade_plan < bindparam("plan"))
        .order_by(item.c.seized_at, item.c.register_no)
        .limit(bindparam("limit"))
    )


_PORTION, _PORTION_OF_NONE = _portion(_OF_TEAM), _portion(item.c.team_id.is_(None))
_BY_KEY = Statement(
    lambda database: select(item.c.legacy_key, item.c.register_no).where(one_of(item.c.legacy_key, "keys", database))
)


class SqlGradings:
    """Implements the Gradings port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, plan: GradingPlan) -> GradingPlan:
        """Keep a new plan and give it its number."""
        number = self._session.value(
            _ADD,
            team_id=plan.team,
            per_week=plan.per_week,
            starts_at=micros(plan.starts),
            reason=plan.reason,
            made_by=plan.made_by,
            made_at=micros(plan.made_at),
            categories=" ".join(plan.categories),
            done=plan.done,
            cursor=to_json(plan.cursor),
            finished=int(plan.finished),
        )
        return replace(plan, number=int(number))

    def advance(self, plan: GradingPlan) -> None:
        """Keep how far the plan is carried out."""
        self._session.run(
            _ADVANCE,
            this_plan=plan.number,
            now_done=plan.done,
            now_at=to_json(plan.cursor),
            now_finished=int(plan.finished),
        )

    def unfinished(self) -> GradingPlan | None:
        """The oldest plan that is not carried out yet; from now on nobody else advances one until this work ends."""
        row = self._session.one(_UNFINISHED)
        return None if row is None else _plan(row)

    def all(self, limit: int = 100) -> list[GradingPlan]:
        """Plans, the newest first."""
        return [_plan(row) for row in self._session.all(_ALL, limit=limit)]

    def waiting(self, now: datetime) -> list[Waiting]:
        """What is not graded in yet, team by team."""
        rows = self._session.all(_WAITING, at=micros(now))
        found = [Waiting(row[0], int(row[1]), int(row[2]), instant(row[3])) for row in rows]
        return sorted(found, key=lambda one: one.team or 0)

    def stock(self, team: int | None, now: datetime) -> LegacyStock:
        """What is not graded in yet, of one team or, with None, of the whole force; each count to MOST_COUNTED."""
        given = {} if team is None else {"team": team}
        counted, first = _STOCK if team is None else _STOCK_OF
        next_at = self._session.value(first, at=micros(now), **given)
        if next_at is None:
            return LegacyStock(0)
        then = self._session.value(_NEXT if team is None else _NEXT_OF, at=next_at, **given)
        items = self._session.value(counted, at=micros(now), **given)
        return LegacyStock(int(items), instant(next_at), int(then))

    def next_items(self, plan: GradingPlan, now: datetime, limit: int) -> list[tuple[int, tuple[int, int, int]]]:
        """The items after the plan's cursor that it is to give their day, in its order, each with its own cursor."""
        found: list[tuple[int, tuple[int, int, int]]] = []
        place, seized_at, after = plan.cursor
        given = {} if plan.team is None else {"team": plan.team}
        statement = _PORTION_OF_NONE if plan.team is None else _PORTION
        while place < len(plan.categories) and len(found) < limit:
            rows = self._session.all(
                statement,
                **given,
                category=plan.categories[place],
                seized_at=seized_at,
                after=after,
                at=micros(now),
                plan=plan.number,
                limit=limit - len(found),
            )
            found += [(row[1], (place, row[0], row[1])) for row in rows]
            place, seized_at, after = place + 1, -(2**62), 0
        return found

    def of_legacy(self, numbers: Iterable[Alias]) -> dict[Alias, int]:
        """The register numbers of those that are on the register already."""
        by_key = {legacy_key(one): one for one in numbers}
        rows = self._session.all(_BY_KEY, keys=self._session.listed(by_key))
        return {by_key[row[0]]: row[1] for row in rows}


def _plan(row: AnyRow) -> GradingPlan:
    place, seized_at, after = json.loads(row.cursor)
    return GradingPlan(
        row.id,
        row.team_id,
        row.per_week,
        instant(row.starts_at),
        row.reason,
        row.made_by,
        instant(row.made_at),
        tuple(row.categories.split()),
        row.done,
        (place, seized_at, after),
        bool(row.finished),
    )
