"""Health says what is wrong and what to do, and is well only when everything runs."""

from dataclasses import dataclass, replace
from datetime import timedelta

import pytest

from exhibits_app.services import alerts, health
from exhibits_app.services.ports import OutgoingMessage
from exhibits_app.services.ports.machine import Disk, UnknownMachine, Version
from tests.support.force import Force, Postbag


def checks(force: Force) -> dict[str, health.Check]:
    return {check.name: check for check in health.look(force.services)}


def test_a_job_that_never_ran_is_said_with_what_to_start(force: Force) -> None:
    check = checks(force)["alerts"]

    assert not check.ok
    assert "exhibits serve" in check.says


def test_a_job_that_ran_lately_is_well_and_one_that_stopped_is_not(force: Force) -> None:
    alerts.run(force.services)
    force.clock.move(minutes=4, seconds=59)
    assert checks(force)["alerts"].ok

    force.clock.move(seconds=1)

    assert not checks(force)["alerts"].ok


def test_messages_that_were_given_up_are_not_well(force: Force) -> None:
    message = OutgoingMessage(0, "test:1", "officer@force.test", "Overdue", "x\n")
    force.services.store.write(lambda work: work.alerts.tell([], message, force.clock.at))
    assert checks(force)["outbox"].state == "amber"

    force.services.store.write(lambda work: work.alerts.failed(1, "554 No", None))

    assert not checks(force)["outbox"].ok
    assert "1 given up" in checks(force)["outbox"].says


def test_the_outbox_says_whether_anything_is_sent_at_all(force: Force) -> None:
    assert "nothing is sent" in checks(force)["outbox"].says

    with_server = replace(force, services=replace(force.services, mailer=Postbag(active=True)))

    assert "a mail server is set" in checks(with_server)["outbox"].says


def test_the_database_says_how_much_it_holds(force: Force) -> None:
    force.items(force.case(), 3)

    assert checks(force)["database"].says == "3 entries in the ledger"
    assert checks(force)["ledger"].state == "amber"
    assert "nobody outside holds a checkpoint" in checks(force)["ledger"].says


GB = 10**9


@dataclass
class SomeMachine(UnknownMachine):
    """A machine with so much room, on tables of so old a version."""

    free: int = 100 * GB
    tables: str = "0023"

    def disks(self) -> list[Disk]:
        return [Disk("instance", self.free, 200 * GB if self.free else 0)]

    def version(self) -> Version:
        return Version("1.0", "SQLite", self.tables, "0023")


@pytest.mark.parametrize(
    ("machine", "name", "state", "says"),
    [
        (SomeMachine(), "disk: instance", "green", "100.0 GB of 200.0 GB free"),
        (SomeMachine(free=19 * GB), "disk: instance", "amber", "19.0 GB of"),
        (SomeMachine(free=3 * GB), "disk: instance", "red", "3.0 GB of"),
        (SomeMachine(free=0), "disk: instance", "red", "not there"),
        (SomeMachine(), "version", "green", "1.0 on SQLite, tables of 0023"),
        (SomeMachine(tables="0022"), "version", "amber", "wants 0023: restart"),
    ],
)
def test_the_machine_is_green_amber_or_red(
    force: Force, machine: SomeMachine, name: str, state: str, says: str
) -> None:
    found = checks(replace(force, services=replace(force.services, machine=machine)))[name]

    assert (found.state, says in found.says) == (state, True), found


@pytest.mark.parametrize(
    ("made", "hours", "state"),
    [
        ("", 0, "amber"),
        ("one.backup", 25, "green"),
        ("one.backup, 2 files missing or damaged", 1, "amber"),
        ("one.backup", 27, "amber"),
        ("one.backup", 79, "red"),
    ],
)
def test_a_backup_is_red_when_it_is_three_times_too_old(force: Force, made: str, hours: float, state: str) -> None:
    watching = replace(force.services, limits=replace(force.services.limits, backup_age=timedelta(hours=26)))
    if made:
        force.services.store.write(lambda work: work.alerts.beat("backup", force.clock.at, made))
    force.clock.move(hours=hours)

    found = checks(replace(force, services=watching))["backup"]

    assert found.state == state
    assert made in found.says
    assert "backup" not in checks(force)


def test_a_clock_behind_what_is_on_record_is_wrong(force: Force) -> None:
    alerts.run(force.services)
    force.clock.move(minutes=-2)
    behind = checks(force)["clock"]
    force.clock.move(minutes=1)

    assert not behind.ok
    assert behind.says.startswith("2 minutes behind what is on record")
    assert checks(force)["clock"].ok
