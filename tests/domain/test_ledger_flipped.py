"""One byte flipped anywhere: in any file of a bundle, or in the .zip itself."""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from exhibits_app import verify
from exhibits_app.domain import note
from exhibits_app.domain.checkpoint import Checkpoint
from exhibits_app.domain.merkle import tree_hash
from tests.domain import ledger_example as example
from tests.domain.ledger_evidence import run, sound_files, zipped

FILES = sound_files()
# Which level reads which file, when everything is given that a reader can hold.
READ_AT = {
    "entries.jsonl": {"L1", "L2", "L3", "L4"},
    "disclosures.jsonl": {"L1"},
    "checkpoint": {"L3"},
    "heads.json": {"L4"},
    "register.jsonl": {"L4"},
    "consistency.jsonl": {"L5"},
    "proofs": {"L3", "L4"},
}
RESTS = ["L1", "L2", "L3"]  # Each rests on the one before it, and all others on the last.


def given_everything() -> verify.Given:
    held = Checkpoint(example.ORIGIN, 3, tree_hash(example.leaves()[:3])).text()
    return verify.Given(
        example.ORIGIN,
        [verify.read_key(str(example.LOG_KEY), 1), verify.read_key(str(example.WITNESS_KEY), 4)],
        [("held", note.join(held, note.sign(held, example.LOG_KEY, example.SECRET.sign)))],
    )


class Loaded(verify.Bundle):
    """A bundle of these files, without a .zip around them."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files


GIVEN = given_everything()


def flipped(data: bytes, place: int, mask: int) -> bytes:
    return data[:place] + bytes([data[place] ^ mask]) + data[place + 1 :]


@settings(deadline=None, max_examples=100)
@given(st.sampled_from(sorted(FILES)), st.data(), st.integers(1, 255))
def test_any_byte_of_any_file_is_noticed_at_the_level_that_reads_it_and_the_file_is_named(
    name: str, data: st.DataObject, mask: int
) -> None:
    place = data.draw(st.integers(0, len(FILES[name]) - 1))

    verdicts = verify.verify(Loaded(FILES | {name: flipped(FILES[name], place, mask)}), GIVEN)

    failed = [one for one in verdicts if one.result == "FAIL"]
    kind = name.split("/", maxsplit=1)[0]
    assert [one for one in failed if one.level in READ_AT[kind]], (name, place, verdicts)
    assert all(any(part in one.detail for part in READ_AT) or "exhibit" in one.detail for one in failed)
    assert all(": " in one.detail for one in failed)  # The file, and then the reason.
    if failed[0].level in RESTS:
        passed = {one.level for one in verdicts if one.result == "PASS"}
        assert passed <= set(RESTS[: RESTS.index(failed[0].level)])


@pytest.mark.parametrize("name", sorted(FILES))
def test_every_file_cut_off_anywhere_is_noticed(name: str) -> None:
    data = FILES[name]

    for end in range(0, len(data), max(1, len(data) // 20)):
        verdicts = verify.verify(Loaded(FILES | {name: data[:end]}), GIVEN)

        evidence = data[:end].count(b"\n")
        if name in {"disclosures.jsonl", "consistency.jsonl"} and data[:end] == b"".join(
            data.splitlines(keepends=True)[:evidence]
        ):
            continue  # Whole lines: fewer values are disclosed, or less growth is proved, and that is said.
        assert "FAIL" in [one.result for one in verdicts], end


@settings(deadline=None, max_examples=75, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), mask=st.integers(1, 255))
def test_any_byte_of_the_zip_is_noticed_or_changes_nothing_that_was_checked(
    tmp_path: Path, data: st.DataObject, mask: int
) -> None:
    whole = zipped(tmp_path, FILES).read_bytes()
    path = tmp_path / "flipped.zip"
    path.write_bytes(flipped(whole, data.draw(st.integers(0, len(whole) - 1)), mask))

    code, verdicts = run(path, "--origin", example.ORIGIN, "--log-key", str(example.LOG_KEY))

    if code == 0:
        # The byte was one of the .zip's own that say nothing, like a time: every file is what it was.
        assert verify.Bundle(str(path)).files == FILES
    else:
        (reason,) = [detail for result, detail in verdicts.values() if result == "FAIL"]
        assert reason


@settings(deadline=None, max_examples=50, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_a_zip_cut_off_anywhere_is_said_not_to_be_readable(tmp_path: Path, data: st.DataObject) -> None:
    whole = zipped(tmp_path, FILES).read_bytes()
    path = tmp_path / "cut.zip"
    path.write_bytes(whole[: data.draw(st.integers(0, len(whole) - 1))])

    code, verdicts = run(path, "--origin", example.ORIGIN, "--log-key", str(example.LOG_KEY))

    assert code == 1
    assert [result for result, _ in verdicts.values()] == ["FAIL"]


def test_without_what_a_level_needs_no_flipped_byte_makes_it_pass() -> None:
    nothing = verify.Given(None, [], [])

    for name, data in FILES.items():
        for place in range(0, len(data), max(1, len(data) // 25)):
            verdicts = verify.verify(Loaded(FILES | {name: flipped(data, place, 1)}), nothing)
            assert {one.level for one in verdicts if one.result == "PASS"} <= {"L1", "L2"}
