"""The board as a spreadsheet: what the page shows, in its order, and not one cell that a spreadsheet would compute."""

import io

import pytest
from openpyxl import load_workbook

from exhibits_app.services import board_sheet
from exhibits_app.services.ports import ItemLine
from tests.support.force import a_force, sign_in
from tests.support.pages import fetch

# What spreadsheets take for a formula, a link or a number when it is typed.
HOSTILE = ['=HYPERLINK("//evil.test";"x")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "-2", "\t=1", "https://evil.test", "007"]


@pytest.fixture(scope="module")
def force(tmp_path_factory):
    """Seven sheets with hostile descriptions, and one of somebody else's restricted case, all overdue; a firearm."""
    made = a_force(tmp_path_factory.mktemp("board"))
    case = made.case(title="=1+1")
    for words in HOSTILE:
        made.items(case, description=words)
    hidden = made.case(by="other", reference="01AB/2/26", restricted=True, title="Covert", team=made.team)
    made.items(hidden, by="other", description="Secret thing", seal="R1")
    made.clock.move(days=9)
    made.items(case, category="FA", description="Firearm")
    yield made
    made.services.store.close()


def book(force, path: str, name: str = "supervisor"):
    client = force.app().test_client()
    sign_in(client, name)
    answer = client.get(path)
    assert answer.headers["Content-Disposition"].startswith("attachment; filename=")
    return load_workbook(io.BytesIO(answer.data))


def test_every_text_stays_the_text_that_was_typed(force):
    rows = list(book(force, "/board.xlsx").worksheets[0].iter_rows(min_row=2, max_row=8))

    assert [row[6].value.strip() for row in rows] == [words.strip() for words in HOSTILE]
    assert {cell.data_type for row in rows for cell in row} <= {"s", "inlineStr", "n", "d"}
    assert all(cell.hyperlink is None for row in rows for cell in row)
    assert rows[0][8].value == "=1+1"
    assert (rows[0][1].value, f"{rows[0][0].value:%d %m %Y %H:%M}") == (6, "07 05 2026 09:00")


def test_of_a_restricted_case_the_sheet_says_what_the_page_says(force):
    sheet = book(force, "/board.xlsx").worksheets[0]

    everything = " ".join(str(cell.value) for row in sheet.iter_rows() for cell in row)
    assert [word for word in ("Covert", "Secret", "01AB/2/26") if word in everything] == []
    assert [cell.value for cell in sheet[9]][3:5] == ["Restricted", 8]


def test_the_sheet_has_the_filters_of_the_page_it_is_linked_from(force):
    client = force.app().test_client()
    sign_in(client, "supervisor")
    page = fetch(client, "/board/soon?category=FA")

    found = book(force, page.links["Download this list as a spreadsheet (xlsx)"])

    assert [row[6] for row in found.worksheets[0].iter_rows(values_only=True)] == ["Description", "Firearm"]
    assert [row[1] for row in found["About"].iter_rows(values_only=True)][1:] == [
        "Team CID Ilford, Firearm or ammunition", "1", "None."
    ]  # fmt: skip


def test_a_full_sheet_says_how_many_it_left_out(force):
    made = board_sheet.sheet(force.services, force.person("auditor"), ItemLine(), most=5)

    rows = list(load_workbook(io.BytesIO(made)).worksheets[0].iter_rows(values_only=True))
    assert len(rows) == 7
    assert rows[6][0] == "3 more are not in this sheet: narrow the board to see them."
