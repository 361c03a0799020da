"""The command as a process of its own: exit status, streams, and no traceback whatever is wrong."""

import socket

from .conftest import Shell


def test_init_and_a_command_after_it_share_the_instance(shell: Shell) -> None:
    made = shell.process("init")
    asked = shell.process("overdue")

    assert (made.returncode, made.stderr) == (0, "")
    assert "/first-sign-in/" in made.stdout
    assert (asked.returncode, asked.stderr) == (0, "")
    assert asked.stdout.startswith("Nothing is overdue")


def test_a_port_that_is_taken_is_said_in_one_sentence(ready: Shell) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        result = ready.process("serve", "--port", str(port))

    assert result.returncode == 1
    assert result.stderr == f"Error: Port {port} is in use. Stop what uses it, or choose another.\n"


def test_a_setting_that_cannot_be_is_named(shell: Shell) -> None:
    result = shell.process("overdue", EXHIBITS_ALERT_SECONDS="soon")

    assert (result.returncode, result.stdout) == (1, "")
    assert result.stderr == "Error: the setting EXHIBITS_ALERT_SECONDS has a value that it cannot have.\n"


def test_a_folder_that_cannot_be_used_is_named(shell: Shell) -> None:
    shell.folder.write_text("a file where the folder should be")

    result = shell.process("overdue")

    assert result.returncode == 1
    assert result.stderr.startswith(f"Error: the folder {shell.folder} cannot be used")
    assert result.stderr.count("\n") == 1


def test_a_database_that_does_not_answer_is_said_in_one_sentence(shell: Shell) -> None:
    nowhere = "postgresql+psycopg://nobody@127.0.0.1:9/nothing?connect_timeout=2"

    result = shell.process("overdue", EXHIBITS_DATABASE_URL=nowhere)

    assert result.returncode == 1
    assert result.stderr.startswith("Error: ")
    assert result.stderr.count("\n") == 1
