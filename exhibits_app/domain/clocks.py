"""The clocks: what somebody must do about an exhibit, by when, by which version of the force's policy.

They start at seizure and nothing resets them. Every number in a policy is the force's own and not law.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .exhibit import CustodyKind, Exhibit, Forensic


class ClockKind(StrEnum):
    """What is waited for."""

    DECISION = "decision"
    SUBMISSION = "submission"
    REVIEW = "review"


CLOCK_NAMES = {
    ClockKind.DECISION: "Forensic decision",
    ClockKind.SUBMISSION: "Forensic submission",
    ClockKind.REVIEW: "Review",
}


@dataclass(frozen=True, slots=True)
class Rule:
    """Days from seizure for one category; None where that clock does not run."""

    decide_days: int | None = None
    submit_days: int | None = None
    review_days: int | None = None


@dataclass(frozen=True, slots=True)
class Policy:
    """One version of the force's table, in force from a moment on. Calendar days."""

    version: int
    effective_from: datetime
    rules: Mapping[str, Rule]

    def rule(self, category: str) -> Rule:
        """The rule of a category; one that the table lacks is treated as unclassified: strict, never exempt."""
        return self.rules.get(category) or self.rules["UNK"]


DEFAULT_RULES: dict[str, Rule] = {
    "TOX-D": Rule(1, 3),
    "SEX": Rule(2, 7),
    "DTH-DRUG": Rule(2, 5),
    "DTH-BED": Rule(3, 7),
    "DTH-DOC": Rule(3, 7),
    "DTH-DIG": Rule(2, 5),
    "BIO": Rule(3, 7),
    "BIO-V": Rule(5, 10),
    "FA": Rule(1, 3),
    "FIRE": Rule(2, 5),
    "GSR": Rule(2, 5),
    "RTA": Rule(1, 7),
    "DRUG": Rule(7, 14),
    "DOC": Rule(7, 14),
    "DIG": Rule(7, 28),
    "CCTV": Rule(3, 7),
    "KNF": Rule(3, 7),
    "VEH": Rule(2, 7),
    "CASH": Rule(2, None),
    "PM": Rule(1, 3),
    "NON": Rule(None, None, 28),
    "UNK": Rule(1, 7),
}


@dataclass(frozen=True, slots=True)
class Clock:
    """One running clock of one exhibit."""

    kind: ClockKind
    started: datetime
    due: datetime

    def share(self, now: datetime) -> float:
        """How much of the time is used: 1.0 at the deadline."""
        length = (self.due - self.started).total_seconds()
        return (now - self.started).total_seconds() / length if length > 0 else float("inf")


@dataclass(frozen=True, slots=True)
class Stage:
    """One step of the escalation: from this share of the time on, these people are told."""

    name: str
    share: float
    tells: tuple[str, ...]


# 50 % -> OIC; 80 % -> OIC and supervisor; 100 % -> supervisor and FSU; +50 % -> DI (default; force policy, not law).
STAGES: tuple[Stage, ...] = (
    Stage("half-time", 0.5, ("oic",)),
    Stage("due-soon", 0.8, ("oic", "supervisor")),
    Stage("overdue", 1.0, ("supervisor", "submissions")),
    Stage("long-overdue", 1.5, ("inspector",)),
)

# What the gap detector measures by. All are our own starting values: no law or guidance sets them, a force does.
SIGHTING_EVERY = timedelta(days=90)  # What the force holds is scanned this often, stocktakes included.
RECEIPT_WITHIN = timedelta(days=1)  # From seizure to the first store, carrier or laboratory that takes it in.
RESEAL_WITHIN = timedelta(hours=12)  # Sealed again by the end of the shift in which it was opened.


def running(exhibit: Exhibit, policy: Policy) -> tuple[Clock, ...]:
    """The clocks that run for this exhibit now, earliest deadline first; depends on nothing else."""
    if exhibit.custody.kind in {CustodyKind.OWNER, CustodyKind.DESTROYED}:
        return ()
    rule = policy.rule(exhibit.category)
    clocks: list[Clock] = []
    if exhibit.forensic is Forensic.UNDECIDED:
        _start(clocks, ClockKind.DECISION, exhibit.seized_at, rule.decide_days)
    if exhibit.forensic in {Forensic.UNDECIDED, Forensic.TO_SUBMIT}:
        _start(clocks, ClockKind.SUBMISSION, exhibit.seized_at, rule.submit_days)
    if exhibit.forensic is Forensic.DEFERRED and exhibit.decision and exhibit.decision.until:
        clocks.append(Clock(ClockKind.DECISION, exhibit.seized_at, exhibit.decision.until))
    if exhibit.forensic is Forensic.UNDECIDED:
        _start(clocks, ClockKind.REVIEW, exhibit.seized_at, rule.review_days)
    return tuple(sorted(clocks, key=lambda clock: clock.due))


def next_due(exhibit: Exhibit, policy: Policy) -> Clock | None:
    """The running clock with the earliest deadline, or None when nothing is owed."""
    clocks = running(exhibit, policy)
    return clocks[0] if clocks else None


def stage_at(clock: Clock, now: datetime) -> Stage | None:
    """The furthest stage of the escalation that the clock has reached, or None before the first."""
    share = clock.share(now)
    reached = [stage for stage in STAGES if share >= stage.share]
    return reached[-1] if reached else None


def latest_deferral(exhibit: Exhibit, policy: Policy) -> datetime:
    """A deferral ends at most twice the original decision time after seizure."""
    days = policy.rule(exhibit.category).decide_days or 28
    return exhibit.seized_at + timedelta(days=2 * days)


def _start(clocks: list[Clock], kind: ClockKind, started: datetime, days: int | None) -> None:
    if days is not None:
        clocks.append(Clock(kind, started, started + timedelta(days=days)))
