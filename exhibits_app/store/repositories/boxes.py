"""Boxes, what lies in them, and what they were said to hold, in SQL."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select, update

from ...domain import codec
from ...domain.boxes import Box, manifest_text
from ...domain.errors import BoxNameTaken, NotFound
from ...domain.exhibit import CustodyKind
from ...domain.people import PersonRef
from ...services.ports import ListedItem, Manifest
from ..mapping import instant, key_of, listed, micros, to_json
from ..rows import box, item, manifest, seal_use
from ..sql import POSTGRESQL, AnyRow, Session, Statement, adding, numbering, one_of
from .scans import LAST

_COLUMNS = ("name_key", "custody_kind", "custody_id", "store_id", "parent_id", "state")
_NAMED = Statement(select(box.c.id).where(box.c.name_key == bindparam("name_key")))
_ADD = Statement(numbering(box, *_COLUMNS))
_RESTORE = Statement(adding(box, "id", *_COLUMNS))
_SERIES = func.pg_get_serial_sequence(literal_column("'box'"), literal_column("'id'"))
_GO_ON = Statement(select(func.setval(_SERIES, func.max(box.c.id))))
_SAVE = Statement(
    update(box).where(box.c.id == bindparam("this_box")).values({name: bindparam(f"new_{name}") for name in _COLUMNS})
)
_BOX = select(box.c.id, box.c.state)
_FIND = Statement(_BOX.where(box.c.id == bindparam("id")))
_LOOK = Statement(lambda database: _BOX.where(one_of(box.c.id, "boxes", database)))
# PostgreSQL locks in the order of the sort; SQLite has one writer and needs no lock.
_HOLD = Statement(lambda database: _BOX.where(one_of(box.c.id, "boxes", database)).order_by(box.c.id).with_for_update())
_CHILDREN = Statement(
    lambda database: select(box.c.id, box.c.parent_id).where(one_of(box.c.parent_id, "boxes", database))
)
_ITEMS = Statement(
    lambda database: (
        select(item.c.register_no, item.c.box_id)
        .where(one_of(item.c.box_id, "boxes", database))
        .order_by(item.c.register_no)
    )
)
_CONTENTS = Statement(
    select(item.c.state, item.c.due_at, item.c.due_kind)
    .where(item.c.box_id == bindparam("box"), item.c.register_no > bindparam("after"))
    .order_by(item.c.register_no)
    .limit(bindparam("limit"))
)
_COUNT = Statement(
    lambda database: (
        select(item.c.box_id, func.count()).where(one_of(item.c.box_id, "boxes", database)).group_by(item.c.box_id)
    )
)
_PAGE = _BOX.where(box.c.id > bindparam("after")).order_by(box.c.id).limit(bindparam("limit"))
_ALL = Statement(_PAGE)
_OF_STORE = Statement(_PAGE.where(box.c.store_id == bindparam("store")))
_WITH = Statement(
    _BOX.where(box.c.custody_kind == bindparam("kind"), box.c.custody_id == bindparam("person"))
    .order_by(box.c.id)
    .limit(bindparam("limit"))
)
_MANIFEST = [column.name for column in manifest.c if column.name != "id"]
_ADD_MANIFEST = Statement(adding(manifest, *_MANIFEST))
_OF_BOX = select(manifest).where(manifest.c.box_id == bindparam("box"))
_NEWEST = _OF_BOX.order_by(manifest.c.id.desc()).limit(bindparam("limit"))
_MANIFESTS = Statement(_NEWEST.where(manifest.c.id < bindparam("before")))
_OF_KIND = Statement(_NEWEST.where(manifest.c.kind == bindparam("kind")))
_SCANS = Statement(
    lambda database: select(manifest.c.scan, manifest.c.box_id).where(one_of(manifest.c.scan, "scans", database))
)
_EVER = Statement(lambda database: select(manifest.c["items"]).where(one_of(manifest.c.box_id, "boxes", database)))
_SEAL_USER = Statement(
    select(box.c.id, box.c.state)
    .join(seal_use, seal_use.c.box_id == box.c.id)
    .where(seal_use.c.seal == bindparam("seal"))
)
_USE_SEAL = Statement(adding(seal_use, "seal", "box_id", "used_at"))


class SqlBoxes:
    """Implements the Boxes port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, box: Box) -> Box:
        """Keep a new box and give it its id. Raises BoxNameTaken."""
        columns = _columns(box)
        if self._session.value(_NAMED, name_key=columns["name_key"]) is not None:
            raise BoxNameTaken(box.name)
        return _numbered(box, int(self._session.value(_ADD, **columns)))

    def restore(self, box: Box) -> None:
        """Keep a box under its own id, after the database lost it."""
        self._session.run(_RESTORE, id=box.id, **_columns(box))
        if self._session.database == POSTGRESQL:  # Its series does not notice a number that was given by hand.
            self._session.value(_GO_ON)

    def save(self, boxes: Sequence[Box]) -> None:
        """Keep their new states."""
        rows = [{f"new_{name}": value for name, value in _columns(box).items()} | {"this_box": box.id} for box in boxes]
        self._session.many(_SAVE, rows)

    def find(self, box: int) -> Box:
        """The box. Raises NotFound."""
        row = self._session.one(_FIND, id=box)
        if row is None:
            raise NotFound("box")
        return _box(row)

    def hold_all(self, boxes: Iterable[int]) -> dict[int, Box]:
        """The boxes, locked in ascending order so that two callers cannot wait for each other."""
        statement = _LOOK if self._session.reads_only else _HOLD
        return {row[0]: _box(row) for row in self._rows(statement, boxes)}

    def parents_below(self, boxes: Iterable[int]) -> dict[int, int]:
        """Of every box that lies in one of these, at any depth: the box that it lies in."""
        parents: dict[int, int] = {}
        layer = set(boxes)
        while layer:
            found = {row[0]: row[1] for row in self._rows(_CHILDREN, layer) if row[0] not in parents}
            parents |= found
            layer = set(found)
        return parents

    def items_in(self, boxes: Iterable[int]) -> dict[int, int]:
        """The property references of what lies in these boxes themselves, each with its box, ascending."""
        return {row[0]: row[1] for row in self._rows(_ITEMS, boxes)}

    def contents(self, box: int, after: int = 0, limit: int = 50) -> list[ListedItem]:
        """What lies in the box itself, by property reference."""
        return [listed(row) for row in self._session.all(_CONTENTS, box=box, after=after, limit=limit)]

    def count(self, boxes: Iterable[int]) -> dict[int, int]:
        """How many items lie in each of these boxes itself; empty ones are missing."""
        return {row[0]: row[1] for row in self._rows(_COUNT, boxes)}

    def page(self, store: int | None = None, after: int = 0, limit: int = 50) -> list[Box]:
        """Boxes by id, those after `after`; of one store, or all."""
        if store is None:
            rows = self._session.all(_ALL, after=after, limit=limit)
        else:
            rows = self._session.all(_OF_STORE, after=after, limit=limit, store=store)
        return [_box(row) for row in rows]

    def with_person(self, person: int, limit: int = 100) -> list[Box]:
        """Boxes that this person holds."""
        rows = self._session.all(_WITH, kind=CustodyKind.PERSON.value, person=person, limit=limit)
        return [_box(row) for row in rows]

    def add_manifests(self, manifests: Sequence[Manifest]) -> None:
        """Keep what boxes were said to hold."""
        self._session.many(_ADD_MANIFEST, [_manifest_columns(one) for one in manifests])

    def manifests(self, box: int, before: int = 0, limit: int = 50) -> list[Manifest]:
        """The box's manifests, newest first, ids below `before` (0: from the newest)."""
        return [_manifest(row) for row in self._session.all(_MANIFESTS, box=box, before=before or LAST, limit=limit)]

    def opening(self, box: int) -> Manifest | None:
        """The manifest of the box's latest opening."""
        row = self._session.one(_OF_KIND, box=box, kind="OPEN", limit=1)
        return None if row is None else _manifest(row)

    def known_scans(self, scans: Sequence[str]) -> dict[str, int]:
        """The boxes of those of these scans that are on record."""
        if not scans:
            return {}
        return {row[0]: row[1] for row in self._session.all(_SCANS, scans=self._session.listed(scans))}

    def ever_in(self, boxes: Iterable[int]) -> set[int]:
        """The property references of every item that any manifest of these boxes names."""
        return {number for row in self._rows(_EVER, boxes) for number in json.loads(row[0])}

    def seal_user(self, seal: str) -> str | None:
        """The name of the box that this seal was recorded on, or None."""
        row = self._session.one(_SEAL_USER, seal=seal)
        return None if row is None else _box(row).name

    def use_seal(self, seal: str, box: int, at: datetime) -> None:
        """Record the seal as used by the box, for ever. Raises ChangedMeanwhile when it was used before."""
        self._session.run(_USE_SEAL, seal=seal, box_id=box, used_at=micros(at))

    def _rows(self, statement: Statement, boxes: Iterable[int]) -> list[AnyRow]:
        numbers = sorted(set(boxes))
        return self._session.all(statement, boxes=self._session.listed(numbers)) if numbers else []


