"""Printings on record: whose may be seen, what became of each label, and the PDF of one once more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from ..domain.errors import NotFound
from ..domain.people import RIGHTS, Action, Person, ScopeKind
from ..domain.printing import REPRINT_REASONS, JobState, Step, possible
from .context import Services
from .label_life import PRINTED
from .label_names import name_of
from .ports import IssuedLabel, PrintJob, PrintStep, Scope, Work

PAGE = 50


@dataclass(frozen=True, slots=True)
class Printing:
    """A finished printing with its PDF."""

    job: PrintJob
    pdf: bytes


@dataclass(frozen=True, slots=True)
class JobLine:
    """A printing on the list: who made it, how many of its labels nobody has scanned, and whether that is overdue."""

    job: PrintJob
    maker: str
    waiting: int
    overdue: bool


@dataclass(frozen=True, slots=True)
class JobList:
    """One page of printings, the newest first."""

    rows: list[JobLine]
    next_before: int | None


@dataclass(frozen=True, slots=True)
class LabelLine:
    """A label of a printing: the code, what it is of in words, and who scanned it first."""

    label: IssuedLabel
    name: str
    seen_by: str

    @property
    def waits(self) -> bool:
        """Whether nobody has scanned it yet."""
        return self.label.state == PRINTED


@dataclass(frozen=True, slots=True)
class StepLine:
    """A step, with the name of who took it: the service itself, where nobody did."""

    step: PrintStep
    who: str


@dataclass(frozen=True, slots=True)
class JobView:
    """A printing with its labels and steps. `mine`: whoever looks made it."""

    job: PrintJob
    maker: str
    mine: bool
    labels: list[LabelLine]
    steps: list[StepLine]
    reason: str
    authoriser: str
    overdue: bool

    @property
    def waiting(self) -> int:
        """How many labels nobody has scanned yet."""
        return sum(line.waits for line in self.labels)

    @property
    def repeatable(self) -> bool:
        """Whether any label of it is of something: a blank one is never printed twice."""
        return any(line.label.subject is not None for line in self.labels)

    @property
    def may_send(self) -> bool:
        """Whether it can be sent again."""
        return possible(self.job.state, Step.AGAIN)

    @property
    def may_void(self) -> bool:
        """Whether labels of it can be voided: not while it is on its way."""
        return bool(self.waiting) and self.job.state is not JobState.SENDING


def listed(services: Services, by: Person, before: int = 0) -> JobList:
    """One's own printings, and those of the teams and stores whose printing this person may see."""
    now = services.clock.now()
    with services.store.read() as work:
        jobs = work.print_jobs.listed(scope_of(by), before, PAGE + 1)
        waiting = work.print_jobs.waiting_in([job.id for job in jobs])
        names = _names(work, {job.made_by for job in jobs})
    overdue = now - services.limits.unseen_label
    rows = [
        JobLine(job, names[job.made_by], waiting.get(job.id, 0), job.id in waiting and job.made_at < overdue)
        for job in jobs[:PAGE]
    ]
    return JobList(rows, rows[-1].job.id if len(jobs) > PAGE else None)


def see(services: Services, by: Person, job_id: int) -> JobView:
    """A printing with all that happened to it. Raises NotFound for one that this person may not see."""
    with services.store.read() as work:
        job = require_seen(work, by, job_id)
        labels, steps = work.labels.of_job(job_id), work.print_jobs.steps(job_id)
        people = {job.made_by, job.authorised_by, *(one.person for one in steps), *(one.activated_by for one in labels)}
        names = _names(work, people)
        lines = [LabelLine(one, name_of(work, by, one), names.get(one.activated_by or 0, "")) for one in labels]
    return JobView(
        job,
        names[job.made_by],
        job.made_by == by.id,
        lines,
        [StepLine(one, names[one.person] if one.person else "The service") for one in steps],
        _reason(job),
        names.get(job.authorised_by or 0, ""),
        _overdue(services, job, lines),
    )


def find(services: Services, by: Person, job_id: int) -> PrintJob:
    """A printing of this person's own. Raises NotFound for anyone else's: its PDF names cases."""
    with services.store.read() as work:
        found = work.print_jobs.find(job_id)
    if found is None or found.made_by != by.id:
        raise NotFound("printing")
    return found


def open_pdf(services: Services, by: Person, job_id: int) -> Printing:
    """The very bytes that were made then: no code is issued. Raises NotFound."""
    job = find(services, by, job_id)
    return Printing(job, services.files.get(job.sha256))


def unlabelled(services: Services, case_id: int, limit: int) -> list[int]:
    """Register numbers of items without a label, of a case that was seen through `see_case`, oldest first.

    An item whose label was printed and only waits for its first scan has one.
    """
    with services.store.read() as work:
        items = work.items.in_case(case_id, 0, 100_000)
        without = [listed.exhibit.register_no for listed in items if listed.exhibit.code is None]
        printed = {label.subject for label in work.labels.printed_of_all("E", without)}
    return [number for number in without if number not in printed][:limit]


def unseen_of(services: Services, register_nos: Iterable[int]) -> dict[int, IssuedLabel]:
    """The newest label of each of these items that was printed and that nobody has scanned, by register number."""
    with services.store.read() as work:
        printed = work.labels.printed_of_all("E", list(register_nos))
    return {label.subject or 0: label for label in reversed(printed)}


def unseen_too_long(services: Services, label: IssuedLabel) -> bool:
    """Whether the label should have been scanned by now."""
    return label.issued_at < services.clock.now() - services.limits.unseen_label


def scope_of(by: Person) -> Scope:
    """Whose printings this person may see beside their own."""
    grants = [grant for grant in by.grants if Action.SEE_PRINTING in RIGHTS[grant.role]] if by.active else []
    return Scope(
        by.id,
        [grant.scope for grant in grants if grant.kind is ScopeKind.TEAM and grant.scope is not None],
        [grant.scope for grant in grants if grant.kind is ScopeKind.STORE and grant.scope is not None],
        any(grant.kind is ScopeKind.FORCE for grant in grants),
    )


def require_seen(work: Work, by: Person, job_id: int) -> PrintJob:
    """The printing, if this person may see it. Raises NotFound."""
    job, scope = work.print_jobs.find(job_id), scope_of(by)
    if job is None or not (
        job.made_by == by.id or scope.everybody or job.team in scope.teams or job.store in scope.stores
    ):
        raise NotFound("printing")
    return job


def _overdue(services: Services, job: PrintJob, lines: list[LabelLine]) -> bool:
    past: datetime = services.clock.now() - services.limits.unseen_label
    return job.made_at < past and any(line.waits for line in lines)


def _reason(job: PrintJob) -> str:
    name = REPRINT_REASONS.get(job.reason, job.reason)
    return f"{name}: {job.words}" if job.words else name


def _names(work: Work, people: Iterable[int | None]) -> dict[int, str]:
    return {person: work.accounts.person(person).called for person in set(people) if person}
