"""No text of the record can print a forged label, a second code or a command: in ZPL, in PDF, in a picture."""

import io
import re
import string
from itertools import product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader
from pypdf.generic import ContentStream

from labels.fields import BadgeLabel, BlankLabel, CommandLabel, ItemLabel, PlaceLabel
from labels.layout import lay_out
from labels.payload import COMMANDS, CodeType
from labels.raster import paint
from labels.sheet import render_pdf, render_raster
from labels.stock import STOCKS
from labels.text import cleaned
from labels.zpl import render_zpl
from tests.labels.made import a_code, an_item
from tests.labels.reading import printed_by_pdf, printed_by_zpl, symbols

THERMAL = STOCKS["thermal-100x50"]
FORGED = a_code(99)
HOSTILE = {
    "ZPL format": f"^FS^FO10,10^BY3^BCN,80,Y,N,N^FD{FORGED}^FS",
    "ZPL second label": f"^XZ^XA^FO9,9^BQN,2,9^FDMA,{FORGED}^FS^XZ",
    "ZPL control": "~JA~HI~WC^JUF~DGR:X,1,1,FF",
    "ZPL hexadecimal": "^FH_5EXZ_7EJA \\5E ^FH\\\\ _",
    "ZPL prefixes changed": "^CC+^CT-^CD;+XZ+XA",
    "PDF end of string": ") Tj ET 0 0 500 500 re f BT (",
    "PDF backslash": "\\) Tj \\\\) Tj \\051 \\",
    "PDF objects": "endstream endobj 7 0 obj << /S /JavaScript /JS (app.alert(1)) >> endobj",
    "PDF image": "BI /W 9 /H 9 /BPC 1 /CS /G ID xxxxxxxxx EI",
    "markup": '"><script>alert(1)</script><![CDATA[&lt;',
    "controls": "\x00\x01\x02\x10\x1b%-12345X\x1bE\x1d\x1e\x7f\x85\r\n^XZ",
    "bidirectional": "\u202e1/BA\u202d \u2066x\u2069 \u200f\u061c\ufeff",
    "not text": "\ud800 \udfff \ufffe \uffff \U0010ffff",
    "blocks": "█ ▌▐█▌ ▐ █▀▄█ ▀▄█ ▌▐█▌ ▐" * 9,
    "braille": "⣿⣏⡇⢸⣿ ⠿⠛⣿" * 20,
    "pipes": "|| | ||| ||l I|| | 1| |||" * 9,
    "a code in letters": f"E-4KT9-22RM-Q {FORGED}",
}
TEXTS = ("description", "force_name", "case_title", "category", "seized_at", "seized_where", "seized_by")
EXACT = ("exhibit_ref", "property_ref", "case_ref", "seal")
WORDS_OF_ZPL = {b"XA", b"PW", b"LL", b"LH", b"FO", b"GF", b"FS", b"XZ"}
OPERATORS = {"q", "Q", "cm", "re", "f", "g", "m", "l", "h", "BT", "ET", "Tf", "Tm", "Tj", "TL", "T*", "n", "rg"}


def with_text(field: str, text: str) -> ItemLabel:
    """The label with that text in that field; in a hazard or a reference as much of it as the field takes."""
    if field == "hazards":
        return an_item(hazards=(text[:16],))
    return an_item(**{field: text[:40] if field in EXACT else text})


def everywhere(text: str) -> ItemLabel:
    """The label with that text in every field at once, as much of it as each takes."""
    return an_item(**dict.fromkeys(TEXTS, text), exhibit_ref=text[:20], seal=text[:12], hazards=(text[:8],))


LABELS = [
    *(pytest.param(everywhere(text), id=name) for name, text in HOSTILE.items()),
    *(
        pytest.param(with_text(field, HOSTILE[name]), id=f"{name} in {field}")
        for field, name in product((*TEXTS, *EXACT, "hazards"), ("ZPL format", "blocks"))
    ),
]


