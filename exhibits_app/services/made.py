"""Keeping the table of decisions true to the ledger: after whatever tells of one anew, and in a rebuild."""

from collections.abc import Iterable, Sequence
from operator import attrgetter

from ..domain.events import Corrected, Decided, Erased, Event, Recommended, Reopened, ResultRecorded
from ..domain.made import DecisionMade, decisions_made
from .ports import Work

# After these a decision that is on record may be told otherwise than before.
_TELLS_ANEW = (Reopened, Recommended, ResultRecorded, Corrected, Erased)


def keep(work: Work, events: Iterable[Event], folded_anew: Iterable[int]) -> None:
    """Keep the decisions of the items of these events, which are in the ledger by now.

    `folded_anew` are items whose timeline something landed in the middle of. A scan that tells of no decision costs
    nothing.
    """
    decided, doubtful = set(), set(folded_anew)
    for event in events:
        if isinstance(event.body, Decided):
            decided.add(event.register_no)
        elif isinstance(event.body, _TELLS_ANEW):
            doubtful.add(event.register_no)
    decided |= {number for number in doubtful - decided if work.decisions.of_item(number)}
    for number in sorted(decided):
        keep_anew(work, number)


def keep_anew(work: Work, register_no: int) -> None:
    """Keep the decisions of this item as its entries tell them."""
    work.decisions.keep(register_no, told(work, work.ledger.events_of(register_no)))


def told(work: Work, events: Sequence[Event]) -> list[DecisionMade]:
    """The decisions about an item as all of its events tell them, by their events' ids."""
    return sorted(decisions_made(events, work.policies.current), key=attrgetter("event"))
