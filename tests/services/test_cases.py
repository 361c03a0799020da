"""Cases: who may know of them, and what changing one does to the items in it."""

from dataclasses import replace

import pytest

from exhibits_app.domain.errors import CaseReferenceTaken, NoRight, NotFound
from exhibits_app.services import board, cases, exhibits
from exhibits_app.services.ports import ItemLine
from tests.support.force import Force

FORM = cases.CaseForm(reference="01AB/1/26", title="Sudden death, Mill Lane", category="death-investigated")


def restricted(force: Force) -> int:
    officer = force.people["officer"].id
    return force.case(category="homicide", restricted=True, oic=officer).id


def kinds(force: Force, register_no: int) -> list[str]:
    with force.services.store.read() as work:
        return [entry.type for entry in work.ledger.of_item(register_no)]


def entries(force: Force) -> int:
    with force.services.store.read() as work:
        return work.ledger.size()


@pytest.mark.parametrize("name", ["supervisor", "inspector", "submissions", "exhibits_officer", "disclosure_officer"])
def test_a_restricted_case_is_not_there_for_those_outside_it(force: Force, name: str) -> None:
    case = restricted(force)

    with pytest.raises(NotFound):
        cases.see_case(force.services, force.person(name), case)
    with pytest.raises(NotFound):
        cases.change_case(force.services, force.person(name), case, FORM)
    assert cases.list_cases(force.services, force.person(name)) == []


@pytest.mark.parametrize("name", ["officer", "professional_standards"])
def test_a_restricted_case_is_there_for_its_members_and_professional_standards(force: Force, name: str) -> None:
    case = restricted(force)

    assert cases.see_case(force.services, force.person(name), case).id == case
    assert [one.id for one in cases.list_cases(force.services, force.person(name))] == [case]


def test_a_case_of_another_team_is_not_there(force: Force) -> None:
    case = force.case()

    with pytest.raises(NotFound):
        cases.see_case(force.services, force.person("other"), case.id)


def test_whoever_may_see_a_case_and_not_change_it_is_told_so(force: Force) -> None:
    case = force.case()

    with pytest.raises(NoRight):
        cases.change_case(force.services, force.person("submissions"), case.id, FORM)


def test_a_case_reference_is_used_once_whatever_its_letter_case(force: Force) -> None:
    force.case()

    with pytest.raises(CaseReferenceTaken):
        force.case(reference="01ab/1/26", title="Another")


def test_reading_a_case_is_logged(force: Force) -> None:
    case = force.case()

    cases.see_case(force.services, force.person("supervisor"), case.id)

    with force.services.store.read() as work:
        (read,) = work.accounts.reads()
    assert (read["person"], read["what"], read["subject"]) == (force.people["supervisor"].id, "case", case.id)


def test_a_reading_that_was_refused_is_not_logged_as_a_reading(force: Force) -> None:
    case = restricted(force)

    with pytest.raises(NotFound):
        cases.see_case(force.services, force.person("supervisor"), case)

    with force.services.store.read() as work:
        assert work.accounts.reads() == []


def test_raising_a_case_writes_one_entry_for_each_item(force: Force) -> None:
    case = force.case(category="volume")
    items = force.items(case, 3, category="DIG")
    before = entries(force)

    cases.change_case(force.services, force.person("supervisor"), case.id, replace(FORM, category="homicide"))

    assert entries(force) == before + 3
    assert [kinds(force, item) for item in items] == [["seize", "reclassify"]] * 3


def test_a_change_that_the_items_do_not_carry_writes_nothing_into_their_chains(force: Force) -> None:
    case = force.case()
    (item,) = force.items(case)

    form = replace(FORM, title="Sudden death, 4 Mill Lane", oic=force.people["officer"].id)
    cases.change_case(force.services, force.person("supervisor"), case.id, form)

    assert kinds(force, item) == ["seize"]


def test_raising_a_case_can_make_its_items_overdue_at_once(force: Force) -> None:
    case = force.case(category="volume", oic=force.people["officer"].id)
    force.items(case, category="DIG", description="Phone")
    force.clock.move(days=3)
    assert board.overdue_lines(force.services, ItemLine()) == []

    form = replace(FORM, category="death-investigated", oic=force.people["officer"].id)
    cases.change_case(force.services, force.person("supervisor"), case.id, form)

    (line,) = board.overdue_lines(force.services, ItemLine())
    assert line.exhibit.category == "DTH-DIG"
    assert line.due_at is not None
    assert (line.due_at - line.exhibit.seized_at).days == 2


def test_lowering_a_case_gives_no_item_more_time(force: Force) -> None:
    case = force.case(category="homicide")
    (item,) = force.items(case, category="DTH-DIG")

    cases.change_case(force.services, force.person("supervisor"), case.id, replace(FORM, category="volume"))

    assert exhibits.see(force.services, force.person("supervisor"), item).exhibit.category == "DTH-DIG"


def test_a_case_given_to_another_team_takes_its_items_along_on_the_board(force: Force) -> None:
    case = force.case()
    force.items(case)
    force.clock.move(days=5)
    team = force.services.store.write(lambda work: work.teams.add("CID Harbour"))

    cases.change_case(force.services, force.person("supervisor"), case.id, replace(FORM, team=team))

    assert len(board.overdue_lines(force.services, ItemLine(team=team))) == 1
    assert board.overdue_lines(force.services, ItemLine(team=force.team)) == []
