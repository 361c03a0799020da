"""verify.py, alone on a machine, names the level and the file of every fault and passes nothing it did not check."""

import subprocess
import sys
from pathlib import Path

import pytest

from exhibits_app import verify
from exhibits_app.domain import note
from exhibits_app.domain.chain import Link
from exhibits_app.domain.checkpoint import Checkpoint
from exhibits_app.domain.disclosure import digest, disclose
from exhibits_app.domain.entry import build_system_entry, leaf_hash
from exhibits_app.domain.merkle import tree_hash
from exhibits_app.domain.register_tree import Heads
from tests.domain import ledger_example as example
from tests.domain.ledger_evidence import (
    KEYS,
    by_level,
    loose_files,
    register_of_the_first,
    results,
    run,
    sound_files,
    two_entry_files,
    zipped,
)
from tests.domain.ledger_parts import a_salt, an_entry


def test_a_sound_bundle_passes_every_level_that_can_be_checked(tmp_path: Path) -> None:
    held = tmp_path / "held"
    held.write_bytes(example.signed(3))

    code, verdicts = run(
        zipped(tmp_path, sound_files()), *KEYS, "--witness", str(example.WITNESS_KEY), "--checkpoint", str(held)
    )

    assert (code, results(verdicts)) == (0, "-PPPPPP--")
    assert verdicts["L1"][1] == "3 entries, 2 values disclosed, 0 erased on record, 1 withheld"
    assert "as of log size 4, 2026-11-21T10:03:00.000000Z" in verdicts["L4"][1]
    assert "witness.example/w1 at 2026-11-21 10:13:19 UTC" in verdicts["L6"][1]


def test_it_runs_alone_in_a_python_that_sees_the_standard_library_only(tmp_path: Path) -> None:
    bundle = zipped(tmp_path, sound_files())

    done = subprocess.run(
        [sys.executable, "-I", "-S", verify.__file__, str(bundle), "--json", *KEYS],
        capture_output=True,
        text=True,
        check=False,
    )

    assert (done.returncode, done.stderr, results(by_level(done.stdout))) == (0, "", "-PPPP----")


def test_without_keys_level_three_and_above_are_not_checked(tmp_path: Path) -> None:
    code, verdicts = run(zipped(tmp_path, sound_files()))

    assert (code, results(verdicts)) == (0, "-PP------")


def test_what_you_did_not_bring_is_not_checked(tmp_path: Path) -> None:
    code, verdicts = run(zipped(tmp_path, sound_files()), *KEYS)

    assert (code, results(verdicts)) == (0, "-PPPP----")


def test_a_foreign_key_does_not_pass(tmp_path: Path) -> None:
    foreign = note.VerifierKey(example.ORIGIN, note.ED25519, example.WITNESS_KEY.public_key)

    code, verdicts = run(zipped(tmp_path, sound_files()), "--origin", example.ORIGIN, "--log-key", str(foreign))

    assert (code, results(verdicts)) == (1, "-PPF-----")


def test_another_origin_does_not_pass(tmp_path: Path) -> None:
    code, verdicts = run(
        zipped(tmp_path, sound_files()), "--origin", "exhibits.example/training", "--log-key", str(example.LOG_KEY)
    )

    assert (code, results(verdicts)) == (1, "-PPF-----")


def test_a_witness_that_did_not_sign_fails_its_level(tmp_path: Path) -> None:
    other = note.VerifierKey("witness.example/w2", note.COSIGNATURE, example.WITNESS_KEY.public_key)

    code, verdicts = run(zipped(tmp_path, sound_files()), *KEYS, "--witness", str(other))

    assert (code, results(verdicts)) == (1, "-PPPP-F--")


def test_a_history_rewritten_since_you_kept_a_checkpoint_fails(tmp_path: Path) -> None:
    text = Checkpoint(example.ORIGIN, 3, tree_hash(example.leaves()[1:4])).text()
    held = tmp_path / "held"
    held.write_bytes(note.join(text, note.sign(text, example.LOG_KEY, example.SECRET.sign)))

    code, verdicts = run(zipped(tmp_path, sound_files()), *KEYS, "--checkpoint", str(held))

    assert (code, results(verdicts)) == (1, "-PPPPF---")


