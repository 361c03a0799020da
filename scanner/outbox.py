"""Acts that wait for the service, kept in SQLite so that neither a dead network nor kill -9 loses a scan.

An act is queued until the service has answered each of its items; then it is `sent`, or `rejected` if any item was
refused, and a rejected one stays in sight. Nothing is ever dropped for being tried too often.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from scanner.errors import OutboxUnusable
from scanner.events import Draft
from scanner.picture_rows import PictureRows

_SCHEMA = """
CREATE TABLE IF NOT EXISTS act (
    seq INTEGER PRIMARY KEY AUTOINCREMENT,  -- the device's sequence number: never used twice, even after a deletion
    id TEXT NOT NULL UNIQUE,
    body TEXT NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('queued', 'sent', 'rejected')),
    answer TEXT,
    kept_at TEXT NOT NULL
);
CREATE INDEX IF NOT EXISTS act_by_state ON act (state, seq);
CREATE TABLE IF NOT EXISTS scan_picture (  -- of the label that was read, until the service has it
    scan TEXT PRIMARY KEY,
    seq INTEGER NOT NULL,  -- of its act
    sha256 TEXT NOT NULL,
    refused TEXT  -- why the service did not take it
);
CREATE TABLE IF NOT EXISTS wish (  -- what the service last said that it wants
    name TEXT PRIMARY KEY,
    wanted INTEGER NOT NULL
);
CREATE TABLE IF NOT EXISTS turn (  -- who may be switched to without the network, until when (seconds since 1970)
    badge TEXT PRIMARY KEY,
    session TEXT NOT NULL,
    name TEXT NOT NULL,
    until REAL NOT NULL
);
"""
_LONDON = ZoneInfo("Europe/London")


@dataclass(frozen=True, slots=True)
class Kept:
    """An act in the outbox: its number in the device's sequence and the body as it will be sent, byte for byte."""

    seq: int
    id: str
    body: Mapping[str, Any]
    answer: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Turn:
    """Somebody's sign-in on this device: the service's session, what they are called, and when it ends (seconds)."""

    session: str
    name: str
    until: float


@dataclass(frozen=True, slots=True)
class Counts:
    """How many acts are in each state."""

    queued: int
    sent: int
    rejected: int


def iso(seconds: float) -> str:
    """Seconds since 1970 as the API writes time: ISO 8601, UTC, microseconds, Z."""
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _due(local: str | None) -> str | None:
    """`YYYY-MM-DDTHH:MM` in Europe/London as the API writes time."""
    if local is None:
        return None
    return iso(datetime.fromisoformat(local).replace(tzinfo=_LONDON).timestamp())


def act_body(draft: Draft, *, new_id: Callable[[], str], seq: int, offset_ms: int | None) -> dict[str, Any]:
    """The act as the API takes it. `new_id` gives a UUIDv7 as text; `offset_ms` is server minus device, or None."""
    return {
        "id": new_id(),
        "kind": draft.kind,
        "device_seq": seq,
        "occurred_at": iso(draft.occurred),
        "clock_offset_ms": offset_ms,
        "operator": draft.operator,
        "witness": draft.witness,
        "receiver": draft.receiver,
        "joint": draft.joint,
        "to": draft.to,
        "bound_for": draft.bound_for,
        "purpose": draft.purpose,
        "due_back": _due(draft.due_back),
        "submission": draft.submission,
        "authority": draft.authority,
        "made_safe_by": draft.made_safe_by,
        "present": draft.present,
        "opened": draft.opened,
        "text": draft.text,
        "reason": draft.reason,
        "items": [
            {
                "scan": new_id(),
                "code": item.code,
                "seal": item.seal,
                "new_seal": item.new_seal,
                "number": item.number,
                "counted": item.counted,
                "condition": item.condition,
                "occurred_at": iso(item.at),
                "method": item.method,
            }
            for item in draft.items
        ],
    }


