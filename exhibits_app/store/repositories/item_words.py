"""The words that items are found by."""

from collections.abc import Sequence

from sqlalchemy import select

from ...domain.exhibit import Exhibit
from ..sql import Session
from .full_text import WordIndex

INDEX = WordIndex("item_words")


def told_of(exhibit: Exhibit) -> tuple[str, ...]:
    """The texts that an item is found by. The seals it ever had are looked up as they are, not as words."""
    numbers = (alias.number for alias in exhibit.aliases)
    return (exhibit.description, exhibit.reference, exhibit.case.reference, *numbers)


def keep(session: Session, exhibits: Sequence[Exhibit]) -> None:
    """Write these items' words anew."""
    INDEX.keep(session, [(one.register_no, told_of(one)) for one in exhibits])


def differ(session: Session, exhibit: Exhibit) -> bool:
    """Whether the words that are kept are not those of this state."""
    return INDEX.differ(session, exhibit.register_no, told_of(exhibit))


def find(session: Session, asked: str, before: int, limit: int) -> list[int]:
    """Register numbers below `before` of items with these words, that begin so or mean the same, the newest first."""
    found = INDEX.found(session, asked, meant=True)
    if found is None:
        return []
    number = INDEX.number(session)
    rows = session.query(select(number).where(found, number < before).order_by(number.desc()).limit(limit))
    return [row[0] for row in rows]
