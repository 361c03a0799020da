"""A receipt says what changed hands, on A4 or on a roll, and nothing on it scans as the thing itself."""

import io
import json
from pathlib import Path

import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image
from pypdf import PdfReader

from labels.cli import main
from labels.errors import LabelRefusal
from labels.payload import printed
from labels.receipt import MOST_ITEMS, document_of, receipt_from
from tests.labels.made import a_code
from tests.labels.reading import printed_by_pdf, printed_by_zpl, symbols

ITEM = {
    "description": "Kitchen knife, black handle", "exhibit_ref": "AB/1", "property_ref": "1284", "seal": "S100",
    "code": a_code(), "hazards": ["Sharp"],
}  # fmt: skip
TAKEN = {
    "kind": "taken", "number": "R-17", "when": "14:02 on 3 May 2025", "where": "14 Cherry Tree Lane",
    "person": "Ms J. Okafor", "officer": "PC 4521 Reyes", "case_ref": "OP FERN 123/25", "items": [ITEM],
}  # fmt: skip


def made(folder: Path, name: str, *words: str, given: object = TAKEN) -> bytes:
    result = CliRunner().invoke(main, ["receipt", *words, "-o", str(folder / name)], input=json.dumps(given))
    assert result.exit_code == 0, result.output
    return (folder / name).read_bytes()


def text_of(pdf: bytes) -> str:
    return " ".join(" ".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages).split())


@pytest.mark.parametrize("paper", ["A4", "receipt-80", "58x40..600@203"])
def test_a_receipt_says_what_when_who_and_by_which_references(tmp_path: Path, paper: str) -> None:
    pdf = made(tmp_path, "r.pdf", "--paper", paper)

    text = text_of(pdf)
    for shown in (
        "Receipt: property taken", "R-17", "14:02 on 3 May 2025", "14 Cherry Tree Lane", "Ms J. Okafor",
        "PC 4521 Reyes", "OP FERN 123/25", "Kitchen knife", "AB/1", "1284", "S100", printed(a_code()), "SHARP",
        "Given by Ms J. Okafor", "Received by PC 4521 Reyes", "Date and time",
    ):  # fmt: skip
        assert shown in text
    assert symbols(printed_by_pdf(pdf, 150)[0]) == set()


def test_what_is_returned_is_signed_for_by_whoever_gets_it() -> None:
    receipt = document_of(receipt_from(TAKEN | {"kind": "returned", "witness": "PC 77 Ali"}))

    assert receipt.title == "Receipt: property returned"
    assert receipt.signatures == ("Given by PC 4521 Reyes", "Received by Ms J. Okafor", "Witness PC 77 Ali")


def test_a_roll_is_as_long_as_the_receipt_in_every_output(tmp_path: Path) -> None:
    words = ("--paper", "receipt-80")

    picture = np.asarray(Image.open(io.BytesIO(made(tmp_path, "r.png", *words))).convert("L"))
    (thermal,) = printed_by_zpl(made(tmp_path, "r.zpl", *words), 203)
    page = PdfReader(io.BytesIO(made(tmp_path, "r.pdf", *words))).pages[0]
    longer = PdfReader(io.BytesIO(made(tmp_path, "l.pdf", *words, given=TAKEN | {"items": [ITEM] * 3}))).pages[0]

    assert picture.shape[1] == 80 * 8
    assert np.array_equal(thermal > 127, picture > 127)
    assert picture.shape[0] == round(float(page.mediabox.height) / 72 * 25.4 * 8)
    assert longer.mediabox.height > page.mediabox.height


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"kind": "lent"}, "kind must be taken or returned"),
        ({"number": " "}, "number is missing"),
        ({"colour": "red"}, "colour is no field of it"),
        ({"items": []}, f"items must be 1 to {MOST_ITEMS}"),
        ({"items": "knife"}, "items must be a list"),
        ({"items": [{"seal": "S1"}]}, "description is missing"),
        ({"items": [ITEM | {"hazards": "Sharp"}]}, "hazards must be a list of words"),
        ({"items": [ITEM | {"code": "E4KT922RM7"}]}, "was misread"),
        ({"where": 14}, "where must be a text"),
    ],
)
def test_a_receipt_that_lacks_something_is_refused_in_a_sentence(changed: dict[str, object], sentence: str) -> None:
    with pytest.raises(LabelRefusal) as refused:
        receipt_from(TAKEN | changed)

    assert sentence in refused.value.sentence


@pytest.mark.parametrize(
    ("words", "given", "sentence"),
    [
        (("--paper", "L7160", "-o", "r.pdf"), TAKEN, "L7160 is no continuous roll"),
        (("-o", "r.zpl"), TAKEN, "Name the file by what it is to be: .pdf."),
        (("--paper", "80x40..60@203", "-o", "r.pdf"), TAKEN, "The receipt does not fit on the stock"),
        (("-o", "r.pdf"), [], "The receipt was not made: the receipt is not a JSON object"),
    ],
)
def test_the_command_refuses_in_a_sentence_and_writes_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, words: tuple[str, ...], given: object, sentence: str
) -> None:
    monkeypatch.chdir(tmp_path)

    result = CliRunner().invoke(main, ["receipt", *words], input=json.dumps(given))

    assert result.exit_code == 1
    assert sentence in result.output
    assert list(tmp_path.iterdir()) == []
