"""The pages of laboratories: the list, a result, what was made there, what came instead, and what was used up."""

import io

import pytest
from openpyxl import load_workbook

from exhibits_app.domain.events import BookedIn, Consumed, Decided, Envelope, LabReceived, Submitted
from exhibits_app.services.recording import Happening, record
from tests.support.force import a_force, sign_in
from tests.support.pages import fetch, send
from tests.support.words import words


@pytest.fixture
def force(tmp_path_factory):
    """AB/1 on the way, AB/2 to AB/4 at the laboratory, AB/4 used up; one of a restricted case; AB/5 in the store."""
    made = a_force(tmp_path_factory.mktemp("laboratories"))
    case = made.case()
    numbers = made.items(case, 5, category="KNF", seal="")
    hidden = made.items(made.case(by="other", reference="01AB/2/26", restricted=True), by="other", seal="R1")
    lab, carrier = made.lab.ref, made.carrier.ref
    ways = [(carrier,), (lab, "NF-2"), (lab, "NF-3"), (lab, "NF-4"), (), (lab, "NF-6")]
    for number, way in zip([*numbers, *hidden], ways, strict=True):
        happen(made, number, BookedIn(made.shelf.ref))
        for place in way[:1]:
            happen(made, number, Submitted(place, "FS/26/1", "DI Example"))
        for theirs in way[1:]:
            happen(made, number, LabReceived(lab, theirs))
    happen(made, 4, Consumed("NF-4", "R/4"))
    made.clock.move(days=5)
    yield made
    made.services.store.close()


def happen(force, number, body):
    def change(work):
        now, by = force.clock.now(), force.people["property_officer"].ref
        envelope = Envelope(force.services.ids.event_id(), now, now, by, force.services.ids.event_id())
        happening = Happening(work.items.hold(number), envelope, body)
        record(work, force.services.ids, work.policies.current(now), [happening])

    force.clock.move(minutes=1)
    force.services.store.write(change)


@pytest.fixture
def client(force):
    made = force.app().test_client()
    sign_in(made, "submissions")
    return made


def rows(page):
    return [words(row) for row in page.of_class("board-row")]


def test_the_list_tells_where_each_is_how_far_and_by_which_numbers(client):
    page = fetch(client, "/laboratories")

    first, second, *_, hidden = rows(page)
    assert "AB/1 Property 1" in first
    assert "Forensic courier On the way, the laboratory has not confirmed it FS/26/1" in first
    assert "Moving on from transit 3 days overdue" in first
    assert "Northern Forensics Received by the laboratory FS/26/1 Theirs: NF-2" in second
    assert "Restricted Property 6" in hidden
    assert [word for word in ("FS/26/1", "NF-6", "01AB/2/26") if word in hidden] == []
    assert page.links["AB/1"] == "/items/1"


def test_the_list_is_narrowed_and_downloads_as_it_is_narrowed(force, client):
    page = fetch(client, f"/laboratories?lab={force.lab.id}&far=consumed&case=death-investigated")

    (row,) = rows(page)
    assert "AB/4" in row
    assert "Used up, and nobody has seen that yet" in row
    book = load_workbook(io.BytesIO(client.get(page.links["Download this list as a spreadsheet (xlsx)"]).data))
    sheet = list(book.worksheets[0].iter_rows(min_row=2, values_only=True))
    assert [(one[3], one[8], one[9]) for one in sheet] == [("Used up, and nobody has seen that yet", "NF-4", "AB/4")]
    assert rows(fetch(client, "/laboratories?overdue=y&lab=x&case=no&far=no&after=1-x"))[0].endswith("3 days overdue")


RESULT = {"outcome": "hit", "report": "R/2", "reported_at": "7/5/2026", "note": "Full profile."}


def test_a_result_is_recorded_from_the_items_page(force, client):
    page = fetch(client, "/items/2")
    form = fetch(client, page.links["Result of an examination"])
    given = RESULT | {"laboratory": str(force.lab.id)}

    empty = send(client, "/items/2/result", given | {"report": "", "reported_at": "soon"}, status=422)
    after = send(client, "/items/2/result", given)

    assert form.h1 == "Result of an examination: AB/2"
    assert [one in form.text for one in ("The laboratory (optional)", "Examiner or unit")] == [False, False]
    assert "Enter the number of the report." in words(empty.of_class("govuk-error-summary")[0])
    assert "The result is recorded." in after.text
    assert "Hit: a match, or positive, Northern Forensics, report R/2 of 7 May 2026" in after.text
    assert "Full profile." in after.text


def test_what_is_examined_in_house_waits_for_the_result_of_a_named_examiner(force, client):
    assert "Result of an examination" not in fetch(client, "/items/5").links
    happen(force, 5, Decided("EXAMINE_IN_HOUSE", "examined-in-house", "By our own unit."))
    given = RESULT | {"laboratory": "", "outcome": "negative"}

    page = fetch(client, "/items/5")
    assert "Examiner or unit" in fetch(client, page.links["Result of an examination"]).text
    empty = send(client, "/items/5/result", given | {"examiner": ""}, status=422)
    after = send(client, "/items/5/result", given | {"examiner": "Unit 4"})

    assert "Result of the examination" in page.text
    assert "Enter who examined it, or choose the laboratory." in words(empty.of_class("govuk-error-summary")[0])
    assert "Negative, Unit 4, report R/2 of 7 May 2026" in after.text
    assert "Result of the examination" not in after.text


def test_what_the_laboratory_made_is_registered_with_what_is_left(force, client):
    assert "Part 1" in fetch(client, "/items/3/laboratory-parts").text
    given = {"parts-0-description": "Swab", "parts-0-seal": "L1", "left": "1"}

    wrong = send(client, "/items/3/laboratory-parts", given, status=422)
    after = send(client, "/items/3/laboratory-parts", given | {"place": str(force.lab.id)})

    assert "the laboratory that made them" in words(wrong.of_class("govuk-error-summary")[0])
    assert after.links["AB/3/1"]


def test_another_item_that_came_is_on_both_pages(force, client):
    given = {"item": "5", "place": str(force.shelf.id), "seal": "L9", "reason": "The bag said NF-1."}

    empty = send(client, "/items/1/wrong-item", given | {"item": ""}, status=422)
    after = send(client, "/items/1/wrong-item", given)

    assert "Enter the code or property reference of what came" in words(empty.of_class("govuk-error-summary")[0])
    assert "Discrepancy (wrong item back)" in after.text
    assert "Discrepancy (wrong item back)" in fetch(client, "/items/5").text
    assert "AB/1" in rows(fetch(client, "/laboratories"))[0]


def test_what_was_used_up_leaves_the_list_when_somebody_has_seen_it(client):
    assert "Nobody has seen that yet" in fetch(client, "/items/4").text

    after = send(client, "/items/4/used-up", {"note": ""})

    assert "Seen by" in after.text
    assert not any("AB/4" in row for row in rows(fetch(client, "/laboratories")))
    assert send(client, "/items/4/used-up", {}, status=409).h1.startswith("I have seen")
