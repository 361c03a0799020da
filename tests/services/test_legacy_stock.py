"""A previous system's items: imported once and whole, and graded in by portions so that they bury nobody."""

from datetime import timedelta
from pathlib import Path

import openpyxl
import pytest

from exhibits_app.domain.clocks import ClockKind, owed, running
from exhibits_app.domain.errors import (
    BadInput,
    ColumnsMissing,
    GradingInThePast,
    GradingTooLate,
    GradingTooSlow,
    NoRight,
    NothingToGrade,
    SheetUnreadable,
)
from exhibits_app.domain.events import Basis
from exhibits_app.domain.exhibit import Alias, CustodyKind, PresenceKind
from exhibits_app.services import alerts, exhibits, grading, importing, legacy_sheet, rebuild
from exhibits_app.services.importing import Source
from exhibits_app.services.ports import ItemLine
from tests.support.force import START, Force

HEAD = ["Property Number", "Crime Number", "Description", "Date Seized", "Exhibit", "Category", "Officer", "Location"]
SHELF = "Ilford transit store, bay 2"
WEEK = timedelta(weeks=1)


def sheet(folder: Path, *rows: list[str], more: tuple[str, ...] = ()) -> Path:
    book = openpyxl.Workbook()
    for row in ([*HEAD, *more], *rows):
        book.active.append(row)
    book.save(folder / "old.xlsx")
    return folder / "old.xlsx"


def source(file: Path) -> Source:
    return Source("Old system", lambda: legacy_sheet.rows(file, {}))


def stock(force: Force, folder: Path) -> list[int]:
    """Eight items of one team: four knives (3 days to decide) and four firearms (1 day), seized over eight years."""
    officer = "officer"
    rows = [
        [f"P{n}", f"01AB/{n}/19", "Thing", f"0{n}/05/20{10 + n}", f"OLD/{n}", "KNF" if n % 2 else "FA", officer, SHELF]
        for n in range(1, 9)
    ]
    done = importing.bring_in(force.services, force.person("officer"), source(sheet(folder, *rows)), set())
    assert done.written == 8
    return list(range(1, 9))


def due(force: Force) -> list[int]:
    with force.services.store.read() as work:
        return [one.exhibit.register_no for one in work.items.due_before(force.clock.at, ItemLine())]


def a_plan(**given: object) -> grading.Form:
    form = {"team": None, "per_week": "3", "starts": START + timedelta(hours=1), "reason": "Agreed with the board."}
    return grading.Form(**(form | given))  # type: ignore[arg-type]


def test_every_fault_of_every_row_is_told_and_nothing_is_recorded(force: Force, tmp_path: Path) -> None:
    officer = "officer"
    file = sheet(
        tmp_path,
        ["P1", "01AB/1/19", "Bed sheet", "03/05/2019", "AB/1", "DTH-BED", officer, SHELF],
        ["P1", "", "", "yesterday", "", "PHONE", "999", "Nowhere"],
        ["P3", "01AB/1/19", "Note", "04/05/2019", "AB/1", "", officer, ""],
    )

    outcome = importing.check(force.services, force.person("officer"), source(file))

    assert (outcome.rows, outcome.new, outcome.bad) == (3, 1, {3, 4})
    assert [fault.field for fault in outcome.faults] == [
        "number", "case", "officer", "description", "category", "seized", "place", "reference",
    ]  # fmt: skip
    assert outcome.faults[0].says == "The number P1 stands in row 2 as well. Correct one of the two."
    with force.services.store.read() as work:
        assert work.items.count() == 0


def test_an_import_is_whole_and_a_second_one_changes_nothing(force: Force, tmp_path: Path) -> None:
    row = ["P 17", "01AB/1/19", "Bed sheet", "03/05/2019", "AB/1", "DTH-BED", "officer", SHELF]
    old = source(sheet(tmp_path, [*row, "blue"], more=("Colour",)))
    by = force.person("officer")

    first = importing.bring_in(force.services, by, old, importing.check(force.services, by, old).bad)
    again = importing.bring_in(force.services, by, old, importing.check(force.services, by, old).bad)

    assert (first.written, first.there, again.written, again.there) == (1, 0, 0, 1)
    with force.services.store.read() as work:
        exhibit, events = work.items.find(1).exhibit, work.ledger.events_of(1)
    assert {event.envelope.basis for event in events} == {Basis.IMPORT}
    assert exhibit.aliases == (Alias("Old system", "P 17"),)
    assert (exhibit.custody.kind, exhibit.presence) == (CustodyKind.STORE, PresenceKind.UNSEEN)
    assert f"{exhibit.seized_at:%Y-%m-%d %H:%M}" == "2019-05-02 23:00"  # The day begins in London, in summer.
    assert getattr(events[1].body, "note", "") == "Colour: blue"
    assert [one.exhibit.register_no for one in exhibits.find(force.services, by, "p 17")] == [1]
    assert rebuild.rebuild(force.services, write=False).faults == []


