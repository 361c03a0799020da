"""The outbox's rows of pictures: what is kept on the device until the service has taken it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import AbstractContextManager


class PictureRows:
    """Which scan was read from which picture, for those that the service does not have. Raises OutboxUnusable."""

    def __init__(self, database: sqlite3.Connection, told: Callable[[], AbstractContextManager[None]]) -> None:
        self._database = database
        self._told = told

    @property
    def wanted(self) -> bool:
        """Whether the service wanted pictures when it last said so; not before it ever did."""
        with self._told():
            row = self._database.execute("SELECT wanted FROM wish WHERE name = 'pictures'").fetchone()
        return bool(row and row[0])

    def want(self, wanted: bool) -> None:
        """The service says whether it wants pictures."""
        with self._told():
            self._database.execute("INSERT OR REPLACE INTO wish VALUES ('pictures', ?)", (wanted,))

    def by_scan(self) -> dict[str, str]:
        """The SHA-256 of the picture of each scan."""
        with self._told():
            return dict(self._database.execute("SELECT scan, sha256 FROM scan_picture").fetchall())

    def waiting(self, limit: int) -> list[tuple[str, str]]:
        """Scan and SHA-256 of the oldest pictures to hand over, of acts that the service has answered."""
        with self._told():
            return self._database.execute(
                "SELECT scan, sha256 FROM scan_picture JOIN act USING (seq) "
                "WHERE state <> 'queued' AND refused IS NULL ORDER BY seq LIMIT ?",
                (limit,),
            ).fetchall()

    def others(self, scan: str, sha256: str) -> bool:
        """Whether another scan was read from the same picture."""
        with self._told():
            query = "SELECT 1 FROM scan_picture WHERE sha256 = ? AND scan <> ?"
            return self._database.execute(query, (sha256, scan)).fetchone() is not None

    def taken(self, scan: str) -> None:
        """The service has it, or nobody does any more."""
        with self._told():
            self._database.execute("DELETE FROM scan_picture WHERE scan = ?", (scan,))

    def refused(self, scan: str, sentence: str) -> None:
        """The service does not take it: it stays here."""
        with self._told():
            self._database.execute("UPDATE scan_picture SET refused = ? WHERE scan = ?", (sentence, scan))
