"""The life of a label: printed, good with its first scan, and only then is the label before it revoked."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from ..domain.errors import ChangedMeanwhile, NotFound
from ..domain.events import LabelActivated
from ..domain.printing import JobState, Step, after, possible
from .ports import IssuedLabel, PrintStep, Work

REPLACED = "replaced by a newer label"
PRINTED = "printed"


def print_new(work: Work, kind: str, subject: int, code: str, job: int | None, now: datetime) -> str | None:
    """Issue a printed label of a thing; it counts from its first scan. Gives the code that it will replace, if any.

    Raises ChangedMeanwhile for a used code.
    """
    old = last_of(work, kind, subject)
    work.labels.issue(IssuedLabel(code, kind, subject, PRINTED, now, job=job))
    return old.code if old else None


def last_of(work: Work, kind: str, subject: int) -> IssuedLabel | None:
    """The label that a thing has: the live one, else the last that was printed and waits for its first scan."""
    waiting = work.labels.printed_of(kind, subject)
    return work.labels.live_of(kind, subject) or (waiting[0] if waiting else None)


def bind(work: Work, label: IssuedLabel, by: int, now: datetime, at: datetime | None = None) -> str | None:
    """Make a label that is in somebody's hand the thing's live label; gives the code that it replaced, if any.

    `label` is new, or waits for its first scan, which was `at` (now, if not given).
    """
    if work.labels.find(label.code) is None:
        work.labels.issue(replace(label, state="printed"))
    return activate(work, label, at or now, by, now)


def activate(work: Work, label: IssuedLabel, at: datetime, by: int, now: datetime) -> str | None:
    """The first scan of a printed label, at `at`: it counts, and what it replaces does no more; gives that code.

    When a scan arrives late and a label that was seen after it counts already, that one goes on counting. Raises
    ChangedMeanwhile when another label of the thing was seen at the same moment and took this one's place.
    """
    kind, subject = label.kind, label.subject or 0
    work.labels.take_turns(kind, subject)
    if not _waits(work, label):
        return None
    live = work.labels.live_of(kind, subject)
    waiting = [one for one in work.labels.printed_of(kind, subject) if one.code != label.code]
    work.labels.activate(label.code, at, by)
    if live is not None and live.code != label.code and live.good_since > at:
        work.labels.revoke(label.code, now, REPLACED)
        settle(work, [label], by, now)
        return None
    gone = [one for one in waiting if _before(one, label)]
    for one in [*([live] if live and live.code != label.code else []), *gone]:
        work.labels.revoke(one.code, now, REPLACED)
    settle(work, [label, *gone], by, now)
    return live.code if live and live.code != label.code else None


def first_scan(work: Work, code: str, at: datetime, by: int, now: datetime) -> None:
    """Activate the label of this code if it still waits for its first scan: for what has no chain in the ledger."""
    label = work.labels.find(code)
    if label is not None and label.state == PRINTED:
        activate(work, label, at, by, now)


def activation(work: Work, label: IssuedLabel, at: datetime) -> LabelActivated:
    """What the ledger is to say when `activate` is called next, with the same label and time."""
    live = work.labels.live_of(label.kind, label.subject or 0)
    replaces = live.code if live and live.code != label.code and live.good_since <= at else None
    return LabelActivated(label.code, replaces)


def revoke_all(work: Work, kind: str, subject: int, by: int, now: datetime, reason: str) -> None:
    """Every label of a thing is good no more, the printed ones too."""
    live, waiting = work.labels.live_of(kind, subject), work.labels.printed_of(kind, subject)
    for one in [*([live] if live else []), *waiting]:
        work.labels.revoke(one.code, now, reason)
    settle(work, waiting, by, now)


def settle(work: Work, labels: Iterable[IssuedLabel], by: int | None, now: datetime, says: str = "") -> None:
    """Confirm, or void, the printings of these labels that wait for no first scan any more."""
    for job in dict.fromkeys(label.job for label in labels if label.job is not None):
        settle_job(work, job, by, now, says)


def settle_job(work: Work, job: int, by: int | None, now: datetime, says: str = "") -> JobState:
    """The printing's state once its labels were looked at: confirmed when each was accounted for and one was seen."""
    found = work.print_jobs.find(job)
    if found is None:
        raise NotFound("printing")
    labels = work.labels.of_job(job)
    if any(label.state == PRINTED for label in labels):
        return found.state
    step = Step.CONFIRM if any(label.activated_at for label in labels) else Step.VOID
    if not possible(found.state, step):
        return found.state
    state = after(job, found.state, step)
    work.print_jobs.step(PrintStep(job, now, by, step.value, state, says or _says(labels)))
    return state


def _says(labels: Sequence[IssuedLabel]) -> str:
    seen = sum(label.activated_at is not None for label in labels)
    if seen == len(labels):
        return "Every label was scanned."
    return f"{seen} of {len(labels)} labels were scanned; the others were replaced or voided."


def _waits(work: Work, label: IssuedLabel) -> bool:
    """Whether it still waits for its first scan; not when another scan of it was faster. Raises ChangedMeanwhile."""
    found = work.labels.find(label.code)
    if found is None or found.state not in {PRINTED, "live"}:
        raise ChangedMeanwhile
    return found.state == PRINTED


def _before(one: IssuedLabel, label: IssuedLabel) -> bool:
    return (one.issued_at, one.job or 0) < (label.issued_at, label.job or 0)