def test_legacy_stock_comes_onto_the_board_in_portions_the_gravest_and_oldest_first(
    force: Force, tmp_path: Path
) -> None:
    stock(force, tmp_path)
    form = a_plan()
    (proposed,) = grading.preview(force.services, force.person("inspector"), form)
    grading.make(force.services, force.person("inspector"), form)

    quiet = alerts.run(force.services)
    portions = []
    for _ in range(3):
        force.clock.move(weeks=1)
        portions.append(due(force))

    assert (proposed.items, proposed.weeks, proposed.last) == (8, 3, form.starts + 2 * WEEK)
    assert (quiet.raised, grading.carry_out(force.services)) == (0, 0)
    assert [sorted(one) for one in portions] == [[2, 4, 6], [1, 2, 3, 4, 6, 8], [1, 2, 3, 4, 5, 6, 7, 8]]
    with force.services.store.read() as work:
        policy = work.policies.current(force.clock.at)
        for number in range(1, 9):
            held = work.items.hold(number)
            assert held.exhibit is not None
            assert work.items.differing(held, owed(held.exhibit, policy)) == []
            decision = next(one for one in running(held.exhibit, policy) if one.kind is ClockKind.DECISION)
            assert decision.started == held.exhibit.seized_at  # Its true age.
        assert work.ledger.events_of(2)[-1].envelope.actor.name == force.people["inspector"].called
    assert rebuild.rebuild(force.services, write=False).faults == []


def test_without_a_plan_all_of_it_comes_onto_the_board_at_once(force: Force, tmp_path: Path) -> None:
    stock(force, tmp_path)
    with force.services.store.read() as work:
        told = work.gradings.stock(force.team, START)
    force.clock.move(days=28)
    before = due(force)
    force.clock.move(days=3, minutes=1)

    assert (told.items, told.next_on, told.next_items) == (8, START + timedelta(days=28), 8)
    assert (before, sorted(due(force))) == ([], list(range(1, 9)))


def test_a_later_plan_moves_only_what_is_not_on_the_board_yet(force: Force, tmp_path: Path) -> None:
    stock(force, tmp_path)
    inspector = force.person("inspector")
    grading.make(force.services, inspector, a_plan())
    grading.carry_out(force.services)
    force.clock.move(days=2)
    starts = force.clock.at + timedelta(days=1)

    grading.make(force.services, inspector, a_plan(per_week="1", starts=starts))
    moved = grading.carry_out(force.services)

    with force.services.store.read() as work:
        days = {number: work.items.find(number).exhibit.grade_on for number in range(1, 9)}
    assert moved == 5
    assert [days[number] for number in (2, 4, 6)] == [START + timedelta(hours=1)] * 3
    assert [days[number] for number in (8, 1, 3, 5, 7)] == [starts + n * WEEK for n in range(5)]


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"starts": START - timedelta(minutes=1)}, GradingInThePast),
        ({"starts": START + timedelta(days=29)}, GradingTooLate),
        ({"starts": None}, BadInput),
        ({"per_week": "none"}, BadInput),
        ({"team": 0}, NothingToGrade),
    ],
)
def test_a_plan_that_would_exempt_stock_is_refused(
    force: Force, tmp_path: Path, given: dict[str, object], refusal: type[BadInput]
) -> None:
    stock(force, tmp_path)

    with pytest.raises(refusal):
        grading.preview(force.services, force.person("inspector"), a_plan(**given))


def test_a_plan_ends_within_two_years_and_is_an_inspectors(
    force: Force, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    stock(force, tmp_path)
    monkeypatch.setattr("exhibits_app.domain.grading.MOST_WEEKS", 2)

    with pytest.raises(GradingTooSlow) as slow:
        grading.preview(force.services, force.person("inspector"), a_plan())
    with pytest.raises(NoRight):
        grading.make(force.services, force.person("supervisor"), a_plan())

    assert slow.value.least == 4


@pytest.mark.parametrize(
    ("name", "content", "refusal"),
    [
        ("old.csv", b"Number,Case\nP1,01AB/1/19\n", ColumnsMissing),
        ("old.csv", b"Number\xff", SheetUnreadable),
        ("old.xlsx", b"not a workbook", SheetUnreadable),
    ],
)
def test_a_file_that_is_no_list_of_items_is_refused(
    tmp_path: Path, name: str, content: bytes, refusal: type[BadInput]
) -> None:
    (tmp_path / name).write_bytes(content)

    with pytest.raises(refusal):
        list(legacy_sheet.rows(tmp_path / name, {}))
