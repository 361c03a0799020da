"""Items by their number in a previous system, whichever system it was, in SQL."""

from typing import Final

from sqlalchemy import bindparam, select

from ..mapping import key_of
from ..rows import item
from ..sql import Session, Statement

MOST_ALIKE: Final = 20  # Items that have the same number in as many previous systems.
_BY_LEGACY = Statement(
    select(item.c.register_no)
    .where(item.c.legacy_key >= bindparam("low"), item.c.legacy_key < bindparam("high"))
    .order_by(item.c.legacy_key)
    .limit(bindparam("limit"))
)


def numbered(session: Session, number: str) -> list[int]:
    """The register numbers of items that had this number; the key of an item begins with it (see item_row)."""
    low = f"{key_of(number)}\n"
    return [row[0] for row in session.all(_BY_LEGACY, low=low, high=low + "\U0010ffff", limit=MOST_ALIKE)]
