"""The alert job looks at an item when somebody may have to be told of it, and at no other time."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.services import acknowledging, alerts, people
from exhibits_app.services.ports import Work
from tests.support.force import Force

from .alerting import SEIZED, an_overdue_item, never_late_to_book_in


@pytest.fixture(autouse=True)
def booking_in_is_never_late(force: Force) -> None:
    never_late_to_book_in(force)


def looked(force: Force, **later: float) -> int:
    """How many items a round looked at, so much later."""
    force.clock.move(**later)
    return alerts.run(force.services).looked_at


def told(force: Force, item: int) -> set[str]:
    """Who was told of the item so far, by sign-in name."""
    with force.services.store.read() as work:
        return {work.accounts.find(int(str(one["person"]))).sign_in_name for one in work.alerts.of_item(item)}


def leave(force: Force, name: str) -> None:
    """Somebody leaves."""
    with force.services.store.read() as work:
        person = work.accounts.find(force.people[name].id).person
    form = people.PersonForm(person.name, name, person.rank, active=False)
    people.change_person(force.services, force.person("administrator"), person.id, form)


def test_an_item_is_looked_at_once_for_each_stage(force: Force) -> None:
    an_overdue_item(force)

    assert (looked(force), looked(force), looked(force, hours=1)) == (1, 0, 0)
    force.clock.at = SEIZED + timedelta(days=3.5)  # Half of the seven days until it should be submitted.
    assert (looked(force), looked(force)) == (1, 0)


def test_an_item_is_looked_at_again_when_its_acknowledgement_ends(force: Force) -> None:
    item = an_overdue_item(force)
    looked(force)
    with force.services.store.read() as work:
        exhibit = work.items.find(item).exhibit
        clock = acknowledging.key(acknowledging.running(exhibit, work.policies.current(force.clock.now()))[0])

    acknowledging.acknowledge(force.services, force.person("supervisor"), item, clock, "1", "Waiting for a key")

    assert (looked(force), looked(force)) == (1, 0)
    assert (looked(force, hours=10), looked(force, hours=14)) == (1, 1)  # At half-time of the submission; at the end.
    assert looked(force) == 0


def test_whoever_takes_over_a_case_is_told_of_what_runs_late_in_it(force: Force) -> None:
    item = an_overdue_item(force)
    looked(force)

    def take_over(work: Work) -> None:
        case = work.cases.find(work.items.find(item).exhibit.case.id)
        work.cases.save(replace(case, supervisor=force.people["inspector"].ref))

    force.services.store.write(take_over)

    assert looked(force) == 1
    assert "inspector" in told(force, item)


def test_what_somebody_was_told_of_who_leaves_is_told_to_somebody_else(force: Force) -> None:
    item = an_overdue_item(force)
    looked(force)
    before = told(force, item)

    leave(force, "submissions")
    leave(force, "supervisor")

    assert looked(force) == 1
    assert told(force, item) - before == {"inspector"}


def test_what_nobody_can_be_told_of_is_looked_at_in_every_round(force: Force) -> None:
    an_overdue_item(force, supervisor=None)
    for name in ("submissions", "inspector", "supervisor"):
        leave(force, name)

    assert (looked(force), looked(force), looked(force)) == (1, 1, 1)


def test_what_changed_while_it_was_looked_at_is_looked_at_again(force: Force) -> None:
    an_overdue_item(force)
    looked(force)
    force.clock.at = SEIZED + timedelta(days=3.5)
    with force.services.store.read() as work:
        (one,) = work.notices.look(work.notices.due(force.clock.now()), force.clock.now())

    stale = (replace(one, seq=one.seq - 1), replace(one, at=one.at - timedelta(hours=1)))
    force.services.store.write(lambda work: work.notices.move_on([(seen, None) for seen in stale]))

    assert (looked(force), looked(force)) == (1, 0)
