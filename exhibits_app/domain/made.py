"""The decisions that were made about an item, told from its events: against which advice, how late, what came of it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from . import timeline
from .clocks import owed
from .events import Decided, Event, Recommended, Reopened
from .exhibit import Exhibit
from .fold import apply
from .people import RANKS, PersonRef
from .policy import Policy

# The examination that somebody recommended is not made, or not now.
AGAINST_ADVICE = frozenset({"NOT_REQUIRED", "DEFER", "UNSUITABLE"})
ASKED_AGAIN = "recommended"


@dataclass(frozen=True, slots=True)
class DecisionMade:
    """One decision as corrected. `event` is its id, `case` and `category` those that the item had then.

    `against` are the ids of the recommendations that it says no to; `due` is the first deadline of a decision that ran
    when it was made; `reopened_at` is when it was to be made again, and `reopened_by` why (CAUSE_NAMES, ASKED_AGAIN).
    `cost` is the estimate in whole pounds.
    """

    event: str
    register_no: int
    at: datetime
    decision: str
    by: PersonRef
    category: str
    case: int
    reason_code: str | None = None
    against: tuple[str, ...] = ()
    due: datetime | None = None
    reopened_at: datetime | None = None
    reopened_by: str | None = None
    cost: int | None = None

    @property
    def late(self) -> bool:
        """Whether it was made after that deadline."""
        return self.due is not None and self.at > self.due

    @property
    def rank(self) -> str:
        """The rank in which it was made, as histories name people; "Staff" for those without one."""
        first = self.by.name.split(" ", 1)[0]
        return first if first in RANKS else "Staff"


def decisions_made(events: Iterable[Event], policy_at: Callable[[datetime], Policy]) -> tuple[DecisionMade, ...]:
    """Every decision of one item that stands after corrections, in the order of its timeline.

    `policy_at` gives the time limits in force at a moment: a decision is late or not by those of its own time.
    """
    events = list(events)
    if not any(isinstance(event.body, Decided) for event in events):
        return ()
    made: list[DecisionMade] = []
    before: Exhibit | None = None
    for event in timeline.effective(events):
        after = apply(before, event)
        if before is not None and isinstance(event.body, Decided):
            made.append(_made(before, event, event.body, policy_at(event.envelope.corrected)))
        elif made and before is not None and before.decision is not None and after.decision is None:
            made[-1] = _reopened(made[-1], event)
        before = after
    return tuple(made)


def _made(exhibit: Exhibit, event: Event, body: Decided, policy: Policy) -> DecisionMade:
    waited_for = owed(exhibit, policy).decision
    return DecisionMade(
        event.envelope.id,
        event.register_no,
        event.envelope.corrected,
        body.decision,
        event.envelope.actor,
        exhibit.category,
        exhibit.case.id,
        body.reason_code,
        tuple(said.recommendation for said in body.answers) if body.decision in AGAINST_ADVICE else (),
        waited_for.due if waited_for else None,
        cost=body.cost,
    )


def _reopened(made: DecisionMade, event: Event) -> DecisionMade:
    body = event.body
    cause = body.cause if isinstance(body, Reopened) else ASKED_AGAIN if isinstance(body, Recommended) else event.kind
    return replace(made, reopened_at=event.envelope.corrected, reopened_by=cause)
