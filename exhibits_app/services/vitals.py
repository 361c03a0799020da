"""The figures that a monitoring system asks for, read in one view, none of them about a person or a case."""

from collections.abc import Mapping
from dataclasses import dataclass

from . import ledger
from .context import Services
from .ports.machine import Vitals


@dataclass(frozen=True, slots=True)
class Standing:
    """Messages by state; seconds since each job ran; the ledger's entries, those in its tree and those signed; whether
    it is read-only; seconds since somebody outside vouched, None for never; and this process's own."""

    messages: Mapping[str, int]
    job_ages: Mapping[str, float]
    entries: int
    in_tree: int
    signed: int
    read_only: bool
    outside_age: float | None
    process: Vitals


def look(services: Services) -> Standing:
    """What stands now."""
    now = services.clock.now()
    with services.store.read() as work:
        messages = work.alerts.outbox()
        ages = {job: (now - at).total_seconds() for job, (at, _) in work.alerts.heartbeats().items()}
        kept = ledger.look(services, work)
    return Standing(
        messages,
        ages,
        kept.entries,
        kept.in_tree,
        kept.checkpoint.size if kept.checkpoint else 0,
        kept.alarm is not None,
        (now - kept.anchor.at).total_seconds() if kept.anchor else None,
        services.machine.vitals(),
    )
