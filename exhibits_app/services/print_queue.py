"""Sends what waits for a printer: leased first, then sent outside any transaction, then told (decision 14)."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from labels import errors as label_errors
from labels.printing_errors import NotPrinted

from ..domain.printing import Step, after, possible
from .context import Services
from .label_life import settle_job
from .ports import PrintJob, PrintStep, Work

# Longer than any printer is waited for; who holds a printing for longer has died.
LEASE = timedelta(minutes=5)
LOST = (
    "The service was stopped while it sent this, and does not know how far it came. Labels may have come out: look at "
    "the printer {printer}. Scan those that did. Before you send it again, destroy those that you have not scanned."
)


@dataclass(slots=True)
class Delivered:
    """What one run did."""

    sent: int = 0
    failed: int = 0


def deliver(services: Services) -> Delivered:
    """Send every printing that waits, the oldest first, and give up those whose sender died."""
    done = Delivered()
    now = services.clock.now()
    with services.store.read() as work:
        lost, first = work.print_jobs.lost(now), work.print_jobs.next_queued()
    for job in lost:
        services.store.write(lambda work, job=job: _give_up(work, job, now))  # type: ignore[misc]  # bound now
        done.failed += 1
    while first is not None:
        _send(services, first, done)
        with services.store.read() as work:
            first = work.print_jobs.next_queued()
    return done


def _send(services: Services, job_id: int, done: Delivered) -> None:
    leased = services.store.write(lambda work: _lease(work, job_id, services.clock.now()))
    if leased is None:
        return
    try:
        _hand_over(services, leased)
    except label_errors.LabelRefusal as refusal:
        fault = str(refusal)
        done.failed += 1
        services.store.write(lambda work: _tell(work, job_id, services.clock.now(), Step.REFUSED, fault))
        return
    done.sent += 1
    says = f"The printer {leased.printer} has taken it. Scan a label to confirm that it came out."
    services.store.write(lambda work: _tell(work, job_id, services.clock.now(), Step.TAKEN, says))


def _hand_over(services: Services, job: PrintJob) -> None:
    """Raises LabelRefusal."""
    known = services.printers.known()
    if job.printer not in known:
        raise NotPrinted(job.printer, f"Nothing was printed: there is no printer {job.printer} any more.")
    file = services.files.get(job.sent_sha256 or job.sha256)
    services.printers.send(file, known[job.printer], raw=file.startswith(b"^XA"))


def _lease(work: Work, job_id: int, now: datetime) -> PrintJob | None:
    if not work.print_jobs.lease(job_id, now + LEASE):
        return None
    return work.print_jobs.find(job_id)


def _give_up(work: Work, job_id: int, now: datetime) -> None:
    job = work.print_jobs.find(job_id)
    if job is not None and job_id in work.print_jobs.lost(now):
        _tell(work, job_id, now, Step.LOST, LOST.format(printer=job.printer))


def _tell(work: Work, job_id: int, now: datetime, step: Step, says: str) -> None:
    """Keep what the printer said. A label may have been scanned meanwhile, or all of them replaced."""
    job = work.print_jobs.find(job_id)
    if job is None or not possible(job.state, step):
        return
    work.print_jobs.step(PrintStep(job_id, now, None, step.value, after(job_id, job.state, step), says))
    settle_job(work, job_id, None, now)
