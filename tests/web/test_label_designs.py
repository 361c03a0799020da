"""An administrator edits what labels look like and what they are printed on, and sees each before it counts."""

import json
import re
from io import BytesIO

import pytest
from pypdf import PdfReader

from exhibits_app.services.ports import Scope
from labels.stock import STOCKS
from labels.template import DEFAULT
from tests.labels.made import a_crest, a_png
from tests.support.pages import PageRead, fetch, send

EDIT, STOCK, NEW = "/label-templates/edit", "/label-stock", "/label-stock/new"
LINE = "Property office 0113 496 0100"
SHEET = {
    "name": "Avery 3475", "form": "sheet", "width": "70", "height": "36", "page": "A4", "columns": "3", "rows": "8",
    "top": "4,5", "dpi": "300",
}  # fmt: skip


@pytest.fixture
def administrator(client_of):
    return client_of("administrator")


def as_shown(page: PageRead, **changed: str) -> dict[str, str]:
    """What a browser would send of the page's form, with some of it changed."""
    found = {}
    for one in page.all("input"):
        ticked = one.get("type") != "checkbox" or one.get("checked") is not None
        if one.get("name") and one.get("type") != "file" and ticked:
            found[one.get("name")] = one.get("value", "on")
    found |= {one.get("name"): page.value(one.get("id")) for one in page.all("select")}
    return found | {name.replace("_", "-"): value for name, value in changed.items()}


def with_line(page: PageRead, **more: str) -> dict[str, str]:
    return as_shown(page, **{"item_line": LINE, "item_line_order": "9", **more})


def words_of(client, job: int) -> str:
    pdf = PdfReader(BytesIO(client.get(f"/labels/{job}/labels.pdf").data))
    return " ".join(page.extract_text() for page in pdf.pages)


def job_of(force, number: int = 1):
    with force.services.store.read() as work:
        return next(one for one in work.print_jobs.listed(Scope(0, everybody=True), 0, 99) if one.id == number)


def test_a_template_is_shown_before_it_is_kept_and_then_printed_by(force, administrator, officer):
    force.items(force.case(), 2)
    page = fetch(administrator, f"{EDIT}?stock=thermal-100x50")
    shown = send(administrator, EDIT, with_line(page, show="1"))
    assert any("0113 496 0100" in picture.get("alt") for picture in shown.all("img"))
    send(officer, "/labels", {"item": 1, "stock": "thermal-100x50"})

    kept = send(administrator, EDIT, with_line(page, save="1", note="The telephone, asked for by the stores"))
    send(officer, "/labels", {"item": 2, "stock": "thermal-100x50"})

    assert "Labels are printed by version 1 from now on." in kept.text
    assert "The telephone, asked for by the stores" in kept.text
    assert [job_of(force, number).template for number in (1, 2)] == [0, 1]
    assert [LINE in words_of(officer, number) for number in (1, 2)] == [False, True]


def test_the_preview_says_for_each_invented_label_whether_it_reads_back_and_what_was_cut(force, administrator):
    force.items(force.case(), 1)

    page = fetch(administrator, f"{EDIT}?stock=L7160")

    verdicts = [one.text if one.text else "" for one in page.all("strong")]
    assert [words for words in verdicts if words.endswith(".")] == [
        "An ordinary item.", "A long description.", "An Arabic description.", "Hazards.", "A restricted case.",
        "Little on record.",
    ]  # fmt: skip
    assert page.html.count("reads back</span> with zxing-cpp and pyzbar") == 6
    assert "AB/1 " in " ".join(one.get("alt") for one in page.all("img"))
    assert "Not in full, for want of room" in page.text


def test_a_version_is_saved_as_a_file_and_an_old_one_comes_back_by_saving_it_again(force, administrator):
    page = fetch(administrator, EDIT)
    send(administrator, EDIT, with_line(page, save="1", note="A line"))
    old = fetch(administrator, f"{EDIT}?from=0")

    listed = send(administrator, EDIT, as_shown(old, save="1", note="Back again"))

    assert "Version 2" not in listed.text
    assert "version 2 from now on" in listed.text
    files = [administrator.get(f"/label-templates/{number}/template.json").json for number in (0, 1, 2)]
    assert files[0] == files[2] == json.loads(json.dumps(DEFAULT.data()))
    assert files[1]["item"]["line"] == LINE


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"note": ""}, "note", "Enter what you changed and why"),
        ({"item_description_order": "first"}, "item-description-order", "as a whole number from 1 to 99"),
        ({"item_reference_order": ""}, "item-reference-order", "Enter where “References and the code” stands."),
        ({"item_line": "█▌▐█", "item_line_order": "9"}, "item", "signs that could draw a symbol"),
        ({"badge_rank_size": "vast"}, "badge", "must be one of tiny"),
        (
            {"item_seal_leaves": "never", "item_seizure_leaves": "never", "item_title_leaves": "never"},
            "item",
            "takes the room on the stock",
        ),
    ],
)
def test_a_template_that_cannot_be_is_refused_where_it_was_typed_and_nothing_typed_is_lost(
    administrator, changed, field, sentence
):
    page = fetch(administrator, EDIT)

    again = send(administrator, EDIT, with_line(page, **{"save": "1", "note": "x", **changed}), 422)

    assert [(at, sentence in said) for at, said in again.summary] == [(field, True)]
    for name, value in changed.items():
        if name != "badge_rank_size":
            assert again.value(name.replace("_", "-")) == value


