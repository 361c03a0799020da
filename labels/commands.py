"""The sheet of commands: which there are, in the order in which a store needs them, and what each does, in words."""

from __future__ import annotations

from types import MappingProxyType

from labels.fields import CommandLabel
from labels.payload import command_code

GROUPS = MappingProxyType(
    {
        "Every batch": {
            "CONFIRM": "Record what is on the screen",
            "UNDO": "Take the last scan back",
            "CANCEL": "Take back all that is not yet confirmed",
            "WITNESS": "The next badge is the witness",
        },
        "In the store": {
            "BOOK_IN": "Items come into a store for the first time",
            "MOVE": "Items go to another place in a store",
            "SIGN_OUT": "A named person takes items away",
            "TOGETHER": "With SIGN OUT: the next badge takes them too",
            "SIGN_IN": "Items come back into a store",
            "SIGHTING": "You have seen the items, nothing moves",
        },
        "Boxes": {
            "PUT_IN": "Scan the box, then what goes into it",
            "TAKE_OUT": "Items are taken out of their box",
        },
        "Lost and found": {
            "UNACCOUNTED": "Items are not where they should be",
            "FOUND": "An unaccounted item is here again",
        },
        "Seals and viewing": {
            "SEAL": "A new seal is on the item: scan its number",
            "OPEN": "The seal is opened, for a reason",
            "VIEW": "The item is shown to somebody",
        },
        "From hand to hand": {
            "OFFER": "Offer items to a person: scan their badge",
            "ACCEPT": "You take what was offered to you",
            "REJECT": "You turn down what was offered",
        },
        "Lab and court": {
            "SUBMIT": "Items go to a laboratory or courier",
            "LAB_RECEIPT": "The laboratory has the items",
            "LAB_RETURN": "Items come back from the laboratory",
            "TO_COURT": "Items go to court",
            "FROM_COURT": "Items come back from court",
        },
        "Between stores": {
            "COLLECT": "A carrier takes items to another store",
            "RECEIVE": "The other store takes them in",
        },
    }
)


def command_labels() -> list[CommandLabel]:
    """A label for every command, group by group."""
    return [
        CommandLabel(command_code(name), words, group)
        for group, names in GROUPS.items()
        for name, words in names.items()
    ]
