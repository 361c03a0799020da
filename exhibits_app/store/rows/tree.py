"""Rows of the Merkle tree over the entries, of signed checkpoints, and of who outside holds or vouches for them."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from .columns import blob, identity, instant, text, whole


class LeafRow(SQLModel, table=True):
    """The place of an entry in the log. Indices count from 0 without a gap."""

    __tablename__ = "leaf"
    __table_args__ = (Index("leaf_entry", "entry_id", unique=True),)

    leaf_index: int = whole(primary=True)
    entry_id: int = whole("entry.id")


class TileRow(SQLModel, table=True):
    """A C2SP tile: at most 256 hashes, joined. Full ones never change."""

    __tablename__ = "tile"

    level: int = whole(primary=True)
    number: int = whole(primary=True)
    hashes: bytes = blob()


class TreeStateRow(SQLModel, table=True):
    """The tree as the last integration left it: one row, number 1."""

    __tablename__ = "tree_state"

    id: int = whole(primary=True)
    size: int = whole()
    root: bytes = blob()
    at: int = instant()


class CheckpointRow(SQLModel, table=True):
    """A checkpoint that was signed, as the note's bytes. There is one of each size."""

    __tablename__ = "checkpoint"

    size: int = whole(primary=True)
    root: bytes = blob()
    note: bytes = blob()
    at: int = instant()


class LogKeyRow(SQLModel, table=True):
    """A verifier key that signed for the log from size `since` on."""

    __tablename__ = "log_key"
    __table_args__ = (Index("log_key_text", "key", unique=True),)

    id: int = identity()
    key: str = text()
    since: int = whole()
    at: int = instant()
    retired_at: int | None = instant(null=True)


class AnchorRow(SQLModel, table=True):
    """A checkpoint that somebody outside holds: how it went there, and in words to whom."""

    __tablename__ = "anchor"

    id: int = identity()
    kind: str = text()
    size: int = whole()
    root: bytes = blob()
    at: int = instant()
    says: str = text()


class AttestationRow(SQLModel, table=True):
    """What a witness or a time-stamp authority said about a checkpoint: at most one statement of each for a size."""

    __tablename__ = "attestation"
    __table_args__ = (Index("attestation_party", "kind", "party", "size", unique=True),)

    id: int = identity()
    kind: str = text()
    party: str = text()
    size: int = whole()
    root: bytes = blob()
    statement: bytes = blob()
    stated_at: int = instant()
    at: int = instant()
