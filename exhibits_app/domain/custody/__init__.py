"""The custody rules: each function checks one act against the exhibit's state and says what happened.

Nothing here writes. A function raises the refusal, or returns the body of the event to record.
"""

from collections.abc import Callable

from ..events import Body
from ..exhibit import Exhibit
from . import ending, hands, outside, stores
from .asked import BY_TWO, CLOCK_TOLERANCE, COUNTED, Asked, check_act, check_time, needs_place
from .observed import as_observed, in_doubt
from .possible import is_possible

__all__ = [
    "BY_TWO",
    "CLOCK_TOLERANCE",
    "COUNTED",
    "RULES",
    "Asked",
    "as_observed",
    "check_time",
    "decide",
    "in_doubt",
    "needs_place",
    "possible",
]

RULES: dict[str, Callable[[Exhibit, Asked], Body]] = {
    "BOOK_IN": stores.book_in,
    "MOVE": stores.move,
    "SIGN_OUT": stores.sign_out,
    "SIGN_IN": stores.sign_in,
    "COLLECT": stores.collect,
    "RECEIVE": stores.receive,
    "SIGHTING": stores.sight,
    "OFFER": hands.offer,
    "ACCEPT": hands.accept,
    "REJECT": hands.reject,
    "SEAL": hands.seal,
    "OPEN": hands.open_seal,
    "VIEW": hands.view,
    "PUT_IN": hands.put_in,
    "TAKE_OUT": hands.take_out,
    "SUBMIT": outside.submit,
    "LAB_RECEIPT": outside.lab_receipt,
    "LAB_RETURN": outside.lab_return,
    "CONSUME": outside.consume,
    "TO_COURT": outside.to_court,
    "FROM_COURT": outside.from_court,
    "UNACCOUNTED": ending.unaccounted,
    "MISSING": ending.missing,
    "FOUND": ending.found,
    "HOLD": ending.hold,
    "RELEASE_HOLD": ending.release_hold,
    "REVIEW": ending.review,
    "AUTHORISE_DISPOSAL": ending.authorise_disposal,
    "RESTORE": ending.restore,
    "DESTROY": ending.destroy,
    "AUCTION": ending.auction,
    "RETAIN": ending.retain,
    "RE_SEIZE": ending.re_seize,
}

# What may still be told of an item that has left for good.
_AFTER_THE_END = frozenset({"SIGHTING", "RE_SEIZE"})


def decide(kind: str, exhibit: Exhibit, asked: Asked) -> Body:
    """What happens when this act is done to this exhibit. Raises CustodyRefusal. `kind` is a key of RULES."""
    check_act(exhibit, asked, after_the_end=kind in _AFTER_THE_END)
    return RULES[kind](exhibit, asked)


# What has rules of its own besides the table: its particulars are more than one item's.
APART = ("SPLIT", "RELABEL", "PROMOTE", "RESULT", "LAB_PARTS", "WRONG_ITEM", "SEE_END")


def possible(exhibit: Exhibit, asked: Asked) -> tuple[str, ...]:
    """The kinds of act that the state allows now to this actor; what else they need is for the act itself to say."""
    return tuple(kind for kind in (*RULES, *APART) if is_possible(kind, exhibit, asked, decide))
