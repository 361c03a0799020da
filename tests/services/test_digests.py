"""What is told at once, and what waits for the one message of the day."""

from datetime import UTC, datetime, timedelta

import pytest

from exhibits_app.domain.clocks import ClockKind
from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.digest import is_due
from exhibits_app.domain.errors import StoreRefusal
from exhibits_app.domain.policy import DEFAULT_RULES, MOST_DAYS, Limits, Policy, Rule
from exhibits_app.services import acknowledging, alerts, deciding, exhibits, telling
from tests.support.force import Force
from tests.support.mail import PostOffice

from .alerting import SEIZED, mailing, never_late_to_book_in


@pytest.mark.parametrize(
    ("last", "now", "due"),
    [
        (None, datetime(2026, 5, 4, 1, 0, tzinfo=UTC), True),
        (datetime(2026, 5, 3, 6, 0, tzinfo=UTC), datetime(2026, 5, 4, 5, 59, tzinfo=UTC), False),
        (datetime(2026, 5, 3, 6, 0, tzinfo=UTC), datetime(2026, 5, 4, 6, 0, tzinfo=UTC), True),
        (datetime(2026, 5, 4, 6, 0, tzinfo=UTC), datetime(2026, 5, 4, 22, 0, tzinfo=UTC), False),
        # The clocks go back on 25 October: seven in London is seven in UTC from then on.
        (datetime(2026, 10, 24, 6, 0, tzinfo=UTC), datetime(2026, 10, 25, 6, 59, tzinfo=UTC), False),
        (datetime(2026, 10, 24, 6, 0, tzinfo=UTC), datetime(2026, 10, 25, 7, 0, tzinfo=UTC), True),
    ],
)
def test_a_digest_is_due_from_seven_in_london_once(last: datetime | None, now: datetime, due: bool) -> None:
    assert is_due(last, now) is due


def test_a_person_gets_one_digest_a_day_of_what_still_stands_and_firearms_at_once(
    force: Force, office: PostOffice
) -> None:
    never_late_to_book_in(force)
    case = force.case(category="volume", supervisor=force.people["supervisor"].id)
    first, decided, _ = force.items(case, 3, category="KNF")
    services = mailing(force, office)
    alerts.run(services)  # The digest of the first day: there is nothing.
    force.clock.at = SEIZED + timedelta(days=1.6)  # Half-time, in the evening.
    force.services.store.write(lambda work: work.alerts.beat("digest", force.clock.at, ""))
    assert (alerts.run(services).raised, office.taken) == (3, [])
    choice = Choice("NOT_REQUIRED", "other-evidence", "Not in dispute.")
    deciding.decide(force.services, force.person("inspector"), decided, choice)
    (gun,) = force.items(case, category="FA")
    force.clock.at += timedelta(hours=7)
    assert alerts.run(services).sent == 0

    force.clock.move(hours=1)
    digest = alerts.run(services)
    lines = [line for line in office.to("officer")[0].get_content().splitlines() if line[:1] == "-"]
    force.clock.move(hours=17)
    at_once = alerts.run(services)

    assert (digest.sent, len(lines)) == (1, 2)
    assert not any(f"reference {decided}," in line for line in lines)
    assert at_once.sent == 2
    (urgent,) = office.to("supervisor")
    assert f"property reference {gun}," in urgent.get_content()
    assert f"property reference {first}," not in urgent.get_content()


def test_a_digest_begins_with_the_most_overdue_and_tells_again_what_was_acknowledged_once_that_ends(
    force: Force, office: PostOffice
) -> None:
    slow = DEFAULT_RULES | {"KNF": Rule(18, 90), "DRUG": Rule(20, 90)}
    made = Policy(0, SEIZED, slow, Limits(book_in_hours=MOST_DAYS * 24))
    force.services.store.write(lambda work: work.policies.add(made, 1, "for this test"))
    case = force.case(category="volume", supervisor=force.people["supervisor"].id)
    drug, knife = (force.items(case, category=category)[0] for category in ("DRUG", "KNF"))
    services = mailing(force, office)

    def told_after(**length: float) -> list[str]:
        force.clock.move(**length)
        before = len(office.to("supervisor"))
        alerts.run(services)
        told = office.to("supervisor")[before:]
        return [line for one in told for line in one.get_content().splitlines() if line[:1] == "-"]

    first = told_after(days=21)
    supervisor = force.person("supervisor")
    clock = next(one for one in exhibits.see(services, supervisor, knife).clocks if one.kind is ClockKind.DECISION)
    acknowledging.acknowledge(services, supervisor, knife, acknowledging.key(clock), "1", "In hand.")
    during, after = told_after(hours=22), told_after(hours=3)
    tomorrow = told_after(hours=22)

    assert [f"reference {number}," in line for number, line in zip((knife, drug), first, strict=True)] == [True, True]
    assert during == []
    assert [line.endswith("an acknowledgement has ended") for line in [*after, *tomorrow]] == [True]


@pytest.fixture
def heaped(force: Force, monkeypatch: pytest.MonkeyPatch) -> Force:
    """A force where four alerts for one person are more than are looked at one by one."""
    monkeypatch.setattr(telling, "MOST_AT_ONCE", 3)
    monkeypatch.setattr(telling, "MOST_MARKED", 1)
    never_late_to_book_in(force)
    force.items(force.case(category="volume", supervisor=force.people["supervisor"].id), 6, category="KNF")
    force.clock.at = SEIZED + timedelta(days=3.1)
    return force


def test_more_than_anybody_can_read_is_one_message_that_says_how_many_and_where(
    heaped: Force, office: PostOffice
) -> None:
    services = mailing(heaped, office)

    assert [alerts.run(services).queued, alerts.run(services).queued] == [2, 0]

    (message,) = office.to("supervisor")
    text = message.get_content()
    assert message["Subject"] == "6 exhibits overdue"
    assert "6 exhibits are waiting for somebody to decide or to act, 6 overdue." in text
    assert text.count("- property reference") == 4
    assert "... and 2 more exhibits. The overdue board has them all" in text
    with heaped.services.store.read() as work:
        assert work.alerts.next_untold() is None


def test_a_worker_that_ends_while_it_marks_many_leaves_the_rest_to_the_next_which_tells_nobody_twice(
    heaped: Force, office: PostOffice, monkeypatch: pytest.MonkeyPatch
) -> None:
    services, portions = mailing(heaped, office), iter([telling._portion])

    def ends(*given: object, **named: object) -> None:
        for portion in portions:
            return portion(*given, **named)  # type: ignore[arg-type]  # As it was called.
        raise StoreRefusal

    with monkeypatch.context() as patched:
        patched.setattr(telling, "_portion", ends)
        with pytest.raises(StoreRefusal):
            alerts.run(services)
    queued = alerts.run(services).queued

    assert queued == 1  # The other person's: the first was told.
    assert [len(office.to(name)) for name in ("supervisor", "submissions")] == [1, 1]
