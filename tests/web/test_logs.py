"""The scan log and the log of reads: who sees which line, newest first, page by page."""

import pytest

from exhibits_app.services import logs
from exhibits_app.services.ports import ScanLine
from tests.support.force import START, Force
from tests.support.pages import PageRead, fetch
from tests.support.words import words


def rows(page: PageRead) -> list[str]:
    return [words(row) for row in page.all("tr")][1:]


def log(force: Force, count: int = 1, **given: object) -> None:
    """Put lines on the scan log, as an act does."""
    line = {
        "scan": "s", "act": "a", "at": START, "device": None, "person": None, "kind": "BOOK_IN", "text": "E4KT922RMQ",
        "verdict": "recorded", "code": "", "sentence": "It was booked in.",
    } | given  # fmt: skip
    lines = [ScanLine(**(line | {"scan": f"s{number}"})) for number in range(count)]
    force.services.store.write(lambda work: work.scans.add(lines))


@pytest.fixture
def bench(force):
    """A device in the Ilford store."""
    return force.device()[0]


def test_a_scan_is_told_with_who_where_and_when(force, client_of, bench):
    log(force, device=bench.id, person=force.people["property_officer"].id)

    page = fetch(client_of("property_officer"), "/logs/scans")

    assert rows(page) == [
        "10:00 4 May 2026 recorded It was booked in. E4KT922RMQ book in 4516 Property Officer Ilford bench 1"
    ]


def test_refused_scans_can_be_looked_at_alone(force, client_of, bench):
    log(force, device=bench.id)
    log(force, device=bench.id, verdict="refused", code="unknown_code", sentence="Nobody knows it.", text="<b>rubbish")
    client = client_of("property_officer")

    everything, refused = fetch(client, "/logs/scans"), fetch(client, "/logs/scans?refused=1")

    assert [len(rows(everything)), len(rows(refused))] == [2, 1]
    assert "refused Nobody knows it. unknown_code <b>rubbish" in rows(refused)[0]


def test_an_empty_log_says_so(client_of):
    client = client_of("auditor")

    assert "Nothing has been scanned yet." in words(fetch(client, "/logs/scans"))
    assert "No scan was refused yet." in words(fetch(client, "/logs/scans?refused=1"))


def test_store_staff_see_the_scans_of_their_store_alone(force, client_of, bench):
    log(force, sentence="Scanned elsewhere.")
    log(force, device=bench.id, sentence="Scanned here.")

    staff, auditor = fetch(client_of("property_officer"), "/logs/scans"), fetch(client_of("auditor"), "/logs/scans")

    assert [len(rows(staff)), len(rows(auditor))] == [1, 2]
    assert "Scanned here." in rows(staff)[0]


def test_a_supervisor_sees_the_scans_of_items_of_their_team(force, client_of):
    own = force.items(force.case(), 1)[0]
    others = force.items(force.case(by="other", reference="01AB/2/26"), 1, by="other", seal="S999")[0]
    log(force, register_no=own, sentence="An item of the team.")
    log(force, register_no=others, sentence="An item of others.")

    page = fetch(client_of("supervisor"), "/logs/scans")

    assert len(rows(page)) == 1
    assert "An item of the team." in rows(page)[0]


def test_a_line_about_a_restricted_case_tells_nothing_of_it(force, client_of):
    item = force.items(force.case(restricted=True), 1)[0]
    log(force, register_no=item, sentence="AB/1 was booked in.")

    auditor, standards = (fetch(client_of(name), "/logs/scans") for name in ("auditor", "professional_standards"))

    assert "An item of a restricted case." in rows(auditor)[0]
    assert "AB/1" not in words(auditor)
    assert "AB/1 was booked in." in rows(standards)[0]


def test_the_scan_log_goes_on_page_after_page_and_shows_each_line_once(force, client_of):
    log(force, 120)
    client = client_of("auditor")

    pages = [fetch(client, "/logs/scans")]
    while "Next page" in pages[-1].links:
        pages.append(fetch(client, pages[-1].links["Next page"]))

    assert [len(rows(page)) for page in pages] == [50, 50, 20]


def test_lines_of_others_do_not_hide_the_lines_behind_them(force, bench):
    log(force, 1, device=bench.id, sentence="The oldest.")
    log(force, 30)
    staff = force.person("property_officer")

    found, after, turns = [], 0, 0
    while after is not None:
        entries, after = logs.scans(force.services, staff, after=after, limit=2)
        found += entries
        turns += 1

    assert [entry.line.sentence for entry in found] == ["The oldest."]
    assert turns == 2


def test_who_opened_a_case_or_an_item_is_on_the_log_of_reads(force, client_of):
    case = force.case()
    force.items(case, 1)
    officer = client_of("officer")
    officer.get(f"/cases/{case.id}")
    force.clock.move(minutes=1)
    officer.get("/items/1")

    page = fetch(client_of("professional_standards"), "/logs/reads")

    assert rows(page) == [
        "10:01 on 4 May 2026 PC 4507 Officer Item AB/1 property 1",
        "10:00 on 4 May 2026 PC 4507 Officer Case 01AB/1/26",
    ]


def test_an_empty_log_of_reads_says_so(client_of):
    page = fetch(client_of("professional_standards"), "/logs/reads")

    assert "Nobody has opened a case or an item yet." in words(page)


def test_the_log_of_reads_goes_on_page_after_page(force, client_of):
    case = force.case()
    for _ in range(60):
        force.services.store.write(lambda work: work.accounts.log_read(1, "case", case.id, START))
    client = client_of("professional_standards")

    first = fetch(client, "/logs/reads")
    second = fetch(client, first.links["Next page"])

    assert [len(rows(first)), len(rows(second))] == [50, 10]
