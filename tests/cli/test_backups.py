"""Backing up and restoring as an administrator types it."""

from pathlib import Path

from .conftest import Shell


def test_a_backup_is_written_named_by_the_time_checked_and_restored(ready: Shell, tmp_path: Path) -> None:
    key, folder = tmp_path / "key", tmp_path / "backups"
    folder.mkdir()
    public = ready.ok("backup", "--new-key", str(key)).strip()
    (made,) = ready.objects("backup", backup_folder=folder, backup_recipients=public)
    again = ready.ok("backup", "--check", made["file"], "--identity", str(key))
    new = Shell(tmp_path / "new")

    restored = new.ok("restore", made["file"], "--identity", str(key))

    assert (Path(made["file"]).parent, made["encrypted"]) == (folder, True)
    assert "is whole" in again
    assert "Everybody signs in anew" in restored
    assert "signing key is not here" not in restored
    assert (new.folder / "signing.key").stat().st_mode & 0o777 == 0o600
    assert "backup: made less than a minute ago" in ready.run("health").stdout
    assert (
        new.run("restore", made["file"], "--identity", str(key)).stderr.splitlines()[-1].startswith("Error: There is a")
    )


def test_a_mistake_is_answered_with_what_to_do(ready: Shell, tmp_path: Path) -> None:
    nowhere = ready.run("backup")
    unlocked = ready.run("backup", str(tmp_path), "--recipient", "age1nonsense")

    assert nowhere.exit_code == 2
    assert "Name a file or a folder, or set EXHIBITS_BACKUP_FOLDER." in nowhere.stderr
    assert (unlocked.exit_code, list(tmp_path.glob("*.backup"))) == (1, [])
    assert "it is not a public key that begins with age1" in unlocked.stderr
