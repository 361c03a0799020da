"""A spoilt bundle fails, at the level that was spoilt, and the file is named."""

import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from exhibits_app import verify
from exhibits_app.domain import note
from exhibits_app.domain.checkpoint import Checkpoint
from exhibits_app.domain.entry import leaf_hash
from exhibits_app.domain.merkle import tree_hash
from tests.domain import ledger_example as example
from tests.domain.ledger_evidence import KEYS, results, run, sound_files, zipped

Files = dict[str, bytes]


def a_cut_tail(files: Files) -> None:
    files["entries.jsonl"] = files["entries.jsonl"].replace(example.entries()[3] + b"\n", b"")
    files["disclosures.jsonl"] = files["disclosures.jsonl"].splitlines(keepends=True)[0]


def a_dropped_first_entry(files: Files) -> None:
    files["entries.jsonl"] = files["entries.jsonl"].replace(example.entries()[1] + b"\n", b"")
    files["disclosures.jsonl"] = files["disclosures.jsonl"].splitlines(keepends=True)[1]


def an_edited_entry_with_its_own_leaf(files: Files) -> None:
    old, new = example.entries()[2], example.entries()[2].replace(b"seize", b"found")
    files["entries.jsonl"] = files["entries.jsonl"].replace(old, new)
    proof = files.pop(f"proofs/{leaf_hash(old).hex()}.tlog-proof")
    files[f"proofs/{leaf_hash(new).hex()}.tlog-proof"] = proof


def an_edited_entry_that_others_follow(files: Files) -> None:
    files["entries.jsonl"] = files["entries.jsonl"].replace(b'"seq":0,"type":"seize"', b'"seq":0,"type":"found"', 1)
    files["disclosures.jsonl"] = files["disclosures.jsonl"].splitlines(keepends=True)[1]


def an_invented_value(files: Files) -> None:
    files["disclosures.jsonl"] = files["disclosures.jsonl"].replace(
        example.disclosures()["place"].encode(), example.disclosures()["seal"].encode()[:-2].replace(b"W", b"V") + b"XQ"
    )


def a_duplicate_key(files: Files) -> None:
    files["entries.jsonl"] = files["entries.jsonl"].replace(b'"ex":1,', b'"ex":1,"ex":1,', 1)


def a_missing_file(files: Files) -> None:
    del files["checkpoint"]


def a_missing_proof(files: Files) -> None:
    del files[f"proofs/{leaf_hash(example.entries()[2]).hex()}.tlog-proof"]


def a_cut_off_line(files: Files) -> None:
    files["entries.jsonl"] = files["entries.jsonl"][:-1]


def an_exhibit_left_out_of_the_register(files: Files) -> None:
    files["register.jsonl"] = files["register.jsonl"].splitlines(keepends=True)[0]


def no_entries(files: Files) -> None:
    files["entries.jsonl"] = b""


def another_entry_as_heads(files: Files) -> None:
    files["heads.json"] = example.entries()[0] + b"\n"
    files[f"proofs/{leaf_hash(example.entries()[0]).hex()}.tlog-proof"] = files[
        f"proofs/{leaf_hash(example.heads_entry()).hex()}.tlog-proof"
    ]


@pytest.mark.parametrize(
    ("spoil", "expected", "level", "named"),
    [
        (a_cut_tail, "-PPPF----", "L4", "exhibit 1 is not complete"),
        (a_dropped_first_entry, "-PF------", "L2", "exhibit 1, entry 0"),
        (an_edited_entry_with_its_own_leaf, "-PPF-----", "L3", ".tlog-proof"),
        (an_edited_entry_that_others_follow, "-PF------", "L2", "exhibit 1, entry 1"),
        (an_invented_value, "-F-------", "L1", "disclosures.jsonl line 1"),
        (a_duplicate_key, "-F-------", "L1", "entries.jsonl line 1"),
        (a_missing_file, "-PPF-----", "L3", "checkpoint"),
        (a_missing_proof, "-PPF-----", "L3", "missing"),
        (a_cut_off_line, "-F-------", "L1", "entries.jsonl"),
        (an_exhibit_left_out_of_the_register, "-PPPF----", "L4", "register.jsonl"),
        (no_entries, "-F-------", "L1", "entries.jsonl"),
        (another_entry_as_heads, "-PPPF----", "L4", "heads.json"),
    ],
)
def test_a_spoilt_bundle_fails_at_the_level_and_names_the_file(
    tmp_path: Path, spoil: Callable[[Files], None], expected: str, level: str, named: str
) -> None:
    files = sound_files()
    spoil(files)

    code, verdicts = run(zipped(tmp_path, files), *KEYS)

    assert (code, results(verdicts)) == (1, expected)
    assert named in verdicts[level][1]


def test_no_byte_of_a_bundle_can_change_unnoticed(tmp_path: Path) -> None:
    held = Checkpoint(example.ORIGIN, 3, tree_hash(example.leaves()[:3])).text()
    given = verify.Given(
        example.ORIGIN,
        [verify.read_key(str(example.LOG_KEY), 1), verify.read_key(str(example.WITNESS_KEY), 4)],
        [("held", note.join(held, note.sign(held, example.LOG_KEY, example.SECRET.sign)))],
    )

    for name, data in sound_files().items():
        for place in range(0, len(data), max(1, len(data) // 12)):
            changed = data[:place] + bytes([data[place] ^ 1]) + data[place + 1 :]
            bundle = verify.Bundle(str(zipped(tmp_path, sound_files() | {name: changed})))
            verdicts = verify.verify(bundle, given)
            assert "FAIL" in [one.result for one in verdicts], (name, place)


@pytest.mark.parametrize("name", ["../entries.jsonl", "/etc/passwd", "a/../b", "a\\b", "-", "a//b", "é"])
def test_a_path_that_climbs_out_is_refused_or_harmless(tmp_path: Path, name: str) -> None:
    code, verdicts = run(zipped(tmp_path, sound_files() | {name: b"x"}), *KEYS)

    assert (code, results(verdicts)) == ((0, "-PPPP----") if name == "-" else (1, "F"))


def test_a_name_that_stands_twice_is_refused_even_with_the_same_bytes(tmp_path: Path) -> None:
    path = zipped(tmp_path, sound_files())
    with zipfile.ZipFile(path, "a") as packed, pytest.warns(UserWarning, match="Duplicate name"):
        packed.writestr("checkpoint", example.signed(5))

    code, verdicts = run(path, *KEYS)

    assert (code, results(verdicts)) == (1, "F")


def test_a_zip_bomb_stops_early(tmp_path: Path) -> None:
    path = tmp_path / "bundle.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("bomb", "w") as opened:
        for _ in range(300):
            opened.write(bytes(2**20))

    code, verdicts = run(path, *KEYS)

    assert (code, results(verdicts)) == (1, "F")
    assert "unpacks to more than" in verdicts["-"][1]


@pytest.mark.parametrize("keep", [0, 100, -30])
def test_a_truncated_bundle_is_not_read(tmp_path: Path, keep: int) -> None:
    path = zipped(tmp_path, sound_files())
    path.write_bytes(path.read_bytes()[:keep])

    assert run(path, *KEYS)[0] == 1