class Outbox:
    """One device's acts. Every method raises OutboxUnusable when the disk or the file fails, and then keeps nothing."""

    def __init__(self, path: Path, new_id: Callable[[], str]) -> None:
        self._path = path
        self._new_id = new_id
        with self._told():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.touch(mode=0o600)  # it holds people's sessions
            self._database = sqlite3.connect(path, isolation_level=None, timeout=10)
            self._database.execute("PRAGMA journal_mode = WAL")
            # FULL: when `keep` returns, the act is on the disk, whatever happens to the process or the power.
            self._database.execute("PRAGMA synchronous = FULL")
            self._database.executescript(_SCHEMA)
        self.pictures = PictureRows(self._database, self._told)

    def close(self) -> None:
        """Close the file; what was kept stays."""
        self._database.close()

    def keep(
        self, draft: Draft, *, offset_ms: int | None, at: float, pictures: Mapping[str, str] | None = None
    ) -> Kept:
        """Keep the act as the next of the device's sequence. It is on the disk when this returns.

        `pictures` gives the SHA-256 of the picture that an item's code was read from.
        """
        with self._told(), self._transaction():
            row = self._database.execute("SELECT seq FROM sqlite_sequence WHERE name = 'act'").fetchone()
            body = act_body(draft, new_id=self._new_id, seq=(row[0] if row else 0) + 1, offset_ms=offset_ms)
            self._database.execute(
                "INSERT INTO act (seq, id, body, state, kept_at) VALUES (?, ?, ?, 'queued', ?)",
                (body["device_seq"], body["id"], json.dumps(body), iso(at)),
            )
            known = pictures or {}
            seen = [
                (item["scan"], body["device_seq"], known[item["code"]])
                for item in body["items"]
                if item["code"] in known
            ]
            self._database.executemany("INSERT INTO scan_picture VALUES (?, ?, ?, NULL)", seen)
        return Kept(body["device_seq"], body["id"], body)

    def fill_offset(self, offset_ms: int) -> None:
        """Write the clock offset into acts kept before it could be measured, none of which has been sent yet."""
        with self._told(), self._transaction():
            for kept in self._in_state("queued"):
                if kept.body["clock_offset_ms"] is None:
                    body = json.dumps({**kept.body, "clock_offset_ms": offset_ms})
                    self._database.execute("UPDATE act SET body = ? WHERE seq = ?", (body, kept.seq))

    def waiting(self, limit: int = 100) -> list[Kept]:
        """The oldest queued acts, in the device's order."""
        with self._told():
            return list(self._in_state("queued", limit))

    def rejected(self) -> list[Kept]:
        """Every act of which the service refused an item, with its answer."""
        with self._told():
            return list(self._in_state("rejected"))

    def answered(self, seq: int, answer: Mapping[str, Any], *, rejected: bool) -> None:
        """The service has answered every item of this act."""
        with self._told():
            self._database.execute(
                "UPDATE act SET state = ?, answer = ? WHERE seq = ? AND state = 'queued'",
                ("rejected" if rejected else "sent", json.dumps(answer), seq),
            )

    def counts(self) -> Counts:
        """How many acts are in each state."""
        with self._told():
            found = dict(self._database.execute("SELECT state, count(*) FROM act GROUP BY state").fetchall())
        return Counts(found.get("queued", 0), found.get("sent", 0), found.get("rejected", 0))

    def remember_turn(self, badge: str, turn: Turn) -> None:
        """This person's sign-in, which holds without the network until it ends."""
        with self._told():
            row = (badge, turn.session, turn.name, turn.until)
            self._database.execute("INSERT OR REPLACE INTO turn VALUES (?, ?, ?, ?)", row)

    def turn(self, badge: str, now: float) -> Turn | None:
        """The person's sign-in if it has not ended at `now`, in seconds since 1970."""
        with self._told():
            found = self._database.execute(
                "SELECT session, name, until FROM turn WHERE badge = ? AND until > ?", (badge, now)
            ).fetchone()
        return Turn(*found) if found else None

    def _in_state(self, state: str, limit: int = -1) -> Iterator[Kept]:
        rows = self._database.execute(
            "SELECT seq, id, body, answer FROM act WHERE state = ? ORDER BY seq LIMIT ?", (state, limit)
        ).fetchall()
        for seq, act_id, body, answer in rows:
            yield Kept(seq, act_id, json.loads(body), json.loads(answer) if answer else None)

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        self._database.execute("BEGIN IMMEDIATE")
        with self._database:  # Commits, or rolls back whatever broke in between.
            yield

    @contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except (sqlite3.Error, OSError) as problem:
            raise OutboxUnusable(str(self._path), str(problem)) from problem
