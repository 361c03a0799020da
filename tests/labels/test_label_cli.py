"""`exhibits-label` makes sheets, proves them, and answers a mistake with one sentence."""

import json
from pathlib import Path

from click.testing import CliRunner, Result

from labels.cli import main
from labels.payload import COMMANDS, CodeType
from labels.sheet import render_png
from labels.stock import STOCKS
from tests.labels.made import a_code, an_item


def run(*words: object, given: str = "") -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], input=given)


def a_line(**changed: object) -> str:
    return json.dumps({"code": a_code(), "exhibit_ref": "AB/1", "description": "Knife", **changed}) + "\n"


def test_lines_of_fields_become_a_pdf(tmp_path: Path) -> None:
    out = tmp_path / "labels.pdf"

    result = run("render", "--json", "-o", out, given=a_line() + "\n" + a_line(code=a_code(2)))

    assert result.exit_code == 0, result.output
    assert json.loads(result.output)["labels"] == 2
    assert out.read_bytes().startswith(b"%PDF")


def test_a_bad_line_is_named_and_nothing_is_written(tmp_path: Path) -> None:
    out = tmp_path / "labels.pdf"

    result = run("render", "-o", out, given=a_line() + a_line(code="E4KT922RM7"))

    assert result.exit_code == 1
    assert "Line 2: The code E-4KT9-22RM-7 was misread" in result.output
    assert not out.exists()


def test_a_line_that_is_not_json_is_named(tmp_path: Path) -> None:
    result = run("render", "-o", tmp_path / "x.pdf", given="{")

    assert result.exit_code == 1
    assert result.output.startswith("Error: Line 1 is not JSON")


def test_a_label_number_that_the_sheet_lacks_is_refused(tmp_path: Path) -> None:
    result = run("render", "--start-at", 22, "-o", tmp_path / "x.pdf", given=a_line())

    assert result.exit_code == 1
    assert "labels 1 to 21" in result.output


def test_a_label_too_full_for_its_stock_is_refused_in_a_sentence(tmp_path: Path) -> None:
    crowded = a_line(hazards=["Firearm", "Ammunition", "Flammable", "Toxic", "Asbestos", "Acid"])

    result = run("render", "--stock", "L7651", "-o", tmp_path / "x.pdf", given=crowded)

    assert result.exit_code == 1
    assert "choose a larger label" in result.output


def test_the_command_sheet_has_every_command(tmp_path: Path) -> None:
    result = run("commands", "--json", "-o", tmp_path / "commands.pdf")

    assert json.loads(result.output)["labels"] == len(COMMANDS)


def test_pictures_are_named_by_their_code_and_verify(tmp_path: Path) -> None:
    assert run("png", "-o", tmp_path, given=a_line()).exit_code == 0

    result = run("verify", "--json", tmp_path / f"{a_code()}.png")

    assert result.exit_code == 0
    assert json.loads(result.output)["code"] == a_code()


def test_vector_pictures_are_named_by_their_code(tmp_path: Path) -> None:
    result = run("svg", "--json", "-o", tmp_path, given=a_line())

    assert json.loads(result.output)["code"] == a_code()
    assert (tmp_path / f"{a_code()}.svg").read_text("utf-8").startswith("<svg ")


def test_a_picture_of_a_label_with_a_data_matrix_verifies_and_says_who_read_it(tmp_path: Path) -> None:
    run("png", "--stock", "thermal-38x19", "-o", tmp_path, given=a_line())

    result = run("verify", "--json", tmp_path / f"{a_code()}.png")

    assert json.loads(result.output)["readers"][0] == "zxing-cpp"


def test_a_picture_of_no_label_fails_verification(tmp_path: Path) -> None:
    (tmp_path / "note.png").write_text("not a picture")
    (tmp_path / "good.png").write_bytes(render_png(an_item(), STOCKS["L7160"]))

    result = run("verify", tmp_path / "note.png", tmp_path / "good.png")

    assert result.exit_code == 1
    assert "is not a picture" in result.output
    assert "reads as" in result.output


def test_a_stock_of_ones_own_is_named_in_a_file_and_listed_with_its_sizes(tmp_path: Path) -> None:
    (tmp_path / "stocks.toml").write_text("[roll]\nwidth = 80\nshortest = 40\nlongest = 90\ndpi = 203\n", "utf-8")

    listed = run("stocks", "--stocks", tmp_path / "stocks.toml")
    made = run("png", "--stocks", tmp_path / "stocks.toml", "--stock", "roll", "-o", tmp_path, given=a_line())

    assert "| `roll` | 80 x 40 to 90 | continuous | 203 | Code 128 and QR | 0.875 | 0.375 |" in listed.output
    assert made.exit_code == 0, made.output
    assert "There is no label stock other" in run("png", "--stock", "other", "-o", tmp_path, given=a_line()).output


def test_a_box_is_labelled_as_a_place_is(tmp_path: Path) -> None:
    code = a_code(kind=CodeType.BOX)
    given = json.dumps({"label": "box", "code": code, "name": "Box 12", "within": "Ilford transit store"})

    assert run("svg", "-o", tmp_path, given=given).exit_code == 0
    assert "Box 12" in (tmp_path / f"{code}.svg").read_text("utf-8")