def test_a_fork_at_the_same_size_fails(tmp_path: Path) -> None:
    text = Checkpoint(example.ORIGIN, 5, tree_hash(example.leaves()[::-1])).text()
    held = tmp_path / "held"
    held.write_bytes(note.join(text, note.sign(text, example.LOG_KEY, example.SECRET.sign)))

    code, verdicts = run(zipped(tmp_path, sound_files()), *KEYS, "--checkpoint", str(held))

    assert (code, results(verdicts)) == (1, "-PPPPF---")
    assert "forked" in verdicts["L5"][1]


def test_a_checkpoint_for_which_there_is_no_proof_is_not_checked(tmp_path: Path) -> None:
    held = tmp_path / "held"
    held.write_bytes(example.signed(2))

    code, verdicts = run(zipped(tmp_path, sound_files()), *KEYS, "--checkpoint", str(held))

    assert (code, results(verdicts)) == (0, "-PPPP----")


def test_a_malformed_key_is_a_wrong_call(tmp_path: Path) -> None:
    assert verify.main([str(zipped(tmp_path, sound_files())), "--log-key", "nonsense"]) == 2


def test_people_read_one_line_a_level_and_what_no_level_shows(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    code = verify.main([str(zipped(tmp_path, sound_files())), *KEYS])

    said = capsys.readouterr().out.splitlines()
    assert code == 0
    assert [line.split()[0] for line in said[:-1]] == ["L0", "L1", "L2", "L3", "L4", "L5", "L6", "L6t", "L7"]
    assert said[-1] == "No level shows that a movement was recorded at all, or that what was recorded is true."


@pytest.mark.parametrize(
    ("kind", "size", "expected"), [("heads", 1, "-PPPP----"), ("heads", 2, "-PPPF----"), ("anchor", 1, "-PPPF----")]
)
def test_only_a_heads_entry_about_the_entries_before_it_shows_completeness(
    tmp_path: Path, kind: str, size: int, expected: str
) -> None:
    said = Heads(1, register_of_the_first().root(), size)
    second = build_system_entry(at=example.at(3), data=said.data(), log=example.ORIGIN, type=kind)

    _, verdicts = run(zipped(tmp_path, two_entry_files(second)), *KEYS)

    assert results(verdicts) == expected


def test_one_name_twice_in_an_entry_fails(tmp_path: Path) -> None:
    told = [disclose("place", bay, a_salt(bay)) for bay in ("bay 1", "bay 2")]
    entry = an_entry(det=[digest(one) for one in told])

    code, verdicts = run(zipped(tmp_path, loose_files(Link(entry, leaf_hash(entry), told))))

    assert (code, results(verdicts)) == (1, "-F-------")
    assert "twice" in verdicts["L1"][1]


def test_exhibits_of_different_logs_do_not_make_a_bundle(tmp_path: Path) -> None:
    entries = [an_entry(ex=1), an_entry(ex=2, log="exhibits.example/training")]

    code, verdicts = run(zipped(tmp_path, loose_files(*(Link(entry, leaf_hash(entry)) for entry in entries))))

    assert (code, results(verdicts)) == (1, "-PF------")


def test_a_checkpoint_under_the_right_key_for_another_log_fails() -> None:
    key = verify.read_key(str(example.LOG_KEY), 1)

    assert verify.read_checkpoint(example.signed(5), example.ORIGIN, [key], "here").size == 5
    with pytest.raises(verify.Failed, match="training"):
        verify.read_checkpoint(example.signed(5), "exhibits.example/training", [key], "here")


def test_a_skipped_number_fails_even_where_the_links_hold(tmp_path: Path) -> None:
    first = an_entry()
    third = an_entry(seq=2, prev=leaf_hash(first).hex())

    code, verdicts = run(zipped(tmp_path, loose_files(*(Link(entry, leaf_hash(entry)) for entry in (first, third)))))

    assert (code, results(verdicts)) == (1, "-PF------")


def test_entries_that_name_another_log_than_the_one_that_holds_them_fail(tmp_path: Path) -> None:
    files = two_entry_files(example.heads_entry(), an_entry(ex=1, log="exhibits.example/training"))

    code, verdicts = run(zipped(tmp_path, files), *KEYS)

    assert (code, results(verdicts)) == (1, "-PPF-----")


def test_a_cosignature_beyond_63_bits_of_time_fails() -> None:
    key, at = verify.read_key(str(example.WITNESS_KEY), 4), 2**63
    signature = at.to_bytes(8) + example.WITNESS_SECRET.sign(f"cosignature/v1\ntime {at}\ntext\n".encode())

    with pytest.raises(verify.Failed):
        verify.check_signature("text\n", key, signature, "here")
