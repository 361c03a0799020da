"""What people see of submissions: those of the cases that they may see, and one with all that was done with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain import clocks
from ..domain.cases import Case
from ..domain.clocks import Clock, ClockKind
from ..domain.errors import NotFound, SubmissionLost
from ..domain.exhibit import Exhibit
from ..domain.people import Action, Person, Role, ScopeKind, may, require
from ..domain.policy import Policy
from ..domain.show import day_and_time
from ..domain.submissions import (
    LIVE,
    OVER,
    Line,
    Submission,
    SubmissionState,
    called,
    digest,
    is_away,
    why_not,
)
from .cases import note_read
from .context import Services
from .ports import Work
from .ports.submissions import SubmissionNote, SubmissionsWanted, SubmittedLine
from .submissions import refreshed

MOST_NOTES = 200
OPEN_STATES = tuple(state for state in SubmissionState if state not in OVER)


@dataclass(frozen=True, slots=True)
class Shown:
    """An exhibit of a submission as it is now. `clock` is its submission clock while it has not left; `why` says why
    it cannot leave as it is."""

    line: Line
    exhibit: Exhibit
    sent_at: datetime | None
    clock: Clock | None
    why: str

    @property
    def away(self) -> bool:
        """Whether it is away under this submission still."""
        return self.sent_at is not None and is_away(self.exhibit)


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list; `due` is the first submission clock of what has not left."""

    submission: Submission
    case: Case
    sent: int
    due: datetime | None

    @property
    def exhibits(self) -> int:
        """How many exhibits it has."""
        return len(self.submission.content.lines)


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was done with a submission, and by whom."""

    note: SubmissionNote
    by: str


@dataclass(frozen=True, slots=True)
class View:
    """One submission. `digest` is the fingerprint of what is shown; `steps` are those that this person may take now."""

    submission: Submission
    case: Case
    lines: tuple[Shown, ...]
    told: tuple[Told, ...]
    digest: str
    steps: frozenset[str]
    own: bool
    versions: tuple[int, ...]
    now: datetime

    @property
    def here(self) -> tuple[Shown, ...]:
        """What has not left."""
        return tuple(one for one in self.lines if one.sent_at is None)

    @property
    def late(self) -> tuple[Shown, ...]:
        """What has not left and is overdue."""
        return tuple(one for one in self.here if one.clock and one.clock.due < self.now)


def page(
    services: Services,
    by: Person,
    states: Sequence[SubmissionState] = OPEN_STATES,
    before: int = 0,
    limit: int = 25,
    case: int | None = None,
) -> tuple[list[Row], int | None]:
    """Submissions in these states, newest first, and where the next page begins. Raises NoRight."""
    now = services.clock.now()
    with services.store.read() as work:
        found = work.submissions.page(_wanted(by, states, case), before, limit + 1)
        policy = work.policies.current(now)
        rows = [_row(work, one, policy) for one in found[:limit]]
    return rows, found[limit - 1].number if len(found) > limit else None


def counts(services: Services, by: Person) -> dict[SubmissionState, int]:
    """How many are in each state, of the cases that this person may see, counted to a hundred. Raises NoRight."""
    with services.store.read() as work:
        return work.submissions.counts(_wanted(by, tuple(SubmissionState), None))


def to_authorise(services: Services, by: Person) -> int:
    """How many wait for somebody to authorise them, for whoever may; 0 for everybody else."""
    if not may(by, Action.AUTHORISE_SUBMISSION):
        return 0
    with services.store.read() as work:
        return sum(work.submissions.counts(_wanted(by, (SubmissionState.OFFERED,), None)).values())


def _found(work: Work, number: int) -> Submission:
    """The submission. Raises NotFound, or SubmissionLost for a number that nobody gets since a restore."""
    try:
        return work.submissions.find(number)
    except NotFound:
        restored = work.copies.restored()
        if restored is None or not 0 < number <= work.submissions.last_number():
            raise
        raise SubmissionLost(called(number), day_and_time(restored.at), day_and_time(restored.as_of)) from None


def see(services: Services, by: Person, number: int) -> View:
    """A submission, for who may see its case; the reading is logged. Raises NotFound, SubmissionLost."""
    now = services.clock.now()
    with services.store.read() as work:
        submission = _found(work, number)
        case = work.cases.find(submission.case)
        if not may(by, Action.SEE_CASE, case.target):
            raise NotFound("submission")
        exhibits = exhibits_of(work, submission)
        sent = {one.register_no: one.sent_at for one in work.submissions.lines([number])}
        submission = as_it_reads(submission, exhibits, sent)
        policy = work.policies.current(now)
        notes = work.submissions.notes(number, MOST_NOTES)
        names = {who: work.accounts.person(who).called for who in {note.by for note in notes}}
        view = View(
            submission,
            case,
            tuple(_shown(line, exhibits[line.register_no], sent, policy) for line in submission.content.lines),
            tuple(Told(note, names[note.by]) for note in notes),
            digest(submission),
            _steps(by, case, submission, [at is not None for at in sent.values()]),
            by.id in submission.makers,
            tuple(work.submissions.versions(number)),
            now,
        )
    note_read(services, by, "case", case.id, submission.called)
    return view


def as_it_reads(
    submission: Submission, exhibits: Mapping[int, Exhibit], sent: Mapping[int, datetime | None]
) -> Submission:
    """Until it is authorised it says what is recorded now; after that, what was authorised."""
    if submission.state not in {SubmissionState.DRAFT, SubmissionState.OFFERED}:
        return submission
    left = [number for number, at in sent.items() if at is not None]
    return replace(submission, content=refreshed(submission.content, exhibits, left))


def exhibits_of(work: Work, submission: Submission) -> dict[int, Exhibit]:
    """Its exhibits as they are now."""
    held = work.items.hold_all(line.register_no for line in submission.content.lines)
    return {number: one.exhibit for number, one in held.items() if one.exhibit}


def _wanted(by: Person, states: Sequence[SubmissionState], case: int | None) -> SubmissionsWanted:
    require(by, Action.SEE_CASE)
    seeing = [grant for grant in by.grants if may(replace(by, grants=(grant,)), Action.SEE_CASE)]
    teams = frozenset(one.scope for one in seeing if one.kind is ScopeKind.TEAM and one.scope is not None)
    everything = any(one.kind is ScopeKind.FORCE for one in seeing)
    silent = by.has_role(Role.PROFESSIONAL_STANDARDS)
    return SubmissionsWanted(by.id, tuple(states), teams, everything, silent, case)


def _row(work: Work, submission: Submission, policy: Policy) -> Row:
    lines = work.submissions.lines([submission.number])
    sent = {one.register_no: one.sent_at for one in lines}
    exhibits = exhibits_of(work, submission)
    running = [_clock(one, policy) for number, one in exhibits.items() if sent.get(number) is None]
    due = min((clock.due for clock in running if clock), default=None)
    return Row(submission, work.cases.find(submission.case), _left(lines), None if submission.state in OVER else due)


def _left(lines: Sequence[SubmittedLine]) -> int:
    return sum(one.sent_at is not None for one in lines)


def _shown(line: Line, exhibit: Exhibit, sent: Mapping[int, datetime | None], policy: Policy) -> Shown:
    at = sent.get(line.register_no)
    return Shown(line, exhibit, at, None if at else _clock(exhibit, policy), "" if at else why_not(exhibit))


def _clock(exhibit: Exhibit, policy: Policy) -> Clock | None:
    return next((one for one in clocks.running(exhibit, policy) if one.kind is ClockKind.SUBMISSION), None)


def _steps(by: Person, case: Case, submission: Submission, sent: Sequence[bool]) -> frozenset[str]:
    state, found = submission.state, set()
    if may(by, Action.BUILD_SUBMISSION, case.target):
        if state in {SubmissionState.DRAFT, SubmissionState.OFFERED}:
            found.add("change")
        if state is SubmissionState.DRAFT:
            found.add("offer")
        if state in LIVE:
            found.add("revise")
        if state not in OVER:
            found.add("close" if any(sent) else "withdraw")
    if state is SubmissionState.OFFERED and may(by, Action.AUTHORISE_SUBMISSION, case.target):
        found |= set() if by.id in submission.makers else {"authorise", "refuse"}
    return frozenset(found)
