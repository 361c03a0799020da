"""Every code ever issued, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, literal_column, select, update

from ...services.ports import IssuedLabel
from ..mapping import instant, instant_or_none, micros, micros_or_none
from ..rows import label as table
from ..sql import POSTGRESQL, AnyRow, Session, Statement, adding, one_of

_COLUMNS = select(
    table.c.code, table.c.kind, table.c.subject, table.c.state, table.c.issued_at, table.c.revoked_at,
    table.c.revoked_reason, table.c.job_id, table.c.activated_at, table.c.activated_by,
)  # fmt: skip
_ISSUE = Statement(adding(table, *table.c.keys()))
_FIND = Statement(_COLUMNS.where(table.c.code == bindparam("code")))
_FIND_ALL = Statement(lambda database: _COLUMNS.where(one_of(table.c.code, "codes", database)))
# Of the thing that a label is of: a place, a box or a person has no row that everybody locks. The number is ours.
_TURNS = Statement(select(func.pg_advisory_xact_lock(literal_column("7203116"), func.hashtext(bindparam("thing")))))
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
    .values(state=bindparam("now_is"), revoked_at=bindparam("at"), revoked_reason=bindparam("reason"))
)
_PRINTED = table.c.state == literal_column("'printed'")
_PRINTED_OF = Statement(
    _COLUMNS.where(table.c.kind == bindparam("kind"), table.c.subject == bindparam("subject"), _PRINTED).order_by(
        table.c.issued_at.desc(), table.c.job_id.desc()
    )
)
_PRINTED_OF_ALL = Statement(
    lambda database: _COLUMNS.where(
        table.c.kind == bindparam("kind"), one_of(table.c.subject, "subjects", database), _PRINTED
    ).order_by(table.c.issued_at.desc(), table.c.job_id.desc())
)
_OF_JOB = Statement(_COLUMNS.where(table.c.job_id == bindparam("job")).order_by(table.c.subject, table.c.code))
_ACTIVATE = Statement(
    update(table)
    .where(table.c.code == bindparam("this_code"), _PRINTED)
    .values(state=literal_column("'live'"), activated_at=bindparam("at"), activated_by=bindparam("by"))
)


class SqlLabels:
    """Implements the Labels port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def issue(self, label: IssuedLabel) -> None:
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
            job_id=label.job,
            activated_at=micros_or_none(label.activated_at),
            activated_by=label.activated_by,
        )

    def find(self, code: str) -> IssuedLabel | None:
        """The label of this code, or None when it was never issued."""
        rows = self._session.remembered(_FIND, code=code)
        return _label(rows[0]) if rows else None

    def find_all(self, codes: Sequence[str]) -> dict[str, IssuedLabel]:
        """The labels of these codes; codes never issued are missing."""
        if not codes:
            return {}
        rows = self._session.all(_FIND_ALL, codes=self._session.listed(codes))
        return {row.code: _label(row) for row in rows}

    def take_turns(self, kind: str, subject: int) -> None:
        """On SQLite a transaction that writes is alone already."""
        if self._session.database == POSTGRESQL:
            self._session.value(_TURNS, thing=f"{kind}{subject}")

    def live_of(self, kind: str, subject: int) -> IssuedLabel | None:
        """The live label of a thing, or None."""
        row = self._session.one(_LIVE_OF, kind=kind, subject=subject)
        return None if row is None else _label(row)

    def revoke(self, code: str, at: datetime, reason: str, state: str = "revoked") -> None:
        """The label is not good any more: revoked, or void when nobody ever saw it."""
        self._session.run(_REVOKE, this_code=code, at=micros(at), reason=reason, now_is=state)

    def printed_of(self, kind: str, subject: int) -> list[IssuedLabel]:
        """The labels of a thing that were printed and not yet scanned, the newest first."""
        return [_label(row) for row in self._session.all(_PRINTED_OF, kind=kind, subject=subject)]

    def printed_of_all(self, kind: str, subjects: Sequence[int]) -> list[IssuedLabel]:
        """The labels of these things that were printed and not yet scanned, the newest first."""
        listed = self._session.listed(subjects)
        return [_label(row) for row in self._session.all(_PRINTED_OF_ALL, kind=kind, subjects=listed)]

    def of_job(self, job: int) -> list[IssuedLabel]:
        """The labels of a printing, by subject."""
        return [_label(row) for row in self._session.all(_OF_JOB, job=job)]

    def activate(self, code: str, at: datetime, by: int) -> None:
        """The label was scanned for the first time, and counts from now on."""
        self._session.run(_ACTIVATE, this_code=code, at=micros(at), by=by)


def _label(row: AnyRow) -> IssuedLabel:
    code, kind, subject, state, issued_at, revoked_at, revoked_reason, job, activated_at, activated_by = row
    return IssuedLabel(
        code,
        kind,
        subject,
        state,
        instant(issued_at),
        instant_or_none(revoked_at),
        revoked_reason,
        job,
        instant_or_none(activated_at),
        activated_by,
    )
