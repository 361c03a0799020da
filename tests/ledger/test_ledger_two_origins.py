"""Bundles that span a log that was closed and the one after it: what a stranger can check of each, and what not."""

import zipfile
from base64 import b64decode
from pathlib import Path

import pytest

from exhibits_app.domain.entry import leaf_hash
from exhibits_app.domain.note import ED25519, VerifierKey
from exhibits_app.services import ledger_bundle, ledger_keeper, ledger_origin
from tests.ledger.restored import back_up, restore
from tests.support.ledger import SigningForce, verify_bundle

ALL = ["L0", "L1", "L2", "L3", "L3c", "L4", "L5", "L6", "L6t", "L7"]


class Spanning:
    """Item 1: two entries in the closed log, the second of them never signed there, and one in the new. Item 2: one
    signed entry in the closed log alone. Item 3 was lost, and its number was given again in the new log."""

    def __init__(self, signing: SigningForce, folder: Path) -> None:
        self.signing, self.folder = signing, folder
        signing.items(2)
        self.early = signing.checkpoint().note
        signing.force.labels([1])
        backup = back_up(signing, folder)
        signing.items(1)
        self.lost = signing.checkpoint().note
        self.old_origin, self.old_key = signing.origin(), signing.key()
        restore(signing, backup)
        assert not ledger_keeper.start(signing.services)
        ledger_origin.open_new(signing.services, "a backup was restored")
        signing.force.labels([1])
        signing.items(1)

    def bundle(self, *exhibits: int) -> Path:
        path = self.folder / "bundle.zip"
        path.write_bytes(ledger_bundle.make(self.signing.services, exhibits))
        return path

    def check(self, path: Path, *more: str) -> tuple[int, dict[str, tuple[str, str]]]:
        return verify_bundle(path, "--origin", self.signing.origin(), "--log-key", self.signing.key(), *more)

    def held(self, note: bytes) -> str:
        path = self.folder / "held.txt"
        path.write_bytes(note)
        return str(path)


@pytest.fixture
def spanning(signing: SigningForce, tmp_path: Path) -> Spanning:
    return Spanning(signing, tmp_path)


def respell(path: Path, change: dict[str, bytes]) -> Path:
    """The bundle with these files changed, in a new .zip."""
    other = path.with_name("changed.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            target.writestr(name, change.get(name, source.read(name)))
    return other


def test_with_the_new_logs_key_alone_the_whole_chain_is_checked(spanning: Spanning) -> None:
    code, levels = spanning.check(spanning.bundle(1, 2, 3))

    assert code == 0
    assert list(levels) == ALL
    assert [levels[level][0] for level in ("L1", "L2", "L3", "L4")] == ["PASS"] * 4
    assert "3 are of closed logs, and its first entry fixes them since" in levels["L3"][1]
    assert levels["L3c"][0] == "NOT CHECKED"
    assert spanning.old_origin in levels["L3c"][1]


def test_with_the_closed_logs_key_what_it_signed_passes(spanning: Spanning) -> None:
    code, levels = spanning.check(spanning.bundle(2), "--closed-log-key", spanning.old_key)

    assert (code, levels["L3c"][0]) == (0, "PASS")
    assert "1 of 1 are in size 3" in levels["L3c"][1]


def test_what_the_closed_log_never_signed_rests_on_the_incident_alone_and_is_said_to(spanning: Spanning) -> None:
    code, levels = spanning.check(spanning.bundle(1), "--closed-log-key", spanning.old_key)

    assert (code, levels["L3c"][0]) == (0, "NOT CHECKED")
    assert "1 of 2 are in size 3" in levels["L3c"][1]
    assert "rest on the incident alone" in levels["L3c"][1]


def test_a_checkpoint_kept_of_the_closed_log_fits_what_is_left_of_it(spanning: Spanning) -> None:
    key = ("--closed-log-key", spanning.old_key)

    code, levels = spanning.check(spanning.bundle(2), *key, "--checkpoint", spanning.held(spanning.early))

    assert (code, levels["L5"][0]) == (0, "PASS")


def test_a_checkpoint_of_what_was_lost_is_not_checked_and_says_so(spanning: Spanning) -> None:
    key = ("--closed-log-key", spanning.old_key)

    code, levels = spanning.check(spanning.bundle(2), *key, "--checkpoint", spanning.held(spanning.lost))

    assert (code, levels["L5"][0]) == (0, "NOT CHECKED")
    assert "proves nothing between size 5 and 3" in levels["L5"][1]


def test_an_exhibit_of_the_new_log_alone_has_nothing_in_the_closed_one(spanning: Spanning) -> None:
    code, levels = spanning.check(spanning.bundle(3), "--closed-log-key", spanning.old_key)

    assert code == 0
    assert (levels["L4"][0], levels["L3c"][0]) == ("PASS", "NOT CHECKED")


def test_the_end_of_a_chain_that_lies_in_the_closed_log_cannot_be_cut_off(spanning: Spanning) -> None:
    spanning.signing.force.labels([2])
    path = spanning.bundle(1)
    with zipfile.ZipFile(path) as packed:
        entry = packed.read("entries.jsonl").splitlines(keepends=True)[0]
        leaf = leaf_hash(entry.removesuffix(b"\n")).hex().encode()
        told = [line for line in packed.read("disclosures.jsonl").splitlines(keepends=True) if leaf in line]
    cut = respell(path, {"entries.jsonl": entry, "disclosures.jsonl": b"".join(told)})

    code, levels = spanning.check(cut)

    assert code == 1
    assert levels["L2"][0] == "PASS"
    assert levels["L3"][0] == "FAIL"
    assert "carried.jsonl, exhibit 1" in levels["L3"][1]


def test_another_key_for_the_closed_log_fails(spanning: Spanning) -> None:
    foreign = spanning.signing.key().replace(spanning.signing.origin(), spanning.old_origin)
    name, _, encoded = foreign.split("+", 2)
    wrong = renamed_key(name, encoded)

    code, levels = spanning.check(spanning.bundle(2), "--closed-log-key", wrong)

    assert (code, levels["L3c"][0]) == (1, "FAIL")
    assert "closed/1/checkpoint" in levels["L3c"][1]


def test_an_incident_that_is_not_the_first_entry_carries_nothing_over(spanning: Spanning) -> None:
    path = spanning.bundle(2)
    with zipfile.ZipFile(path) as packed:
        heads = packed.read("heads.json")

    code, levels = spanning.check(respell(path, {"incident.json": heads}))

    assert (code, levels["L3"][0]) == (1, "FAIL")
    assert "incident.json" in levels["L3"][1]


def renamed_key(name: str, encoded: str) -> str:
    return str(VerifierKey(name, ED25519, b64decode(encoded)[1:]))
