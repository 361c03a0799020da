"""Reports of a month's decisions: what was refused for cost, who decided what, and who may read which words."""

import io
from datetime import timedelta

import pytest
from openpyxl import load_workbook

from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.months import Month
from exhibits_app.services import deciding
from tests.support.force import START, a_force, sign_in
from tests.support.pages import fetch
from tests.support.words import words

ADVICE = deciding.Advice("pathologist", "Dr Sorrel", "Blood on the sheet", 1)
AGAINST = "Pathologist Dr Sorrel : Blood on the sheet Answer: Other stains were tested."


def decide(force, item, decision, reason="", **given):
    words = "The laboratory quoted 4,000 pounds." if reason else ""
    deciding.decide(force.services, force.person("inspector"), item, Choice(decision, reason, words, **given))


CLIENTS = {}


@pytest.fixture(scope="module")
def force(tmp_path_factory):
    """May: a sheet refused for cost against advice and reopened, a firearm late for cost, a knife to be submitted, one
    deferred, and one of a restricted case for cost. The last hour of May in London is an hour of May in UTC as well."""
    made = a_force(tmp_path_factory.mktemp("decisions"))
    sheet, knife, later = made.items(made.case(), 3)
    (gun,) = made.items(made.case(reference="01AB/2/26"), category="FA", description="Firearm", seal="G1")
    hidden = made.case(
        by="other", reference="01AB/3/26", restricted=True, title="Covert", supervisor=made.people["inspector"].id,
        team=made.team,
    )  # fmt: skip
    (secret,) = made.items(hidden, by="other", description="Secret thing", seal="R1")
    deciding.recommend(made.services, made.person("coroners_officer"), sheet, ADVICE)
    with made.services.store.read() as work:
        (asked,) = work.items.find(sheet).exhibit.open_recommendations
    decide(
        made, sheet, "NOT_REQUIRED", "cost", answers={asked.event: "Other stains were tested."}, reopen_if="A match."
    )
    decide(made, knife, "SUBMIT")
    decide(made, later, "DEFER", "awaiting-information", until=START + timedelta(days=3))
    decide(made, secret, "UNSUITABLE", "cost", cost="£1,200")
    made.clock.move(days=2)
    decide(made, gun, "UNSUITABLE", "cost", cost="300")
    deciding.reopen(made.services, made.person("officer"), sheet, "learnt", "")
    app = made.app()
    for name in ("supervisor", "auditor"):
        CLIENTS[name] = app.test_client()
        sign_in(CLIENTS[name], name)
    yield made
    made.services.store.close()


def shown(path: str, name: str = "supervisor"):
    return fetch(CLIENTS[name], path)


def rows(page) -> list[str]:
    return [words(row) for row in list(page.of_class("report-table")[0].iter("tr"))[1:]]


def test_the_month_of_cost_says_against_what_and_what_would_reopen_it(force) -> None:
    page = shown("/decisions/cost?month=2026-05")
    sheet, secret, gun = rows(page)

    assert AGAINST in sheet
    assert "quoted 4,000 pounds" in sheet
    assert "A match. Reopened 6 May 2026: Something was learnt" in sheet
    assert "after its deadline, 09:00 on 5 May 2026" in gun
    assert "Cost, estimated at £300" in gun
    assert "3 decisions for cost, estimated at £1,500 together" in words(page)
    assert secret.count("Restricted") == 1
    assert [word for word in ("Covert", "Secret", "01AB/3/26", "Bedding") if word in secret] == []
    assert "DI 4509 Inspector 3" in words(page.of_class("decisions-sums")[2])
    assert len(rows(shown(page.links["Firearm or ammunition"]))) == 1


def test_a_reader_without_the_case_gets_no_words_of_it(force) -> None:
    page = words(shown("/decisions/cost?month=2026-05", "auditor"))

    assert "1 not shown: you do not see this case" in page
    assert [word for word in ("Sorrel", "pounds", "A match", "Mill Lane", "Secret") if word in page] == []


def test_another_month_is_empty_and_the_months_go_back_to_the_first_decision(force) -> None:
    page = shown("/decisions/cost?month=2026-04")

    assert "Nothing was refused for cost in April 2026" in words(page)
    assert "May 2026" in words(page.of_class("board-filters")[0])


def test_each_number_of_a_person_leads_to_its_decisions(force) -> None:
    page = shown("/decisions/people?month=2026-05")
    (told,) = rows(page)

    assert told == "DI 4509 Inspector 5 4 1 1 1 1"
    lists = {name: rows(shown(path)) for name, path in behind(page).items()}
    assert [len(found) for found in lists.values()] == [5, 4, 1, 1, 1, 1]
    assert "Firearm" in lists["After the deadline"][0]


def behind(page) -> dict[str, str]:
    """Where each number of the first person leads, by its column."""
    cells = list(page.of_class("decisions-people")[0].iter("td"))[1:]
    return {cell.get("data-name"): link.get("href") for cell in cells for link in cell.iter("a")}


def test_the_sheet_has_what_the_page_has(force) -> None:
    answer = CLIENTS["supervisor"].get("/decisions.xlsx?month=2026-05&sort=cost")

    book = load_workbook(io.BytesIO(answer.data))
    found = [row[:6] + row[9:12] for row in book.worksheets[0].iter_rows(min_row=2, values_only=True)]
    assert [(row[1], row[4], row[5]) for row in found] == [
        ("Examination not required", "AB/1", 1), ("Unsuitable for examination", "Restricted", 5),
        ("Unsuitable for examination", "AB/1", 4),
    ]  # fmt: skip
    assert found[0][6:] == (
        "The laboratory quoted 4,000 pounds.",
        "Pathologist Dr Sorrel: Blood on the sheet (answer: Other stains were tested.)",
        "A match.",
    )


def test_a_month_begins_at_midnight_in_london() -> None:
    may = Month(2026, 5)

    assert (f"{may.begins:%d %H}", f"{may.ends:%d %H}", str(may.next)) == ("30 23", "31 23", "2026-06")
    assert [Month.read(text) for text in ("2026-05", "2026-13", "rubbish", "0000-01")] == [may, None, None, None]
