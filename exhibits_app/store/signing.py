"""The log's secret key and the signer's own memory, as files: they are not in the database, whose state they check."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from hashlib import sha256
from pathlib import Path
from typing import Final

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)

from ..domain import note
from ..domain.checkpoint import Checkpoint, parse_text
from ..domain.errors import CannotSign
from .files import flush_folder, write_whole

NEXT: Final = ".next"
OWNER_ALONE: Final = 0o600


class FileSigningKeys:
    """Implements the SigningKeys port over a PEM file (PKCS 8, unencrypted) that its owner alone can read."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._next = path.with_name(path.name + NEXT)

    def public_key(self) -> bytes | None:
        """The 32-byte Ed25519 public key, or None where there is no key yet."""
        return _public(self._path)

    def create(self) -> bytes:
        """Make the first key, readable by its owner alone, or find it when another process was faster."""
        return _made(self._path)

    def sign(self, message: bytes) -> bytes:
        """The 64-byte signature over the message. Raises CannotSign without a key."""
        return _loaded(self._path).sign(message)

    def prepare(self) -> bytes:
        """Make the key that will follow, or find it when it was made before; its public key."""
        return _made(self._next)

    def prepared(self) -> bytes | None:
        """The public key of the prepared one, or None."""
        return _public(self._next)

    def sign_prepared(self, message: bytes) -> bytes:
        """The signature of the prepared key."""
        return _loaded(self._next).sign(message)

    def activate(self) -> None:
        """The prepared key takes the place of the other, which is destroyed."""
        self._next.replace(self._path)
        flush_folder(self._path.parent)


class FolderRecords:
    """Implements the OwnRecords port over a folder: `high-water` is a note, `published.jsonl` one note a line."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._mark = folder / "high-water"
        self._log = folder / "published.jsonl"

    def high_water(self) -> bytes | None:
        """The note of the largest checkpoint ever published, or None before the first."""
        with _own_files():
            return self._mark.read_bytes() if self._mark.exists() else None

    def publish(self, signed: bytes) -> None:
        """Remember durably that this checkpoint is out, unless a larger one is. Raises CannotSign, as on a fork."""
        said = _said(signed)
        with _own_files(), self._alone():
            kept = self.high_water()
            mark = _said(kept) if kept else None
            if mark and mark.origin != said.origin:
                raise CannotSign(f"its own files are those of the log {mark.origin}; start the service again")
            if mark and mark.size == said.size and mark.root != said.root:
                raise CannotSign(f"another root was published for size {said.size}")
            if kept == signed or (mark and mark.size > said.size):
                return
            self._append(signed)
            write_whole(self._mark, signed)

    def published(self) -> Iterator[bytes]:
        """Every checkpoint that was published, in order. After a crash the last may stand there twice."""
        if not self._log.exists():
            return
        with self._log.open(encoding="utf-8") as lines:
            for line in lines:
                if line.endswith("\n"):
                    yield json.loads(line)["note"].encode()

    def open_log(self, origin: str) -> None:
        """Set aside what is remembered of another log, in a folder of its own: it was closed."""
        with _own_files():
            kept = self.high_water()
            mark = _said(kept) if kept else None
            if mark is None or mark.origin == origin:
                return
            aside = self._folder / f"closed-{sha256(mark.origin.encode()).hexdigest()[:16]}"
            aside.mkdir(exist_ok=True)
            for path in (self._log, self._mark):  # The mark goes last: until then this begins anew.
                if path.exists():
                    path.replace(aside / path.name)
            flush_folder(aside)
            flush_folder(self._folder)

    def _append(self, signed: bytes) -> None:
        """Add a line; half of one, left by a crash, is taken away first."""
        line = json.dumps({"note": signed.decode()}, ensure_ascii=False).encode() + b"\n"
        with self._log.open("ab") as file:
            file.truncate(_whole_lines(self._log))
            file.write(line)
            file.flush()
            os.fsync(file.fileno())

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from publishing meanwhile."""
        self._folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(self._folder / "lock", os.O_WRONLY | os.O_CREAT, OWNER_ALONE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)


@contextmanager
def _own_files() -> Iterator[None]:
    """Raises CannotSign in place of what the file system says."""
    try:
        yield
    except OSError as error:
        raise CannotSign(f"its own files cannot be used ({error.strerror})") from error


def _whole_lines(path: Path) -> int:
    """How many bytes of the file are whole lines."""
    size = path.stat().st_size
    with path.open("rb") as file:
        start = max(0, size - note.MOST_BYTES)
        file.seek(start)
        end = file.read().rfind(b"\n")
    return start + end + 1 if end >= 0 else 0


def _said(signed: bytes) -> Checkpoint:
    return parse_text(note.parse(signed)[0])


def _public(path: Path) -> bytes | None:
    return _loaded(path).public_key().public_bytes_raw() if path.exists() else None


def _loaded(path: Path) -> Ed25519PrivateKey:
    """The key of this file. Raises CannotSign when it is not there or is another kind of key."""
    try:
        key = load_pem_private_key(path.read_bytes(), None)
    except (OSError, ValueError, TypeError) as error:
        raise CannotSign(f"the key file cannot be read ({type(error).__name__})") from error
    if not isinstance(key, Ed25519PrivateKey):
        raise CannotSign("the key file does not hold an Ed25519 key")
    return key


def _made(path: Path) -> bytes:
    """The public key of this file, which is made if it is not there: written whole, then given its name."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        pem = Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
        draft = path.with_name(f"{path.name}.{os.getpid()}")
        draft.unlink(missing_ok=True)
        handle = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
        with os.fdopen(handle, "wb") as file:
            file.write(pem)
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):  # Whoever was first has made the key.
            os.link(draft, path)
        draft.unlink()
        flush_folder(path.parent)
    return _loaded(path).public_key().public_bytes_raw()
