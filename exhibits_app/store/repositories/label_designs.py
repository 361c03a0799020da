"""Versions of how labels look, in SQL."""

from sqlalchemy import bindparam, select

from ...services.ports.label_designs import Design
from ..mapping import instant, micros
from ..rows import label_design as table
from ..sql import AnyRow, Session, Statement, adding

_ADD = Statement(adding(table, *table.c.keys()))
_OF = (
    select(table.c.subject, table.c.version, table.c.content, table.c.made_at, table.c.made_by, table.c.note)
    .where(table.c.subject == bindparam("subject"))
    .order_by(table.c.version.desc())
)
_CURRENT = Statement(_OF.limit(1))
_ALL = Statement(_OF)


class SqlLabelDesigns:
    """Implements the LabelDesigns port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, design: Design) -> None:
        """Keep the next version. ChangedMeanwhile comes from the store when there is one of that number."""
        self._session.run(
            _ADD,
            subject=design.subject,
            version=design.version,
            content=design.content,
            made_at=micros(design.made_at),
            made_by=design.made_by,
            note=design.note,
        )

    def current(self, subject: str) -> Design | None:
        """The newest version, or None before the first."""
        row = self._session.one(_CURRENT, subject=subject)
        return None if row is None else _design(row)

    def all(self, subject: str) -> list[Design]:
        """Every version, newest first."""
        return [_design(row) for row in self._session.all(_ALL, subject=subject)]


def _design(row: AnyRow) -> Design:
    return Design(row[0], row[1], row[2], instant(row[3]), row[4], row[5])