def _columns(box: Box) -> dict[str, Any]:
    state = codec.plain(box)
    del state["id"]
    return {
        "name_key": key_of(box.name),
        "custody_kind": box.custody.kind.value,
        "custody_id": box.custody.id,
        "store_id": box.custody.id if box.in_store else None,
        "parent_id": box.parent.id if box.parent else None,
        "state": to_json(state),
    }


def _box(row: AnyRow) -> Box:
    return codec.build(Box, {**json.loads(row[1]), "id": row[0]})


def _numbered(box: Box, number: int) -> Box:
    return codec.build(Box, {**codec.plain(box), "id": number})


def _manifest_columns(one: Manifest) -> dict[str, Any]:
    return {
        "box_id": one.box,
        "scan": one.scan,
        "act": one.act,
        "kind": one.kind,
        "at": micros(one.at),
        "recorded_at": micros(one.recorded_at),
        "by_id": one.by.id,
        "by_name": one.by.name,
        "note": one.note,
        "items": manifest_text(one.items),
        "sha256": one.sha256,
    }


def _manifest(row: AnyRow) -> Manifest:
    return Manifest(
        row.box_id,
        row.scan,
        row.act,
        row.kind,
        instant(row.at),
        instant(row.recorded_at),
        PersonRef(row.by_id, row.by_name),
        tuple(json.loads(row.items)),
        row.sha256,
        row.note,
        row.id,
    )
