"""Alerts, the outbox, heartbeats and the log of reads keep what their ports promise."""

from datetime import timedelta

import pytest

from exhibits_app.domain.acknowledging import Acknowledgement
from exhibits_app.domain.clocks import ClockKind
from exhibits_app.domain.errors import ChangedMeanwhile
from exhibits_app.services.ports import NewAlert, OutgoingMessage
from exhibits_app.store import SqlStore

from .parts import NOON, a_world, register

HOUR = timedelta(hours=1)


def test_an_alert_is_raised_once_and_told_once(store: SqlStore):
    world = a_world(store)
    number = store.write(lambda work: register(work, world))

    def raise_it(work):
        return work.alerts.raise_all([NewAlert(number, "decision", NOON, "overdue", world.officer.id)] * 2, NOON)

    assert [store.write(raise_it), store.write(raise_it)] == [1, 0]
    given = Acknowledgement(number, ClockKind.DECISION, NOON, 1, world.officer.id, NOON, NOON + HOUR, "In hand.")
    store.write(lambda work: work.alerts.acknowledge(given))
    with pytest.raises(ChangedMeanwhile):
        store.write(lambda work: work.alerts.acknowledge(given))

    def tell(work):
        alerts = [int(str(alert["id"])) for alert in work.alerts.untold_of(world.officer.id, 10)]
        for _ in range(2):
            work.alerts.tell(alerts, OutgoingMessage(0, "k", "to@example.test", "s", "b"), NOON)

    store.write(tell)

    with store.read() as work:
        assert work.alerts.next_untold() is None
        assert work.alerts.outbox() == {"waiting": 1, "dead": 0}
        assert [alert["due_at"] for alert in work.alerts.of_item(number)] == [NOON]
        assert work.alerts.acknowledged([number, 0]) == [given]


def test_a_message_is_tried_again_until_it_is_sent_or_dead(store: SqlStore):
    def tell(work):
        for key in ("a", "b"):
            work.alerts.tell([], OutgoingMessage(0, key, "to@example.test", "s", "b"), NOON)
        return [message.id for message in work.alerts.lease(NOON, NOON)]

    first, second = store.write(tell)
    store.write(lambda work: work.alerts.failed(first, "busy", NOON + HOUR))
    store.write(lambda work: work.alerts.sent(second, NOON))

    assert store.write(lambda work: work.alerts.lease(NOON, NOON)) == []
    (again,) = store.write(lambda work: work.alerts.lease(NOON + HOUR, NOON + 2 * HOUR))
    assert (again.key, again.tries) == ("a", 1)
    store.write(lambda work: work.alerts.failed(first, "gone", None))
    with store.read() as work:
        assert work.alerts.outbox() == {"waiting": 0, "dead": 1}
        (dead,) = work.alerts.dead()
        assert (dead.id, dead.tries, dead.error, dead.next_try_at) == (first, 2, "gone", None)
        assert work.alerts.dead(first) == work.alerts.waiting() == []

    tried = [store.write(lambda work, one=one: work.alerts.try_again(one, NOON)) for one in (first, first, second)]

    assert tried == [True, False, False]
    with store.read() as work:
        assert [one.id for one in work.alerts.waiting()] == [first]
        assert work.alerts.outbox() == {"waiting": 1, "dead": 0}


def test_the_last_heartbeat_counts_and_reads_are_logged(store: SqlStore):
    for note in ("one", "two"):
        store.write(lambda work, note=note: work.alerts.beat("alerts", NOON, note))
    store.write(lambda work: work.accounts.log_read(1, "case", 5, NOON, "for the trial"))

    with store.read() as work:
        assert work.alerts.heartbeats() == {"alerts": (NOON, "two")}
        (read,) = work.accounts.reads()
        assert read == {"id": 1, "person": 1, "what": "case", "subject": 5, "at": NOON, "note": "for the trial"}
