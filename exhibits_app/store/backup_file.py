"""A backup as one file: a tar archive, in age's format where there is a key, read and written as a stream.

`age -d -i KEY FILE | tar x` opens it without us. The manifest comes last, over the digests of what went before it.
"""

import errno
import hashlib
import io
import os
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tarfile import BLOCKSIZE, GNU_FORMAT, HeaderError, TarInfo
from typing import BinaryIO, Final, Protocol

import pyrage
from pyrage.x25519 import Identity

from ..domain.errors import BackupDamaged, BackupKeyRefused, BackupNeedsKey, BackupUnusable, NoSpaceForBackup
from ..services.ports.backups import Digest, Progress, Source
from .backup_keys import Identities, Recipients
from .files import flush_folder

MANIFEST: Final = "manifest.json"
AGE: Final = b"age-encryption.org/v1\n"
_CHUNK: Final = 1024 * 1024
_FULL: Final = (errno.ENOSPC, errno.EDQUOT)

Sink = Callable[[str, int], BinaryIO | None]


def full_or_unusable(error: OSError, where: Path) -> NoSpaceForBackup | BackupUnusable:
    """What is said in place of an error of the file system."""
    if error.errno in _FULL:
        return NoSpaceForBackup(str(where.parent))
    return BackupUnusable(str(where), error.strerror or type(error).__name__)


class Hash(Protocol):
    """What hashlib gives."""

    def update(self, data: bytes, /) -> None: ...
    def hexdigest(self) -> str: ...


class _Pulled(io.RawIOBase):
    """A stream over chunks that are made when they are asked for. It keeps what went wrong, which age would reword."""

    def __init__(self, chunks: Iterator[bytes]) -> None:
        self._chunks = chunks
        self._left = b""
        self.fault: Exception | None = None

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]  # the base takes any buffer
        try:
            while not self._left:
                self._left = next(self._chunks)
        except StopIteration:
            return 0
        except (OSError, BackupDamaged) as fault:
            self.fault = fault
            raise
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


class _Unpacker(io.RawIOBase):
    """Takes the archive's bytes as they come, and gives each file's to its sink."""

    def __init__(self, sink: Sink) -> None:
        self._sink = sink
        self._held = bytearray()
        self._name, self._left, self._padding = "", 0, 0
        self._target: BinaryIO | None = None
        self._hash: Hash = hashlib.sha256()
        self._size = 0
        self.digests: dict[str, Digest] = {}
        self.fault: Exception | None = None
        self.ended = False

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | memoryview") -> int:  # type: ignore[override]  # the base takes any buffer
        try:
            self._take(bytes(data))
        except (OSError, BackupDamaged) as fault:
            self.fault = fault
            raise
        return len(data)

    def close(self) -> None:
        if self._target is not None:
            self._target.close()
            self._target = None
        super().close()

    def _take(self, data: bytes) -> None:
        self._held += data
        while not self.ended:
            if self._name:
                if not self._held and self._left:
                    return
                self._content()
                if self._left or len(self._held) < self._padding:
                    return
                self._finish()
            elif len(self._held) < BLOCKSIZE:
                return
            else:
                self._begin()

    def _begin(self) -> None:
        header = bytes(self._held[:BLOCKSIZE])
        del self._held[:BLOCKSIZE]
        if not any(header):
            self.ended = True
            return
        try:
            info = TarInfo.frombuf(header, "utf-8", "strict")
        except HeaderError as error:
            raise BackupDamaged("it is no archive, or a part of it was overwritten") from error
        if info.name in self.digests or not info.isreg():
            raise BackupDamaged(f"it holds {info.name} twice, or as something that is no file")
        self._name, self._left, self._padding = info.name, info.size, -info.size % BLOCKSIZE
        self._hash, self._size = hashlib.sha256(), info.size
        self._target = self._sink(info.name, info.size)

    def _content(self) -> None:
        part = bytes(self._held[: self._left])
        del self._held[: len(part)]
        self._left -= len(part)
        self._hash.update(part)
        if self._target is not None:
            self._target.write(part)

    def _finish(self) -> None:
        del self._held[: self._padding]
        if self._target is not None:
            self._target.close()
            self._target = None
        self.digests[self._name] = Digest(self._size, self._hash.hexdigest())
        self._name = ""


