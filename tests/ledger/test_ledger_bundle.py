"""Evidence bundles from the service: a stranger's verify.py passes on them, and shows what was left out."""

import zipfile
from pathlib import Path

import pytest

from exhibits_app.domain import disclosure, merkle
from exhibits_app.domain.checkpoint import open_checkpoint, parse_proof
from exhibits_app.domain.errors import NotFound, NotProvable
from exhibits_app.domain.note import VerifierKey
from exhibits_app.services import ledger_bundle, ledger_keeper, ledger_sign, ledger_tree
from tests.support.ledger import SigningForce, verify_bundle


def given(signing: SigningForce, *held: Path) -> list[str]:
    words = ["--origin", signing.origin(), "--log-key", signing.key()]
    return words + [word for path in held for word in ("--checkpoint", str(path))]


def written(path: Path, packed: bytes) -> Path:
    path.write_bytes(packed)
    return path


def test_a_stranger_verifies_a_bundle_with_verify_py_alone(signing: SigningForce, tmp_path: Path) -> None:
    first, second = signing.items(2)
    signing.force.labels([first])
    held = tmp_path / "held.txt"
    held.write_bytes(signing.checkpoint().note)
    signing.items(1)
    path = written(tmp_path / "bundle.zip", ledger_bundle.make(signing.services, [first, second]))

    code, levels = verify_bundle(path, *given(signing, held))

    assert code == 0
    assert {level: result for level, (result, _) in levels.items()} == {
        "L0": "NOT CHECKED", "L1": "PASS", "L2": "PASS", "L3": "PASS", "L4": "PASS", "L5": "PASS",
        "L6": "NOT CHECKED", "L6t": "NOT CHECKED", "L7": "NOT CHECKED",
    }  # fmt: skip
    with zipfile.ZipFile(path) as packed:
        assert {"verify.py", "HOWTO.txt"} <= set(packed.namelist())


def test_without_a_key_from_elsewhere_nothing_signed_is_believed(on_sqlite: SigningForce, tmp_path: Path) -> None:
    path = written(tmp_path / "bundle.zip", ledger_bundle.make(on_sqlite.services, on_sqlite.items(1)))

    code, levels = verify_bundle(path)

    assert code == 0
    assert levels["L3"][0] == levels["L4"][0] == "NOT CHECKED"


def test_a_bundle_with_its_last_entry_left_out_is_not_complete(on_sqlite: SigningForce, tmp_path: Path) -> None:
    (item,) = on_sqlite.items(1)
    on_sqlite.force.labels([item])
    whole = written(tmp_path / "whole.zip", ledger_bundle.make(on_sqlite.services, [item]))
    cut = tmp_path / "cut.zip"
    with zipfile.ZipFile(whole) as source, zipfile.ZipFile(cut, "w") as target:
        for name in source.namelist():
            lines = source.read(name).splitlines(keepends=True)
            if name == "entries.jsonl":
                lines.pop()
            if name not in {"disclosures.jsonl", "withheld.jsonl"}:
                target.writestr(name, b"".join(lines))
        target.writestr("disclosures.jsonl", b"")

    code, levels = verify_bundle(cut, *given(on_sqlite))

    assert code == 1
    assert levels["L2"][0] == levels["L3"][0] == "PASS"
    assert levels["L4"][0] == "FAIL"
    assert "not complete" in levels["L4"][1]


def test_a_withheld_value_is_not_in_the_bundle_and_breaks_nothing(on_sqlite: SigningForce, tmp_path: Path) -> None:
    items = on_sqlite.items(1)
    with on_sqlite.services.store.read() as work:
        told = {disclosure.read(each).name: each for each in work.ledger.of_item(items[0])[0].disclosures}

    path = written(tmp_path / "b.zip", ledger_bundle.make(on_sqlite.services, items, frozenset({"seize.description"})))

    code, levels = verify_bundle(path, *given(on_sqlite))
    with zipfile.ZipFile(path) as packed:
        disclosed = packed.read("disclosures.jsonl").decode()
    assert told["seize.description"] not in disclosed
    assert told["seize.case"] in disclosed
    assert code == 0
    assert f"{len(told) - 1} values disclosed, 0 erased on record, 1 withheld" in levels["L1"][1]


def test_a_misspelt_name_to_withhold_is_refused(on_sqlite: SigningForce) -> None:
    items = on_sqlite.items(1)

    with pytest.raises(NotProvable, match="no value is called descripton"):
        ledger_bundle.make(on_sqlite.services, items, frozenset({"descripton"}))


def test_a_bundle_after_a_rotation_verifies_with_the_new_key(on_sqlite: SigningForce, tmp_path: Path) -> None:
    items = on_sqlite.items(1)
    on_sqlite.checkpoint()
    ledger_sign.rotate(on_sqlite.services)

    path = written(tmp_path / "b.zip", ledger_bundle.make(on_sqlite.services, items))

    code, levels = verify_bundle(path, *given(on_sqlite))
    assert (code, levels["L4"][0]) == (0, "PASS")


def test_a_case_gives_all_its_exhibits(on_sqlite: SigningForce) -> None:
    items = on_sqlite.items(3)

    assert ledger_bundle.of_case(on_sqlite.services, "01ab/1/26") == items


def test_an_exhibit_that_is_not_in_the_register_has_no_bundle(on_sqlite: SigningForce) -> None:
    on_sqlite.items(1)

    with pytest.raises(NotFound):
        ledger_bundle.make(on_sqlite.services, [99])


def test_one_entry_is_proved_to_be_in_the_last_checkpoint(signing: SigningForce) -> None:
    first, _ = signing.items(2)
    signing.checkpoint()

    proof = parse_proof(ledger_bundle.proof_of(signing.services, first))

    said, _ = open_checkpoint(proof.checkpoint, signing.origin(), VerifierKey.parse(signing.key()))
    with signing.services.store.read() as work:
        leaf = work.ledger.of_item(first)[-1].leaf_hash
    merkle.verify_inclusion(leaf, proof.index, said.size, proof.hashes, said.root)


def test_an_entry_younger_than_the_last_checkpoint_is_not_proved(signing: SigningForce) -> None:
    signing.items(1)
    signing.checkpoint()
    (young,) = signing.items(1)
    ledger_tree.integrate(signing.services)

    with pytest.raises(NotProvable, match="not in a signed checkpoint"):
        ledger_bundle.proof_of(signing.services, young)


def test_growth_is_proved_between_checkpoints(signing: SigningForce) -> None:
    signing.items(2)
    before = signing.checkpoint()
    signing.items(3)
    signing.checkpoint()

    hashes, after = ledger_bundle.growth_since(signing.services, before.size)

    merkle.verify_consistency(before.size, after.size, hashes, before.root, after.root)
    with pytest.raises(NotProvable):
        ledger_bundle.growth_since(signing.services, after.size + 1)


def test_a_round_of_the_jobs_says_why_nothing_was_signed(on_sqlite: SigningForce) -> None:
    on_sqlite.items(1)
    (on_sqlite.folder / "signing.key").unlink()

    outcome = ledger_keeper.run(on_sqlite.services)

    assert outcome.signed is None
    assert "cannot sign" in outcome.says
