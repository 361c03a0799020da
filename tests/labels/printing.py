"""Printers for tests: a machine that takes jobs on a port, well or badly, and an `lp` that keeps what it is given."""

import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

Serve = Callable[["Machine", socket.socket], None]


@dataclass
class Machine:
    """What a printer at `port` of this machine took, a job a connection."""

    port: int
    jobs: list[bytes] = field(default_factory=list)
    done: threading.Event = field(default_factory=threading.Event)

    @property
    def address(self) -> str:
        return f"tcp://127.0.0.1:{self.port}"


def takes_all(machine: Machine, connection: socket.socket) -> None:
    machine.jobs.append(b"".join(iter(lambda: connection.recv(65_536), b"")))


def is_switched_off_half_way(machine: Machine, connection: socket.socket) -> None:
    machine.jobs.append(connection.recv(1000))
    # A linger of nothing: the connection is reset, as by a machine that loses its power and comes back.
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def throws_it_away(machine: Machine, connection: socket.socket) -> None:
    takes_all(machine, connection)
    connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))


def stops_reading(machine: Machine, connection: socket.socket) -> None:
    machine.jobs.append(connection.recv(1000))
    machine.done.wait(60)


def keeps_the_line_open(machine: Machine, connection: socket.socket) -> None:
    takes_all(machine, connection)
    machine.done.wait(60)


@contextmanager
def a_machine(serve: Serve = takes_all) -> Iterator[Machine]:
    """A printer that serves one connection and is gone at the end."""
    with socket.create_server(("127.0.0.1", 0)) as listening:
        machine = Machine(listening.getsockname()[1])
        listening.settimeout(30)
        thread = threading.Thread(target=_serve_one, args=(listening, machine, serve))
        thread.start()
        try:
            yield machine
        finally:
            machine.done.set()
            _let_go(machine.port)
            thread.join()


def _serve_one(listening: socket.socket, machine: Machine, serve: Serve) -> None:
    connection, _ = listening.accept()
    with connection:
        if not machine.done.is_set():
            serve(machine, connection)


def _let_go(port: int) -> None:
    """A visit that ends the wait of a machine that nobody has printed on."""
    socket.create_connection(("127.0.0.1", port), timeout=5).close()


def an_lp(folder: Path, *, fails: str = "") -> Path:
    """A folder for PATH with an `lp` that keeps its words and the job in `folder`, or fails with that sentence."""
    program = folder / "bin" / "lp"
    program.parent.mkdir()
    ending = f'echo "lp: {fails}" >&2; exit 1' if fails else "echo 'request id is label-1 (0 file(s))'"
    program.write_text(
        f"#!/bin/sh\nprintf '%s\\n' \"$@\" > '{folder}/words'\n/bin/cat > '{folder}/job'\n{ending}\n", "utf-8"
    )
    program.chmod(0o755)
    return program.parent
