"""Level 6 in a bundle and over the instance: what was vouched for outside is shown, by keys from elsewhere."""

import os
import subprocess
import sys
import zipfile
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from exhibits_app.domain.note import COSIGNATURE, VerifierKey
from exhibits_app.jobs.outside import HttpWitness
from exhibits_app.jobs.time_stamps import HttpAuthority
from exhibits_app.services import ledger_bundle, ledger_keeper, ledger_levels, ledger_sign
from exhibits_app.services import witness as witnessing
from exhibits_app.services.witness import Witness
from tests.ledger.test_ledger_outside import NOWHERE, client, outside, watching, witnessed
from tests.support.authority import Authority, stamping
from tests.support.ledger import VERIFIER, SigningForce, verify_bundle
from tests.support.outside import answering


def bundled(signing: SigningForce, items: list[int], path: Path) -> Path:
    path.write_bytes(ledger_bundle.make(signing.services, items))
    return path


def check(signing: SigningForce, path: Path, *more: object) -> dict[str, tuple[str, str]]:
    given = ["--origin", signing.origin(), "--log-key", signing.key()]
    return verify_bundle(path, *given, *map(str, more))[1]


def key_of(made: Witness) -> VerifierKey:
    return witnessing.verifier_key(made)


def spoilt(path: Path, change: Callable[[str, bytes], bytes]) -> Path:
    other = path.with_name("spoilt.zip")
    with zipfile.ZipFile(path) as source, zipfile.ZipFile(other, "w") as target:
        for name in source.namelist():
            target.writestr(name, change(name, source.read(name)))
    return other


def test_a_bundle_shows_that_witnesses_saw_the_log(signing: SigningForce, tmp_path: Path) -> None:
    one = watching(signing, tmp_path / "one")
    other = watching(signing, tmp_path / "other", name="witness.example/w2")
    items = signing.items(2)
    with witnessed(signing, one, other):
        path = bundled(signing, items, tmp_path / "b.zip")

    levels = check(signing, path, "--witness", key_of(one), "--witness", key_of(other))

    assert levels["L6"][0] == "PASS"
    assert "witness.example/w2 at 2026-05-04 09:00:00 UTC" in levels["L6"][1]
    assert check(signing, path)["L6"] == ("NOT CHECKED", "you gave no --witness key")


