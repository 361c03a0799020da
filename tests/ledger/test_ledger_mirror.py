"""The mirror: a copy outside the database that holds what was signed, and that completes a restored database."""

from pathlib import Path

import pytest

from exhibits_app.domain.errors import LedgerReadOnly, MirrorUnusable
from exhibits_app.domain.ledger_faults import LedgerFault
from exhibits_app.services import (
    ledger_keeper,
    ledger_mirror,
    ledger_tree,
)
from exhibits_app.store.mirror import FolderMirror
from tests.ledger.restored import back_up, bodies, restore
from tests.support.ledger import SigningForce


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
