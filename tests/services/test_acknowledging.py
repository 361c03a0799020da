"""Acknowledging a deadline: it holds alerts back for a while, and decides nothing."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain.clocks import running
from exhibits_app.domain.errors import AlreadyAcknowledged, MissingValue, NoRight, NotAChoice, NotANumber
from exhibits_app.services import acknowledging, alerts
from exhibits_app.store.database import SqlStore
from tests.support.force import Force
from tests.support.mail import PostOffice

from .alerting import SEIZED, an_overdue_item, mailing


def test_an_acknowledged_deadline_tells_the_inspector_alone_and_everybody_once_more_when_it_ends(
    force: Force, office: PostOffice
) -> None:
    item = an_overdue_item(force)
    force.clock.at = SEIZED + timedelta(days=2.5)
    services = mailing(force, office)
    alerts.run(services)
    acknowledge(force, item, "3")

    def sent_at(days: float) -> list[str]:
        office.taken.clear()
        force.clock.at = SEIZED + timedelta(days=days)
        alerts.run(services)
        return sorted(
            to.removesuffix("@force.test")
            for to, message in office.taken
            for line in message.get_content().splitlines()
            if "Forensic decision" in line
        )

    assert sent_at(4) == []
    assert sent_at(4.6) == ["inspector"]
    workers = [replace(services, store=SqlStore(force.settings.address)) for _ in range(4)]
    office.taken.clear()
    force.clock.at = SEIZED + timedelta(days=6)
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(alerts.run, workers))
    for worker in workers:
        worker.store.close()
    again = [(to, line) for to, one in office.taken for line in one.get_content().splitlines() if "an ackn" in line]
    assert [to for to, _ in again] == ["inspector@force.test"]
    assert again[0][1].endswith("(was due 7 May 2026); an acknowledgement has ended")
    assert sent_at(6.1) == []


def test_an_acknowledgement_holds_one_running_clock_for_a_week_at_most(force: Force) -> None:
    item = an_overdue_item(force)

    with pytest.raises(NotANumber):
        acknowledge(force, item, "8")
    with pytest.raises(MissingValue):
        acknowledge(force, item, "1", reason=" ")
    with pytest.raises(NotAChoice):
        acknowledge(force, item, "1", clock="return 2026-05-07T08:00:00.000000Z")
    with pytest.raises(NoRight):
        acknowledge(force, item, "1", by="officer")
    acknowledge(force, item, "7")
    force.clock.move(days=6.9)
    with pytest.raises(AlreadyAcknowledged):
        acknowledge(force, item, "1")
    force.clock.move(days=0.1)
    acknowledge(force, item, "1")
    with force.services.store.read() as work:
        assert [one.number for one in work.alerts.acknowledged([item])] == [1, 2]


def acknowledge(
    force: Force, item: int, days: str, reason: str = "The lab is closed.", clock: str = "", by: str = "supervisor"
) -> None:
    """Acknowledge the decision about the item."""
    with force.services.store.read() as work:
        exhibit = work.items.find(item).exhibit
        kind = next(one for one in running(exhibit, work.policies.current(force.clock.at)) if one.kind == "decision")
    given = clock or acknowledging.key(kind)
    acknowledging.acknowledge(force.services, force.person(by), item, given, days, reason)
