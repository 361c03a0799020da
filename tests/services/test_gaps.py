"""Looking for gaps over items: page by page, for the whole register, and what only the present knows."""

from dataclasses import replace

import pytest

from exhibits_app.domain.errors import NoRight, NotFound
from exhibits_app.domain.gaps import GapKind
from exhibits_app.services import gaps
from exhibits_app.services.gaps import MOST, PAGE
from tests.support.acted import acted
from tests.support.force import Force


def test_a_case_is_looked_at_page_by_page_until_its_end(force: Force) -> None:
    case = force.case()
    numbers = force.items(case, PAGE + 7, seal="")
    force.clock.move(days=3)

    _, first = gaps.of_case(force.services, force.person("officer"), case.id)
    assert first.next_after is not None
    _, second = gaps.of_case(force.services, force.person("officer"), case.id, first.next_after)

    assert [one.register_no for page in (first, second) for one in page.found] == numbers
    assert (first.looked_at, second.looked_at, second.next_after) == (PAGE, 7, None)
    assert PAGE < MOST


def test_items_without_gaps_are_not_listed_and_do_not_end_the_look(force: Force) -> None:
    case = force.case()
    force.items(case, PAGE, seal="")
    force.clock.move(days=3)
    last = force.items(case, 1, seal="")
    codes = force.labels(list(range(1, PAGE + 1)))
    assert codes

    _, page = gaps.of_case(force.services, force.person("officer"), case.id)

    assert len(page.found) == PAGE
    assert page.next_after == PAGE
    _, rest = gaps.of_case(force.services, force.person("officer"), case.id, page.next_after or 0)
    assert (rest.found, rest.looked_at, rest.next_after) == ([], len(last), None)


def test_the_whole_register_is_looked_at_with_how_far_it_is(force: Force) -> None:
    force.items(force.case(), 3, seal="")
    force.items(force.case(reference="01AB/2/26"), PAGE, seal="")
    force.clock.move(days=3)
    done: list[int] = []

    found = list(gaps.each(force.services, progress=done.append))

    assert [one.register_no for one in found] == list(range(1, PAGE + 4))
    assert done == [PAGE, PAGE + 3]


def test_what_a_store_holds_is_looked_at_for_those_who_may_see_it(force: Force) -> None:
    case = force.case()
    codes = force.labels(force.items(case, 2))
    acted(force, "BOOK_IN", codes[:1], to=force.place_code(force.shelf))
    force.clock.move(days=100)

    place, page = gaps.of_store(force.services, force.person("auditor"), force.store.id)

    assert place.id == force.store.id
    assert [(one.register_no, one.reference, one.case) for one in page.found] == [(1, "", "")]
    assert [one.register_no for one in gaps.each(force.services, store=force.store.id)] == [1]
    with pytest.raises(NoRight):
        gaps.of_store(force.services, force.person("officer"), force.store.id)
    with pytest.raises(NotFound):
        gaps.of_store(force.services, force.person("auditor"), force.shelf.id)


def test_a_holder_who_has_left_is_a_gap_of_every_item_they_hold(force: Force) -> None:
    case = force.case()
    force.items(case, 2)
    left = force.people["officer"].id
    account = force.services.store.write(lambda work: work.accounts.find(left))
    force.services.store.write(
        lambda work: work.accounts.save(replace(account, person=replace(account.person, active=False)))
    )

    _, page = gaps.of_case(force.services, force.person("supervisor"), case.id)

    assert [gap.kind for one in page.found for gap in one.gaps] == [GapKind.HOLDER_LEFT] * 2


def test_the_gaps_of_somebody_else_s_item_are_not_found(force: Force) -> None:
    force.items(force.case())

    with pytest.raises(NotFound):
        gaps.of_item(force.services, force.person("other"), 1)
