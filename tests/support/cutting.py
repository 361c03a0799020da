"""A network that passes everything on, and once, when told to, cuts the connection in place of an answer."""

import selectors
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

READ = 65_536


@dataclass
class _Wire:
    """Both ends of one connection through it; `cut` when the next answer is swallowed."""

    client: socket.socket
    server: socket.socket
    cut: bool = False


class CuttingNetwork:
    """Leads to a port of this machine. Run it with `cutting`."""

    def __init__(self, to: int) -> None:
        self._to = to
        self._marker: bytes | None = None
        self._stopped = False
        self.cuts = 0
        self._door = socket.create_server(("127.0.0.1", 0))
        self._selector = selectors.DefaultSelector()
        self._selector.register(self._door, selectors.EVENT_READ, None)

    @property
    def port(self) -> int:
        """Where it is reached."""
        port: int = self._door.getsockname()[1]
        return port

    def cut_the_answer_to(self, marker: bytes) -> None:
        """The next time that a client says this, the other end hears it, and the client never hears the answer."""
        self._marker = marker

    def run(self) -> None:
        """Pass on until stopped."""
        while not self._stopped:
            for key, _ in self._selector.select(0.05):
                if key.data is None:
                    self._open()
                elif key.fileobj.fileno() >= 0:  # type: ignore[union-attr]  # sockets alone are registered
                    self._pass_on(key.data, key.fileobj)

    def stop(self) -> None:
        """End the round at hand; `close` comes after it."""
        self._stopped = True

    def close(self) -> None:
        """Let go of everything."""
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()  # type: ignore[union-attr]  # as above
        self._selector.close()

    def _open(self) -> None:
        client, _ = self._door.accept()
        wire = _Wire(client, socket.create_connection(("127.0.0.1", self._to)))
        for end in (wire.client, wire.server):
            end.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            self._selector.register(end, selectors.EVENT_READ, wire)

    def _pass_on(self, wire: _Wire, end: object) -> None:
        source, target = (wire.client, wire.server) if end is wire.client else (wire.server, wire.client)
        try:
            said = source.recv(READ)
            swallowed = wire.cut and end is wire.server
            if said and not swallowed:
                target.sendall(said)
        except OSError:
            said, swallowed = b"", False
        self.cuts += swallowed
        if swallowed or not said:
            self._end(wire)
        elif end is wire.client and self._marker is not None and self._marker in said:
            self._marker, wire.cut = None, True

    def _end(self, wire: _Wire) -> None:
        for end in (wire.client, wire.server):
            self._selector.unregister(end)
            end.close()


@contextmanager
def cutting(to: int) -> Iterator[CuttingNetwork]:
    """A network to this port of the machine."""
    network = CuttingNetwork(to)
    thread = threading.Thread(target=network.run, name="cutting network")
    thread.start()
    try:
        yield network
    finally:
        network.stop()
        thread.join()
        network.close()
