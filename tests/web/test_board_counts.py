"""Every number on the board leads to what it counts, and acknowledgements stand wherever a deadline does."""

from io import BytesIO

from openpyxl import load_workbook

from exhibits_app.services import ageing, alerts, deciding
from tests.support.acted import acted
from tests.support.pages import PageRead, fetch
from tests.support.typed import done, person
from tests.support.words import words

ADVICE = deciding.Advice("pathologist", "Dr Sorrel", "Blood on the sheet", 1)


def rows(page: PageRead) -> list[str]:
    return [words(row) for row in page.of_class("board-row")]


def test_each_bar_of_the_chart_leads_to_what_it_counts_and_that_to_the_item(force, client_of):
    case = force.case()
    force.items(case, 2)
    force.clock.move(days=4)
    force.items(case, 1, category="FA", description="Firearm")
    force.clock.move(days=1, hours=12)
    client = client_of("supervisor")
    page = fetch(client, "/board?category=&age=7")
    bars = [bar.get("href") for bar in page.of_class("board-bar")]

    lists = [fetch(client, bar) for bar in bars]

    assert [["Firearm" in row for row in rows(one)] for one in lists] == [[True], [False, False]]
    assert ["Overdue up to 1 day only." in words(one) for one in lists] == [True, False]
    assert [words(bar) for bar in lists[1].of_class("board-bar") if bar.get("aria-current")] == ["2 1–3 days"]
    assert "Record the decision" in words(fetch(client, lists[0].links["AB/3"]))
    book = load_workbook(BytesIO(client.get(lists[0].links["Download this list as a spreadsheet (xlsx)"]).data))
    assert [row[1] for row in book["About"].iter_rows(values_only=True)][1:3] == [
        "Team CID Ilford, Overdue up to 1 day", "1"
    ]  # fmt: skip


def test_what_waits_besides_is_counted_and_each_count_leads_to_its_list(force, client_of):
    case = force.case()
    one, other = force.items(case, 2)
    acted(force, "SIGHTING", force.labels([one]), ["S999"])
    deciding.recommend(force.services, force.person("officer"), other, ADVICE)
    done(force, "officer", other, "OFFER", receiver=person(force, "other"))
    force.clock.move(days=2)
    client = client_of("supervisor")

    page = fetch(client, "/board")
    told = [words(section) for section in page.of_class("board-also__one")]
    lists = [fetch(client, section.get("href")) for section in page.of_class("board-also__one")]

    assert told == [
        "1 exhibit has an unanswered recommendation", "1 handover overdue that nobody accepted",
        "0 handovers wait to be accepted in time", "1 open discrepancy",
    ]  # fmt: skip
    assert [one.h1 for one in lists] == ["Unanswered recommendations", "Overdue board", "Due soon", "Discrepancies"]
    assert [len(rows(one)) for one in lists[:3]] == [1, 1, 0]
    assert len(fetch(client_of("coroners_officer"), "/board").of_class("board-also__one")) == 3


def test_the_acknowledgement_of_a_recommendation_is_on_its_list_and_in_the_sheet(force, client_of):
    (item,) = force.items(force.case())
    deciding.recommend(force.services, force.person("officer"), item, ADVICE)
    force.clock.move(days=2, hours=1)
    client = client_of("supervisor")
    choices = fetch(client, "/items/1").field("clock").iter("option")
    clock = next(one.get("value") for one in choices if one.get("value").startswith("recommendation"))
    client.post("/items/1/acknowledgement", data={"clock": clock, "days": "2", "reason": "Lab closed"})

    said = "Acknowledged by DS 4510 Supervisor until 11:00 on 8 May 2026: Lab closed"
    assert said in rows(fetch(client, "/board/recommendations"))[0]
    (row,) = load_workbook(BytesIO(client.get("/board.xlsx").data)).worksheets[0].iter_rows(min_row=2, values_only=True)
    assert (row[11], row[13]) == ("DS 4510 Supervisor", "Lab closed")


def test_ages_by_team_store_category_and_officer_lead_to_the_board_of_the_same(force, client_of):
    case = force.case()
    force.items(case, 2)
    force.items(force.case(by="other", reference="01AB/2/26", team=0), 1, by="other", category="FA", seal="G1")
    force.clock.move(days=3, hours=1)
    client = client_of("submissions")
    assert "Nothing was counted yet" in words(fetch(client, "/board/ageing"))
    alerts.run(force.services)

    pages = {by: fetch(client, f"/board/ageing?by={by}") for by in ("team", "store", "category", "oic")}
    told = {
        by: [words(row) for row in list(page.of_class("board-ages")[0].iter("tr"))[1:]] for by, page in pages.items()
    }

    assert told["team"] == ["CID Ilford 2 2 0 0 0 0 0 0", "No team 1 0 1 0 0 0 0 0"]
    assert told["store"] == ["In no store 3 2 1 0 0 0 0 0"]
    assert told["oic"] == ["PC 4507 Officer 2 2 0 0 0 0 0 0", "PC 4505 Other 1 0 1 0 0 0 0 0"]
    links = [link.get("href") for page in pages.values() for link in page.of_class("board-ages")[0].iter("a")]
    assert [len(rows(fetch(client, link))) for link in links] == [2, 2, 2, 2, 1, 1, 2, 2, 1, 1]
    assert ageing.keep(force.services) is False
    only = fetch(client_of("supervisor"), "/board/ageing?by=oic")
    assert lines(only) == told["oic"][:1]


def lines(page: PageRead) -> list[str]:
    return [words(row) for row in page.of_class("board-ages")[0].iter("tr")][1:]
