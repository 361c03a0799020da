"""Delivery by several workers at once, and by one that is killed: each alert is told, and told once."""

import asyncio
import os
import signal
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest

from exhibits_app.services import alerts
from exhibits_app.store.database import SqlStore
from tests.cli.conftest import COMMAND
from tests.services.alerting import SEIZED, mailing, never_late_to_book_in
from tests.store.conftest import prepare
from tests.support.force import Force, a_force
from tests.support.mail import PostOffice, post_office

LATE = SEIZED + timedelta(days=3.1)  # Overdue for a decision: the supervisor and the submissions unit are told.


def overdue_stock(force: Force, cases: int, items: int) -> None:
    never_late_to_book_in(force)
    for number in range(cases):
        case = force.case(reference=f"01AB/{number}/26", supervisor=force.people["supervisor"].id)
        force.items(case, items, seal="")
    force.clock.at = LATE


@pytest.fixture(params=["sqlite", "postgresql"])
def on_either(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Force]:
    """A force on each database."""
    url = request.getfixturevalue("postgresql_copy")("store", prepare) if request.param == "postgresql" else ""
    force = a_force(tmp_path, url)
    yield force
    force.services.store.close()


def test_four_workers_at_once_tell_each_alert_once_in_one_digest_each(on_either: Force) -> None:
    overdue_stock(on_either, 4, 3)
    stores = [SqlStore(on_either.settings.address) for _ in range(4)]
    with post_office() as office:
        workers = [replace(mailing(on_either, office), store=store) for store in stores]

        with ThreadPoolExecutor(4) as pool:
            outcomes = list(pool.map(alerts.run, workers))
        for store in stores:
            store.close()

    ids = [message["Message-ID"] for _, message in office.taken]
    assert sum(outcome.raised for outcome in outcomes) == 24
    assert len(set(ids)) == len(ids) == sum(outcome.sent for outcome in outcomes)
    for name in ("supervisor", "submissions"):
        lines = [line for message in office.to(name) for line in message.get_content().splitlines() if line[:1] == "-"]
        assert len(set(lines)) == len(lines) == 12


@dataclass
class StallingOffice(PostOffice):
    """Takes a message and then says nothing for as long as it `stalls`."""

    stalls: bool = True
    waits: Event = field(default_factory=Event)

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Called by the server in its own thread with each message."""
        said = await super().handle_DATA(server, session, envelope)
        while self.stalls:
            self.waits.set()
            await asyncio.sleep(0.02)
        return said


def deliver(force: Force, office: PostOffice, at: datetime) -> subprocess.Popen[bytes]:
    """`exhibits alerts run` as a process of its own."""
    own = {"EXHIBITS_INSTANCE": str(force.settings.instance), "EXHIBITS_SMTP_URL": office.url}
    words = [*COMMAND, "alerts", "run", "--json", "--as-at", at.isoformat()]
    return subprocess.Popen(words, env=os.environ | own, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def test_a_worker_killed_in_mid_delivery_loses_nothing_and_repeats_what_was_in_flight_with_its_id(
    tmp_path: Path,
) -> None:
    force = a_force(tmp_path)
    overdue_stock(force, 1, 2)
    force.services.store.close()
    with post_office(StallingOffice()) as office:
        killed = deliver(force, office, LATE)
        assert office.waits.wait(120), "no message came"
        killed.send_signal(signal.SIGKILL)
        killed.wait()
        in_flight = [message["Message-ID"] for _, message in office.taken]
        office.stalls = False

        assert deliver(force, office, LATE + alerts.LEASE + timedelta(seconds=1)).wait() == 0

    ids = [message["Message-ID"] for _, message in office.taken]
    assert len(in_flight) == 1
    assert {one: ids.count(one) for one in ids} == {one: 2 if one in in_flight else 1 for one in ids}
    assert {to for to, _ in office.taken} == {"supervisor@force.test", "submissions@force.test"}
    with force.services.store.read() as work:
        assert work.alerts.outbox() == {"waiting": 0, "dead": 0}
    force.services.store.close()
