"""Attacks by whoever owns the database, and by whoever also holds the key: which level of the check catches each.

The attacker here may do anything to the database, the triggers included. What no level can catch is said so.
"""

import shutil
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import text

from exhibits_app.domain.entry import leaf_hash
from exhibits_app.domain.errors import LedgerReadOnly
from exhibits_app.services import ledger_audit, ledger_bundle, ledger_heads, ledger_keeper, ledger_levels, ledger_sign
from exhibits_app.services.ledger_levels import Held
from tests.ledger.attacking import (
    a_signed_checkpoint,
    alter,
    body_of,
    make_the_tree_anew,
    owning,
    remove,
    rewrite_everything,
    run,
)
from tests.support.ledger import SigningForce, verify_bundle


@pytest.fixture
def victim(signing: SigningForce) -> SigningForce:
    """Two exhibits, the first of them with three entries, all signed, heads included."""
    first, _ = signing.items(2)
    signing.force.labels([first])
    ledger_heads.log_heads(signing.services)
    signing.checkpoint()
    return signing


def failed(signing: SigningForce, *held: Held) -> dict[str, str]:
    """The levels that failed, with the reason."""
    report = ledger_levels.verify(signing.services, held)
    return {one.level: one.detail for one in report.verdicts if one.result == "FAIL"}


def results(signing: SigningForce, *held: Held) -> dict[str, tuple[str, str]]:
    report = ledger_levels.verify(signing.services, held)
    return {one.level: (one.result, one.detail) for one in report.verdicts}


def audited(signing: SigningForce) -> list[str]:
    return ledger_audit.audit(ledger_audit.of_database(signing.services)).faults


def test_an_untouched_ledger_passes(victim: SigningForce) -> None:
    assert failed(victim) == {}
    assert audited(victim) == []


def test_an_edited_row_is_caught_at_level_1(victim: SigningForce) -> None:
    with owning(victim) as owner:
        entry_id, body = body_of(owner, 1, 0)
        run(
            owner,
            "UPDATE entry SET body = :body WHERE id = :id",
            id=entry_id,
            body=body.replace(b'"at":"2026', b'"at":"2025'),
        )

    found = failed(victim)

    assert "L1" in found
    assert "Property reference 1: Entry 0 hashes to" in found["L1"]
    assert audited(victim) != []


def test_text_that_was_left_in_a_body_is_caught_and_the_entry_named(on_sqlite: SigningForce) -> None:
    on_sqlite.items(1)
    on_sqlite.checkpoint()
    with owning(on_sqlite) as owner:
        run(owner, "UPDATE entry SET body = 'somebody''s words' WHERE register_no = 1 AND seq = 0")

    found = failed(on_sqlite)

    assert "Entry 1 of the log does not hash to its leaf" in found["L3"]
    assert "Property reference 1: " in found["L1"]
    assert audited(on_sqlite) != []


def test_an_edited_row_with_its_hash_made_anew_is_caught_by_the_chain_and_by_what_was_signed(
    victim: SigningForce,
) -> None:
    with owning(victim) as owner:
        entry_id, body = body_of(owner, 1, 0)
        alter(owner, entry_id, body.replace(b'"at":"2026', b'"at":"2025'))

    found = failed(victim)

    assert set(found) == {"L2", "L3", "L5"}
    assert audited(victim) != []


def test_a_dropped_middle_event_is_caught_at_level_2(victim: SigningForce) -> None:
    with owning(victim) as owner:
        entry_id, _ = body_of(owner, 1, 0)
        remove(owner, entry_id)

    found = failed(victim)

    assert {"L0", "L2", "L3"} <= set(found)
    assert "number 1 of exhibit 1; number 0 comes next" in " ".join(audited(victim))


def test_a_cut_tail_passes_the_chain_and_is_caught_by_completeness(victim: SigningForce) -> None:
    with owning(victim) as owner:
        last = owner.execute(text("SELECT max(seq) FROM entry WHERE register_no = 1")).scalar_one()
        entry_id, _ = body_of(owner, 1, last)
        _, before = body_of(owner, 1, last - 1)
        remove(owner, entry_id)
        head = leaf_hash(before).hex()
        run(owner, "UPDATE item SET seq = :seq, head = :head WHERE register_no = 1", seq=last, head=head)

    found = failed(victim)

    assert not {"L1", "L2"} & set(found)
    assert {"L3", "L4"} <= set(found)
    assert "another register tree" in " ".join(audited(victim))


def test_a_fork_is_caught_by_whoever_holds_the_other_history(victim: SigningForce) -> None:
    held = a_signed_checkpoint(victim, victim.tree_size(), b"\x07" * 32)

    found = failed(victim, Held("theirs.txt", held))

    assert set(found) == {"L5"}
    assert "another root" in found["L5"]
    assert audited(victim) == []  # Of the copy that somebody else holds it knows nothing.


def test_a_rewrite_signed_anew_with_the_key_is_caught_only_by_a_copy_outside(
    victim: SigningForce, tmp_path: Path
) -> None:
    with victim.services.store.read() as work:
        signed = work.checkpoints.last()
    assert signed is not None
    rewrite_everything(victim)

    alone = results(victim)
    with_a_copy = failed(victim, Held("defence.txt", signed.note))

    assert all(result != "FAIL" for result, _ in alone.values())
    assert alone["L5"][0] == "NOT CHECKED"
    assert "younger than the newest checkpoint held outside cannot be detected" in ledger_levels.LIMITS
    assert set(with_a_copy) == {"L5"}
    assert "history was rewritten" in with_a_copy["L5"]
    assert audited(victim) == []
    code, levels = bundled(victim, tmp_path, 2)
    assert (code, [levels[level][0] for level in ("L1", "L2", "L3", "L4")]) == (0, ["PASS"] * 4)
    assert levels["L5"][0] == "NOT CHECKED"
    code, levels = bundled(victim, tmp_path, 2, signed.note)
    assert (code, levels["L5"][0]) == (1, "FAIL")


