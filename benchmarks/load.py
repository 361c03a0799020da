"""Keep-alive HTTP clients in a process of their own: each sends its next request when the last is answered."""

from __future__ import annotations

import itertools
import json
import multiprocessing
import selectors
import socket
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import UTC, datetime

from uuid_utils import uuid7

READ = 65_536


@dataclass
class Answers:
    """What came back: seconds of waiting for each answer, the statuses other than 200, the first and last bodies."""

    seconds: float
    waits: list[float]
    bad: list[int]
    bodies: list[bytes]

    @property
    def rate(self) -> float:
        """Answers a second."""
        return len(self.waits) / self.seconds

    def percentile(self, share: float) -> float:
        """Milliseconds that this share of the answers stayed under."""
        return sorted(self.waits)[min(len(self.waits) - 1, int(share * len(self.waits)))] * 1000


@dataclass
class _Client:
    connection: socket.socket
    requests: Iterator[bytes]
    sent_at: float = 0.0
    received: bytearray = field(default_factory=bytearray)

    def send(self) -> None:
        request = next(self.requests)
        self.received.clear()
        self.sent_at = time.perf_counter()
        self.connection.sendall(request)

    def answered(self) -> bool:
        """Take what there is; whether the answer is whole. Raises ConnectionError when the server hung up."""
        taken = self.connection.recv(READ)
        if not taken:
            raise ConnectionError("the server closed a kept connection")
        self.received += taken
        head = self.received.find(b"\r\n\r\n")
        if head < 0:
            return False
        lower = bytes(self.received[:head]).lower()
        length = int(lower.split(b"content-length:")[1].split(b"\r\n")[0])
        return len(self.received) >= head + 4 + length


def drive(port: int, clients: list[Iterator[bytes]], seconds: float) -> Answers:
    """Keep one request of each client under way for so long, in this process."""
    waits: list[float] = []
    bad: list[int] = []
    bodies: list[bytes] = []
    selector = selectors.DefaultSelector()
    begun = time.perf_counter()
    for requests in clients:
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        client = _Client(connection, requests)
        selector.register(connection, selectors.EVENT_READ, client)
        client.send()
    while selector.get_map():
        for key, _ in selector.select():
            client = key.data
            if not client.answered():
                continue
            now = time.perf_counter()
            waits.append(now - client.sent_at)
            status = int(client.received[9:12])
            if status != 200:
                bad.append(status)
            if len(bodies) < len(clients):
                bodies.append(bytes(client.received))
            if now - begun < seconds:
                client.send()
            else:
                bodies.append(bytes(client.received))
                selector.unregister(client.connection)
                client.connection.close()
    return Answers(time.perf_counter() - begun, waits, bad, bodies)


@dataclass(frozen=True)
class Moves:
    """The requests of one client: at its own device, its own items, moved from shelf to shelf, so many an act."""

    tokens: list[str]
    codes: list[str]
    shelves: tuple[str, str]
    operators: list[str]
    each: int
    clients: int

    def __call__(self, client: int) -> Iterator[bytes]:
        own = self.codes[client * len(self.codes) // self.clients : (client + 1) * len(self.codes) // self.clients]
        boxes = [own[at : at + self.each] for at in range(0, len(own) - self.each + 1, self.each)]
        for lap in itertools.count():
            for box in boxes:
                yield _post(self.tokens[client], self._act(client, box, self.shelves[lap % 2], lap))

    def _act(self, client: int, box: list[str], to: str, lap: int) -> dict[str, object]:
        items = [{"scan": str(uuid7()), "code": code} for code in box]
        at = datetime.now(UTC).isoformat()
        return {
            "id": str(uuid7()), "kind": "MOVE", "device_seq": lap + 1, "occurred_at": at,
            "operator": self.operators[client], "to": to, "items": items,
        }  # fmt: skip


def hellos(_client: int) -> Iterator[bytes]:
    """The requests of one client of Flask's hello."""
    return itertools.repeat(b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n")


def _post(token: str, act: dict[str, object]) -> bytes:
    body = json.dumps(act).encode()
    head = (
        f"POST /api/v1/acts HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer {token}\r\n"
        f"Content-Type: application/json\r\nContent-Length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


Make = Callable[[int], Iterator[bytes]]


def apart(port: int, make: Make, clients: int, seconds: float) -> Answers:
    """`drive` in a process of its own; `make(n)` gives the requests of client n, and must be picklable."""
    with ProcessPoolExecutor(1, multiprocessing.get_context("spawn")) as pool:
        return pool.submit(_drive_made, port, make, clients, seconds).result()


def _drive_made(port: int, make: Make, clients: int, seconds: float) -> Answers:
    return drive(port, [make(number) for number in range(clients)], seconds)
