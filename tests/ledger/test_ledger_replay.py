"""After a restore that is too old: what the mirror holds and the database lacks comes back, or nothing does."""

import json
from pathlib import Path

import pytest

from exhibits_app.domain.entry import parse_system_entry
from exhibits_app.domain.errors import LedgerReadOnly, MirrorDoesNotFit, NoAlarm
from exhibits_app.services import (
    ledger_audit,
    ledger_heads,
    ledger_levels,
    ledger_replay,
    ledger_sign,
    ledger_tree,
    rebuild,
)
from exhibits_app.store.mirror import FolderMirror
from tests.ledger.restored import bodies, lose, projections
from tests.support.ledger import SigningForce


def test_what_a_restored_database_lacks_comes_back_from_the_mirror(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    mirrored.items(2)
    mirrored.force.labels([1])
    mirrored.checkpoint()
    kept: list[object] = []

    def meanwhile() -> None:
        mirrored.items(2)
        mirrored.force.labels([1, 3])
        ledger_heads.log_heads(mirrored.services)
        mirrored.checkpoint()
        kept.extend([bodies(mirrored), projections(mirrored), mirrored.published()])

    lose(mirrored, tmp_path, meanwhile)

    done = ledger_replay.replay(mirrored.services, mirror, "last night's backup was restored")

    entries, states, published = kept
    assert (done.entries, done.exhibits) == (5, [1, 3, 4])
    ledger_tree.integrate(mirrored.services)
    assert bodies(mirrored)[:-1] == entries
    assert projections(mirrored) == states
    said = parse_system_entry(bodies(mirrored)[-1]).data
    assert (said["reason"], said["alarm"], said["replayed"]) == (
        "last night's backup was restored", "shorter_than_signed", 5,
    )  # fmt: skip
    mirrored.items(1)
    mirrored.checkpoint()
    assert mirrored.published()[: len(published)] == published
    assert not ledger_levels.verify(mirrored.services).failed
    assert ledger_audit.audit(ledger_audit.of_database(mirrored.services)).faults == []
    assert rebuild.rebuild(mirrored.services, write=False).faults == []


def test_labels_and_seals_come_back_with_the_entries(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    mirrored.items(1)
    (old,) = mirrored.force.labels([1])
    mirrored.checkpoint()
    codes: list[str] = []

    def meanwhile() -> None:
        mirrored.items(
            1,
        )
        codes.extend(mirrored.force.labels([1, 2]))

    lose(mirrored, tmp_path, meanwhile)

    ledger_replay.replay(mirrored.services, mirror, "restored")

    with mirrored.services.store.read() as work:
        found = work.labels.find_all([old, *codes])
        assert [found[code].state for code in (old, *codes)] == ["revoked", "live", "live"]
        assert [found[code].subject for code in codes] == [1, 2]
        assert work.items.seal_user("S101") == 2


def test_entries_that_waited_in_the_backup_take_the_places_that_they_had(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    mirrored.items(1)
    mirrored.checkpoint()
    mirrored.items(2)
    kept: list[list[bytes]] = []

    def meanwhile() -> None:
        mirrored.items(1)
        mirrored.checkpoint()
        kept.append(bodies(mirrored))

    lose(mirrored, tmp_path, meanwhile)
    done = ledger_replay.replay(mirrored.services, mirror, "restored")

    ledger_tree.integrate(mirrored.services)
    assert done.entries == 1
    assert bodies(mirrored)[:-1] == kept[0]


def test_a_case_that_the_backup_has_not_comes_back_with_its_reference(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    mirrored.items(1)
    mirrored.checkpoint()

    def meanwhile() -> None:
        other = mirrored.force.case(reference="01AB/2/26")
        mirrored.force.items(other, 1, seal="")

    lose(mirrored, tmp_path, meanwhile)

    done = ledger_replay.replay(mirrored.services, mirror, "restored")

    with mirrored.services.store.read() as work:
        case = work.cases.by_reference("01AB/2/26")
        assert [one.exhibit.register_no for one in work.items.in_case(case.id)] == [2]
    assert done.cases == ["01AB/2/26"]
    mirrored.force.case(reference="01AB/3/26")


def test_a_key_that_was_rotated_meanwhile_signs_after_the_replay(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    mirrored.items(1)
    mirrored.checkpoint()
    lose(mirrored, tmp_path, lambda: ledger_sign.rotate(mirrored.services))

    ledger_replay.replay(mirrored.services, mirror, "restored")

    mirrored.items(1)
    mirrored.checkpoint()
    assert not ledger_levels.verify(mirrored.services).failed


def test_a_mirror_that_ends_too_early_puts_nothing_back(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    mirrored.items(1)
    mirrored.checkpoint()
    lose(mirrored, tmp_path, lambda: mirrored.items(2))
    (entries,) = (tmp_path / "mirror").rglob("entries.jsonl")
    entries.write_bytes(b"".join(entries.read_bytes().splitlines(keepends=True)[:-1]))
    before = mirrored.tree_size()

    with pytest.raises(MirrorDoesNotFit, match="4 were recorded or signed"):
        ledger_replay.replay(mirrored.services, mirror, "restored")

    assert mirrored.tree_size() == before
    with pytest.raises(LedgerReadOnly):
        mirrored.items(1)


def test_a_mirror_with_a_changed_entry_puts_nothing_back(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    mirrored.items(1)
    mirrored.checkpoint()
    lose(mirrored, tmp_path, lambda: mirrored.items(2))
    (entries,) = (tmp_path / "mirror").rglob("entries.jsonl")
    lines = entries.read_bytes().splitlines(keepends=True)
    entries.write_bytes(b"".join([*lines[:-1], lines[-1].replace(b"2026", b"2025")]))

    with pytest.raises(MirrorDoesNotFit, match="not what was signed"):
        ledger_replay.replay(mirrored.services, mirror, "restored")


def test_an_invented_value_in_the_mirror_is_not_put_back(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    mirrored.items(1)
    mirrored.checkpoint()
    lose(mirrored, tmp_path, lambda: mirrored.items(1))
    (disclosures,) = (tmp_path / "mirror").rglob("000000.jsonl")
    lines = disclosures.read_text().splitlines()
    lines[-1], lines[-2] = json.dumps(json.loads(lines[-2])), lines[-2]
    disclosures.write_text("\n".join(lines) + "\n")

    with pytest.raises(MirrorDoesNotFit, match="digest"):
        ledger_replay.replay(mirrored.services, mirror, "restored")


def test_without_an_alarm_nothing_is_replayed(mirrored: SigningForce, mirror: FolderMirror) -> None:
    mirrored.items(1)
    mirrored.checkpoint()

    with pytest.raises(NoAlarm):
        ledger_replay.replay(mirrored.services, mirror, "restored")