def test_a_rewrite_younger_than_the_last_anchor_is_reported_as_not_detectable(
    victim: SigningForce, tmp_path: Path
) -> None:
    anchored = victim.checkpoint()
    victim.items(1)
    with victim.services.store.read() as work:
        young = work.ledger.of_item(3)[0]
    rewrite_everything(victim, young.id)

    found = results(victim, Held("defence.txt", anchored.note))

    assert found["L5"][0] == "PASS"
    assert f"it only grew since size {anchored.size}" in found["L5"][1]
    assert "a rewrite of the 2 entries after it would not show" in found["L5"][1]
    assert audited(victim) == []
    code, levels = bundled(victim, tmp_path, 3, anchored.note)
    assert (code, levels["L5"]) == (0, ("PASS", f"it only grew since size {anchored.size}"))
    with zipfile.ZipFile(tmp_path / "bundle.zip") as packed:
        assert b"not rewritten after the newest checkpoint" in b" ".join(packed.read("HOWTO.txt").split())


def test_an_old_backup_makes_the_ledger_read_only_at_start(on_sqlite: SigningForce, tmp_path: Path) -> None:
    on_sqlite.items(1)
    on_sqlite.checkpoint()
    on_sqlite.services.store.close()
    shutil.copy(on_sqlite.folder / "exhibits.db", tmp_path / "backup")
    on_sqlite.items(2)
    on_sqlite.checkpoint()
    on_sqlite.services.store.close()
    for name in ("exhibits.db-wal", "exhibits.db-shm"):
        (on_sqlite.folder / name).unlink(missing_ok=True)
    shutil.copy(tmp_path / "backup", on_sqlite.folder / "exhibits.db")

    well = ledger_keeper.start(on_sqlite.services)

    assert not well
    with pytest.raises(LedgerReadOnly):
        on_sqlite.items(1)
    assert "L5" in failed(on_sqlite)
    assert "a checkpoint of 4 is signed" in " ".join(audited(on_sqlite))
    with pytest.raises(LedgerReadOnly):
        ledger_bundle.make(on_sqlite.services, [1])
    assert not ledger_keeper.resolve(on_sqlite.services, "the backup of last night was restored")


def test_a_dropped_middle_event_shows_in_the_chain_even_with_everything_signed_anew(
    victim: SigningForce, tmp_path: Path
) -> None:
    with owning(victim) as owner:
        remove(owner, body_of(owner, 1, 0)[0])
        remove(owner, owner.execute(text("SELECT id FROM entry WHERE type = 'heads'")).scalar_one())
        make_the_tree_anew(owner)
        run(owner, "DELETE FROM checkpoint")
    shutil.rmtree(victim.folder / "ledger")
    victim.checkpoint()

    found = failed(victim)

    assert "L2" in found
    assert "number 1 of exhibit 1; number 0 comes next" in " ".join(audited(victim))
    code, levels = bundled(victim, tmp_path, 1)
    assert (code, levels["L2"][0]) == (1, "FAIL")
    assert "entries.jsonl, exhibit 1, entry 0" in levels["L2"][1]


def test_a_cut_tail_with_everything_signed_anew_shows_only_against_a_copy_outside(
    victim: SigningForce, tmp_path: Path
) -> None:
    held = victim.checkpoint().note
    with owning(victim) as owner:
        last = owner.execute(text("SELECT max(seq) FROM entry WHERE register_no = 1")).scalar_one()
        _, before = body_of(owner, 1, last - 1)
        remove(owner, body_of(owner, 1, last)[0])
        remove(owner, owner.execute(text("SELECT id FROM entry WHERE type = 'heads'")).scalar_one())
        head = leaf_hash(before).hex()
        run(owner, "UPDATE item SET seq = :seq, head = :head WHERE register_no = 1", seq=last, head=head)
        make_the_tree_anew(owner)
        run(owner, "DELETE FROM checkpoint")
    shutil.rmtree(victim.folder / "ledger")
    victim.checkpoint()

    alone = bundled(victim, tmp_path, 1)
    with_a_copy = bundled(victim, tmp_path, 1, held)

    assert failed(victim) == {}
    assert audited(victim) == []
    assert (alone[0], alone[1]["L4"][0], alone[1]["L5"][0]) == (0, "PASS", "NOT CHECKED")
    assert with_a_copy[1]["L5"][0] != "PASS"
    assert "L5" in failed(victim, Held("defence.txt", held))


def bundled(signing: SigningForce, folder: Path, exhibit: int, *held: bytes) -> tuple[int, dict[str, tuple[str, str]]]:
    """What verify.py says of a bundle that this database gives, against these checkpoints."""
    path = folder / "bundle.zip"
    since = [ledger_sign.read(one).size for one in held]
    path.write_bytes(ledger_bundle.make(signing.services, [exhibit], since=since))
    words = ["--origin", signing.origin(), "--log-key", signing.key()]
    for number, note_ in enumerate(held):
        (folder / f"held-{number}").write_bytes(note_)
        words += ["--checkpoint", str(folder / f"held-{number}")]
    return verify_bundle(path, *words)
