"""Alerts, the outbox of messages and the heartbeat of the jobs, in SQL."""

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, ScalarSelect, bindparam, delete, func, literal_column, select, update

from ...domain.acknowledging import Acknowledgement
from ...domain.clocks import ClockKind
from ...services.ports import MAIL, WEBHOOK, NewAlert, OutgoingMessage, UnsentMessage
from ..mapping import instant, instant_or_none, micros, micros_or_none
from ..rows import acknowledgement, alert, heartbeat, message
from ..sql import AnyRow, Statement, adding, all_unless_there, one_of, unless_there, upsert
from . import notices
from .untold import Untold, alert_of

_LAST = 2**62  # Above every id.
MOST_COUNTED = 10_000  # What was sent in all the years is never counted.
_RAISE = Statement(
    all_unless_there(alert, "register_no", "clock", "due_at", "stage", "person_id", "raised_at", "again", "at_once")
)
_ACKNOWLEDGE = Statement(
    adding(acknowledgement, "register_no", "clock", "due_at", "number", "person_id", "at", "until", "reason")
)
_ACKNOWLEDGED = Statement(
    lambda database: (
        select(acknowledgement)
        .where(one_of(acknowledgement.c.register_no, "register_nos", database))
        .order_by(acknowledgement.c.id)
    )
)
_FORGET = Statement(
    lambda database: delete(alert).where(one_of(alert.c.id, "alerts", database), alert.c.message_id.is_(None))
)
_OF_ITEM = Statement(select(alert).where(alert.c.register_no == bindparam("register_no")).order_by(alert.c.id.desc()))
_POST = Statement(
    unless_there(message, "key", "recipient", "subject", "body", "tries", "made_at", "next_try_at", "error")
)
_BY_KEY = Statement(select(message.c.id).where(message.c.key == bindparam("key")))
_CARRY = Statement(
    lambda database: update(alert).where(one_of(alert.c.id, "alerts", database)).values(message_id=bindparam("carrier"))
)


def _to_send(to_webhook: bool) -> Statement:
    webhook: ColumnElement[str] = literal_column(f"'{WEBHOOK}'")
    return Statement(
        select(message.c.id, message.c.key, message.c.recipient, message.c.subject, message.c.body, message.c.tries)
        .where(
            message.c.next_try_at <= bindparam("at"),
            message.c.recipient == webhook if to_webhook else message.c.recipient != webhook,
        )
        .order_by(message.c.next_try_at, message.c.id)
        .limit(bindparam("limit"))
        .with_for_update(skip_locked=True)
    )


_TO_SEND = {MAIL: _to_send(to_webhook=False), WEBHOOK: _to_send(to_webhook=True)}
_LEASE = Statement(
    lambda database: (
        update(message).where(one_of(message.c.id, "messages", database)).values(next_try_at=bindparam("until"))
    )
)
_THIS = message.c.id == bindparam("this_message")
_SENT = Statement(update(message).where(_THIS).values(sent_at=bindparam("at"), next_try_at=None))
_FAILED = Statement(
    update(message)
    .where(_THIS)
    .values(tries=message.c.tries + literal_column("1"), error=bindparam("why"), next_try_at=bindparam("again_at"))
)
_UNSENT = select(
    message.c.id, message.c.recipient, message.c.subject, message.c.tries, message.c.made_at, message.c.next_try_at,
    message.c.error,
)  # fmt: skip
_GIVEN_UP = message.c.sent_at.is_(None) & message.c.next_try_at.is_(None)


def _counted(where: ColumnElement[bool]) -> ScalarSelect[int]:
    """How many there are within their partial index, counted to MOST_COUNTED."""
    some = select(message.c.id).where(where).limit(literal_column(str(MOST_COUNTED))).subquery()
    return select(func.count()).select_from(some).scalar_subquery()


_OUTBOX = Statement(select(_counted(message.c.next_try_at.is_not(None)), _counted(_GIVEN_UP)))
_DEAD = Statement(
    _UNSENT.where(_GIVEN_UP, message.c.id < bindparam("before")).order_by(message.c.id.desc()).limit(bindparam("limit"))
)
_WAITING = Statement(
    _UNSENT.where(message.c.next_try_at.is_not(None))
    .order_by(message.c.next_try_at, message.c.id)
    .limit(bindparam("limit"))
)
_AGAIN = Statement(update(message).where(_THIS, _GIVEN_UP).values(next_try_at=bindparam("at")))
_BEAT = Statement(
    lambda database: (
        upsert(database, heartbeat)
        .values(job=bindparam("job"), at=bindparam("at"), note=bindparam("note"))
        .inline()
        .on_conflict_do_update(
            index_elements=["job"],
            set_={"at": literal_column("excluded.at"), "note": literal_column("excluded.note")},
        )
    )
)
_BEATS = Statement(select(heartbeat))


