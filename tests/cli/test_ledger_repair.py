"""The commands for when something went wrong, as somebody types them at night."""

import json
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from exhibits_app.bootstrap import Assembly
from exhibits_app.cli.main import cli
from exhibits_app.settings import Settings
from tests.support.ledger import SigningForce, a_signing_force, verify_bundle


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[SigningForce]:
    folder = tmp_path / "instance"
    folder.mkdir()
    made = a_signing_force(folder)
    made.items(2)
    yield made
    made.services.store.close()


def run(signing: SigningForce, *words: str, mirror: Path | None = None) -> Result:
    assembly = Assembly(Settings(instance=signing.folder, smtp_url="", anchor_email="", ledger_mirror=mirror))
    done = CliRunner().invoke(cli, ["ledger", *words], obj=assembly)
    assembly.services().store.close()
    return done


def set_back(signing: SigningForce, mirror: Path | None = None) -> None:
    """Two more items are signed for, and then last night's backup is restored."""
    run(signing, "checkpoint", mirror=mirror)
    signing.services.store.close()
    shutil.copy(signing.folder / "exhibits.db", signing.folder / "backup.db")
    signing.items(2)
    run(signing, "checkpoint", mirror=mirror)
    signing.services.store.close()
    for name in ("exhibits.db-wal", "exhibits.db-shm"):
        (signing.folder / name).unlink(missing_ok=True)
    shutil.copy(signing.folder / "backup.db", signing.folder / "exhibits.db")


def test_a_mirror_is_made_brought_up_to_date_and_read_again(signing: SigningForce, tmp_path: Path) -> None:
    first = run(signing, "mirror", str(tmp_path / "mirror"))
    run(signing, "checkpoint")
    signing.items(1)
    run(signing, "checkpoint")

    second = run(signing, "mirror", str(tmp_path / "mirror"), "--verify", "--json")

    assert first.exit_code == 0
    said = json.loads(second.stdout)
    assert (said["entries"], said["verified"]) == (4, True)


def test_a_mirror_needs_a_folder(signing: SigningForce) -> None:
    done = run(signing, "mirror")

    assert done.exit_code == 2
    assert "EXHIBITS_LEDGER_MIRROR" in done.stderr


def test_after_an_old_backup_the_mirror_brings_everything_back(signing: SigningForce, tmp_path: Path) -> None:
    mirror = tmp_path / "mirror"
    set_back(signing, mirror)
    refused = run(signing, "checkpoint", mirror=mirror)

    done = run(signing, "replay", "--from", str(mirror), "--reason", "last night's backup was restored")

    assert refused.exit_code == 1
    assert done.exit_code == 0, done.output
    assert "Put back 2 entries of 2 exhibits" in done.stdout
    assert run(signing, "verify", mirror=mirror).exit_code == 0
    assert run(signing, "audit", mirror=mirror).exit_code == 0
    signing.items(1)


def test_without_a_mirror_a_new_log_is_opened_and_bundles_go_on(signing: SigningForce, tmp_path: Path) -> None:
    set_back(signing)

    done = run(signing, "new-origin", "--reason", "last night's backup was restored", "--json")

    assert done.exit_code == 0, done.output
    said = json.loads(done.stdout)
    assert (said["kept"], said["signed"], said["lost"], said["exhibits"]) == (3, 3, 2, 2)
    assert run(signing, "verify").exit_code == 0
    assert run(signing, "audit").exit_code == 0
    bundled = run(signing, "bundle", str(tmp_path / "b.zip"), "--exhibit", "1")
    assert bundled.exit_code == 0, bundled.output
    code, levels = verify_bundle(tmp_path / "b.zip", "--origin", said["origin"], "--log-key", said["key"])
    assert code == 0
    assert [levels[level][0] for level in ("L1", "L2", "L3", "L4")] == ["PASS"] * 4


@pytest.mark.parametrize("words", [("replay", "--from", "nowhere"), ("new-origin",)])
def test_while_nothing_is_wrong_neither_does_anything(signing: SigningForce, words: tuple[str, ...]) -> None:
    done = run(signing, *words, "--reason", "to see what happens")

    assert done.exit_code == 1
    assert "not read-only" in done.stderr


def test_a_name_that_no_log_can_have_is_refused(signing: SigningForce) -> None:
    set_back(signing)

    done = run(signing, "new-origin", "--reason", "restored", "--name", "two words")

    assert done.exit_code == 1
    assert "cannot have this name" in done.stderr
    assert run(signing, "new-origin", "--reason", "restored").exit_code == 0
