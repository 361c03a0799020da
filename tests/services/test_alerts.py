"""Who is told that an exhibit's time runs out, through a real mail server, and that each is told once."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain import decisions
from exhibits_app.services import alerts, cases, deciding, people
from exhibits_app.services.ports import OutgoingMessage
from tests.support.force import START, Force
from tests.support.mail import PostOffice, post_office

from .alerting import SEIZED, an_overdue_item, mailing, never_late_to_book_in

STAGES = [
    ("half-time", 1.5, {"officer"}),
    ("due-soon", 2.4, {"officer", "supervisor"}),
    ("overdue", 3.0, {"supervisor", "submissions"}),
    ("long-overdue", 4.5, {"inspector"}),
]
FORM = cases.CaseForm("01AB/1/26", "Sudden death, Mill Lane", "death-investigated")


@pytest.fixture(autouse=True)
def booking_in_is_never_late(force: Force) -> None:
    never_late_to_book_in(force)


def leave(force: Force, name: str) -> None:
    with force.services.store.read() as work:
        account = work.accounts.find(force.people[name].id)
    form = people.PersonForm(account.person.name, name, account.person.rank, email=account.email, active=False)
    people.change_person(force.services, force.person("administrator"), account.person.id, form)


def outbox(force: Force) -> dict[str, int]:
    with force.services.store.read() as work:
        return work.alerts.outbox()


def told(office: PostOffice) -> set[str]:
    return {to.removesuffix("@force.test") for to, _ in office.taken}


@pytest.mark.parametrize(("stage", "days", "who"), STAGES, ids=[stage for stage, _, _ in STAGES])
def test_each_stage_tells_the_people_of_that_stage(
    force: Force, office: PostOffice, stage: str, days: float, who: set[str]
) -> None:
    an_overdue_item(force)
    force.clock.at = SEIZED + timedelta(days=days, seconds=1)
    with force.services.store.read() as work:
        assert work.alerts.next_untold() is None

    alerts.run(mailing(force, office))

    # At 4.5 days the submission clock is past half-time as well, of which the OIC is told.
    extra = {"officer"} if stage == "long-overdue" else set()
    assert told(office) == who | extra


@pytest.mark.parametrize(("stage", "days"), [(stage, days) for stage, days, _ in STAGES])
def test_nobody_is_told_before_the_stage_is_reached(force: Force, office: PostOffice, stage: str, days: float) -> None:
    item = an_overdue_item(force)
    force.clock.at = SEIZED + timedelta(days=days) - timedelta(seconds=1)

    alerts.run(mailing(force, office))

    with force.services.store.read() as work:
        assert stage not in {alert["stage"] for alert in work.alerts.of_item(item) if alert["clock"] == "decision"}


def test_each_alert_is_told_once_however_often_the_job_runs(force: Force, office: PostOffice) -> None:
    an_overdue_item(force)
    services = mailing(force, office)

    first = alerts.run(services)
    force.clock.move(minutes=1)
    again = alerts.run(services)

    assert (first.raised, first.sent) == (2, 2)
    assert (again.raised, again.queued, again.sent) == (0, 0, 0)
    assert len(office.taken) == 2


def test_a_decision_ends_the_alerts(force: Force, office: PostOffice) -> None:
    item = an_overdue_item(force)
    choice = decisions.Choice("NOT_REQUIRED", "other-evidence", "Not in dispute.")
    deciding.decide(force.services, force.person("inspector"), item, choice)

    assert alerts.run(mailing(force, office)).raised == 0
    assert office.taken == []


def test_a_person_gets_one_message_for_all_their_exhibits(force: Force, office: PostOffice) -> None:
    case = force.case(supervisor=force.people["supervisor"].id)
    force.items(case, 3)
    force.clock.at = SEIZED + timedelta(days=3.1)

    alerts.run(mailing(force, office))

    (message,) = office.to("supervisor")
    assert message["Subject"] == "3 exhibits overdue for a forensic decision or submission"
    assert all(f"AB/{number}" in message.get_content() for number in (1, 2, 3))


def test_an_exhibit_that_is_late_twice_over_is_counted_once(force: Force, office: PostOffice) -> None:
    force.items(force.case(supervisor=force.people["supervisor"].id), 2)
    force.clock.at = SEIZED + timedelta(days=11)

    alerts.run(mailing(force, office))

    (message,) = office.to("inspector")
    assert message.get_content().count("overdue by") == 4
    assert message["Subject"] == "2 exhibits overdue for a forensic decision or submission"


@pytest.mark.parametrize("restricted", [False, True])
def test_a_message_holds_references_and_no_case_title(force: Force, office: PostOffice, restricted: bool) -> None:
    item = an_overdue_item(force, restricted=restricted)

    alerts.run(mailing(force, office))

    (message,) = office.to("submissions")
    text = f"{message['Subject']}\n{message.get_content()}"
    assert f"property reference {item}, AB/1: Forensic decision, overdue by" in text
    assert not any(word in text for word in ("Sudden death", "Mill Lane", "01AB/1/26", "Bed sheet"))


def test_a_refused_message_is_tried_again_later_with_the_same_id(force: Force, office: PostOffice) -> None:
    an_overdue_item(force)
    office.refusal = "451 Try again later"
    services = mailing(force, office)
    first, at_once = alerts.run(services), alerts.run(services)
    office.refusal = ""
    force.clock.move(minutes=3)

    later = alerts.run(services)

    assert (first.failed, at_once.failed, later.sent) == (2, 0, 2)
    assert "451" in first.faults[0]
    assert {one["Message-ID"] for one in office.refused} == {one["Message-ID"] for _, one in office.taken}


def posted(force: Force, count: int = 1, to: str = "supervisor@force.test") -> None:
    """Messages in the outbox that carry no alert."""
    for number in range(count):
        message = OutgoingMessage(0, f"test:{number}", to, "Overdue", "An exhibit waits.\n")
        force.services.store.write(lambda work, message=message: work.alerts.tell([], message, force.clock.at))


def test_a_message_that_is_always_refused_becomes_a_dead_letter_at_last(force: Force, office: PostOffice) -> None:
    posted(force)
    office.refusal = "554 No"
    waited, start = 0, force.clock.at
    while outbox(force)["waiting"]:
        waited += alerts.run(mailing(force, office)).failed
        force.clock.move(minutes=10)

    assert waited == alerts.MOST_TRIES
    assert outbox(force) == {"waiting": 0, "dead": 1}
    assert timedelta(hours=12) < force.clock.at - start < timedelta(days=3)


def test_a_dead_letter_is_not_sent_when_the_server_takes_mail_again(force: Force, office: PostOffice) -> None:
    posted(force)
    force.services.store.write(lambda work: work.alerts.failed(1, "554 No", None))
    force.clock.move(days=1)

    assert alerts.run(mailing(force, office)).sent == 0


def test_a_server_that_fails_again_and_again_is_left_alone_until_the_next_round(force: Force) -> None:
    posted(force, alerts.MOST_FAILURES_IN_A_ROW + 3)
    with post_office() as closed:
        services = mailing(force, closed)

    outcome = alerts.run(services)

    assert outcome.failed == alerts.MOST_FAILURES_IN_A_ROW
    assert outbox(force)["waiting"] == alerts.MOST_FAILURES_IN_A_ROW + 3


def test_one_address_that_is_refused_holds_up_nobody_else(force: Force, office: PostOffice) -> None:
    posted(force, 1, to="0@[")
    force.services.store.write(
        lambda work: work.alerts.tell([], OutgoingMessage(0, "n", "", "No address", "x\n"), force.clock.at)
    )
    an_overdue_item(force)

    assert alerts.run(mailing(force, office)).sent == 2


def test_without_a_mail_server_messages_stay_on_the_board(force: Force) -> None:
    an_overdue_item(force)

    outcome = alerts.run(force.services)

    assert (outcome.raised, outcome.queued, outcome.sent) == (2, 2, 0)
    assert outbox(force) == {"waiting": 2, "dead": 0}


def test_what_waited_for_a_mail_server_is_sent_once_there_is_one(force: Force, office: PostOffice) -> None:
    an_overdue_item(force)
    alerts.run(force.services)
    force.clock.move(minutes=1)

    assert alerts.run(mailing(force, office)).sent == 2


@pytest.mark.parametrize(
    ("supervisor", "gone", "days", "who"),
    [
        (True, ["officer"], 1.6, {"supervisor"}),
        (False, ["officer"], 1.6, {"inspector"}),
        (False, ["officer", "inspector"], 1.6, {"submissions"}),
        (True, ["supervisor"], 3.1, {"submissions"}),
        (False, [], 3.1, {"inspector", "submissions"}),
        (True, ["supervisor", "submissions"], 3.1, {"inspector"}),
    ],
)
def test_where_nobody_named_is_left_somebody_who_can_act_is_told(
    force: Force, office: PostOffice, supervisor: bool, gone: list[str], days: float, who: set[str]
) -> None:
    an_overdue_item(force, supervisor=force.people["supervisor"].id if supervisor else None)
    force.clock.at = SEIZED + timedelta(days=days)
    for name in gone:
        leave(force, name)

    outcome = alerts.run(mailing(force, office))

    assert (told(office), outcome.unaddressed) == (who, 0)


def test_an_exhibit_of_which_nobody_can_be_told_is_counted_and_stands_in_the_heartbeat(force: Force) -> None:
    an_overdue_item(force, supervisor=None)
    for name in ("officer", "inspector", "submissions", "supervisor"):
        leave(force, name)

    outcome = alerts.run(force.services)

    assert (outcome.raised, outcome.unaddressed) == (0, 1)
    with force.services.store.read() as work:
        assert "there is nobody to tell" in work.alerts.heartbeats()["alerts"][1]


def test_a_new_oic_is_told_of_what_the_old_one_was_told(force: Force, office: PostOffice) -> None:
    an_overdue_item(force)
    force.clock.at = SEIZED + timedelta(days=1.6)
    alerts.run(mailing(force, office))
    (case,) = cases.list_cases(force.services, force.person("supervisor"))
    form = replace(FORM, oic=force.people["other"].id, supervisor=force.people["supervisor"].id)
    cases.change_case(force.services, force.person("supervisor"), case.id, form)
    force.clock.move(hours=8)  # It is past seven in the morning.

    alerts.run(mailing(force, office))

    assert [to for to, _ in office.taken] == ["officer@force.test", "other@force.test"]


def test_the_job_leaves_a_heartbeat_even_when_there_is_nothing_to_do(force: Force) -> None:
    alerts.run(force.services)

    with force.services.store.read() as work:
        at, note = work.alerts.heartbeats()["alerts"]
    assert (at, note) == (START, "raised 0, queued 0, sent 0, failed 0")
