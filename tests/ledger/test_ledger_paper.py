"""A checkpoint on paper: what its code holds, and that it counts for as much as a file to whoever checks a bundle."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain import paper
from exhibits_app.domain.checkpoint import Checkpoint
from exhibits_app.domain.errors import NotAPaperCheckpoint
from exhibits_app.services import ledger_bundle
from tests.ledger.test_ledger_bundle import given as from_elsewhere
from tests.ledger.test_ledger_bundle import written
from tests.support.ledger import SigningForce, verify_bundle

NAMES = st.text("abcdefghijklmnopqrstuvwxyz0123456789./-", min_size=1, max_size=40)


@given(NAMES, st.integers(1, 10**17), st.binary(min_size=32, max_size=32))
def test_what_is_written_on_paper_reads_back(origin: str, size: int, root: bytes) -> None:
    said = Checkpoint(origin, size, root)

    assert paper.read(paper.write(said)) == said
    assert paper.read(f"  {paper.write(said)}\r\n") == said


GOOD = paper.write(Checkpoint("exhibits.example/ledger", 5, bytes(range(32))))


@pytest.mark.parametrize(
    "text",
    [
        "", "E-4KT9-22RM-7", GOOD.replace("exhibits/1", "exhibits/2"), GOOD + " more", GOOD.replace(" 5 ", " 05 "),
        GOOD.replace(" 5 ", " 0 "), GOOD.replace(" 5 ", "  5 "), GOOD[:-1], GOOD.replace("AAEC", "AAE"),
        GOOD.replace(" 5 ", " \N{ARABIC-INDIC DIGIT FIVE} "), GOOD.replace("exhibits.example/", "exhibits+example/"),
    ],
)  # fmt: skip
def test_text_that_is_not_exactly_the_form_is_refused(text: str) -> None:
    with pytest.raises(NotAPaperCheckpoint):
        paper.read(text)


def test_whoever_kept_a_sheet_sees_that_the_log_only_grew_since(on_sqlite: SigningForce, tmp_path: Path) -> None:
    items = on_sqlite.items(2)
    signed = on_sqlite.checkpoint()
    sheet = paper.write(Checkpoint(on_sqlite.origin(), signed.size, signed.root))
    on_sqlite.items(2)
    path = written(tmp_path / "b.zip", ledger_bundle.make(on_sqlite.services, items))

    code, levels = verify_bundle(path, *from_elsewhere(on_sqlite), "--paper", sheet)

    assert (code, levels["L5"]) == (0, ("PASS", f"it only grew since size {signed.size} on paper"))


@pytest.mark.parametrize(
    ("spoil", "reason"),
    [
        (lambda sheet: sheet[:-44] + "A" * 43 + "=", "does not begin with the tree of"),
        (lambda sheet: sheet.replace("exhibits.invalid/", "another.example/"), "it is of another log"),
        (lambda sheet: sheet.replace("exhibits/1", "exhibits/9"), "it is not exhibits/1"),
    ],
)
def test_a_sheet_that_does_not_fit_the_bundle_fails(
    on_sqlite: SigningForce, tmp_path: Path, spoil: object, reason: str
) -> None:
    items = on_sqlite.items(2)
    signed = on_sqlite.checkpoint()
    sheet = spoil(paper.write(Checkpoint(on_sqlite.origin(), signed.size, signed.root)))  # type: ignore[operator]
    path = written(tmp_path / "b.zip", ledger_bundle.make(on_sqlite.services, items))

    code, levels = verify_bundle(path, *from_elsewhere(on_sqlite), "--paper", sheet)

    assert (code, levels["L5"][0]) == (1, "FAIL")
    assert reason in levels["L5"][1]
