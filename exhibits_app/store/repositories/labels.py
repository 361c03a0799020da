"""Every code ever issued, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, literal_column, select, update

from ...services.ports import IssuedLabel, PrintJob
from ..mapping import instant, instant_or_none, micros, micros_or_none
from ..rows import label as table
from ..rows import print_job
from ..sql import AnyRow, Session, Statement, adding, numbering, one_of
from .scans import LAST

_COLUMNS = select(
    table.c.code, table.c.kind, table.c.subject, table.c.state, table.c.issued_at, table.c.revoked_at,
    table.c.revoked_reason,
)  # fmt: skip
_ISSUE = Statement(adding(table, *table.c.keys()))
_FIND = Statement(_COLUMNS.where(table.c.code == bindparam("code")))
_FIND_ALL = Statement(lambda database: _COLUMNS.where(one_of(table.c.code, "codes", database)))
_LIVE_OF = Statement(
    _COLUMNS.where(
        table.c.kind == bindparam("kind"),
        table.c.subject == bindparam("subject"),
        table.c.state == literal_column("'live'"),
    )
    .order_by(table.c.issued_at.desc())
    .limit(1)
)
_REVOKE = Statement(
    update(table)
    .where(table.c.code == bindparam("this_code"))
    .values(state="revoked", revoked_at=bindparam("at"), revoked_reason=bindparam("reason"))
)
_ADD_JOB = Statement(numbering(print_job, "stock", "made_at", "made_by", "labels", "sha256", "template"))
_FINISH_JOB = Statement(
    update(print_job).where(print_job.c.id == bindparam("job")).values(sha256=bindparam("made_sha256"))
)
_JOBS = Statement(
    select(print_job)
    .where(print_job.c.id < bindparam("before"))
    .order_by(print_job.c.id.desc())
    .limit(bindparam("limit"))
)


class SqlLabels:
    """Implements the Labels port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def issue(self, label: IssuedLabel, job: int | None) -> None:
        """Keep a new code. ChangedMeanwhile comes from the store when the code was issued before."""
        self._session.run(
            _ISSUE,
            code=label.code,
            kind=label.kind,
            subject=label.subject,
            state=label.state,
            issued_at=micros(label.issued_at),
            revoked_at=micros_or_none(label.revoked_at),
            revoked_reason=label.revoked_reason,
            job_id=job,
        )

    def find(self, code: str) -> IssuedLabel | None:
        """The label of this code, or None when it was never issued."""
        row = self._session.one(_FIND, code=code)
        return None if row is None else _label(row)

    def find_all(self, codes: Sequence[str]) -> dict[str, IssuedLabel]:
        """The labels of these codes; codes never issued are missing."""
        if not codes:
            return {}
        rows = self._session.all(_FIND_ALL, codes=self._session.listed(codes))
        return {row.code: _label(row) for row in rows}

    def live_of(self, kind: str, subject: int) -> IssuedLabel | None:
        """The live label of a thing, or None."""
        row = self._session.one(_LIVE_OF, kind=kind, subject=subject)
        return None if row is None else _label(row)

    def revoke(self, code: str, at: datetime, reason: str) -> None:
        """The label is not good any more."""
        self._session.run(_REVOKE, this_code=code, at=micros(at), reason=reason)

    def add_job(self, stock: str, made_at: datetime, made_by: int, count: int, template: int = 0) -> int:
        """Keep a printing and give its id."""
        at = micros(made_at)
        id_ = self._session.value(
            _ADD_JOB, stock=stock, made_at=at, made_by=made_by, labels=count, sha256="", template=template
        )
        return int(id_)

    def finish_job(self, job: int, sha256: str) -> None:
        """The file of the printing is made, with this SHA-256."""
        self._session.run(_FINISH_JOB, job=job, made_sha256=sha256)

    def jobs(self, after: int = 0, limit: int = 50) -> list[PrintJob]:
        """Printings, newest first, ids below `after` (0: from the newest)."""
        rows = self._session.all(_JOBS, before=after or LAST, limit=limit)
        return [
            PrintJob(row.id, row.stock, instant(row.made_at), row.made_by, row.labels, row.sha256, row.template)
            for row in rows
        ]


def _label(row: AnyRow) -> IssuedLabel:
    return IssuedLabel(row[0], row[1], row[2], row[3], instant(row[4]), instant_or_none(row[5]), row[6])
