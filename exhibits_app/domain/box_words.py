"""What was done to a box, as a sentence."""

from typing import Final

from .boxes import Box
from .custody.asked import Asked
from .show import clock, day

_DONE: Final = {
    "BOOK_IN": "booked {box} into {place}",
    "MOVE": "moved {box} to {place}",
    "SIGN_IN": "signed {box} in at {place}",
    "RECEIVE": "received {box} at {place}",
    "FROM_COURT": "took {box} back from court at {place}",
    "COLLECT": "handed {box} to {place}",
    "SUBMIT": "sent {box} to {place}",
    "TO_COURT": "took {box} to {place}",
    "SIGN_OUT": "signed {box} out to {receiver}",
    "OFFER": "offered {box} to {receiver}",
    "ACCEPT": "accepted {box}",
    "REJECT": "ended the offer of {box}",
    "SIGHTING": "sighted {box}",
    "SEAL": "closed {box} under seal {seal}",
    "OPEN": "opened {box}",
    "CLOSE": "closed {box}",
    "CHECK": "checked what is in {box}",
    "PUT_IN": "put {box} into {into}",
    "TAKE_OUT": "took {box} out of {parent}",
}


def told(kind: str, box: Box, asked: Asked, items: int, into: Box | None = None) -> str:
    """Like "Okafor moved Box 17 to Ilford, bay 2, with 40 items in it, at 14:02 on 3 May 2026", without a full stop."""
    words = _DONE[kind].format(
        box=box.name,
        place=asked.place.name if asked.place else "no place",
        receiver=asked.receiver.name if asked.receiver else "nobody",
        seal=asked.new_seal or asked.seal,
        into=into.name if into else "no box",
        parent=box.parent.name if box.parent else "no box",
    )
    seal = f", seal {asked.seal}" if asked.seal and kind != "SEAL" else ""
    why = f", because: {asked.reason}" if asked.reason else ""
    return f"{asked.actor.name} {words}{seal}, {with_items(items)}{why}, at {clock(asked.at)} on {day(asked.at)}"


def with_items(items: int) -> str:
    """How much is in it, like "with 40 items in it"."""
    return "empty" if not items else f"with {items:,} item{'' if items == 1 else 's'} in it"
