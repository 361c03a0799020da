"""A force edits what stands on its labels, and cannot edit away what keeps an exhibit found and handled safely."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner

from labels.cli import main
from labels.content import Content, Row, content_of
from labels.errors import TemplateRefused, TemplateTakesRoom
from labels.fields import BadgeLabel, PlaceLabel
from labels.layout import lay_out
from labels.logo import logo_from_png
from labels.payload import CodeType
from labels.raster import paint
from labels.samples import SAMPLES, longest
from labels.sheet import render_pdf, render_png
from labels.stock import STOCKS
from labels.template import DEFAULT, FIELDS, KindTemplate, Placed, Template, template_from
from labels.template_check import check_template, tried
from labels.template_file import read_template
from labels.text import cleaned
from labels.verify import check_drawing
from tests.labels.made import a_code, a_crest, a_png, an_item, an_item_on
from tests.labels.reading import symbols
from tests.labels.test_injection import HOSTILE

L7160, THERMAL = STOCKS["L7160"], STOCKS["thermal-100x50"]


def a_template(*item: Placed, line: str = "", **more: object) -> Template:
    return replace(DEFAULT, item=KindTemplate("item", item or DEFAULT.item.fields, line), **more)


# Everything at its largest that may be, from the place where it hurts most; and as little as there may be.
CROWDED = a_template(
    Placed("line", "small", "third"),
    Placed("title", "large", "second"),
    Placed("reference"),
    Placed("seizure", "large", "first"),
    Placed("seal", "large", "third"),
    Placed("description", "large"),
    Placed("force", "large", "first"),
    line="Property office 0113 496 0100, property@northshire.invalid",
    logo=logo_from_png(a_png(a_crest()), 8.0),
)
BARE = a_template(Placed("reference"))


def words_on(template: Template, stock: str = "thermal-100x50", **changed: object) -> str:
    return " ".join(word.text for word in lay_out(an_item(**changed), STOCKS[stock], 300, template).words)


def test_without_a_template_of_its_own_a_force_prints_what_it_always_did() -> None:
    item = an_item()
    place = PlaceLabel(a_code(kind=CodeType.PLACE), "Bay 2", "Ilford", "Northshire Police")
    badge = BadgeLabel(a_code(kind=CodeType.PERSON), "Reyes", "PC 4521", "Northshire Police")

    assert content_of(item) == Content(
        item.code,
        (
            Row("Northshire Police", scale=0.8, most=1, leave_out=1),
            Row("AB/1", "bold", 2.0, most=4, exact=True, least_scale=1.2),
            Row("Case OP FERN 123/25 · Property 1284", "bold", most=4, exact=True, least_scale=0.85),
            Row("Death at 14 Cherry Tree Lane", most=1, leave_out=1),
            Row("Double duvet cover, blue and white stripes", scale=1.1, most=8),
            Row("Seized 14:02 on 3 May 2025 by PC 4521 Reyes at 14 Cherry Tree Lane", scale=0.9, most=3, leave_out=2),
            Row("Seal S100 · DTH-BED", "bold", exact=True, least_scale=0.85, leave_out=3),
        ),
        ("Biohazard",),
    )
    force = Row("Northshire Police", scale=0.7, most=1, leave_out=1)
    assert content_of(place).rows == (force, Row("Ilford", scale=0.9), Row("Bay 2", "bold", 1.8, most=3))
    assert content_of(badge).rows == (force, Row("PC 4521", most=1), Row("Reyes", "bold", 1.6, most=3))


def test_a_template_reads_back_from_its_data_and_the_built_in_one_changes_no_byte() -> None:
    for template in (DEFAULT, CROWDED, BARE):
        assert template_from(json.loads(json.dumps(template.data()))) == template

    assert render_pdf([an_item()], L7160, template=template_from(DEFAULT.data())) == render_pdf([an_item()], L7160)


@pytest.mark.parametrize("template", [DEFAULT, CROWDED, BARE], ids=["built in", "crowded", "bare"])
def test_every_sample_on_every_stock_is_read_back_by_both_readers(template: Template) -> None:
    check_template(template, STOCKS.values())

    for stock in (L7160, STOCKS["L7651"], THERMAL):
        for kind in FIELDS:
            assert {one.verified.readers for one in tried(template, stock, kind)} == {("zxing-cpp", "pyzbar")}


def test_fields_stand_in_the_order_of_the_template_and_what_it_leaves_off_is_not_there() -> None:
    text = words_on(CROWDED)

    order = ["0113 496", "Death at 14", "AB/1", "Seized 14:02", "Seal S100", "duvet", "Northshire"]
    assert sorted(order, key=text.index) == order
    assert "duvet" not in words_on(BARE)
    assert "DTH-BED" in text
    plain = replace(CROWDED, item=replace(CROWDED.item, category=False))
    assert "DTH-BED" not in words_on(plain)


@pytest.mark.parametrize("template", [CROWDED, BARE])
@pytest.mark.parametrize("stock", ["L7160", "L7651", "thermal-100x50"])
def test_no_template_takes_reference_code_case_or_hazards_off(template: Template, stock: str) -> None:
    drawing = lay_out(an_item(case_title=None, hazards=("Sharp", "Biohazard")), STOCKS[stock], 203, template)
    text = " ".join(word.text for word in drawing.words)

    for shown in ("AB/1", "Case OP FERN 123/25", "Property 1284", "E-", "SHARP", "BIOHAZARD"):
        assert shown in text
    assert "Cherry" not in text.replace("14 Cherry Tree Lane", "")
    assert sum(inked for _, inked in drawing.polygons) >= 4


def test_a_restricted_case_has_no_title_to_print_wherever_a_template_would_put_it() -> None:
    first = a_template(Placed("title", "large"), Placed("reference"))

    assert "Death" in words_on(first)
    assert "Death" not in words_on(first, case_title=None)


def test_a_template_that_crowds_out_the_longest_values_is_refused_by_field_and_stock() -> None:
    greedy = a_template(
        Placed("reference"), Placed("seal", "large"), Placed("seizure"), Placed("line"), line="Call 0113 496 0100"
    )

    with pytest.raises(TemplateTakesRoom) as refused:
        check_template(greedy, [STOCKS["L7651"]])

    assert refused.value.stock == "L7651"
    assert "the line of text" in refused.value.field or "the seizure" in refused.value.field
    assert refused.value.sentence.startswith("The template was not taken: ")
    check_template(greedy, [STOCKS["L7163"]])


ITEM = {"fields": [{"field": "reference"}]}


@pytest.mark.parametrize(
    ("values", "sentence"),
    [
        ([], "is not a table"),
        ({}, "format = 1"),
        ({"format": 2}, "format = 1"),
        ({"format": 1, "command": {}}, "“command”, which is nothing that can be set"),
        ({"format": 1, "item": {}}, "has no list of fields"),
        ({"format": 1, "item": {"fields": []}}, "has no reference"),
        ({"format": 1, "place": {"fields": [{"field": "within"}]}}, "has no name"),
        ({"format": 1, "item": {"fields": [{"field": "hazards"}]}}, "must be one of force, reference"),
        ({"format": 1, "item": {"fields": [{"field": "reference"}] * 2}}, "has reference twice"),
        ({"format": 1, "item": {"fields": [{"field": "reference", "size": "vast"}]}}, "must be one of tiny"),
        ({"format": 1, "item": {"fields": [{"field": "reference", "leaves": 1}]}}, "as text"),
        ({"format": 1, "item": {**ITEM, "line": "Call us"}}, "has no place among its fields"),
        ({"format": 1, "item": {**ITEM, "line": "x" * 81}}, "at most 80"),
        ({"format": 1, "item": {**ITEM, "line": "█▌▐█"}}, "signs that could draw a symbol"),
        ({"format": 1, "item": {**ITEM, "category": "no"}}, "not true or false"),
        ({"format": 1, "logo": {"png": "%%%"}}, "no picture in base64"),
        ({"format": 1, "logo": {"png": "", "height_mm": True}}, "not a number"),
        ({"format": 1, "logo": {"png": ""}}, "is not a whole PNG picture"),
    ],
)
def test_a_template_that_is_none_is_refused_in_a_sentence(values: object, sentence: str) -> None:
    with pytest.raises(TemplateRefused) as refused:
        template_from(values)

    assert sentence in refused.value.sentence


@pytest.mark.parametrize("text", sorted(HOSTILE))
def test_no_line_of_a_template_prints_a_second_code(text: str) -> None:
    line = cleaned(HOSTILE[text])[:80].strip()
    template = a_template(Placed("line", "large"), Placed("reference"), line=line)

    drawing = lay_out(an_item(), THERMAL, 203, template)

    assert symbols(paint(drawing)) == {drawing.code}
    assert check_drawing(drawing).code == drawing.code


def test_the_longest_values_are_as_long_as_the_fields_permit() -> None:
    first = next(longest("item"))

    assert {len(first.exhibit_ref), len(first.case_ref), len(first.seal)} == {40}
    assert len(first.hazards) == 6


def test_no_invented_label_carries_a_code_that_could_be_issued() -> None:
    assert {sample.label.code[1:-1] for sample in SAMPLES} == {"0" * 8}


FILE = """
format = 1
[item]
line = "Property office 0113 496 0100"
fields = [{field = "reference"}, {field = "line", leaves = "first"}]
[logo]
file = "crest.png"
height_mm = 8
"""


def test_the_command_takes_a_template_from_a_file_without_the_service(tmp_path: Path) -> None:
    (tmp_path / "force.toml").write_text(FILE, "utf-8")
    (tmp_path / "crest.png").write_bytes(a_png(a_crest()))
    (tmp_path / "force.json").write_text(json.dumps(read_template(tmp_path / "force.toml").data()), "utf-8")
    item = an_item_on("thermal-100x50")
    source = json.dumps({"code": item.code, "exhibit_ref": "AB/1", "description": "Knife"})

    for name in ("force.toml", "force.json"):
        asked = ["png", "--stock", "thermal-100x50", "--template", str(tmp_path / name), "-o", str(tmp_path / name[6:])]
        answer = CliRunner().invoke(main, asked, input=source)
        assert answer.exit_code == 0, answer.output

    made = [(tmp_path / kind / f"{item.code}.png").read_bytes() for kind in ("toml", "json")]
    assert made[0] == made[1]
    assert made[0] != render_png(an_item(description="Knife"), THERMAL)


@pytest.mark.parametrize(
    ("name", "text", "sentence"),
    [
        ("t.toml", "format = ", "is not TOML"),
        ("t.json", "{", "is not JSON"),
        ("t.toml", "format = 1\n[logo]\nfile = 'none.png'", "cannot be opened"),
        ("t.toml", "format = 1\n[item]\nfields = []", "has no reference"),
    ],
)
def test_a_file_that_is_no_template_is_one_sentence(tmp_path: Path, name: str, text: str, sentence: str) -> None:
    (tmp_path / name).write_text(text, "utf-8")

    answer = CliRunner().invoke(main, ["render", "--template", str(tmp_path / name), "-o", str(tmp_path / "x.pdf")])

    assert answer.exit_code == 1
    assert sentence in answer.output
    assert "Traceback" not in answer.output
