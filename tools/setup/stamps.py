"""Remembers what is installed, keyed on the content of the files that say what should be."""

import hashlib
import sys
from collections.abc import Sequence
from pathlib import Path


class Stamp:
    """A small file that holds the fingerprint of its sources as they were when a step succeeded."""

    def __init__(self, path: Path, sources: Sequence[Path]) -> None:
        """`sources` are files; the folder's own path and the Python version count as well."""
        self.path = path
        digest = hashlib.sha256(f"{path}\n{sys.version}\n".encode())
        for source in sources:
            digest.update(hashlib.sha256(source.read_bytes()).digest())
        self.fingerprint = digest.hexdigest()

    def holds(self) -> bool:
        """True when the step was done for exactly these sources."""
        return self.path.exists() and self.path.read_text(encoding="ascii") == self.fingerprint

    def set(self) -> None:
        """Remember that the step is done."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(self.fingerprint, encoding="ascii")