def test_a_witness_of_another_key_under_the_same_name_did_not_see_it(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made, foreign = watching(on_sqlite, tmp_path / "one"), watching(on_sqlite, tmp_path / "two")
    with witnessed(on_sqlite, made):
        path = bundled(on_sqlite, on_sqlite.items(1), tmp_path / "b.zip")

    levels = check(on_sqlite, path, "--witness", key_of(made), "--witness", key_of(foreign))

    assert levels["L6"][0] == "FAIL"


def test_what_a_witness_saw_earlier_counts_for_entries_that_were_there(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    items = on_sqlite.items(2)
    with witnessed(on_sqlite, made):
        ledger_keeper.run(on_sqlite.services)
    outside(on_sqlite, witnesses=(client(made, NOWHERE),))
    old = bundled(on_sqlite, items, tmp_path / "old.zip")
    young = bundled(on_sqlite, items + on_sqlite.items(1), tmp_path / "young.zip")

    assert check(on_sqlite, old, "--witness", key_of(made))["L6"][0] == "PASS"
    result, detail = check(on_sqlite, young, "--witness", key_of(made))["L6"]
    assert result == "NOT CHECKED"
    assert "1 of the 3 entries are younger" in detail


def test_a_cosignature_from_before_a_rotation_still_counts(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    items = on_sqlite.items(2)
    with witnessed(on_sqlite, made):
        ledger_keeper.run(on_sqlite.services)
        ledger_sign.rotate(on_sqlite.services)
        path = bundled(on_sqlite, items, tmp_path / "b.zip")

    levels = check(on_sqlite, path, "--witness", key_of(made))

    assert (levels["L3"][0], levels["L6"][0]) == ("PASS", "PASS")


def test_a_spoilt_cosignature_fails(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    with witnessed(on_sqlite, made):
        path = bundled(on_sqlite, on_sqlite.items(1), tmp_path / "b.zip")

    def change(name: str, data: bytes) -> bytes:
        return data[:-6] + b"AAA" + data[-3:] if name.startswith("outside/") else data

    levels = check(on_sqlite, spoilt(path, change), "--witness", key_of(made))

    assert levels["L6"][0] == "FAIL"
    assert "outside/" in levels["L6"][1]


def test_a_cosigned_checkpoint_of_another_history_fails(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    items = on_sqlite.items(2)
    with witnessed(on_sqlite, made):
        ledger_keeper.run(on_sqlite.services)
        outside(on_sqlite, witnesses=(client(made, NOWHERE),))
        path = bundled(on_sqlite, items, tmp_path / "b.zip")

    def change(name: str, data: bytes) -> bytes:
        return b"" if name == "consistency.jsonl" else data

    levels = check(on_sqlite, spoilt(path, change), "--witness", key_of(made))

    assert levels["L6"][0] == "FAIL"
    assert levels["L3"][0] == "PASS"


# Time stamps: checked by openssl, under roots from elsewhere.


def test_a_bundle_shows_that_two_authorities_stamped_the_log(
    signing: SigningForce, authority: Authority, another: Authority, tmp_path: Path
) -> None:
    items = signing.items(2)
    roots = tmp_path / "roots.pem"
    roots.write_bytes(authority.root.read_bytes() + another.root.read_bytes())
    with stamping(authority) as one, stamping(another) as other:
        outside(signing, authorities=(HttpAuthority(one, roots), HttpAuthority(other, roots)))
        path = bundled(signing, items, tmp_path / "b.zip")

    both = check(signing, path, "--tsa-roots", authority.root, "--tsa-roots", another.root)["L6t"]

    assert both[0] == "PASS", both
    assert both[1].count(".tsr at ") == 2
    assert check(signing, path)["L6t"] == ("NOT CHECKED", "you gave no --tsa-roots")


@pytest.fixture
def stamped(on_sqlite: SigningForce, authority: Authority, tmp_path: Path) -> Path:
    items = on_sqlite.items(1)
    with stamping(authority) as address:
        outside(on_sqlite, authorities=(HttpAuthority(address, authority.root),))
        return bundled(on_sqlite, items, tmp_path / "b.zip")


def test_a_token_under_other_roots_fails(on_sqlite: SigningForce, stamped: Path, another: Authority) -> None:
    result, detail = check(on_sqlite, stamped, "--tsa-roots", another.root)["L6t"]

    assert result == "FAIL"
    assert "no token holds" in detail


def test_without_openssl_a_token_is_not_checked(
    on_sqlite: SigningForce, stamped: Path, authority: Authority, tmp_path: Path
) -> None:
    words = [str(stamped), "--origin", on_sqlite.origin(), "--log-key", on_sqlite.key()]
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), *words, "--tsa-roots", str(authority.root)],
        env=os.environ | {"PATH": str(tmp_path)}, capture_output=True, text=True, check=False,
    )  # fmt: skip

    (line,) = [line for line in done.stdout.splitlines() if line.startswith("L6t")]
    assert done.returncode == 0
    assert "NOT CHECKED" in line
    assert "openssl is not on this machine" in line


@pytest.mark.parametrize("place", [40, -40, -200])
def test_a_spoilt_token_fails(on_sqlite: SigningForce, stamped: Path, authority: Authority, place: int) -> None:
    def change(name: str, data: bytes) -> bytes:
        if not name.endswith(".tsr"):
            return data
        changed = bytearray(data)
        changed[place] ^= 1
        return bytes(changed)

    assert check(on_sqlite, spoilt(stamped, change), "--tsa-roots", authority.root)["L6t"][0] == "FAIL"


def test_a_token_over_another_checkpoint_fails(on_sqlite: SigningForce, stamped: Path, authority: Authority) -> None:
    foreign = authority.stamp(b"another text\n")

    def change(name: str, data: bytes) -> bytes:
        return foreign if name.endswith(".tsr") else data

    result, detail = check(on_sqlite, spoilt(stamped, change), "--tsa-roots", authority.root)["L6t"]
    assert result == "FAIL"
    assert "mismatch" in detail


def test_a_token_over_a_weak_hash_fails(on_sqlite: SigningForce, stamped: Path, authority: Authority) -> None:
    with zipfile.ZipFile(stamped) as packed:
        text = packed.read("checkpoint").rpartition(b"\n\n")[0] + b"\n"
    weak = authority.stamp(text, digest="sha1")

    def change(name: str, data: bytes) -> bytes:
        return weak if name.endswith(".tsr") else data

    assert "sha1 is too weak" in check(on_sqlite, spoilt(stamped, change), "--tsa-roots", authority.root)["L6t"][1]


# Over the instance.


def over_the_instance(signing: SigningForce) -> dict[str, tuple[str, str]]:
    report = ledger_levels.verify(signing.services)
    return {one.level: (one.result, one.detail) for one in report.verdicts}


def test_verify_checks_what_was_vouched_for(signing: SigningForce, authority: Authority, tmp_path: Path) -> None:
    made = watching(signing, tmp_path / "witness")
    signing.items(2)
    with answering(made) as witness, stamping(authority) as address:
        parties = {"witnesses": (client(made, witness),), "authorities": (HttpAuthority(address, authority.root),)}
        ledger_keeper.run(outside(signing, **parties).services)
    signing.items(1)

    levels = over_the_instance(signing)

    assert (levels["L6"][0], levels["L6t"][0]) == ("PASS", "PASS")
    assert "witness.example/w1 at 2026-05-04T09:00:00" in levels["L6"][1]
    assert "1 entries are younger" in levels["L6"][1]


def test_verify_says_who_has_not_vouched_yet(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    on_sqlite.items(1)
    ledger_keeper.run(outside(on_sqlite, witnesses=(client(made, NOWHERE),)).services)

    levels = over_the_instance(on_sqlite)

    assert levels["L6"] == ("NOT CHECKED", "nothing was vouched for yet by witness.example/w1")
    assert levels["L6t"] == ("NOT CHECKED", "no time-stamp authority is set up")


def test_verify_believes_no_statement_that_does_not_hold(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    on_sqlite.items(1)
    with witnessed(on_sqlite, made):
        ledger_keeper.run(on_sqlite.services)
        with on_sqlite.services.store.read() as work:
            (kept,) = work.checkpoints.attestations()
    key = VerifierKey("witness.example/w2", COSIGNATURE, key_of(made).public_key)
    forged = replace(kept, party=str(key), statement=kept.statement.replace(b"w1", b"w2"))
    on_sqlite.services.store.write(lambda work: work.checkpoints.add_attestation(forged))
    outside(on_sqlite, witnesses=(HttpWitness(key, NOWHERE),))

    assert over_the_instance(on_sqlite)["L6"][0] == "FAIL"
