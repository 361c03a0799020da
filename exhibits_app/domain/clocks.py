"""The clocks: what somebody must do about an exhibit, by when, by which version of the force's policy.

The clocks of the decision start at seizure and nothing resets them; a decision that was made and is reopened is due as
a recommendation is, from its reopening. Those of custody start with the step that is to
be answered. What is due depends on the item's events, the policy and the time, and on nothing else.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from .clocked import Clocked
from .escalation import Stage
from .exhibit import CustodyKind, Forensic
from .laboratory import away_since, is_confirmed, result_awaited_since, results_since_sent
from .policy import Policy


class ClockKind(StrEnum):
    """What is waited for."""

    DECISION = "decision"
    SUBMISSION = "submission"
    REVIEW = "review"
    RECOMMENDATION = "recommendation"
    BOOK_IN = "book in"
    TRANSIT = "transit"
    HANDOVER = "handover"
    RETURN = "return"
    LAB_RECEIPT = "laboratory receipt"
    RESULT = "result"
    LAB_RETURN = "laboratory return"
    OPEN_SEAL = "open seal"
    SIGHTING = "sighting"


CLOCK_NAMES = {
    ClockKind.DECISION: "Forensic decision",
    ClockKind.SUBMISSION: "Forensic submission",
    ClockKind.REVIEW: "Review",
    ClockKind.RECOMMENDATION: "Answer to a recommendation",
    ClockKind.BOOK_IN: "Booking in",
    ClockKind.TRANSIT: "Moving on from transit",
    ClockKind.HANDOVER: "Accepting the handover",
    ClockKind.RETURN: "Return",
    ClockKind.LAB_RECEIPT: "Laboratory's receipt",
    ClockKind.RESULT: "Result of the examination",
    ClockKind.LAB_RETURN: "Return from the laboratory",
    ClockKind.OPEN_SEAL: "Sealing again",
    ClockKind.SIGHTING: "Scan in store",
}

# These ask for a decision about the exhibit; the others ask where it is and who has it.
DECIDING = frozenset({ClockKind.DECISION, ClockKind.SUBMISSION, ClockKind.REVIEW, ClockKind.RECOMMENDATION})


@dataclass(frozen=True, slots=True)
class Clock:
    """One running clock of one exhibit. `counts_from` is later than its start for legacy stock that is graded in."""

    kind: ClockKind
    started: datetime
    due: datetime
    counts_from: datetime | None = None

    def share(self, now: datetime) -> float:
        """How much of the time is used: 1.0 at the deadline, nothing before it begins to count."""
        begun = self.counts_from or self.started
        length = (self.due - begun).total_seconds()
        return (now - begun).total_seconds() / length if length > 0 else float("inf")

    def at(self, share: float) -> datetime:
        """When so much of the time is used."""
        begun = self.counts_from or self.started
        return begun + (self.due - begun) * share if self.due > begun else self.due


# What the gap detector measures by. All are our own starting values: no law or guidance sets them, a force does.
SIGHTING_EVERY = timedelta(days=90)  # What the force holds is scanned this often, stocktakes included.
RECEIPT_WITHIN = timedelta(days=1)  # From seizure to the first store, carrier or laboratory that takes it in.
RESEAL_WITHIN = timedelta(hours=12)  # Sealed again by the end of the shift in which it was opened.


@dataclass(frozen=True, slots=True)
class Owed:
    """What is owed first about an exhibit: a decision, and a step of custody. None where nothing is.

    `custody_too` are the other steps of custody that are owed, the first due first. `notice` is when the first stage of
    the escalation of any clock comes: before it nobody is told of anything.
    """

    decision: Clock | None = None
    custody: Clock | None = None
    custody_too: tuple[Clock, ...] = ()
    notice: datetime | None = None


NOTHING_OWED = Owed()
_MOMENT = timedelta(microseconds=1)
ENDED = frozenset({CustodyKind.OWNER, CustodyKind.DESTROYED})


def running(exhibit: Clocked, policy: Policy) -> tuple[Clock, ...]:
    """The clocks that run for this exhibit now, earliest deadline first; depends on nothing else."""
    if exhibit.custody.kind in ENDED:
        return tuple(_of_result(exhibit, policy))
    return tuple(sorted([*_of_decision(exhibit, policy), *_of_custody(exhibit, policy)], key=_by_due))


def owed(exhibit: Clocked, policy: Policy) -> Owed:
    """The running clock of each sort with the earliest deadline."""
    over = exhibit.custody.kind in ENDED
    deciding = [] if over else _of_decision(exhibit, policy)
    custody = _of_result(exhibit, policy) if over else sorted(_of_custody(exhibit, policy), key=_by_due)
    if not deciding and not custody:
        return NOTHING_OWED
    first = [(clock, stages_of(clock.kind, policy)) for clock in (*deciding, *custody)]
    notice = min((clock.at(stages[0].share) for clock, stages in first if stages), default=None)
    decision = min(deciding, key=_by_due, default=None)
    return Owed(decision, custody[0] if custody else None, tuple(custody[1:]), notice)


def counted_from(exhibit: Clocked, started: datetime) -> datetime | None:
    """From when the time of a clock counts that started before the item came over from a previous system.

    That is the day on which the item is graded in; None for every other clock. See decision 0020.
    """
    if exhibit.grade_on is None or started > (exhibit.imported_at or exhibit.seized_at):
        return None
    return exhibit.grade_on if exhibit.grade_on > started else None


def advised_since(exhibit: Clocked) -> datetime | None:
    """Since when the oldest open recommendation waits for its answer, whatever else is owed; None where none does."""
    if exhibit.custody.kind in ENDED:
        return None
    return min((one.at for one in exhibit.open_recommendations), default=None)


def _of_decision(exhibit: Clocked, policy: Policy) -> list[Clock]:
    rule, seized = policy.rule(exhibit.category), exhibit.seized_at
    clocks: list[Clock] = []

    def start(kind: ClockKind, days: int | None, at: datetime = seized) -> None:
        if days is not None:
            counts_from = counted_from(exhibit, at)
            clocks.append(Clock(kind, at, policy.due(counts_from or at, days), counts_from))

    undecided, again = exhibit.forensic is Forensic.UNDECIDED, exhibit.reopened_at
    answer_days = policy.limits.recommendation_days
    if undecided:
        start(ClockKind.DECISION, answer_days if again else rule.decide_days, again or seized)
    if exhibit.forensic is Forensic.TO_SUBMIT and rule.submit_days is None:
        # Nothing had to be sent before somebody decided it; from then on it waits like the unclassified.
        start(ClockKind.SUBMISSION, policy.rule("UNK").submit_days, exhibit.decision.at if exhibit.decision else seized)
    elif (undecided and not again) or exhibit.forensic is Forensic.TO_SUBMIT:
        start(ClockKind.SUBMISSION, rule.submit_days, again or seized)
    for one in exhibit.open_recommendations:
        start(ClockKind.RECOMMENDATION, answer_days, one.at)
    if exhibit.forensic is Forensic.DEFERRED and exhibit.decision and exhibit.decision.until:
        clocks.append(Clock(ClockKind.DECISION, seized, exhibit.decision.until))
    if exhibit.review_at is not None:
        clocks.append(Clock(ClockKind.REVIEW, seized, exhibit.review_at))
    elif undecided and not again:
        start(ClockKind.REVIEW, rule.review_days)
    return clocks


def _of_custody(exhibit: Clocked, policy: Policy) -> list[Clock]:
    """One clock for each step of custody that somebody must take; a step that is taken ends its clock."""
    custody, limits = exhibit.custody, policy.limits
    since = exhibit.held_since or exhibit.last_event_at
    clocks: list[Clock] = []

    def start(kind: ClockKind, at: datetime, *, hours: int = 0, days: int = 0) -> None:
        counts_from = None if kind is ClockKind.SIGHTING else counted_from(exhibit, at)
        begun = counts_from or at
        clocks.append(Clock(kind, at, policy.due(begun, days) if days else begun + timedelta(hours=hours), counts_from))

    if custody.kind is CustodyKind.PERSON:
        if exhibit.first_booked_in_at is None and exhibit.submitted_at is None:
            start(ClockKind.BOOK_IN, exhibit.seized_at, hours=limits.book_in_hours)
        if exhibit.due_back is not None:
            clocks.append(Clock(ClockKind.RETURN, since, exhibit.due_back))
    elif custody.kind is CustodyKind.STORE:
        if custody.id in policy.transit_stores:
            start(ClockKind.TRANSIT, since, days=limits.transit_days)
        start(ClockKind.SIGHTING, exhibit.last_sighted_at or since, days=limits.sighting_days)
    elif custody.kind is CustodyKind.CARRIER:
        start(ClockKind.TRANSIT, since, days=limits.carrier_days)
    if exhibit.offer is not None:
        start(ClockKind.HANDOVER, exhibit.offer.at, hours=limits.handover_hours)
    clocks += _of_result(exhibit, policy)
    if away_since(exhibit) is not None:
        if custody.kind is CustodyKind.EXTERNAL and not is_confirmed(exhibit):
            start(ClockKind.LAB_RECEIPT, since, days=limits.carrier_days)
        for told in results_since_sent(exhibit)[-1:]:
            start(ClockKind.LAB_RETURN, told.reported_at, days=limits.lab_return_days)
    if exhibit.opened_at is not None:
        start(ClockKind.OPEN_SEAL, exhibit.opened_at, hours=limits.open_seal_hours)
    return clocks


def _of_result(exhibit: Clocked, policy: Policy) -> list[Clock]:
    """The result that somebody who examines it has still to give; of what a laboratory used up nothing else is owed."""
    awaited = result_awaited_since(exhibit)
    if awaited is None:
        return []
    counts_from = counted_from(exhibit, awaited)
    due = policy.due(counts_from or awaited, policy.limits.result_days)
    return [Clock(ClockKind.RESULT, awaited, due, counts_from)]


def _by_due(clock: Clock) -> datetime:
    return clock.due


def stages_of(kind: ClockKind, policy: Policy) -> tuple[Stage, ...]:
    """The escalation of a clock. That an item was not scanned is a stocktake's matter: nobody is written to."""
    if kind in DECIDING:
        return policy.stages
    return () if kind is ClockKind.SIGHTING else policy.custody_stages