@dataclass(slots=True)
class AgeTar:
    """Implements the BackupFile port. What is encrypted can be read again by whoever wrote it, until the process ends:
    a key of its own, which is never kept, is among those that it is encrypted for."""

    recipients: Recipients = ()
    identities: Identities = ()
    _own: Identity | None = field(default=None)

    @property
    def encrypted(self) -> bool:
        return bool(self.recipients)

    def write(
        self, out: Path, sources: Sequence[Source], manifest: Callable[[Mapping[str, Digest]], bytes], tell: Progress
    ) -> None:
        """See the port. The file is written anew, readable by its owner alone."""
        try:
            handle = os.open(out, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
            with os.fdopen(handle, "wb") as file:
                self._pour(_archive(sources, manifest, tell), file)
                file.flush()
                os.fsync(file.fileno())
            flush_folder(out.parent)
        except OSError as error:
            raise full_or_unusable(error, out) from error

    def _pour(self, chunks: Iterator[bytes], file: BinaryIO) -> None:
        if not self.recipients:
            for chunk in chunks:
                file.write(chunk)
            return
        self._own = Identity.generate()
        stream = _Pulled(chunks)
        target = _Kept(file)
        try:
            pyrage.encrypt_io(stream, target, [*self.recipients, self._own.to_public()])
        except (pyrage.EncryptError, OSError) as error:
            raise stream.fault or target.fault or BackupUnusable("The encryption", str(error)) from error

    def read(self, path: Path, sink: Sink, tell: Progress) -> Mapping[str, Digest]:
        """See the port."""
        try:
            with path.open("rb") as file, _Unpacker(sink) as unpacker:
                is_age = file.read(len(AGE)) == AGE
                file.seek(0)
                self._unpack(_told(file, path.stat().st_size, tell), unpacker, is_age=is_age)
        except OSError as error:
            raise full_or_unusable(error, path) from error
        if not unpacker.ended or MANIFEST not in unpacker.digests:
            raise BackupDamaged("its end is missing")
        return unpacker.digests

    def _unpack(self, chunks: Iterator[bytes], unpacker: _Unpacker, *, is_age: bool) -> None:
        if not is_age:
            for chunk in chunks:
                unpacker.write(chunk)
            return
        keys = [*self.identities, *([self._own] if self._own else [])]
        if not keys:
            raise BackupNeedsKey
        stream = _Pulled(chunks)
        try:
            pyrage.decrypt_io(stream, unpacker, keys)
        except (pyrage.DecryptError, OSError) as error:
            if "No matching keys" in str(error):
                raise BackupKeyRefused("the backup was encrypted for another one") from error
            raise unpacker.fault or stream.fault or BackupDamaged("a part of it was changed or cut off") from error


class _Kept(io.RawIOBase):
    """Writes to a file and keeps what went wrong, which age would reword."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self.fault: OSError | None = None

    def writable(self) -> bool:
        return True

    def write(self, data: "bytes | memoryview") -> int:  # type: ignore[override]  # the base takes any buffer
        try:
            return self._file.write(data)
        except OSError as fault:
            self.fault = fault
            raise


def _told(file: BinaryIO, size: int, tell: Progress) -> Iterator[bytes]:
    done = 0
    while chunk := file.read(_CHUNK):
        yield chunk
        done += len(chunk)
        tell("Reading the backup", done, size)


def _archive(
    sources: Sequence[Source], manifest: Callable[[Mapping[str, Digest]], bytes], tell: Progress
) -> Iterator[bytes]:
    """The archive's bytes: each source, the manifest over them, the end."""
    digests: dict[str, Digest] = {}
    done, total = 0, sum(source.path.stat().st_size for source in sources if source.path.exists())
    for source in sources:
        try:
            file = source.path.open("rb")
        except FileNotFoundError:
            continue
        with file:
            size = os.fstat(file.fileno()).st_size
            yield _header(source.name, size)
            hashed = hashlib.sha256()
            left = size
            while left and (chunk := file.read(min(left, _CHUNK))):
                hashed.update(chunk)
                left -= len(chunk)
                done += len(chunk)
                yield chunk
                tell("Writing the backup", done, total)
            if left:
                raise OSError(errno.EIO, f"{source.path} became shorter while it was read")
        yield bytes(-size % BLOCKSIZE)
        digests[source.name] = Digest(size, hashed.hexdigest())
    data = manifest(digests)
    yield _header(MANIFEST, len(data)) + data + bytes(-len(data) % BLOCKSIZE)
    yield bytes(2 * BLOCKSIZE)


def _header(name: str, size: int) -> bytes:
    info = TarInfo(name)
    info.size, info.mode = size, 0o600
    header = info.tobuf(GNU_FORMAT)
    if len(header) != BLOCKSIZE:
        raise ValueError(f"{name} is too long a name for a backup")
    return header
