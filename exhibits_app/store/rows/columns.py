"""The few kinds of column the store has, so that every row spells the same thing the same way."""

from typing import Any

from sqlalchemy import BigInteger, Column, ForeignKey, Integer, LargeBinary, Text
from sqlmodel import Field

# SQLite numbers rows by itself only for a column that is called INTEGER.
BIG = BigInteger().with_variant(Integer(), "sqlite")
# Compared byte by byte on PostgreSQL too, so that a range of keys is a prefix.
KEY_TEXT = Text().with_variant(Text(collation="C"), "postgresql")


def identity() -> Any:
    """A number that the database gives, the primary key."""
    return Field(default=None, sa_column=Column(BIG, primary_key=True))


def whole(to: str | None = None, *, null: bool = False, primary: bool = False) -> Any:
    """A whole number; `to` names the column it refers to."""
    links = (ForeignKey(to),) if to else ()
    return Field(sa_column=Column(BIG, *links, nullable=null, primary_key=primary, autoincrement=False))


def instant(*, null: bool = False) -> Any:
    """A moment, in microseconds since 1970 in UTC."""
    return Field(sa_column=Column(BIG, nullable=null, autoincrement=False))


def text(*, null: bool = False, primary: bool = False) -> Any:
    """Text of any length: limits belong to the domain."""
    return Field(sa_column=Column(Text, nullable=null, primary_key=primary))


def key_text(*, null: bool = False, primary: bool = False) -> Any:
    """Text that is looked up by its beginning."""
    return Field(sa_column=Column(KEY_TEXT, nullable=null, primary_key=primary))


def blob() -> Any:
    """Bytes."""
    return Field(sa_column=Column(LargeBinary, nullable=False))