def stage_at(clock: Clock, policy: Policy, now: datetime) -> Stage | None:
    """The furthest stage of the escalation that the clock has reached, or None before the first."""
    return stages_around(clock, policy, now)[0]


def stages_around(clock: Clock, policy: Policy, now: datetime) -> tuple[Stage | None, datetime | None]:
    """The furthest stage that the clock has reached, and when the next comes; None before the first, after the last.

    The next comes just after `now` at the earliest.
    """
    share, reached = clock.share(now), None
    for stage in stages_of(clock.kind, policy):
        if share < stage.share:
            return reached, max(clock.at(stage.share), now + _MOMENT)
        reached = stage
    return reached, None


def next_stage(exhibit: Clocked, policy: Policy, now: datetime) -> datetime | None:
    """When the next stage of any running clock comes after `now`; None where none is to come."""
    following = (stages_around(clock, policy, now)[1] for clock in running(exhibit, policy))
    return min((one for one in following if one is not None), default=None)


def latest_deferral(exhibit: Clocked, policy: Policy) -> datetime:
    """A deferral ends at most twice the original decision time after seizure, or after legacy stock is graded in."""
    begun = counted_from(exhibit, exhibit.seized_at) or exhibit.seized_at
    return policy.due(begun, 2 * (policy.rule(exhibit.category).decide_days or 28))
