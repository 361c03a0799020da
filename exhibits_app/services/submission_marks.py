"""What was scanned out under a submission, as the exhibits' own chains have it: the ledger says so and no form does."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from ..domain import timeline
from ..domain.events import Corrected, Event, SubmissionAuthorised, Submitted
from ..domain.submissions import LIVE, called, number_of, state_from
from .ports import Work
from .ports.submissions import SubmittedLine


def follow(work: Work, events: Iterable[Event]) -> None:
    """After these events are recorded: bring the submissions of their exhibits up to them."""
    touched = {one.register_no for one in events if isinstance(one.body, Submitted | Corrected)}
    for register_no in sorted(touched):
        bring_up(work, register_no)


def bring_up(work: Work, register_no: int) -> None:
    """Keep when the exhibit left under each of its submissions, and how far those are."""
    lines = work.submissions.lines_of(register_no)
    if not lines:
        return
    sent = _sent(work, register_no)
    for line in lines:
        now = SubmittedLine(line.number, register_no, sent.get(called(line.number)))
        if now != line:
            work.submissions.mark(now)
            _settle(work, line.number)


def reserve(work: Work, event: Event) -> None:
    """While chains are put back: a number that the ledger names is not given again."""
    if isinstance(event.body, SubmissionAuthorised) and (number := number_of(event.body.submission)):
        work.submissions.reserve(number)


def _sent(work: Work, register_no: int) -> dict[str, datetime]:
    effective = timeline.effective(work.ledger.events_of(register_no))
    return {one.body.submission: one.envelope.corrected for one in effective if isinstance(one.body, Submitted)}


def _settle(work: Work, number: int) -> None:
    submission = work.submissions.hold(number)
    if submission.state not in LIVE:
        return
    state = state_from([one.sent_at is not None for one in work.submissions.lines([number])])
    if state is not submission.state:
        work.submissions.save(replace(submission, state=state))