def test_a_logo_is_checked_shown_and_stays_on_the_form_until_it_is_taken_off(administrator):
    page = fetch(administrator, f"{EDIT}?stock=thermal-100x50")
    told = as_shown(page, show="1")

    bad = send(administrator, EDIT, told | {"logo-file": (BytesIO(b"<svg onload=alert(1)>"), "x.png")}, 422)
    good = send(administrator, EDIT, told | {"logo-file": (BytesIO(a_png(a_crest())), "crest.png")})
    later = send(administrator, EDIT, as_shown(good, show="1"))
    without = send(administrator, EDIT, as_shown(later, show="1", logo_none="on"))

    assert "is not a whole PNG picture" in bad.error_at("logo-file")
    kept = [as_shown(page)["logo-kept"] for page in (good, later, without)]
    assert kept[0] == kept[1] != ""
    assert kept[2] == ""


def test_two_who_edit_at_once_do_not_overwrite_each_other(administrator):
    page = fetch(administrator, EDIT)
    send(administrator, EDIT, with_line(page, save="1", note="first"))

    late, ahead = (
        administrator.post(EDIT, data=with_line(page, save="1", note="second", seen=seen)) for seen in ("0", "7")
    )

    assert (late.status_code, ahead.status_code) == (503, 503)
    assert len(list(fetch(administrator, "/label-templates").all("tr"))) == 3


def test_a_stock_of_ones_own_is_outlined_kept_and_printed_on(force, administrator, officer):
    force.items(force.case(), 2)
    outlined = send(administrator, NEW, SHEET | {"show": "1"})
    send(administrator, NEW, SHEET | {"save": "1", "seen": "0"})

    page = fetch(officer, "/labels?item=1&item=2")
    asked = {"item": [1, 2], "stock": "Avery 3475", "copies": "2"}
    late = send(officer, "/labels", asked | {"start_at": "25"}, 422)
    made = send(officer, "/labels", asked | {"start_at": "23"})

    assert outlined.html.count("label-sheet__label") == 24
    assert "A4 sheet of 24 labels, 70 x 36 mm (Avery 3475)" in page.text
    assert "from 1 to 24" in late.error_at("start_at")
    assert "Load the printer with: A4 sheet of 24 labels, 70 x 36 mm (Avery 3475)." in made.text
    pages = PdfReader(BytesIO(officer.get("/labels/1/labels.pdf").data)).pages
    assert [len(re.findall(r"\bE-", page.extract_text())) for page in pages] == [2, 2]


@pytest.mark.parametrize(
    ("changed", "field", "sentence"),
    [
        ({"name": "L7160"}, "name", "There is a label stock L7160 already"),
        ({"name": ""}, "name", "Enter a name for the stock"),
        ({"width": "7 cm"}, "width", "enter a number of millimetres"),
        ({"width": ""}, "width", "Enter in millimetres"),
        ({"rows": "9"}, "width", "lower edge"),
        ({"columns": "many"}, "columns", "Enter how many columns"),
        ({"width": "9", "height": "9"}, "width", "no room for a Data Matrix code"),
        ({"form": "tape"}, "form", "whether it is a sheet or a roll"),
    ],
)
def test_a_stock_that_cannot_hold_labels_is_refused_where_it_was_typed(administrator, changed, field, sentence):
    page = send(administrator, NEW, SHEET | {"save": "1", "seen": "0"} | changed, 422)

    assert [(at, sentence in said) for at, said in page.summary] == [(field, True)]


def test_only_what_is_ticked_is_offered_and_taken(force, administrator, officer):
    force.items(force.case(), 1)
    wanted = {"item": ["L7163"], "box": ["L7160"], "place": ["L7160"], "badge": ["L7651"], "seen": "0"}

    unsaid = send(administrator, STOCK, wanted, 422)
    none = send(administrator, STOCK, wanted | {"item": [], "note": "x"}, 422)
    small = send(administrator, STOCK, wanted | {"item": ["nothing"], "note": "x"}, 422)
    send(administrator, STOCK, wanted | {"note": "We buy these"})
    page = fetch(officer, "/labels?item=1")

    assert [len(one.summary) for one in (unsaid, none, small)] == [1, 1, 1]
    assert [one.get("value") for one in page.all("input") if one.get("type") == "radio"] == ["L7163"]
    assert send(officer, "/labels", {"item": 1, "stock": "L7160"}, 422).summary
    assert len(STOCKS) + 1 == len(list(fetch(administrator, STOCK).all("tr")))
