"""The steps of a submission: asked for, authorised or refused by somebody else, changed, withdrawn, closed.

Its authority is an event in the chain of every exhibit on it, with the fingerprint of the form; so is taking it back.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.cases import Case
from ..domain.errors import ChangedMeanwhile, NotFound, SubmissionNotIn
from ..domain.events import Body, Envelope, SubmissionAuthorised, SubmissionRecalled
from ..domain.exhibit import Exhibit
from ..domain.people import Action, Person, may, require
from ..domain.submissions import (
    LIVE,
    OVER,
    Content,
    Submission,
    SubmissionState,
    check_authoriser,
    check_complete,
    check_exhibit,
    check_in,
    check_over,
    check_same,
    state_from,
)
from ..domain.text import LINE_LIMIT, required
from .context import Services
from .ports import Held, Work
from .ports.submissions import SubmissionNote
from .recording import Happening, record
from .submissions import refreshed

_State = SubmissionState


@dataclass(frozen=True, slots=True)
class _Step:
    """A submission during a step, with its case and its exhibits, all locked; `sent` are those that have left."""

    services: Services
    work: Work
    by: Person
    submission: Submission
    case: Case
    held: dict[int, Held]
    sent: frozenset[int]
    now: datetime

    @property
    def exhibits(self) -> dict[int, Exhibit]:
        return {number: one.exhibit for number, one in self.held.items() if one.exhibit}

    @property
    def here(self) -> list[Exhibit]:
        """The exhibits that have not left under it."""
        return [one for number, one in self.exhibits.items() if number not in self.sent]

    def keep(self, after: Submission, kind: str, words: str = "") -> None:
        self.work.submissions.save(after)
        note = SubmissionNote(after.number, self.now, self.by.id, kind, after.version, words)
        self.work.submissions.note(note)

    def tell(self, exhibits: list[Exhibit], body: Body) -> None:
        """One event for each of these exhibits, all of one act."""
        act = self.services.ids.event_id()
        happenings = [
            Happening(
                self.held[one.register_no],
                Envelope(self.services.ids.event_id(), self.now, self.now, self.by.ref, act),
                body,
            )
            for one in exhibits
        ]
        if happenings:
            record(self.work, self.services.ids, self.work.policies.current(self.now), happenings)

    def recall(self, why: str) -> None:
        """Take the authority back for what has not left."""
        called = self.submission.called
        cleared = [one for one in self.here if one.cleared and one.cleared.submission == called]
        self.tell(cleared, SubmissionRecalled(called, self.submission.version, why))


def offer(services: Services, by: Person, number: int) -> None:
    """Ask for its authority. Raises BadInput for what the form lacks, SubmissionRefusal, NoRight, NotFound."""

    def change(step: _Step) -> None:
        check_in(step.submission, _State.DRAFT)
        after = replace(step.submission, content=_current(step), state=_State.OFFERED, reason="")
        check_complete(after.content)
        _check_exhibits(step)
        step.keep(after, "offered")

    _do(services, by, number, Action.BUILD_SUBMISSION, change)


def authorise(services: Services, by: Person, number: int, seen: str) -> None:
    """Authorise it as it was read: `seen` is the fingerprint of what was shown. Nobody authorises what they made.

    Raises SubmissionRefusal, NoRight, NotFound.
    """

    def change(step: _Step) -> None:
        check_in(step.submission, _State.OFFERED)
        check_authoriser(step.submission, by.ref)
        after = replace(step.submission, content=_current(step))
        check_same(after, seen)
        _check_exhibits(step)
        lines = [line.register_no in step.sent for line in after.content.lines]
        after = replace(after, state=state_from(lines), authorised_by=by.ref, authorised_at=step.now)
        laboratory = after.content.laboratory
        if laboratory is None:
            raise SubmissionNotIn(after.called, after.state.value)
        step.tell(step.here, SubmissionAuthorised(after.called, after.version, laboratory, seen))
        step.work.submissions.keep_version(after, seen)
        step.keep(after, "authorised")

    _do(services, by, number, Action.AUTHORISE_SUBMISSION, change)


def refuse(services: Services, by: Person, number: int, reason: str) -> None:
    """Do not authorise it: whoever built it reads why. Raises BadInput, SubmissionRefusal, NoRight, NotFound."""
    why = required(reason, "reason", "why it is not authorised", LINE_LIMIT)

    def change(step: _Step) -> None:
        check_in(step.submission, _State.OFFERED)
        check_authoriser(step.submission, by.ref)
        step.keep(replace(step.submission, state=_State.DRAFT, reason=why), "refused", why)

    _do(services, by, number, Action.AUTHORISE_SUBMISSION, change)


def revise(services: Services, by: Person, number: int, reason: str) -> None:
    """Begin a new version of what was authorised: nothing more leaves under the old one.

    Raises BadInput, SubmissionRefusal, NoRight, NotFound.
    """
    why = required(reason, "reason", "why it is changed", LINE_LIMIT)

    def change(step: _Step) -> None:
        old = step.submission
        check_in(old, *LIVE)
        step.recall(why)
        after = replace(
            old, state=_State.DRAFT, version=old.version + 1, makers=(by.id,), reason=why,
            authorised_by=None, authorised_at=None,
        )  # fmt: skip
        step.keep(after, "revised", why)

    _do(services, by, number, Action.BUILD_SUBMISSION, change)


def withdraw(services: Services, by: Person, number: int, reason: str) -> None:
    """Give it up before anything has left. Raises BadInput, SubmissionRefusal, NoRight, NotFound."""
    why = required(reason, "reason", "why it is withdrawn", LINE_LIMIT)

    def change(step: _Step) -> None:
        check_in(step.submission, _State.DRAFT, _State.OFFERED, _State.AUTHORISED)
        if step.sent:
            raise SubmissionNotIn(step.submission.called, _State.PART_SENT.value)
        step.recall(why)
        step.keep(replace(step.submission, state=_State.WITHDRAWN, reason=why), "withdrawn", why)

    _do(services, by, number, Action.BUILD_SUBMISSION, change)


def close(services: Services, by: Person, number: int, reason: str) -> None:
    """Close it once all that left is back; what never left needs another submission, and why is said.

    Raises BadInput, SubmissionRefusal, NoRight, NotFound.
    """

    def change(step: _Step) -> None:
        if step.submission.state in OVER or not step.sent:
            raise SubmissionNotIn(step.submission.called, step.submission.state.value)
        check_over(step.submission, step.exhibits.values())
        why = required(reason, "reason", "why the rest is not sent", LINE_LIMIT) if step.here else reason.strip()
        step.recall(why)
        step.keep(replace(step.submission, state=_State.CLOSED, reason=why), "closed", why)

    _do(services, by, number, Action.BUILD_SUBMISSION, change)


def _do(services: Services, by: Person, number: int, action: Action, change: Callable[[_Step], None]) -> None:
    now = services.clock.now()

    def run(work: Work) -> None:
        change(_locked(services, work, by, number, action, now))

    services.store.write(run)


def _locked(services: Services, work: Work, by: Person, number: int, action: Action, now: datetime) -> _Step:
    """Exhibits first and the submission after them, as a scan out locks them."""
    before = work.submissions.find(number)
    case = work.cases.find(before.case)
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("submission")
    require(by, action, case.target)
    held = work.items.hold_all(line.register_no for line in before.content.lines)
    submission = work.submissions.hold(number)
    if submission != before:
        raise ChangedMeanwhile
    sent = frozenset(one.register_no for one in work.submissions.lines([number]) if one.sent_at)
    return _Step(services, work, by, submission, case, held, sent, now)


def _check_exhibits(step: _Step) -> None:
    others = step.work.submissions.open_lines([one.register_no for one in step.here])
    for one in step.here:
        other = others.get(one.register_no)
        check_exhibit(one, None if other == step.submission.number else other)


def _current(step: _Step) -> Content:
    return refreshed(step.submission.content, step.exhibits, step.sent)
