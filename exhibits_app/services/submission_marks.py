"""What was scanned out under a submission, as the exhibits' own chains have it: the ledger says so and no form does."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from ..domain import timeline
from ..domain.events import Corrected, Event, SubmissionAuthorised, Submitted
from ..domain.submissions import LIVE, Submission, called, number_of, state_from
from .ports import Work
from .ports.submissions import SubmittedLine


def follow(work: Work, events: Iterable[Event]) -> None:
    """After these events are recorded: bring the submissions of their exhibits up to them."""
    touched = {one.register_no for one in events if isinstance(one.body, Submitted | Corrected)}
    for register_no in sorted(touched):
        bring_up(work, register_no)


def bring_up(work: Work, register_no: int) -> None:
    """Keep when the exhibit left under each of its submissions, and how far those are."""
    for now in _anew(work, register_no):
        work.submissions.mark(now)
        _settle(work, now.number)


def differ(work: Work, register_no: int) -> bool:
    """Whether what is kept of its submissions is not what the exhibit's entries say; changes nothing."""
    if _anew(work, register_no):
        return True
    return any(_settled(work, work.submissions.find(one.number)) for one in work.submissions.lines_of(register_no))


def make_anew(work: Work, register_no: int) -> None:
    """Keep it as the entries say, also where a submission's own state is wrong."""
    bring_up(work, register_no)
    for line in work.submissions.lines_of(register_no):
        _settle(work, line.number)


def reserve(work: Work, event: Event) -> None:
    """While chains are put back: a number that the ledger names is not given again."""
    if isinstance(event.body, SubmissionAuthorised) and (number := number_of(event.body.submission)):
        work.submissions.reserve(number)


def _anew(work: Work, register_no: int) -> list[SubmittedLine]:
    """Its lines that are to be kept otherwise than they are."""
    lines = work.submissions.lines_of(register_no)
    sent = _sent(work, register_no) if lines else {}
    now = [SubmittedLine(line.number, register_no, sent.get(called(line.number))) for line in lines]
    return [one for one, line in zip(now, lines, strict=True) if one != line]


def _sent(work: Work, register_no: int) -> dict[str, datetime]:
    effective = timeline.effective(work.ledger.events_of(register_no))
    return {one.body.submission: one.envelope.corrected for one in effective if isinstance(one.body, Submitted)}


def _settle(work: Work, number: int) -> None:
    settled = _settled(work, work.submissions.hold(number))
    if settled is not None:
        work.submissions.save(settled)


def _settled(work: Work, submission: Submission) -> Submission | None:
    """The submission in the state that its lines give, or None where it is in that."""
    if submission.state not in LIVE:
        return None
    state = state_from([one.sent_at is not None for one in work.submissions.lines([submission.number])])
    return None if state is submission.state else replace(submission, state=state)