@pytest.mark.parametrize("label", LABELS)
def test_a_printer_makes_one_label_with_one_code_whatever_a_field_says(label: ItemLabel) -> None:
    zpl = render_zpl(label, THERMAL)
    labels = printed_by_zpl(zpl, 203)

    assert [symbols(one) for one in labels] == [{a_code()}]
    assert np.array_equal(labels[0], render_raster(label, THERMAL))
    assert set(re.findall(rb"[\^~]([A-Z@][A-Z@0-9])", zpl)) == WORDS_OF_ZPL
    assert b"~" not in zpl


def test_the_printer_of_these_tests_does_print_a_forged_code_where_one_is_asked_for() -> None:
    """What the tests above would see if a description stood in the commands: the proof that they can fail."""
    careless = b"^XA^PW800^LL400^FO20,20^A0N,30,30^FDBag " + HOSTILE["ZPL format"].encode() + b"^XZ"

    assert symbols(printed_by_zpl(careless, 203, warned=True)[0]) == {FORGED}


@pytest.mark.parametrize("name", HOSTILE)
def test_a_pdf_holds_one_page_one_code_and_no_action_with_hostile_text_in_every_field(name: str) -> None:
    pdf = render_pdf([everywhere(HOSTILE[name])], THERMAL, title=HOSTILE[name])
    reader = PdfReader(io.BytesIO(pdf), strict=True)

    assert [symbols(page) for page in printed_by_pdf(pdf)] == [{a_code()}]
    assert operators(reader) <= OPERATORS
    assert names_in(reader).isdisjoint(
        {"/JavaScript", "/JS", "/OpenAction", "/AA", "/Annots", "/URI", "/EmbeddedFiles"}
    )


def operators(reader: PdfReader) -> set[str]:
    """The drawing operators of all pages."""
    return {
        operator.decode()
        for page in reader.pages
        for _, operator in ContentStream(page.get_contents(), reader).operations
    }


def names_in(reader: PdfReader) -> set[str]:
    """The keys of every dictionary that can be reached from the trailer, and the names among their values."""
    seen: set[str] = set()
    visited: set[int] = set()
    waiting: list[object] = [reader.trailer]
    while waiting:
        one = waiting.pop()
        one = one.get_object() if hasattr(one, "get_object") else one
        if id(one) in visited:
            continue
        visited.add(id(one))
        if isinstance(one, dict):
            seen |= {str(key) for key in one}
            waiting += [value for key, value in one.items() if key != "/Parent"]
            seen |= {str(value) for value in one.values() if str(value).startswith("/")}
        elif isinstance(one, list):
            waiting += one
    return seen


@pytest.mark.parametrize("name", HOSTILE)
def test_places_badges_and_commands_print_their_one_code_too(name: str) -> None:
    text = HOSTILE[name]
    for label in (
        PlaceLabel(a_code(1, CodeType.PLACE), text, text, text),
        BadgeLabel(a_code(1, CodeType.PERSON), text, text, text),
        CommandLabel(COMMANDS["UNDO"], text, text),
        BlankLabel(a_code(), "Series 1", text, ((text[:8],),), text),
    ):
        assert [symbols(one) for one in printed_by_zpl(render_zpl(label, THERMAL), 203)] == [{label.code}]


@settings(max_examples=25, deadline=None)
@given(st.text(alphabet="^~_\\()<>[]{}/%|Il1" + string.ascii_uppercase + "█▌▐⣿■\x1b\u202e", max_size=120))
def test_no_text_of_signs_that_printers_obey_or_that_look_like_bars_adds_a_symbol(text: str) -> None:
    assert symbols(paint(lay_out(an_item(description=text), THERMAL, 203))) == {a_code()}


@pytest.mark.parametrize("sign", "█▌░─╬■□▲⣿⬛\U0001fb00")
def test_signs_that_a_text_could_draw_a_symbol_with_are_shown_as_replaced(sign: str) -> None:
    assert cleaned(f"a {sign} b") == "a \N{REPLACEMENT CHARACTER} b"
