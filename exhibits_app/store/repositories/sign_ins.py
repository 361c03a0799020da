"""Browser sessions, one-time links, failed attempts and the log of reads, in SQL."""

from datetime import datetime

from sqlalchemy import bindparam, delete, literal_column, select, update

from ...services.ports import WebSession
from ..mapping import instant, instant_or_none, micros, micros_or_none
from ..rows import attempt, read_log, sign_in_link, turn, web_session
from ..sql import Session, Statement, adding, upsert
from .scans import LAST

_START = Statement(adding(web_session, *web_session.c.keys()))
_SESSION = Statement(select(web_session).where(web_session.c.key == bindparam("key")))
_THIS = web_session.c.key == bindparam("this_key")
_TOUCH = Statement(update(web_session).where(_THIS).values(seen_at=bindparam("at")))
_END = Statement(update(web_session).where(_THIS, web_session.c.ended_at.is_(None)).values(ended_at=bindparam("at")))
_END_OF = [
    Statement(
        update(table)
        .where(table.c.person_id == bindparam("this_person"), table.c.ended_at.is_(None))
        .values(ended_at=bindparam("at"))
    )
    for table in (web_session, turn)
]
_END_BROWSERS = Statement(
    update(web_session)
    .where(
        web_session.c.person_id == bindparam("this_person"),
        web_session.c.ended_at.is_(None),
        web_session.c.key != bindparam("but"),
    )
    .values(ended_at=bindparam("at"))
)
_ADD_LINK = Statement(adding(sign_in_link, "key", "person_id", "expires_at"))
_SPEND = Statement(
    update(sign_in_link)
    .where(
        sign_in_link.c.key == bindparam("this_key"),
        sign_in_link.c.spent_at.is_(None),
        sign_in_link.c.expires_at > bindparam("now"),
    )
    .values(spent_at=bindparam("at"))
    .returning(sign_in_link.c.person_id)
)
_FAILURES = Statement(select(attempt.c.failures, attempt.c.last_at).where(attempt.c.key == bindparam("key")))
_COUNT_FAILURE = Statement(
    lambda database: (
        upsert(database, attempt)
        .values(key=bindparam("key"), failures=literal_column("1"), last_at=bindparam("last_at"))
        .inline()
        .on_conflict_do_update(
            index_elements=["key"],
            set_={"failures": attempt.c.failures + literal_column("1"), "last_at": literal_column("excluded.last_at")},
        )
    )
)
_FORGET = Statement(delete(attempt).where(attempt.c.key == bindparam("this_key")))
_LOG_READ = Statement(adding(read_log, "person_id", "what", "subject", "at", "note"))
_READS = Statement(
    select(read_log).where(read_log.c.id < bindparam("before")).order_by(read_log.c.id.desc()).limit(bindparam("limit"))
)


class SignIns:
    """The part of the Accounts port about who is signed in, who tried, and who read what."""

    _session: Session

    def start_session(self, session: WebSession) -> None:
        """Keep a new browser session."""
        self._session.run(
            _START,
            key=session.key,
            person_id=session.person,
            started_at=micros(session.started_at),
            seen_at=micros(session.seen_at),
            ended_at=micros_or_none(session.ended_at),
        )

    def session(self, key: str) -> WebSession | None:
        """The session, ended or not, or None."""
        row = self._session.one(_SESSION, key=key)
        if row is None:
            return None
        return WebSession(
            row.key, row.person_id, instant(row.started_at), instant(row.seen_at), instant_or_none(row.ended_at)
        )

    def touch_session(self, key: str, at: datetime) -> None:
        """The session was used."""
        self._session.run(_TOUCH, this_key=key, at=micros(at))

    def end_session(self, key: str, at: datetime) -> None:
        """The session is over."""
        self._session.run(_END, this_key=key, at=micros(at))

    def end_sessions_of(self, person: int, at: datetime) -> None:
        """Every session of the person is over, in browsers and at devices."""
        for statement in _END_OF:
            self._session.run(statement, this_person=person, at=micros(at))

    def end_browser_sessions(self, person: int, at: datetime, but: str) -> None:
        """The person's browser sessions are over, apart from the one of this key."""
        self._session.run(_END_BROWSERS, this_person=person, at=micros(at), but=but)

    def add_link(self, key: str, person: int, expires_at: datetime) -> None:
        """Keep a one-time link by the SHA-256 of its secret."""
        self._session.run(_ADD_LINK, key=key, person_id=person, expires_at=micros(expires_at))

    def spend_link(self, key: str, at: datetime) -> int | None:
        """The person of an unspent link that has not run out, spending it; None otherwise."""
        person = self._session.value(_SPEND, this_key=key, now=micros(at), at=micros(at))
        return None if person is None else int(person)

    def failures(self, key: str) -> tuple[int, datetime | None]:
        """How many attempts in a row failed under this key, and when the last one did."""
        row = self._session.one(_FAILURES, key=key)
        return (0, None) if row is None else (row[0], instant(row[1]))

    def count_failure(self, key: str, at: datetime) -> None:
        """One more attempt failed."""
        self._session.run(_COUNT_FAILURE, key=key, last_at=micros(at))

    def forget_failures(self, key: str) -> None:
        """An attempt succeeded."""
        self._session.run(_FORGET, this_key=key)

    def log_read(self, person: int | None, what: str, subject: int, at: datetime, note: str = "") -> None:
        """A person read the content of a case or an item; None: somebody at the command line."""
        self._session.run(_LOG_READ, person_id=person, what=what, subject=subject, at=micros(at), note=note)

    def reads(self, after: int = 0, limit: int = 100) -> list[dict[str, object]]:
        """The log of reads (id, person, what, subject, at, note), newest first, ids below `after` (0: from the end)."""
        return [
            {
                "id": row.id,
                "person": row.person_id,
                "what": row.what,
                "subject": row.subject,
                "at": instant(row.at),
                "note": row.note,
            }
            for row in self._session.all(_READS, before=after or LAST, limit=limit)
        ]
