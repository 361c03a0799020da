"""Parties outside, for real: a witness on a free loopback port, over a folder of its own."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from exhibits_app.domain.note import VerifierKey
from exhibits_app.jobs.outside import public_log_at
from exhibits_app.services import witness as service
from exhibits_app.services.ports.outside import WatchedLog
from exhibits_app.services.witness import Witness
from exhibits_app.store.signing import FileSigningKeys
from exhibits_app.store.witness import FolderMemory
from exhibits_app.web.witness import create_app
from tests.support.force import MovableClock

NAME = "witness.example/w1"


def a_witness(
    folder: Path, log: VerifierKey, *, entries: str = "", clock: MovableClock | None = None, name: str = NAME
) -> Witness:
    """A witness in this folder that watches the log."""
    memory = FolderMemory(folder)
    memory.make(name)
    memory.watch(WatchedLog(log, entries))
    made = again(folder, clock)
    service.verifier_key(made)
    return made


def again(folder: Path, clock: MovableClock | None = None) -> Witness:
    """The witness of this folder, as after a restart."""
    memory = FolderMemory(folder)
    return Witness(memory, FileSigningKeys(memory.key_file), clock or MovableClock(), public_log_at)


@contextmanager
def answering(witness: Witness) -> Iterator[str]:
    """Its submission prefix, while it runs."""
    with listening(create_app(witness)) as address:
        yield address


@contextmanager
def listening(app: Any) -> Iterator[str]:
    """The address of this WSGI application, served on a thread for each request until the context ends."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, name="a party outside")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
