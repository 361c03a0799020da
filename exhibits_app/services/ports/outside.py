"""Parties outside that vouch for checkpoints, the log as everybody may read it, and what a witness itself keeps."""

from collections.abc import Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.note import VerifierKey


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer: HTTP's status and the body."""

    status: int
    body: bytes


class WitnessClient(Protocol):
    """A witness outside (C2SP tlog-witness), as the log asks it."""

    @property
    def key(self) -> VerifierKey:
        """Its verifier key, from the settings."""

    def add_checkpoint(self, request: bytes) -> Reply:
        """Send the request. Raises OSError when nothing comes back."""


class TimeStampAuthority(Protocol):
    """A time-stamp authority outside (RFC 3161)."""

    @property
    def name(self) -> str:
        """Its address."""

    def stamp(self, text: bytes) -> bytes:
        """A token over the text: the DER response. Raises OSError when none comes back, TimeStampFails when one
        comes that does not hold."""

    def check(self, text: bytes, token: bytes) -> datetime:
        """The time in the token, once it holds under the roots that are set here. Raises TimeStampFails."""


class PublicLog(Protocol):
    """Files that are published for everybody, by their C2SP paths."""

    def get(self, path: str) -> bytes | None:
        """The file, or None."""

    def put(self, path: str, data: bytes) -> None:
        """Keep the file whole. Raises OSError."""

    def drop(self, path: str) -> None:
        """Remove the file or folder, if it is there."""


@dataclass(frozen=True, slots=True)
class WatchedLog:
    """A log that a witness watches; `entries` is where it is published, a folder or an address, or empty."""

    key: VerifierKey
    entries: str = ""


class SeenLog(Protocol):
    """What a witness saw of one log, while nobody else may change it."""

    def last(self) -> bytes | None:
        """The note that was cosigned last, or None before the first. Raises MemoryGone."""

    def keep(self, note: bytes) -> None:
        """Remember durably that this one is cosigned now."""

    def keep_fork(self, note: bytes) -> None:
        """Keep a checkpoint that contradicts the last one: together they prove a fork."""


class WitnessMemory(Protocol):
    """The logs that a witness watches, and what it saw of each. It survives the machine's sudden end."""

    def is_made(self) -> bool:
        """Whether there is a witness here."""

    def make(self, name: str) -> None:
        """Make one of this name."""

    def name(self) -> str:
        """The witness's own name."""

    def logs(self) -> Mapping[str, WatchedLog]:
        """The logs by origin."""

    def watch(self, log: WatchedLog) -> None:
        """Watch this log from now on; for one that is watched already, with this key and address instead."""

    def alone(self, origin: str) -> AbstractContextManager[SeenLog]:
        """What was seen of the log; whoever else asks for it waits until the context ends."""
