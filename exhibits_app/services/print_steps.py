"""What people do to a printing: confirm its labels by scanning them, send it again, or void what never came out."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from labels.payload import printed

from ..domain.errors import LabelOfAnotherPrinting, NotAtThisStage, NotFound
from ..domain.events import Body, Envelope, LabelVoided
from ..domain.people import Person
from ..domain.printing import STATE_WORDS, JobState, Step, after
from ..domain.text import LINE_LIMIT, required
from .codes import check_live, parse, unknown
from .context import Services
from .label_life import PRINTED, activate, activation, settle_job
from .label_names import name_of
from .ports import IssuedLabel, PrintStep, Work
from .printings import require_seen
from .recording import Happening, record


@dataclass(frozen=True, slots=True)
class Confirmed:
    """A label that was scanned to confirm it: a sentence, and how many of its printing still wait."""

    job: int
    code: str
    sentence: str
    waiting: int


def confirm(services: Services, by: Person, text: str, job_id: int | None = None) -> Confirmed:
    """Somebody has the printed label before them: it counts from now on, and what it replaces is revoked.

    `job_id` is the printing that is being confirmed, if it is one; a label of another is refused. Scanning a label
    twice changes nothing. Raises NotACode, UnknownCode, RevokedLabel, VoidedLabel, BlankLabel, LabelOfAnotherPrinting,
    NotFound.
    """
    code = parse(text)
    now = services.clock.now()

    def change(work: Work) -> Confirmed:
        if job_id is not None:
            require_seen(work, by, job_id)
        label = work.labels.find(code)
        if label is None:
            raise unknown(work, code)
        name = name_of(work, by, label)
        if job_id is not None and label.job != job_id:
            raise LabelOfAnotherPrinting(printed(code), name, label.job or 0)
        if label.job is None:
            raise NotFound("printing")
        require_seen(work, by, label.job)
        check_live(work, label, code, name)
        waits = label.state == PRINTED
        if waits:
            _activate(services, work, by, label, now)
        left = work.print_jobs.waiting_in([label.job]).get(label.job, 0)
        told = "is confirmed" if waits else "was confirmed before"
        return Confirmed(label.job, code, f"{printed(code)} of {name} {told}.", left)

    return services.store.write(change)


def send_again(services: Services, by: Person, job_id: int) -> None:
    """Put a printing that failed before the printer once more. Raises NotFound, NotAtThisStage."""
    now = services.clock.now()

    def change(work: Work) -> None:
        job = require_seen(work, by, job_id)
        state = after(job_id, job.state, Step.AGAIN)
        work.print_jobs.step(PrintStep(job_id, now, by.id, Step.AGAIN.value, state, f"For the printer {job.printer}."))

    services.store.write(change)


def void(services: Services, by: Person, job_id: int, reason: str, codes: Sequence[str] = ()) -> int:
    """Labels that nobody has scanned are worth nothing from now on; what they should have replaced stays good.

    `codes` are those of the printing to void, all that wait when there are none. Gives how many it was. Raises
    MissingValue, NotFound, NotAtThisStage.
    """
    why = required(reason, "reason", "why these labels are voided", LINE_LIMIT)
    now = services.clock.now()

    def change(work: Work) -> int:
        job = require_seen(work, by, job_id)
        wanted = {parse(code) for code in codes}
        gone = [
            one for one in work.labels.of_job(job_id) if one.state == PRINTED and (not wanted or one.code in wanted)
        ]
        if not gone or job.state is JobState.SENDING:
            raise NotAtThisStage(job_id, STATE_WORDS[job.state], Step.VOID.value)
        _tell(services, work, by, [(one, LabelVoided(one.code)) for one in gone], now, why)
        for one in gone:
            work.labels.revoke(one.code, now, why, "void")
        says = f"{len(gone)} {'label was' if len(gone) == 1 else 'labels were'} voided: {why}"
        if settle_job(work, job_id, by.id, now, says) is job.state:
            work.print_jobs.step(PrintStep(job_id, now, by.id, Step.VOID.value, job.state, says))
        return len(gone)

    return services.store.write(change)


def _activate(services: Services, work: Work, by: Person, label: IssuedLabel, now: datetime) -> None:
    _tell(services, work, by, [(label, activation(work, label, now))], now)
    activate(work, label, now, by.id, now)


def _tell(
    services: Services,
    work: Work,
    by: Person,
    told: Sequence[tuple[IssuedLabel, Body]],
    now: datetime,
    reason: str | None = None,
) -> None:
    """Record it in the chain of each item; places, boxes and badges have none."""
    items = [(label.subject, body) for label, body in told if label.kind == "E" and label.subject is not None]
    if not items:
        return
    held, act = work.items.hold_all([number for number, _ in items]), services.ids.event_id()
    # A handheld types into the page as a keyboard does, so it cannot be told which of the two it was.
    happenings = [
        Happening(held[number], Envelope(services.ids.event_id(), now, now, by.ref, act, reason=reason), body)
        for number, body in items
    ]
    record(work, services.ids, work.policies.current(now), happenings)
