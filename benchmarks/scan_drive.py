"""A real scan client that moves items, beside a real service, for drives that end either of them at will."""

import os
import signal
import socket
import sys
import time
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import NoReturn

import httpx
from werkzeug.serving import WSGIRequestHandler, make_server

from benchmarks.fill import TOKEN, Filled, fill
from exhibits_app.bootstrap import build_services, create_app
from exhibits_app.services.ports import IssuedLabel, Work
from exhibits_app.settings import Settings
from labels.payload import COMMANDS, CodeType, issue
from scanner import events as e
from scanner.bench import scan_with
from scanner.config import Choices, Config
from scanner.scan import Script
from scanner.screen import Screen

_SIGNED_IN = "signed in"


@dataclass
class Store:
    """A store with items on its first shelf, the badge of an officer whose turn is live, and its service's port.

    `whole` starts the service as `exhibits serve` does, which takes seconds; else its application alone is forked.
    """

    folder: Path
    filled: Filled
    badge: str
    port: int
    whole: bool
    server: int | None = None  # its process, and its group
    pipes: set[int] = field(default_factory=set)  # to and from a client that lives

    @property
    def url(self) -> str:
        """Where the service is."""
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start the service as a process of its own, and wait until it answers."""
        self.server = self._serve() if self.whole else self._fork()
        while not self._answers():
            assert os.waitpid(self.server, os.WNOHANG)[0] == 0, (self.folder / "server.log").read_text("utf-8")
            time.sleep(0.05)

    def _serve(self) -> int:
        environment = {**os.environ, "EXHIBITS_INSTANCE": str(self.folder), "EXHIBITS_SECRET_KEY": "benchmark"}
        command = [str(Path(sys.executable).with_name("exhibits")), "serve", "--port", str(self.port)]
        with (self.folder / "server.log").open("ab") as log, open(os.devnull) as nothing:
            streams = [(os.POSIX_SPAWN_DUP2, file.fileno(), to) for to, file in ((0, nothing), (1, log), (2, log))]
            return os.posix_spawn(command[0], command, environment, file_actions=streams, setpgroup=0)

    def _fork(self) -> int:
        child = os.fork()
        if child == 0:
            try:
                os.setpgid(0, 0)
                for pipe in self.pipes:  # one that stays open here would never end there
                    os.close(pipe)
                settings = Settings(instance=self.folder, secret_key="benchmark", jobs=False)  # noqa: S106 - invented
                app = create_app(build_services(settings), settings)
                make_server("127.0.0.1", self.port, app, threaded=True, request_handler=_Quiet).serve_forever()
            finally:
                traceback.print_exc()
                os._exit(1)
        return child

    def _answers(self) -> bool:
        try:
            return httpx.get(f"{self.url}/api/v1/clock", timeout=5).status_code == 401
        except httpx.TransportError:
            return False

    def kill(self) -> None:
        """kill -9 of the service and its workers."""
        if self.server is not None:
            os.killpg(self.server, signal.SIGKILL)
            os.waitpid(self.server, 0)
        self.server = None

    def moved(self, codes: Sequence[str]) -> list[tuple[int, str]]:
        """Each recorded move of these items, in order: its act's place in the device's sequence, and its code."""
        services = build_services(self.filled.settings)
        with services.store.read() as work:
            found = [
                (event.envelope.recorded_at, event.envelope.device_seq or 0, event.envelope.id, code)
                for code in codes
                for event in work.ledger.events_of(self.filled.codes.index(code) + 1)
                if event.kind == "move"
            ]
        services.store.close()
        return [(seq, code) for _, seq, _, code in sorted(found)]


class _Quiet(WSGIRequestHandler):
    def log(self, type: str, message: str, *args: object) -> None:  # noqa: A002 - the name is Werkzeug's
        """Say nothing of each request."""


@contextmanager
def a_store(folder: Path, items: int, *, whole: bool = True) -> Iterator[Store]:
    """The store; its service is killed at the end. No database is open when it is forked."""
    filled = fill(folder, items, days=1)
    badge = issue(CodeType.PERSON, os.urandom)

    def print_badge(work: Work) -> None:
        now = filled.services.clock.now()
        work.labels.issue(IssuedLabel(badge, CodeType.PERSON.value, filled.officer.id, "live", now))

    filled.services.store.write(print_badge)
    filled.services.store.close()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    store = Store(folder, filled, badge, port, whole)
    try:
        yield store
    finally:
        store.kill()


@dataclass
class Promises:
    """Says on file descriptor 1 which items the person was told are recorded, or kept on the device."""

    sent: list[str] = field(default_factory=list)

    def take(self, thing: e.Event | e.Effect) -> None:
        """Each promise as a line, when the tone for it would sound."""
        match thing:
            case e.SignedIn():
                _promise(_SIGNED_IN)
            case e.Send(act):
                self.sent += [item.code for item in act.items]
            case e.Recorded(items):
                self._say(item.code for item in items if item.verdict != "refused")
            case e.Queued():
                self._say(self.sent)
            case _:
                pass

    def _say(self, codes: Iterable[str]) -> None:
        _promise(" ".join(codes))

    def draw(self, screen: Screen) -> None:
        """Nobody looks."""

    def close(self) -> None:
        """Nothing is held."""


def _promise(line: str) -> None:
    os.write(1, f"{line}\n".encode())


@dataclass
class Client:
    """A scan client in a child process: where its scans are written, and where its promises are read."""

    pid: int
    scans: int
    promises: int
    pipes: set[int]

    def scan(self, codes: Sequence[str]) -> None:
        """The handheld reads these. A client that is dead reads nothing."""
        with suppress(BrokenPipeError):
            os.write(self.scans, "".join(f"{code}\n" for code in codes).encode())

    def wait_for_sign_in(self) -> None:
        """Until the officer is signed in."""
        said = b""
        while not said.endswith(f"{_SIGNED_IN}\n".encode()):
            more = os.read(self.promises, 1)
            assert more, "the client ended before anybody was signed in"
            said += more

    def kill(self) -> list[str]:
        """kill -9; the codes of what was promised before."""
        os.kill(self.pid, signal.SIGKILL)
        ended, said = self._ended()
        assert ended == -signal.SIGKILL, "the client gave up by itself before it was killed"
        return said

    def finish(self) -> list[str]:
        """No more scans: it sends what waits, and ends by itself. The codes of what was promised."""
        os.close(self.scans)
        self.pipes.remove(self.scans)
        self.scans = -1
        ended, said = self._ended()
        assert ended == 0, "the client did not record everything"
        return said

    def _ended(self) -> tuple[int, list[str]]:
        with os.fdopen(self.promises) as reader:
            lines = [line.strip() for line in reader.read().splitlines(keepends=True) if line.endswith("\n")]
        said = [code for line in lines if line != _SIGNED_IN for code in line.split()]
        if self.scans >= 0:
            os.close(self.scans)
        self.pipes.clear()
        return os.waitstatus_to_exitcode(os.waitpid(self.pid, 0)[1]), said


def a_client(store: Store, wait: float = 120) -> Client:
    """A client over the store's outbox, with the officer's badge scanned and MOVE chosen."""
    scans, writing = os.pipe()
    reading, promises = os.pipe()
    pid = os.fork()
    if pid == 0:
        os.close(writing)
        os.close(reading)
        _be_client(store, scans, promises, wait)
    os.close(scans)
    os.close(promises)
    store.pipes = {writing, reading}
    client = Client(pid, writing, reading, store.pipes)
    client.scan([store.badge, COMMANDS["MOVE"]])
    return client


def _be_client(store: Store, scans: int, promises: int, wait: float) -> NoReturn:
    ended = 1
    try:
        os.dup2(scans, 0)
        os.dup2(promises, 1)
        sys.stdin, sys.stdout = os.fdopen(0), (store.folder / "client.log").open("a")
        sys.stderr = sys.stdout
        settings = Config(store.url, TOKEN, store.folder / "outbox" / "outbox.db")
        script = Script(confirm_at_end=True)
        choices = Choices("wedge", sounds=False)
        done = scan_with(settings, choices, script, as_json=False, wait=wait, more_views=[Promises()])
        ended = 0 if done.unsent == done.unconfirmed == 0 else 1
    finally:
        traceback.print_exc()
        sys.stdout.flush()
        os._exit(ended)


def acts(store: Store, codes: Sequence[str], together: int) -> list[list[str]]:
    """What is scanned to move these items, so many at a time: a place each time, and the items that go there."""
    shelves = store.filled.shelves[1:]
    batches = [codes[first : first + together] for first in range(0, len(codes), together)]
    return [[shelves[number % len(shelves)], *batch] for number, batch in enumerate(batches)]
