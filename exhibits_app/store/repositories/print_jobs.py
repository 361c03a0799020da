"""Printings and the steps of their lives, in SQL."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, bindparam, func, literal_column, or_, select, update

from ...domain.printing import JobState
from ...services.ports import PrintJob, PrintStep, Scope
from ..mapping import instant, micros
from ..rows import label
from ..rows import print_job as table
from ..rows import print_step as steps
from ..sql import POSTGRESQL, AnyRow, Session, Statement, adding, numbering, one_of
from .scans import LAST

_ADD = Statement(
    numbering(table, *(name for name in table.c.keys() if name not in {"id", "sending_until"}))  # noqa: SIM118  # no dict
)
_FIND = Statement(select(table).where(table.c.id == bindparam("job")))
_HOLD = Statement(select(table).where(table.c.id == bindparam("job")).with_for_update())
_LISTED = Statement(
    lambda database: (
        select(table)
        .where(
            table.c.id < bindparam("before"),
            or_(
                bindparam("everybody") == 1,
                table.c.made_by == bindparam("person"),
                one_of(table.c.team_id, "teams", database),
                one_of(table.c.store_id, "stores", database),
            ),
        )
        .order_by(table.c.id.desc())
        .limit(bindparam("limit"))
    )
)
_WAITING_IN = Statement(
    lambda database: (
        select(label.c.job_id, func.count())
        .where(one_of(label.c.job_id, "jobs", database), label.c.state == literal_column("'printed'"))
        .group_by(label.c.job_id)
    )
)
_STEP = Statement(adding(steps, "job_id", "at", "person_id", "step", "state", "says"))
_BECOME = Statement(
    update(table).where(table.c.id == bindparam("job")).values(state=bindparam("now_is"), sending_until=None)
)
_STEPS = Statement(select(steps).where(steps.c.job_id == bindparam("job")).order_by(steps.c.id))
# Spelt out, so that the partial index is known to fit.
_ON_ITS_WAY: ColumnElement[bool] = literal_column("state IN ('queued', 'sending')")
_NEXT = Statement(
    select(table.c.id)
    .where(_ON_ITS_WAY, table.c.state == literal_column("'queued'"))
    .order_by(table.c.id)
    .limit(literal_column("1"))
)
_LEASE = Statement(
    update(table)
    .where(table.c.id == bindparam("job"), table.c.state == literal_column("'queued'"))
    .values(state=literal_column("'sending'"), sending_until=bindparam("until"))
)
_LOST = Statement(
    select(table.c.id).where(
        _ON_ITS_WAY, table.c.state == literal_column("'sending'"), table.c.sending_until <= bindparam("now")
    )
)


class SqlPrintJobs:
    """Implements the PrintJobs port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, job: PrintJob) -> int:
        """Keep a printing, whose own id is not looked at, and give its id."""
        return int(
            self._session.value(
                _ADD,
                stock=job.stock,
                made_at=micros(job.made_at),
                made_by=job.made_by,
                labels=job.count,
                sha256=job.sha256,
                state=job.state.value,
                printer=job.printer,
                sent_sha256=job.sent_sha256,
                team_id=job.team,
                store_id=job.store,
                reprints=job.reprints,
                reason=job.reason,
                words=job.words,
                authorised_by=job.authorised_by,
                template=job.template,
            )
        )

    def find(self, job: int) -> PrintJob | None:
        """The printing, locked where the work can write; None when there is none."""
        locks = self._session.database == POSTGRESQL and not self._session.reads_only
        row = self._session.one(_HOLD if locks else _FIND, job=job)
        return None if row is None else _job(row)

    def listed(self, scope: Scope, before: int, limit: int) -> list[PrintJob]:
        """Printings within the scope, newest first, with ids below `before`."""
        rows = self._session.all(
            _LISTED,
            before=before or LAST,
            everybody=int(scope.everybody),
            person=scope.person,
            teams=self._session.listed(scope.teams),
            stores=self._session.listed(scope.stores),
            limit=limit,
        )
        return [_job(row) for row in rows]

    def waiting_in(self, jobs: Sequence[int]) -> dict[int, int]:
        """How many labels of these printings were not scanned yet; those with none are missing."""
        return dict(self._session.all(_WAITING_IN, jobs=self._session.listed(jobs)))

    def step(self, step: PrintStep) -> None:
        """Keep the step and the state that it leaves."""
        self._session.run(
            _STEP,
            job_id=step.job,
            at=micros(step.at),
            person_id=step.person,
            step=step.step,
            state=step.state.value,
            says=step.says,
        )
        self._session.run(_BECOME, job=step.job, now_is=step.state.value)

    def steps(self, job: int) -> list[PrintStep]:
        """A printing's steps, the first first."""
        return [
            PrintStep(row.job_id, instant(row.at), row.person_id, row.step, JobState(row.state), row.says)
            for row in self._session.all(_STEPS, job=job)
        ]

    def next_queued(self) -> int | None:
        """The printing that has waited longest for its printer, or None."""
        found = self._session.value(_NEXT)
        return None if found is None else int(found)

    def lease(self, job: int, until: datetime) -> bool:
        """Take a queued printing in hand until then; False when somebody else has, or when it is queued no more."""
        return self._session.run(_LEASE, job=job, until=micros(until)) == 1

    def lost(self, now: datetime) -> list[int]:
        """Printings that were taken in hand and whose time has run out: whoever had them died."""
        return [int(row[0]) for row in self._session.all(_LOST, now=micros(now))]


def _job(row: AnyRow) -> PrintJob:
    return PrintJob(
        row.id,
        row.stock,
        instant(row.made_at),
        row.made_by,
        row.labels,
        row.sha256,
        JobState(row.state),
        row.printer,
        row.sent_sha256,
        row.team_id,
        row.store_id,
        row.reprints,
        row.reason,
        row.words,
        row.authorised_by,
        row.template,
    )