class SqlAlerts(Untold):
    """Implements the Alerts port."""

    def raise_all(self, alerts: Sequence[NewAlert], at: datetime) -> int:
        """Keep those that were not raised before; how many are new."""
        raised_at = micros(at)
        return self._session.change_all(
            _RAISE,
            [
                {
                    "register_no": one.register_no,
                    "clock": one.clock,
                    "due_at": micros(one.due_at),
                    "stage": one.stage,
                    "person_id": one.person,
                    "raised_at": raised_at,
                    "again": one.again,
                    "at_once": int(one.at_once),
                }
                for one in alerts
            ],
        )

    def acknowledge(self, given: Acknowledgement) -> None:
        """Keep it. Raises ChangedMeanwhile when somebody acknowledged the same clock at the same time."""
        self._session.run(
            _ACKNOWLEDGE,
            register_no=given.register_no,
            clock=given.clock.value,
            due_at=micros(given.due),
            number=given.number,
            person_id=given.by,
            at=micros(given.at),
            until=micros(given.until),
            reason=given.reason,
        )
        self._session.run(notices.OF_ITEM, this_item=given.register_no, next_at=micros(given.at))

    def acknowledged(self, register_nos: Iterable[int]) -> list[Acknowledgement]:
        """Every acknowledgement of these items, ended ones too, the oldest first."""
        rows = self._session.all(_ACKNOWLEDGED, register_nos=self._session.listed(register_nos))
        return [_acknowledgement(row) for row in rows]

    def forget(self, alerts: Iterable[int]) -> None:
        """Drop alerts that no message carries: what they were about is over, so they may be raised anew."""
        self._session.run(_FORGET, alerts=self._session.listed(alerts))

    def tell(self, alerts: Iterable[int], message: OutgoingMessage, at: datetime) -> int:
        """Put the message in the outbox and mark these alerts as carried by it; its id, not the one it came with."""
        self._session.run(
            _POST,
            key=message.key,
            recipient=message.to,
            subject=message.subject,
            body=message.body,
            tries=message.tries,
            made_at=micros(at),
            next_try_at=micros(at),
            error="",
        )
        carrier = self._session.value(_BY_KEY, key=message.key)
        self._session.run(_CARRY, alerts=self._session.listed(alerts), carrier=carrier)
        return int(carrier)

    def lease(self, at: datetime, until: datetime, limit: int = 100, to: str = MAIL) -> list[OutgoingMessage]:
        """Messages of this way whose next try is due, oldest first; nobody else is given them before `until`."""
        leased = [OutgoingMessage(*row) for row in self._session.all(_TO_SEND[to], at=micros(at), limit=limit)]
        if leased:
            listed = self._session.listed(message.id for message in leased)
            self._session.run(_LEASE, messages=listed, until=micros(until))
        return leased

    def sent(self, message: int, at: datetime) -> None:
        """The server took the message."""
        self._session.run(_SENT, this_message=message, at=micros(at))

    def failed(self, message: int, error: str, next_try_at: datetime | None) -> None:
        """The server did not take it; without a next try it goes to the dead letters."""
        self._session.run(_FAILED, this_message=message, why=error, again_at=micros_or_none(next_try_at))

    def outbox(self) -> dict[str, int]:
        """How many messages are `waiting` and `dead`, each counted to 10,000 and no further."""
        waiting, dead = self._session.all(_OUTBOX)[0]
        return {"waiting": waiting, "dead": dead}

    def dead(self, after: int = 0, limit: int = 50) -> list[UnsentMessage]:
        """Messages that were given up, newest first, ids below `after` (0: from the newest)."""
        return [_unsent(row) for row in self._session.all(_DEAD, before=after or _LAST, limit=limit)]

    def waiting(self, limit: int = 50) -> list[UnsentMessage]:
        """Messages that wait, the next to be tried first."""
        return [_unsent(row) for row in self._session.all(_WAITING, limit=limit)]

    def try_again(self, message: int, at: datetime) -> bool:
        """Let a message that was given up wait again, due at `at`; False when it was not given up."""
        return self._session.run(_AGAIN, this_message=message, at=micros(at)) == 1

    def of_item(self, register_no: int) -> list[dict[str, object]]:
        """Alerts raised about the item, newest first, each as in `untold`."""
        return [alert_of(row) for row in self._session.all(_OF_ITEM, register_no=register_no)]

    def beat(self, job: str, at: datetime, note: str) -> None:
        """The job ran."""
        self._session.run(_BEAT, job=job, at=micros(at), note=note)

    def heartbeats(self) -> dict[str, tuple[datetime, str]]:
        """When each job last ran, and what it said."""
        return {row.job: (instant(row.at), row.note) for row in self._session.all(_BEATS)}


def _unsent(row: AnyRow) -> UnsentMessage:
    return UnsentMessage(
        row.id, row.recipient, row.subject, row.tries, instant(row.made_at), instant_or_none(row.next_try_at), row.error
    )


def _acknowledgement(row: AnyRow) -> Acknowledgement:
    due, at, until = instant(row.due_at), instant(row.at), instant(row.until)
    return Acknowledgement(row.register_no, ClockKind(row.clock), due, row.number, row.person_id, at, until, row.reason)
