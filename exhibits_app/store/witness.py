"""What a witness keeps, as files in a folder of its own: its name, the logs it watches, the last checkpoint of each.

Every file is written beside its place, flushed and renamed into it. A log whose last checkpoint is not there any more
is cosigned no more: a witness that has forgotten could be shown a second history.
"""

import fcntl
import hashlib
import json
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from ..domain.checkpoint import parse_text
from ..domain.ledger_faults import LedgerFault
from ..domain.note import VerifierKey, parse
from ..domain.witness import MemoryGone
from ..services.ports.outside import WatchedLog
from .files import flush_folder, write_whole

NAME: Final = "name"
KEY_FILE: Final = "witness.key"
LOG, SEEN, LOCK, FORKS = "log.json", "seen", "lock", "forks"
OWNER_ALONE: Final = 0o600


class FolderMemory:
    """Implements the WitnessMemory port. `logs/<hash of the origin>/` is what concerns one log."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    @property
    def key_file(self) -> Path:
        """Where the witness's secret key is."""
        return self._folder / KEY_FILE

    def is_made(self) -> bool:
        """Whether the folder is a witness's."""
        return (self._folder / NAME).exists()

    def make(self, name: str) -> None:
        """Make the folder a witness's of this name."""
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        write_whole(self._folder / NAME, name.encode())

    def name(self) -> str:
        """The witness's own name."""
        return (self._folder / NAME).read_text("utf-8")

    def logs(self) -> Mapping[str, WatchedLog]:
        """The logs by origin."""
        found = [json.loads(path.read_bytes()) for path in sorted(self._folder.glob(f"logs/*/{LOG}"))]
        logs = [WatchedLog(VerifierKey.parse(one["key"]), one["entries"]) for one in found]
        return {log.key.name: log for log in logs}

    def watch(self, log: WatchedLog) -> None:
        """Watch this log from now on; for one that is watched already, with this key and address instead."""
        place = self._place(log.key.name)
        known = (place / LOG).exists()
        place.mkdir(parents=True, exist_ok=True, mode=0o700)
        if not known:
            # An empty file says that nothing was cosigned yet; a missing one, that it is not known any more.
            write_whole(place / SEEN, b"")
        told = {"key": str(log.key), "entries": log.entries}
        write_whole(place / LOG, json.dumps(told).encode())
        flush_folder(place.parent)

    @contextmanager
    def alone(self, origin: str) -> Iterator["FolderSeen"]:
        """What was seen of the log; threads and processes that ask for it meanwhile wait."""
        place = self._place(origin)
        handle = os.open(place / LOCK, os.O_WRONLY | os.O_CREAT, OWNER_ALONE)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield FolderSeen(place, origin)
        finally:
            os.close(handle)

    def _place(self, origin: str) -> Path:
        return self._folder / "logs" / hashlib.sha256(origin.encode()).hexdigest()[:32]


class FolderSeen:
    """Implements the SeenLog port."""

    def __init__(self, place: Path, origin: str) -> None:
        self._place = place
        self._origin = origin

    def last(self) -> bytes | None:
        """The note that was cosigned last, or None before the first. Raises MemoryGone."""
        try:
            kept = (self._place / SEEN).read_bytes()
            if kept:
                parse_text(parse(kept)[0])
        except (OSError, LedgerFault) as fault:
            raise MemoryGone(self._origin) from fault
        return kept or None

    def keep(self, note: bytes) -> None:
        """Remember durably that this one is cosigned now."""
        write_whole(self._place / SEEN, note)

    def keep_fork(self, note: bytes) -> None:
        """Keep a checkpoint that contradicts the last one, under the hash of its bytes."""
        forks = self._place / FORKS
        forks.mkdir(exist_ok=True)
        write_whole(forks / hashlib.sha256(note).hexdigest(), note)
