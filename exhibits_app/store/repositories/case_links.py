"""Links between cases, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from ...domain.linking import CaseLink
from ...domain.people import PersonRef
from ..mapping import instant, instant_or_none, micros
from ..rows import case_link
from ..sql import AnyRow, Session, Statement, adding

_ADD = Statement(
    adding(case_link, "low_id", "high_id", "person_id", "person_name", "at", "reason", "ended_name", "ended_reason")
)
_LOW = Statement(select(case_link).where(case_link.c.low_id == bindparam("this_case")))
_HIGH = Statement(select(case_link).where(case_link.c.high_id == bindparam("this_case")))
_END = Statement(
    update(case_link)
    .where(case_link.c.id == bindparam("this_link"))
    .values(
        ended_at=bindparam("new_at"),
        ended_by=bindparam("new_by"),
        ended_name=bindparam("new_name"),
        ended_reason=bindparam("new_reason"),
    )
)


class SqlCaseLinks:
    """Implements the CaseLinks port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, link: CaseLink) -> None:
        """Keep it; its own id is not looked at. Raises ChangedMeanwhile where one of the same cases stands."""
        self._session.run(
            _ADD,
            low_id=link.low,
            high_id=link.high,
            person_id=link.by.id,
            person_name=link.by.name,
            at=micros(link.at),
            reason=link.reason,
            ended_name="",
            ended_reason="",
        )

    def of_case(self, case: int) -> list[CaseLink]:
        """The links of the case, withdrawn ones too, the oldest first."""
        rows = [row for statement in (_LOW, _HIGH) for row in self._session.all(statement, this_case=case)]
        return sorted(map(_link, rows), key=lambda link: link.id)

    def end(self, link: int, by: PersonRef, at: datetime, reason: str) -> None:
        """It stands no more, and stays on record."""
        self._session.run(_END, this_link=link, new_at=micros(at), new_by=by.id, new_name=by.name, new_reason=reason)


def _link(row: AnyRow) -> CaseLink:
    return CaseLink(
        row.id,
        row.low_id,
        row.high_id,
        PersonRef(row.person_id, row.person_name),
        instant(row.at),
        row.reason,
        instant_or_none(row.ended_at),
        PersonRef(row.ended_by, row.ended_name) if row.ended_by else None,
        row.ended_reason,
    )
