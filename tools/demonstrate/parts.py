"""The real parts that the demonstration runs: the service's process, its command line, a mail server."""

import json
import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes
from email.message import Message
from pathlib import Path
from typing import Any

import httpx
from aiosmtpd.controller import Controller

BIN = Path(sys.executable).parent
START_SECONDS = 60


class CommandFailed(Exception):
    """A command ended with another exit status than 0; the message is what it printed."""


@dataclass
class Letterbox:
    """What the mail server was given."""

    letters: list[Message] = field(default_factory=list)

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802 - aiosmtpd's name
        """Take a message."""
        self.letters.append(message_from_bytes(envelope.content))
        return "250 taken"

    def to(self, address: str) -> list[str]:
        """The texts of the letters to this address."""
        return [
            str(letter["Subject"]) + "\n" + str(letter.get_payload(decode=True).decode())  # type: ignore[union-attr]
            for letter in self.letters
            if letter["To"] == address
        ]


@contextmanager
def mail_server() -> Iterator[tuple[str, Letterbox]]:
    """A real SMTP server on loopback; gives its address and its letterbox."""
    box = Letterbox()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    try:
        yield f"smtp://127.0.0.1:{controller.port}", box
    finally:
        controller.stop()


def free_port() -> int:
    """A loopback port that nobody uses."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class Commands:
    """The commands as a person types them, in an instance of their own."""

    environment: dict[str, str]

    def run(self, *words: str) -> str:
        """Run a command and give what it printed. Raises CommandFailed."""
        command = [str(BIN / words[0]), *words[1:]]
        done = subprocess.run(command, env=self.environment, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            raise CommandFailed(f"{' '.join(words)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def json(self, *words: str) -> list[dict[str, Any]]:
        """Run a command and read what it printed as JSON, one object a line."""
        return [json.loads(line) for line in self.run(*words).splitlines() if line.startswith("{")]


def commands(folder: Path, smtp: str) -> Commands:
    """The commands for an instance in this folder."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EXHIBITS_")}
    own = {
        "EXHIBITS_INSTANCE": str(folder / "instance"),
        "EXHIBITS_SMTP_URL": smtp,
        "EXHIBITS_MAIL_FROM": "exhibits@force.test",
        "EXHIBITS_FORCE_NAME": "Borough Constabulary",
        "PYTHONUTF8": "1",
    }
    return Commands(kept | own)


@contextmanager
def service(given: Commands, log: Path) -> Iterator[str]:
    """A real service process; gives its address once it answers."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    with log.open("wb") as out:
        process = subprocess.Popen(
            [str(BIN / "exhibits"), "serve", "--port", str(port)], env=given.environment, stdout=out, stderr=out
        )
        try:
            _wait_for(address, process, log)
            yield address
        finally:
            process.terminate()
            process.wait(timeout=20)


def _wait_for(address: str, process: "subprocess.Popen[bytes]", log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and process.poll() is None:
        try:
            httpx.get(f"{address}/sign-in", timeout=2)
        except httpx.TransportError:
            time.sleep(0.2)
        else:
            return
    raise CommandFailed(f"the service did not start:\n{log.read_text(errors='replace')[-2000:]}")
