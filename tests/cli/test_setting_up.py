"""Setting an instance up from the command line, and the one sentence that says what is wrong."""

import re
import sqlite3
import stat
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from exhibits_app.bootstrap import Assembly
from exhibits_app.domain.errors import LinkSpent
from exhibits_app.services import signin

from .conftest import Shell

LINK = re.compile(r"/first-sign-in/([0-9a-f]{48})")

ASSEMBLE = Callable[[Shell], Assembly]


def spent(assembly: Assembly, printed: str) -> str:
    """The name of the person whom the printed link signs in."""
    (secret,) = LINK.findall(printed)
    return signin.spend_link(assembly.services(), secret)[0].name


def test_init_makes_one_administrator_with_a_link_that_signs_in_once(shell: Shell, assembled: ASSEMBLE) -> None:
    printed = shell.ok("init")
    assembly = assembled(shell)

    assert spent(assembly, printed) == "Administrator"
    with pytest.raises(LinkSpent):
        spent(assembly, printed)


def test_a_second_init_keeps_the_data_and_gives_no_link(ready: Shell) -> None:
    ready.ok("device", "enrol", "Bench")

    printed = ready.ok("init")

    assert "there already" in printed
    assert not LINK.search(printed)
    assert ready.objects("device", "enrol", "Other bench")[0]["device"] == 2


@pytest.mark.parametrize(
    ("tables", "command", "sentence"),
    [
        ("9999_later", "serve", "Start that version"),
        ("9999_later", "init", "Start that version"),
        ("0032_notices", "worker", "`exhibits init` or a start of `exhibits serve` brings them up"),
        ("0032_notices", "overdue", "Make a backup with that version"),
    ],
)
def test_tables_of_another_version_are_refused_with_what_to_do(ready: Shell, tables: str, command: str, sentence: str):
    with closing(sqlite3.connect(ready.folder / "exhibits.db")) as database, database:
        database.execute("UPDATE alembic_version SET version_num = ?", (tables,))

    said = ready.run(command)

    assert said.exit_code == 1
    assert f"({tables})" in said.output
    assert sentence in said.output


def test_a_second_init_with_demo_does_not_fill_what_is_real(ready: Shell, assembled: ASSEMBLE) -> None:
    ready.ok("init", "--demo", "--items", "5")

    assert not assembled(ready).services().demonstration


@pytest.mark.parametrize(
    "words",
    [
        ["overdue"],
        ["alerts", "run"],
        ["ledger", "verify"],
        ["rebuild", "--check"],
        ["health"],
        ["backup"],
        ["user", "add", "x.y", "--name", "X Y"],
        ["device", "enrol", "Bench"],
        ["serve"],
        ["worker", "--once"],
    ],
)
def test_before_init_every_command_says_what_to_run_first(shell: Shell, words: list[str]) -> None:
    result = shell.run(*words)

    assert (result.exit_code, result.stderr) == (1, "Error: There is no database yet. Run `exhibits init` first.\n")


def test_a_person_is_added_with_roles_and_a_link(ready: Shell, assembled: ASSEMBLE) -> None:
    printed = ready.ok("user", "add", "m.reyes", "--name", "Reyes", "--rank", "PC", "--role", "officer")

    assert printed.startswith("Added PC Reyes.")
    assert spent(assembled(ready), printed) == "Reyes"


def test_a_name_that_is_taken_is_said_in_one_sentence(ready: Shell) -> None:
    ready.ok("user", "add", "m.reyes", "--name", "Reyes")

    result = ready.run("user", "add", "M.Reyes", "--name", "Other")

    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: There is already an account called m.reyes. Choose another sign-in name.\n"


@pytest.mark.parametrize(
    "scope",
    [
        ["--role", "officer", "--team", "4711"],
        ["--role", "property_officer", "--store", "4711"],
        ["--role", "officer", "--role", "administrator", "--store", "1"],
    ],
)
def test_a_scope_that_is_refused_adds_nobody(ready: Shell, scope: list[str]) -> None:
    result = ready.run("user", "add", "m.reyes", "--name", "Reyes", *scope)

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: Choose ")
    assert result.stderr.count("\n") == 1
    ready.ok("user", "add", "m.reyes", "--name", "Reyes")


def test_a_token_goes_to_a_file_that_its_owner_alone_can_read(ready: Shell, tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text("an older token, readable by all")

    printed = ready.ok("device", "enrol", "Bench", "--token-file", str(file))

    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert re.fullmatch(r"[0-9a-f]{64}", file.read_text())
    assert file.read_text() not in printed


def test_a_token_file_that_cannot_be_written_enrols_no_device(ready: Shell, tmp_path: Path) -> None:
    result = ready.run("device", "enrol", "Bench", "--token-file", str(tmp_path / "no" / "folder"))

    assert result.exit_code == 1
    assert "No device was enrolled." in result.stderr
    assert ready.objects("device", "enrol", "Bench")[0]["device"] == 1


def test_without_a_file_the_token_is_shown_once(ready: Shell) -> None:
    (shown,) = ready.objects("device", "enrol", "Bench")

    assert re.fullmatch(r"[0-9a-f]{64}", shown["token"])


@pytest.mark.parametrize("words", [["device", "enrol", "Bench", "--store", "4711"], ["device", "revoke", "4711"]])
def test_what_is_not_there_is_said_in_one_sentence(ready: Shell, words: list[str]) -> None:
    result = ready.run(*words)

    assert result.exit_code == 1
    assert result.stderr.startswith("Error: There is no such ")


def test_a_device_is_revoked(ready: Shell) -> None:
    ready.ok("device", "enrol", "Bench")

    assert ready.ok("device", "revoke", "1") == "Device 1 is revoked.\n"


def test_migrate_store_moves_closes_and_opens_again(ready: Shell, tmp_path: Path) -> None:
    new = f"sqlite:///{tmp_path / 'moved.db'}"

    (moved,) = ready.objects("migrate-store", "--to", new)
    told = ready.run("init")

    assert moved["rows"] == sum(table["rows"] for table in moved["tables"].values()) > 0
    assert told.exit_code == 1
    assert "moved to another database" in told.stderr
    assert "already" in ready.ok("init", database_url=new)
    assert "is open again" in ready.ok("migrate-store", "--reopen")
    assert "is there already" in ready.ok("init")
    assert ready.run("migrate-store").exit_code == 2
