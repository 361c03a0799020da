"""The witness's commands: a body outside runs them with a folder of its own, and no database."""

import os
import signal
import socket
import subprocess
import time
from pathlib import Path

import httpx
import pytest

from exhibits_app.domain import witness
from exhibits_app.domain.note import VerifierKey
from tests.cli.conftest import COMMAND, Shell
from tests.domain import ledger_example as example


@pytest.fixture
def folder(tmp_path: Path) -> str:
    return str(tmp_path / "witness")


def test_a_witness_is_made_once_and_keeps_its_key(shell: Shell, folder: str) -> None:
    made = shell.objects("witness", "init", folder, "--name", "witness.example/w1")[0]
    again = shell.run("witness", "init", folder, "--name", "witness.example/w2")

    assert VerifierKey.parse(made["key"]).name == "witness.example/w1"
    assert again.exit_code == 1
    assert "already" in again.output
    assert shell.objects("witness", "show", folder)[0] == {"key": made["key"], "logs": {}}


def test_a_witness_makes_no_instance_of_the_service(shell: Shell, folder: str) -> None:
    made = shell.process("witness", "init", folder, "--name", "witness.example/w1")

    assert made.returncode == 0, made.stderr
    assert not shell.folder.exists()


@pytest.mark.parametrize(
    "words",
    [
        ("init", "FOLDER", "--name", "two words"),
        ("show", "FOLDER"),
        ("watch", "FOLDER", str(example.LOG_KEY)),
        ("serve", "FOLDER"),
    ],
)
def test_what_cannot_be_is_said_in_a_sentence(shell: Shell, folder: str, words: tuple[str, ...]) -> None:
    refused = shell.run("witness", *(folder if word == "FOLDER" else word for word in words))

    assert refused.exit_code == 1
    assert refused.output.startswith("Error: The")


@pytest.mark.parametrize("key", ["nonsense", str(example.WITNESS_KEY)])
def test_only_the_key_of_a_log_can_be_watched(shell: Shell, folder: str, key: str) -> None:
    shell.ok("witness", "init", folder, "--name", "witness.example/w1")

    assert shell.run("witness", "watch", folder, key).exit_code == 1


def test_a_served_witness_cosigns_and_shows_what_it_saw(shell: Shell, folder: str) -> None:
    shell.ok("witness", "init", folder, "--name", "witness.example/w1")
    shell.ok("witness", "watch", folder, str(example.LOG_KEY))
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]

    running = subprocess.Popen(
        [*COMMAND, "witness", "serve", folder, "--port", str(port)], env=os.environ, cwd=Path(folder).parent
    )
    try:
        answer = asked(f"http://127.0.0.1:{port}/add-checkpoint", witness.write_request(0, [], example.signed(3)))
    finally:
        running.send_signal(signal.SIGTERM)
        running.wait(30)

    shown = shell.objects("witness", "show", folder)[0]
    witness.read_answer(answer.content, example.signed(3), VerifierKey.parse(shown["key"]))
    assert shown["logs"][example.ORIGIN]["size"] == 3


def asked(url: str, body: bytes) -> httpx.Response:
    """Ask until the server has started, for at most a minute."""
    for _ in range(120):
        try:
            return httpx.post(url, content=body)
        except httpx.ConnectError:
            time.sleep(0.5)
    raise AssertionError("the witness did not start")
