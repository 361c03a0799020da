"""The ledger's mirror: a folder on another disk or machine, to which entries are only ever added.

One folder a log: `entries.jsonl` holds the exact bytes of every entry, one a line, number i on line i + 1;
`disclosures/NNNNNN.jsonl` their disclosures, a thousand entries a file; `checkpoints.jsonl` what was signed;
`edge.json` the right edge of the tree over the first entries, so that a million need not be hashed for one more.
"""

import fcntl
import json
import os
import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Final

from ..domain import disclosure, note
from ..domain.entry import leaf_hash
from ..domain.errors import MirrorUnusable
from ..domain.ledger_faults import LedgerFault
from ..domain.merkle import CompactRange
from ..services.ports.copies import Copy
from .files import flush_folder, write_whole

A_FILE: Final = 1_000  # Entries whose disclosures are in one file: what an erasure rewrites.
OWNER_ALONE: Final = 0o700


class FolderMirror:
    """Implements the Mirror port over a folder."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def where(self) -> str:
        """Where it is, for people."""
        return str(self._folder)

    def edge(self, origin: str) -> CompactRange:
        """The right edge of the tree over the copied entries of this log; empty before the first."""
        log = self._log(origin)
        with self._usable():
            edge, at = _kept_edge(log / "edge.json")
            for body in _whole_lines(log / "entries.jsonl", at):
                edge.append(leaf_hash(body))
            return edge

    def append(self, origin: str, copies: Sequence[Copy]) -> None:
        """Add the next entries and flush them to the disk: first their disclosures, so that no entry lacks its own."""
        log = self._log(origin)
        with self._usable(), self._alone():
            edge = self.edge(origin)
            copies = [one for one in copies if one.index >= edge.size]  # Another process was faster with the others.
            if not copies:
                return
            if copies[0].index > edge.size:
                raise MirrorUnusable(self.where(), f"it ends before entry {edge.size}")
            (log / "disclosures").mkdir(mode=OWNER_ALONE, parents=True, exist_ok=True)
            for number, some in groupby(copies, lambda one: one.index // A_FILE):
                self._disclose(log, number, list(some))
            at = _add(log / "entries.jsonl", [one.body for one in copies])
            for one in copies:
                edge.append(leaf_hash(one.body))
            peaks = [peak.hex() for peak in edge.peaks]
            write_whole(log / "edge.json", json.dumps({"bytes": at, "peaks": peaks, "size": edge.size}).encode())
            flush_folder(log)

    def bodies(self, origin: str) -> Iterator[bytes]:
        """Every copied entry, in order."""
        with self._usable():
            yield from _whole_lines(self._log(origin) / "entries.jsonl")

    def copies(self, origin: str, start: int) -> Iterator[Copy]:
        """The copied entries from index `start` on, with their disclosures."""
        log, lines, number = self._log(origin), list[tuple[str, ...]](), -1
        for index, body in enumerate(self.bodies(origin)):
            if index < start:
                continue
            if index // A_FILE != number:
                number = index // A_FILE
                lines = self._disclosed(log, number)
            if index % A_FILE >= len(lines):
                raise MirrorUnusable(self.where(), f"the disclosures of entry {index} are missing")
            yield Copy(index, body, lines[index % A_FILE])

    def thin(self, origin: str, erased: Mapping[int, frozenset[str]]) -> None:
        """Drop the disclosures with these digests from the entries with these indices: they were erased."""
        log = self._log(origin)
        with self._usable(), self._alone():
            for number in sorted({index // A_FILE for index in erased}):
                lines = self._disclosed(log, number)
                for index, digests in erased.items():
                    if index // A_FILE == number and index % A_FILE < len(lines):
                        lines[index % A_FILE] = _without(lines[index % A_FILE], digests)
                if lines:
                    write_whole(_disclosures(log, number), b"".join(map(_written, lines)))

    def keep_checkpoints(self, origin: str, notes: Sequence[bytes]) -> None:
        """Add signed checkpoints."""
        log = self._log(origin)
        with self._usable(), self._alone():
            if notes:
                log.mkdir(mode=OWNER_ALONE, parents=True, exist_ok=True)
                lines = [json.dumps({"note": one.decode()}, ensure_ascii=False).encode() for one in notes]
                _add(log / "checkpoints.jsonl", lines)
                flush_folder(log)

    def last_checkpoint(self, origin: str) -> bytes | None:
        """The one that came last."""
        path = self._log(origin) / "checkpoints.jsonl"
        with self._usable():
            start = max(0, path.stat().st_size - 2 * note.MOST_BYTES) if path.exists() else 0
            lines = list(_whole_lines(path, start))
            return _note(lines[-1]) if lines else None

    def checkpoints(self, origin: str) -> Iterator[bytes]:
        """The signed checkpoints, in the order in which they came."""
        with self._usable():
            yield from map(_note, _whole_lines(self._log(origin) / "checkpoints.jsonl"))

    def _log(self, origin: str) -> Path:
        """The log's own folder: its name with what a file system may not like replaced, and a hash of it."""
        plain = re.sub(r"[^A-Za-z0-9.-]+", "_", origin).strip(".")[:60]
        return self._folder / f"{plain}-{sha256(origin.encode()).hexdigest()[:8]}"

    def _disclose(self, log: Path, number: int, copies: Sequence[Copy]) -> None:
        """What a crash left of entries that never came is overwritten."""
        kept = self._disclosed(log, number)[: copies[0].index % A_FILE]
        lines = [*kept, *(one.disclosures for one in copies)]
        write_whole(_disclosures(log, number), b"".join(map(_written, lines)))

    def _disclosed(self, log: Path, number: int) -> list[tuple[str, ...]]:
        with self._usable():
            return [tuple(json.loads(line)) for line in _whole_lines(_disclosures(log, number))]

    @contextmanager
    def _alone(self) -> Iterator[None]:
        """Keep other processes from writing meanwhile."""
        self._folder.mkdir(mode=OWNER_ALONE, parents=True, exist_ok=True)
        handle = os.open(self._folder / "lock", os.O_WRONLY | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    @contextmanager
    def _usable(self) -> Iterator[None]:
        """Raises MirrorUnusable in place of what the file system or a spoilt file says."""
        try:
            yield
        except OSError as error:
            raise MirrorUnusable(self.where(), error.strerror or type(error).__name__) from error
        except (LedgerFault, ValueError, KeyError, TypeError) as error:
            raise MirrorUnusable(self.where(), f"a file of it is spoilt ({error})") from error


def _without(disclosures: tuple[str, ...], digests: frozenset[str]) -> tuple[str, ...]:
    return tuple("" if one and disclosure.digest(one) in digests else one for one in disclosures)


def _note(line: bytes) -> bytes:
    signed: str = json.loads(line)["note"]
    return signed.encode()


def _disclosures(log: Path, number: int) -> Path:
    return log / "disclosures" / f"{number:06d}.jsonl"


def _written(disclosures: tuple[str, ...]) -> bytes:
    return json.dumps(disclosures).encode() + b"\n"


def _kept_edge(path: Path) -> tuple[CompactRange, int]:
    """The edge that was kept, and how many bytes of entries it covers."""
    if not path.exists():
        return CompactRange(), 0
    kept = json.loads(path.read_bytes())
    return CompactRange(kept["size"], [bytes.fromhex(peak) for peak in kept["peaks"]]), int(kept["bytes"])


def _whole_lines(path: Path, start: int = 0) -> Iterator[bytes]:
    """The lines from this byte on, without their ends; half of one, left by a crash, is left out."""
    if not path.exists():
        return
    with path.open("rb") as file:
        file.seek(start)
        for line in file:
            if line.endswith(b"\n"):
                yield line[:-1]


def _add(path: Path, lines: Sequence[bytes]) -> int:
    """Add lines and flush them; how long the file is then. Half a line, left by a crash, is taken away first."""
    with path.open("ab") as file:
        file.truncate(_end_of_lines(path))
        file.write(b"".join([line + b"\n" for line in lines]))
        file.flush()
        os.fsync(file.fileno())
        return path.stat().st_size


def _end_of_lines(path: Path) -> int:
    """How many bytes of the file are whole lines."""
    size = path.stat().st_size
    with path.open("rb") as file:
        for end in range(size, 0, -65_536):
            start = max(0, end - 65_536)
            file.seek(start)
            found = file.read(end - start).rfind(b"\n")
            if found >= 0:
                return start + found + 1
    return 0
