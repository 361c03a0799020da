"""Deciding about an exhibit and seeing it: who may, what must be said, and what is left on record."""

from datetime import timedelta

import pytest

from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.errors import (
    DecisionNeedsRationale,
    DeferralNeedsDate,
    DeferralTooLong,
    NoRight,
    NotFound,
    OwnExhibit,
    RankTooLow,
    SupervisorDecides,
    UnknownReasonCode,
)
from exhibits_app.services import board, deciding, exhibits
from exhibits_app.services.ports import ItemLine
from tests.support.acted import acted
from tests.support.force import START, Force

AGAINST = Choice("NOT_REQUIRED", "other-evidence", "The note is not in dispute.")


def entries(force: Force, item: int) -> list[str]:
    with force.services.store.read() as work:
        return [entry.type for entry in work.ledger.of_item(item)]


def decide(force: Force, item: int, choice: Choice = AGAINST, by: str = "inspector") -> None:
    deciding.decide(force.services, force.person(by), item, choice)


def test_a_decision_is_on_record_with_who_and_why(force: Force) -> None:
    (item,) = force.items(force.case())

    decide(force, item)

    view = exhibits.see(force.services, force.person("officer"), item)
    assert view.exhibit.decision is not None
    assert view.exhibit.decision.by == force.people["inspector"].ref
    assert view.exhibit.decision.rationale == "The note is not in dispute."
    assert entries(force, item) == ["seize", "decide"]


def test_a_decision_takes_the_exhibit_off_the_board(force: Force) -> None:
    (item,) = force.items(force.case())
    force.clock.move(days=5)
    assert len(board.overdue_lines(force.services, ItemLine())) == 1

    decide(force, item)

    assert board.overdue_lines(force.services, ItemLine()) == []


def test_deciding_to_submit_leaves_the_submission_clock_running(force: Force) -> None:
    (item,) = force.items(force.case())

    decide(force, item, Choice("SUBMIT"), by="officer")
    force.clock.move(days=7)

    (line,) = board.overdue_lines(force.services, ItemLine())
    assert line.due_kind == "submission"


@pytest.mark.parametrize(
    ("name", "case", "choice", "refusal"),
    [
        ("officer", {}, AGAINST, SupervisorDecides),
        ("supervisor", {}, AGAINST, RankTooLow),
        ("other", {}, AGAINST, NotFound),
        ("property_officer", {}, AGAINST, NotFound),
        ("coroners_officer", {}, AGAINST, NoRight),
        ("administrator", {}, AGAINST, NotFound),
        ("inspector", {}, Choice("NOT_REQUIRED", "", "Why"), UnknownReasonCode),
        ("inspector", {}, Choice("NOT_REQUIRED", "cost", " "), DecisionNeedsRationale),
        ("inspector", {}, Choice("DEFER", "cost", "Why"), DeferralNeedsDate),
        ("inspector", {}, Choice("DEFER", "cost", "Why", until=START + timedelta(days=7)), DeferralTooLong),
        ("inspector", {"restricted": True}, AGAINST, NotFound),
        ("inspector", {"oic": "inspector"}, AGAINST, OwnExhibit),
    ],
)
def test_a_refused_decision_leaves_no_trace(
    force: Force, name: str, case: dict[str, object], choice: Choice, refusal: type[Exception]
) -> None:
    given = {key: force.people[str(value)].id if key == "oic" else value for key, value in case.items()}
    (item,) = force.items(force.case(**given))

    with pytest.raises(refusal):
        decide(force, item, choice, name)

    assert entries(force, item) == ["seize"]


def test_a_supervisor_below_inspector_decides_where_nobody_died(force: Force) -> None:
    (item,) = force.items(force.case(category="volume"), category="DIG")

    decide(force, item, by="supervisor")

    assert entries(force, item) == ["seize", "decide"]


def test_a_deferral_brings_the_exhibit_back_on_its_day(force: Force) -> None:
    (item,) = force.items(force.case())
    until = START + timedelta(days=5)
    decide(force, item, Choice("DEFER", "awaiting-information", "The result is expected.", until=until))

    force.clock.at = until
    assert board.overdue_lines(force.services, ItemLine()) == []
    force.clock.move(seconds=1)

    (line,) = board.overdue_lines(force.services, ItemLine())
    assert (line.due_kind, line.due_at) == ("decision", until)


def test_deciding_about_an_item_that_is_not_there_says_so(force: Force) -> None:
    with pytest.raises(NotFound):
        decide(force, 4711)


def test_reading_an_item_is_logged(force: Force) -> None:
    (item,) = force.items(force.case())

    exhibits.see(force.services, force.person("supervisor"), item)

    with force.services.store.read() as work:
        (read,) = work.accounts.reads()
    assert (read["person"], read["what"], read["subject"]) == (force.people["supervisor"].id, "item", item)


def test_store_staff_see_what_they_hold_and_no_more(force: Force) -> None:
    first, second = force.items(force.case(), 2)
    staff = force.person("property_officer")
    acted(force, "BOOK_IN", force.labels([first]), to=force.place_code(force.shelf))

    assert exhibits.see(force.services, staff, first).may_see_case is False
    with pytest.raises(NotFound):
        exhibits.see(force.services, staff, second)


def test_a_search_finds_only_what_the_person_may_see(force: Force) -> None:
    force.items(force.case(restricted=True), seal="S777")

    assert [one.exhibit.ref for one in exhibits.find(force.services, force.person("officer"), "S777")] == ["AB/1"]
    assert exhibits.find(force.services, force.person("supervisor"), "S777") == []
    assert exhibits.find(force.services, force.person("supervisor"), "AB/1") == []
