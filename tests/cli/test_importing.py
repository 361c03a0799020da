"""`exhibits import`: what a person and a script see of it."""

import csv

from .conftest import Shell

HEAD = "Old No,Crime Number,Description,Date Seized,Officer\n"
GOOD = "P1,01AB/1/19,Bed sheet,03/05/2019,clerk\n"
BAD = "P2,01AB/1/19,,soon,clerk\n"


def test_rows_are_checked_first_and_imported_once_with_the_bad_ones_set_aside(ready: Shell) -> None:
    ready.ok("user", "add", "clerk", "--name", "Clerk", "--rank", "DS", "--role", "supervisor")
    sheet = ready.folder / "old.csv"
    sheet.write_text(HEAD + GOOD + BAD)
    words = ("import", str(sheet), "--from", "Old", "--as", "clerk", "--column", "number=Old No", "--write")

    refused = ready.run(*words)
    aside = ready.run(*words, "--rejects", str(ready.folder / "bad.csv"))
    sheet.write_text(HEAD + GOOD)
    again = ready.objects(*words)

    assert refused.exit_code == 1
    assert "Row 3 (P2), description: Enter what the item is." in refused.stderr
    assert "nothing was imported" in refused.stderr
    assert "2 rows: 0 on the register already, 1 new, 1 with faults. 1 imported." in aside.stdout
    with (ready.folder / "bad.csv").open(encoding="utf-8") as file:
        (left,) = csv.DictReader(file)
    assert (left["legacy reference"], left["seized"]) == ("P2", "soon")
    assert again == [{"rows": 1, "there": 1, "new": 0, "bad": 0, "written": 0}]


def test_what_cannot_be_read_is_said_in_one_sentence(ready: Shell) -> None:
    sheet = ready.folder / "old.csv"
    sheet.write_text(HEAD)

    missing = ready.run("import", str(sheet), "--from", "Old", "--as", "nobody")
    column = ready.run("import", str(sheet), "--from", "Old", "--as", "nobody", "--column", "colour=Colour")

    assert missing.stderr.count("\n") == 1
    assert "There is no such person" in missing.stderr
    assert "Fields: number, case" in column.stderr
