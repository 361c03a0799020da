"""Backups of an invented force, and instances restored from them."""

import threading
from base64 import b64decode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from functools import partial
from pathlib import Path

from exhibits_app.bootstrap import build_services
from exhibits_app.bootstrap_backups import build_parts, build_target
from exhibits_app.services import backup, restore
from exhibits_app.services.context import Services
from exhibits_app.settings import Settings
from exhibits_app.store import SqlStore
from tests.support.ledger import SigningForce

# What the one item of a force that was backed up says, to look for it in files.
SECRET_WORDS = "Sheet with the name Quillfeather sewn in"
# A secret key under the passphrase "four words and more", with scrypt at its cheapest: what age's programs and ours
# write costs a second and more to open.
PUBLIC = "age12vw4l8n5swzdn7pu55q0e4ryg4jhp2e43mz62e004v3hp7ym3f9sczdu89"
UNDER_A_PASSPHRASE = b64decode(
    "YWdlLWVuY3J5cHRpb24ub3JnL3YxCi0+IHNjcnlwdCBIa2g4YmM1b0w5YmMySEYybnBoai93IDIKUnZxdVUzZk42SWRKWGI1WXI3"
    "Rit0bmhXNDFoeGJDTzFidkhINHJmc2cvbwotLS0gaXNnQnBYZDlCNTI5RjdiM2pJRCs3Uk5RTnhSZ3RiR2x6OW1qbGNmNllONAqW"
    "+wGsLdYsYJul65eaJZ9ZQoGRAs7oAQ+cYLU/RwB+oub0LMhbTNO1ms0Hs8d6crG8jLENIs2gFG3R/Z4Hy1uKHu+bPAQDojmTmSLw"
    "KZDSkE8sDhIr9DmLoHSUvNm25LC1dwcgq4gGJKVZ7mqDj9+CUG9HFdl+TCa/9RR4j/Af8xMsD7YBkrg6PsgaV5YBl4QM3+gxRICG"
    "rzuY+Cp6YThaKeEgsNd/NZ50twwS0ayrvipygqm9SwN/"
)


def quietly(_what: str, _done: int, _total: int) -> None:
    """Nobody watches."""


def made(signing: SigningForce, out: Path, recipient: str = "", **parts: object) -> backup.Made:
    """A backup of the force at `out`."""
    settings = signing.force.settings
    store = signing.services.store
    assert isinstance(store, SqlStore)
    built = build_parts(settings, store, recipient, None, None)
    return backup.make(signing.services, replace(built, **parts), out, quietly)


def restored(
    folder: Path, file: Path, identity: Path | None = None, url: str = "", **more: object
) -> tuple[restore.Restored, Settings]:
    """The backup, restored into this folder."""
    settings = Settings(instance=folder, database_url=url, secret_key="test")
    target = build_target(settings, partial(over, settings), identity, None)
    return restore.restore(target, file, quietly, **more), settings


def over(settings: Settings, store: SqlStore) -> Services:
    return build_services(settings, store=store)


@contextmanager
def services_of(settings: Settings) -> Iterator[Services]:
    services = build_services(settings)
    yield services
    services.store.close()


@contextmanager
def working(signing: SigningForce) -> Iterator[list[int]]:
    """Items are registered one after the other all the while; gives those that were acknowledged so far."""
    acknowledged, stop, begun = signing.items(3), threading.Event(), threading.Event()

    def work() -> None:
        while not stop.is_set():
            acknowledged.extend(signing.items(1))
            begun.set()

    worker = threading.Thread(target=work)
    worker.start()
    assert begun.wait(30)
    try:
        yield acknowledged
    finally:
        stop.set()
        worker.join()
