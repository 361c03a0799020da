"""The secret addresses under which people's calendars are read, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, select, update

from ..mapping import instant_or_none, micros
from ..rows import calendar_feed
from ..sql import Session, Statement, adding

_LIVE = calendar_feed.c.revoked_at.is_(None)
_MAKE = Statement(adding(calendar_feed, "key", "person_id", "made_at"))
_REVOKE = Statement(
    update(calendar_feed)
    .where(calendar_feed.c.person_id == bindparam("person"), _LIVE)
    .values(revoked_at=bindparam("at"))
)
_MADE_AT = Statement(select(calendar_feed.c.made_at).where(calendar_feed.c.person_id == bindparam("person"), _LIVE))
_PERSON_OF = Statement(select(calendar_feed.c.person_id).where(calendar_feed.c.key == bindparam("key"), _LIVE))


class SqlCalendars:
    """Implements the Calendars port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def make(self, key: str, person: int, at: datetime) -> None:
        """Keep an address by the SHA-256 of its secret; the person's others are revoked."""
        self.revoke(person, at)
        self._session.run(_MAKE, key=key, person_id=person, made_at=micros(at))

    def revoke(self, person: int, at: datetime) -> bool:
        """The person's address is worth nothing from now on; False when there was none."""
        return self._session.run(_REVOKE, person=person, at=micros(at)) > 0

    def made_at(self, person: int) -> datetime | None:
        """When the person's live address was made; None when there is none."""
        return instant_or_none(self._session.value(_MADE_AT, person=person))

    def person_of(self, key: str) -> int | None:
        """Whose live address this is; None for one that is unknown or revoked."""
        found = self._session.value(_PERSON_OF, key=key)
        return None if found is None else int(found)
