"""Erasures remembered in a file beside the signer's own: a line of JSON each, never changed or removed."""

import fcntl
import json
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import Final

from ..domain.errors import CannotSign
from ..domain.show import iso
from ..domain.text import instant
from ..services.ports.erasure_records import ErasureRecord

OWNER_ALONE: Final = 0o600


class FileErasures:
    """Implements the ErasureRecords port over one file, `erased.jsonl` in the signer's folder."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def all(self) -> Iterator[ErasureRecord]:
        """In the order in which they were remembered. Half a line at the end, left by a crash, is passed over."""
        with _readable():
            if not self._path.exists():
                return
            text = self._path.read_text(encoding="utf-8")
        for line in text.split("\n")[:-1]:
            yield _record(line)

    def remember(self, record: ErasureRecord) -> None:
        """Keep it durably, once however often it is given."""
        line = json.dumps(asdict(record) | {"at": iso(record.at)}, ensure_ascii=False).encode() + b"\n"
        with _readable():
            self._path.parent.mkdir(parents=True, exist_ok=True)
            handle = os.open(self._path, os.O_RDWR | os.O_CREAT | os.O_APPEND, OWNER_ALONE)
            with os.fdopen(handle, "r+b") as file:
                fcntl.flock(file, fcntl.LOCK_EX)
                kept = file.read()
                if any(known.event_id == record.event_id for known in self.all()):
                    return
                file.truncate(kept.rfind(b"\n") + 1)
                file.write(line)
                file.flush()
                os.fsync(file.fileno())


def _record(line: str) -> ErasureRecord:
    try:
        said = json.loads(line)
        at = instant(said["at"], "at", "a time")
        return ErasureRecord(said["event_id"], said["register_no"], at, tuple(said["digests"]), said["facts"])
    except (ValueError, KeyError, TypeError) as error:
        raise CannotSign("the file of erasures holds a line that cannot be read") from error


@contextmanager
def _readable() -> Iterator[None]:
    """Raises CannotSign in place of what the file system says."""
    try:
        yield
    except OSError as error:
        raise CannotSign(f"its file of erasures cannot be used ({error.strerror})") from error
