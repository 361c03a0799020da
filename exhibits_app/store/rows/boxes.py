"""Rows of boxes, and of what each was said to hold at every act on it."""

from sqlalchemy import Index
from sqlalchemy import text as sql_text
from sqlmodel import SQLModel

from .columns import identity, instant, key_text, text, whole

_NESTED = sql_text("parent_id IS NOT NULL")


class BoxRow(SQLModel, table=True):
    """A box: `state` is the JSON of the whole box, the other columns are what lists look for.

    What lies in it is not here: each item's own row says in which box it is.
    """

    __tablename__ = "box"
    __table_args__ = (
        Index("box_name_key", "name_key", unique=True),
        Index("box_store", "store_id", "id"),
        Index("box_parent", "parent_id", sqlite_where=_NESTED, postgresql_where=_NESTED),
    )

    id: int = identity()
    name_key: str = key_text()
    custody_kind: str = text()
    custody_id: int = whole()
    store_id: int | None = whole("place.id", null=True)
    parent_id: int | None = whole("box.id", null=True)
    state: str = text()


class ManifestRow(SQLModel, table=True):
    """What a box was said to hold at one act: `items` is JSON, `sha256` its digest. Nothing in it is ever changed."""

    __tablename__ = "manifest"
    __table_args__ = (Index("manifest_box", "box_id", "id"), Index("manifest_scan", "scan"))

    id: int = identity()
    box_id: int = whole("box.id")
    scan: str = text()
    act: str = text()
    kind: str = text()
    at: int = instant()
    recorded_at: int = instant()
    by_id: int = whole()
    by_name: str = text()
    note: str = text()
    items: str = text()
    sha256: str = text()
