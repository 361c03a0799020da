"""Steps of custody that are owed beside the first one, so that an item is found under each; in SQL.

Most items owe one step, which stands in their row: a scan in a store pays nothing for this.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, delete, select, tuple_

from ...domain.clocks import Owed
from ..mapping import micros
from ..rows import also_due as table
from ..rows import item
from ..sql import Session, Statement, adding, one_of

_DROP = Statement(lambda database: delete(table).where(one_of(table.c.register_no, "numbers", database)))
_ADD = Statement(adding(table, "register_no", "kind", "due_at"))
_OF_ITEM = Statement(
    select(table.c.kind, table.c.due_at).where(table.c.register_no == bindparam("this_item")).order_by(table.c.kind)
)

Changed = Sequence[tuple[int, Owed]]


def keep(session: Session, changed: Changed, had: Iterable[int]) -> None:
    """Write what else is owed about these items. `had` are those that owed more than one step before."""
    numbers = sorted(had)
    if numbers:
        session.run(_DROP, numbers=session.listed(numbers))
    session.many(_ADD, [row for number, owed in changed for row in rows_of(number, owed)])


def differ(session: Session, register_no: int, owed: Owed) -> bool:
    """Whether something else is kept of the item than what is owed."""
    right = sorted((row["kind"], row["due_at"]) for row in rows_of(register_no, owed))
    return [tuple(row) for row in session.all(_OF_ITEM, this_item=register_no)] != right


def rows_of(register_no: int, owed: Owed) -> list[dict[str, Any]]:
    """The rows of an item: none where one step is owed or none."""
    return [
        {"register_no": register_no, "kind": clock.kind.value, "due_at": micros(clock.due)}
        for clock in owed.custody_too
    ]


def page_query(kind: str, at: datetime, after: tuple[datetime, int] | None) -> Select[*tuple[Any, ...]]:
    """Items that owe this step before `at` beside another that is due first, in the order of the index."""
    query = select(item.c.state, table.c.due_at, table.c.kind).join(item, item.c.register_no == table.c.register_no)
    query = query.where(table.c.kind == kind, table.c.due_at < micros(at))
    if after is not None:
        query = query.where(tuple_(table.c.due_at, table.c.register_no) > tuple_(micros(after[0]), after[1]))
    return query.order_by(table.c.due_at, table.c.register_no)


def span_query(kind: str, low: int | None, high: int) -> Select[*tuple[Any, ...]]:
    """Those due from `low` (or ever) until before `high`, in microseconds."""
    query = select(table.c.register_no).join(item, item.c.register_no == table.c.register_no)
    query = query.where(table.c.kind == kind, table.c.due_at < high)
    return query if low is None else query.where(table.c.due_at >= low)
