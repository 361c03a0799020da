"""The overdue board: the longest overdue first, what each person may see of it, and counts that add up."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain.errors import NoRight, NotFound
from exhibits_app.domain.people import Grant, Role, ScopeKind
from exhibits_app.services import alerts, board
from exhibits_app.services.board import AHEAD, SPANS, Board
from exhibits_app.services.ports import ItemLine
from tests.support.acted import acted
from tests.support.force import START, Force


def shown(force: Force, by: str = "submissions", **wanted: object) -> Board:
    return board.overdue(force.services, force.person(by), ItemLine(**wanted))  # type: ignore[arg-type]


def numbers(seen: Board) -> list[int]:
    return [row.item.exhibit.register_no for row in seen.rows]


def four_overdue(force: Force) -> list[int]:
    """Of four categories, seized together; a week later overdue by 6, 5, 4 and 3 days."""
    case = force.case()
    categories = ["DTH-BED", "PM", "BIO", "DTH-DIG"]
    items = [force.items(case, category=category)[0] for category in categories]
    force.clock.move(days=6)
    return items


def test_the_longest_overdue_comes_first_and_ties_go_by_number(force: Force) -> None:
    bed, pm, bio, phone = four_overdue(force)

    assert numbers(shown(force)) == [pm, phone, bed, bio]


def test_what_is_due_this_very_moment_is_not_overdue_yet(force: Force) -> None:
    force.items(force.case())
    force.clock.at = START - timedelta(hours=1) + timedelta(days=3)
    assert numbers(shown(force)) == []

    force.clock.move(microseconds=1)

    assert len(numbers(shown(force))) == 1


def test_pages_follow_each_other_without_a_gap_or_a_repetition(force: Force) -> None:
    items = four_overdue(force)
    person, after, seen = force.person("submissions"), None, []
    for _ in items:
        page = board.overdue(force.services, person, ItemLine(), after, limit=1)
        seen += numbers(page)
        after = page.next_after

    assert seen == numbers(shown(force))
    assert after is None


@pytest.mark.parametrize(
    ("wanted", "count"),
    [
        (lambda _force: {"category": "PM"}, 1),
        (lambda _force: {"category": "FA"}, 0),
        (lambda force: {"team": force.team}, 4),
        (lambda force: {"team": force.team + 1}, 0),
        (lambda force: {"oic": force.people["officer"].id}, 4),
        (lambda force: {"oic": force.people["other"].id}, 0),
        (lambda force: {"store": force.store.id}, 0),
        (lambda force: {"holder": force.people["officer"].id}, 4),
        (lambda _force: {"case": 1, "category": "BIO"}, 1),
    ],
)
def test_the_board_is_narrowed_to_what_was_asked_for(
    force: Force, wanted: Callable[[Force], dict[str, object]], count: int
) -> None:
    four_overdue(force)

    assert len(numbers(shown(force, **wanted(force)))) == count


def test_an_item_in_a_store_is_on_that_stores_board(force: Force) -> None:
    (item,) = force.items(force.case())
    acted(force, "BOOK_IN", force.labels([item]), to=force.place_code(force.shelf))
    force.clock.move(days=5)

    assert numbers(shown(force, store=force.store.id)) == [item]
    assert numbers(shown(force, store=force.far_store.id)) == []


def test_a_supervisor_of_one_team_sees_that_team_whatever_they_ask_for(force: Force) -> None:
    four_overdue(force)
    other = force.services.store.write(lambda work: work.teams.add("CID Harbour"))
    force.items(force.case(reference="01AB/2/26", team=other), seal="")
    force.clock.move(days=6)

    assert len(numbers(shown(force))) == 5
    for wanted in ({}, {"team": other}, {"oic": force.people["officer"].id}, {"category": "DTH-BED"}):
        rows = shown(force, "supervisor", **wanted).rows
        assert {row.case.team for row in rows} == {force.team}


def test_a_board_narrowed_by_scope_counts_its_scope_alone(force: Force) -> None:
    four_overdue(force)
    other = force.services.store.write(lambda work: work.teams.add("CID Harbour"))
    force.items(force.case(reference="01AB/2/26", team=other), seal="")
    force.clock.move(days=6)

    assert (shown(force, "supervisor").overdue, shown(force).overdue) == (4, 5)


def test_rows_of_a_restricted_case_are_hidden_from_others_and_counted(force: Force) -> None:
    force.items(force.case(restricted=True))
    force.clock.move(days=5)

    (row,) = shown(force).rows
    assert (row.hidden, row.readable) == (True, False)
    assert shown(force).overdue == 1


def test_rows_of_a_restricted_case_are_open_to_its_members(force: Force) -> None:
    force.items(force.case(restricted=True, supervisor=force.people["supervisor"].id))
    force.clock.move(days=5)

    (row,) = shown(force, "supervisor").rows
    assert (row.hidden, row.readable) == (False, True)


def test_those_who_may_see_the_board_and_not_the_case_are_told_apart(force: Force) -> None:
    force.items(force.case())
    force.clock.move(days=5)

    (row,) = shown(force, "auditor").rows
    assert (row.hidden, row.readable) == (False, False)


@pytest.mark.parametrize("name", ["officer", "property_officer", "administrator", "professional_standards"])
def test_the_board_is_closed_to_those_without_the_right(force: Force, name: str) -> None:
    with pytest.raises(NoRight):
        shown(force, name)


def test_the_ages_add_up_to_what_is_overdue(force: Force) -> None:
    case = force.case()
    for late in (0.5, 0.9, 2, 5, 10, 20, 60, 100, 200):
        force.clock.at = START - timedelta(days=late)
        force.items(case, category="PM")
    force.clock.at = START + timedelta(days=1)

    seen = shown(force)

    assert [count for _, count in seen.ageing] == [2, 1, 1, 1, 1, 1, 2]
    assert seen.overdue == len(seen.rows) == 9
    ages = [board.age(row.item.due_at, seen.now) for row in seen.rows if row.item.due_at]
    assert [ages.count(span) for span in range(len(SPANS))] == [count for _, count in seen.ageing]


def test_the_oldest_deadline_is_the_first_rows(force: Force) -> None:
    four_overdue(force)

    seen = shown(force)

    assert seen.oldest_due == seen.rows[0].item.due_at


def test_what_falls_due_soon_is_counted_apart_and_listed_when_asked_for(force: Force) -> None:
    four_overdue(force)
    force.items(force.case(reference="01AB/2/26"), category="DTH-BED", seal="")
    force.clock.move(hours=1)

    soon = board.overdue(force.services, force.person("submissions"), ItemLine(), soon=True)

    assert numbers(soon) == [5]
    assert (soon.soon, soon.overdue) == (1, 4)
    assert all(row.item.due_at and row.item.due_at <= soon.now + AHEAD for row in soon.rows)


def test_the_board_says_when_the_alerts_have_stopped(force: Force) -> None:
    assert shown(force).alerts_stopped
    alerts.run(force.services)
    force.clock.move(minutes=4)
    assert not shown(force).alerts_stopped

    force.clock.move(minutes=2)

    assert shown(force).alerts_stopped


def test_a_supervisor_of_one_case_sees_that_case_alone(force: Force) -> None:
    four_overdue(force)
    case = force.case(reference="01AB/2/26", team=0)
    (item,) = force.items(case, seal="")
    force.clock.move(days=5)
    person = replace(force.person("other"), grants=(Grant(Role.SUPERVISOR, ScopeKind.CASE, case.id),))

    assert numbers(board.overdue(force.services, person, ItemLine(case=1))) == [item]


def test_the_command_lines_board_knows_its_stores(force: Force) -> None:
    for place in (4711, force.shelf.id, force.lab.id):
        with pytest.raises(NotFound):
            board.overdue_lines(force.services, ItemLine(store=place))
