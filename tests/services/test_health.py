"""Health says what is wrong and what to do, and is well only when everything runs."""

from dataclasses import replace

from exhibits_app.services import alerts, health
from exhibits_app.services.ports import OutgoingMessage
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
    assert checks(force)["outbox"].ok

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
