"""Open discrepancies, kept with their item's row and listed for whoever settles them, in SQL."""

from typing import Any

from sqlalchemy import ColumnElement, bindparam, delete, func, select, tuple_

from ...domain.exhibit import CustodyKind, Exhibit
from ...services.ports.mending import After, DiscrepancyLine, OpenDiscrepancy
from ..mapping import instant, listed, micros
from ..rows import case_file, item
from ..rows import open_discrepancy as table
from ..sql import AnyRow, Session, Statement

Rows = list[dict[str, Any]]
_OWN = ("register_no", "position", "event_id", "kind", "at", "store_id", "seen", "recorded")
_TEAM = select(case_file.c.team_id).where(case_file.c.id == bindparam("case_id")).scalar_subquery()
_ADD = Statement(table.insert().values({name: bindparam(name) for name in _OWN} | {"team_id": _TEAM}).inline())
_DROP = Statement(delete(table).where(table.c.register_no == bindparam("this_item")))
_KEPT = Statement(
    select(*(table.c[name] for name in _OWN), table.c.team_id)
    .where(table.c.register_no == bindparam("this_item"))
    .order_by(table.c.position)
)
_TEAM_OF = Statement(select(case_file.c.team_id).where(case_file.c.id == bindparam("case_id")))
_LISTED = select(
    *(table.c[name] for name in _OWN), item.c.state, item.c.due_at, item.c.due_kind
).join(item, item.c.register_no == table.c.register_no)  # fmt: skip


def rows_of(exhibit: Exhibit) -> Rows:
    """What the list holds of the item: nothing for one without open discrepancies."""
    store = _store(exhibit) if exhibit.discrepancies else None
    return [
        {
            "register_no": exhibit.register_no,
            "position": position,
            "event_id": one.event,
            "kind": one.kind,
            "at": micros(one.at),
            "store_id": store,
            "seen": one.seen,
            "recorded": one.recorded,
            "case_id": exhibit.case.id,
        }
        for position, one in enumerate(exhibit.discrepancies)
    ]


def replace(session: Session, exhibit: Exhibit) -> None:
    """Write what the list holds of the item anew."""
    session.run(_DROP, this_item=exhibit.register_no)
    session.many(_ADD, rows_of(exhibit))


def differs(session: Session, exhibit: Exhibit) -> bool:
    """Whether the list holds something else of the item than its state says."""
    team = session.value(_TEAM_OF, case_id=exhibit.case.id)
    right = [(*(row[name] for name in _OWN), team) for row in rows_of(exhibit)]
    return [tuple(row) for row in session.all(_KEPT, this_item=exhibit.register_no)] != right


class SqlDiscrepancies:
    """Implements the Discrepancies port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, wanted: DiscrepancyLine, after: After | None = None, limit: int = 50) -> list[OpenDiscrepancy]:
        """The longest open first, those after `after`."""
        query = _LISTED.where(*_narrowed(wanted))
        order = (table.c.at, table.c.register_no, table.c.position)
        if after is not None:
            query = query.where(tuple_(*order) > tuple_(micros(after[0]), after[1], after[2]))
        return [_open(row) for row in self._session.query(query.order_by(*order).limit(limit))]

    def count(self, wanted: DiscrepancyLine, most: int) -> int:
        """How many there are, counted to `most` and no further."""
        query = select(table.c.register_no).where(*_narrowed(wanted)).limit(most)
        if wanted.case is not None:
            query = query.join(item, item.c.register_no == table.c.register_no)
        return int(self._session.query(select(func.count()).select_from(query.subquery()))[0][0])


def _store(exhibit: Exhibit) -> int | None:
    """The store that has the item; where none has, the one in which it was last seen."""
    if exhibit.custody.kind is CustodyKind.STORE:
        return exhibit.custody.id
    return (exhibit.seen_at.store or exhibit.seen_at.id) if exhibit.seen_at else None


def _narrowed(wanted: DiscrepancyLine) -> list[ColumnElement[bool]]:
    columns = {
        table.c.store_id: wanted.store,
        table.c.team_id: wanted.team,
        table.c.kind: wanted.kind,
        item.c.case_id: wanted.case,
    }
    return [column == value for column, value in columns.items() if value is not None]


def _open(row: AnyRow) -> OpenDiscrepancy:
    return OpenDiscrepancy(
        row.register_no,
        row.position,
        row.event_id,
        row.kind,
        instant(row.at),
        row.seen,
        row.recorded,
        listed((row.state, row.due_at, row.due_kind)),
    )
