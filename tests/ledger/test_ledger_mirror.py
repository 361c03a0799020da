"""The mirror: a copy outside the database that holds what was signed, and that completes a restored database."""

import json
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from exhibits_app.domain.entry import parse_system_entry
from exhibits_app.domain.errors import LedgerReadOnly, MirrorDoesNotFit, MirrorUnusable, NoAlarm
from exhibits_app.domain.ledger_faults import LedgerFault
from exhibits_app.services import (
    ledger_audit,
    ledger_heads,
    ledger_keeper,
    ledger_levels,
    ledger_mirror,
    ledger_replay,
    ledger_sign,
    ledger_tree,
    rebuild,
)
from exhibits_app.store.mirror import FolderMirror
from tests.ledger.restored import back_up, restore
from tests.support.ledger import SigningForce


@pytest.fixture
def mirror(tmp_path: Path) -> FolderMirror:
    return FolderMirror(tmp_path / "mirror")


@pytest.fixture
def mirrored(signing: SigningForce, mirror: FolderMirror) -> SigningForce:
    """A ledger that signs nothing its mirror does not hold."""
    assert signing.services.signing is not None
    signing.services = replace(signing.services, signing=replace(signing.services.signing, mirror=mirror))
    signing.force.services = signing.services
    return signing


def bodies(signing: SigningForce) -> list[bytes]:
    with signing.services.store.read() as work:
        return [one.body for one in ledger_tree.log(work, 0, work.tree.state().size)]


def projections(signing: SigningForce) -> list[dict[str, object]]:
    with signing.services.store.read() as work:
        return [work.items.projection(number) for number in work.items.register_numbers()]


def lose(signing: SigningForce, folder: Path, meanwhile: Callable[[], object]) -> None:
    """Restore a backup that is older than what happened `meanwhile`, and was signed."""
    backup = back_up(signing, folder)
    meanwhile()
    signing.checkpoint()
    restore(signing, backup)
    assert not ledger_keeper.start(signing.services)


def test_nothing_is_signed_that_the_mirror_does_not_hold(mirrored: SigningForce, mirror: FolderMirror) -> None:
    mirrored.items(2)

    signed = mirrored.checkpoint()

    origin = mirrored.origin()
    assert list(mirror.bodies(origin)) == bodies(mirrored)
    assert mirror.edge(origin).root() == signed.root
    assert list(mirror.checkpoints(origin)) == [signed.note]


def test_the_mirror_grows_and_what_it_held_stays_as_it_was(mirrored: SigningForce, mirror: FolderMirror) -> None:
    mirrored.items(2)
    mirrored.checkpoint()
    before = list(mirror.copies(mirrored.origin(), 0))
    mirrored.items(3)

    mirrored.checkpoint()

    after = list(mirror.copies(mirrored.origin(), 0))
    assert after[: len(before)] == before
    assert len(after) == len(before) + 3
    assert all(one.disclosures for one in after[1:])


def test_a_mirror_that_cannot_be_written_stops_signing_and_not_recording(
    mirrored: SigningForce, tmp_path: Path
) -> None:
    (tmp_path / "mirror").write_text("in the way")
    mirrored.items(1)

    outcome = ledger_keeper.run(mirrored.services)

    assert outcome.signed is None
    assert "mirror" in outcome.says
    mirrored.items(1)
    (tmp_path / "mirror").unlink()
    assert ledger_keeper.run(mirrored.services).signed is not None


def test_half_a_line_left_by_a_crash_does_not_spoil_the_mirror(mirrored: SigningForce, tmp_path: Path) -> None:
    mirrored.items(1)
    mirrored.checkpoint()
    for path in (tmp_path / "mirror").rglob("*.jsonl"):
        with path.open("ab") as file:
            file.write(b'{"half')
    mirrored.items(1)

    mirrored.checkpoint()

    mirror = FolderMirror(tmp_path / "mirror")
    assert list(mirror.bodies(mirrored.origin())) == bodies(mirrored)
    assert len(list(mirror.copies(mirrored.origin(), 0))) == mirrored.tree_size()
    assert len(list(mirror.checkpoints(mirrored.origin()))) == 2


def test_a_mirror_without_its_edge_reads_it_again_from_the_entries(mirrored: SigningForce, tmp_path: Path) -> None:
    mirrored.items(2)
    signed = mirrored.checkpoint()
    (edge,) = (tmp_path / "mirror").rglob("edge.json")

    edge.unlink()

    assert FolderMirror(tmp_path / "mirror").edge(mirrored.origin()).root() == signed.root


def test_a_spoilt_mirror_is_said_to_be_so(mirrored: SigningForce, tmp_path: Path) -> None:
    mirrored.items(1)
    mirrored.checkpoint()
    (edge,) = (tmp_path / "mirror").rglob("edge.json")
    edge.write_text("{}")
    mirrored.items(1)

    with pytest.raises(MirrorUnusable, match="spoilt"):
        mirrored.checkpoint()


def test_a_log_that_does_not_begin_with_its_mirror_is_read_only(mirrored: SigningForce, tmp_path: Path) -> None:
    mirrored.items(2)
    mirrored.checkpoint()
    (entries,) = (tmp_path / "mirror").rglob("entries.jsonl")
    entries.write_bytes(entries.read_bytes().replace(b"2026", b"2025"))
    for edge in (tmp_path / "mirror").rglob("edge.json"):
        edge.unlink()

    with pytest.raises(LedgerFault, match="mirror"):
        ledger_mirror.copy(mirrored.services, FolderMirror(tmp_path / "mirror"))

    with pytest.raises(LedgerReadOnly):
        mirrored.items(1)


def test_a_database_older_than_its_mirror_is_read_only_although_nothing_newer_was_signed(
    mirrored: SigningForce, mirror: FolderMirror, tmp_path: Path
) -> None:
    mirrored.items(1)
    mirrored.checkpoint()
    backup = back_up(mirrored, tmp_path)
    mirrored.items(1)
    ledger_tree.integrate(mirrored.services)
    ledger_mirror.copy(mirrored.services, mirror)
    restore(mirrored, backup)

    assert not ledger_keeper.start(mirrored.services)


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
