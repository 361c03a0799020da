"""Stores with their rooms, bays and shelves, and outside organisations, in SQL."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import bindparam, select, update

from ...domain.errors import NotFound
from ...domain.places import Place, PlaceKind, Suits
from ..mapping import instant_or_none, micros
from ..rows import place
from ..sql import AnyRow, Session, Statement, numbering, one_of

_COLUMNS = select(
    place.c.id, place.c.name, place.c.kind, place.c.store_id, place.c.parent_id, place.c.suits, place.c.closed_at
)
_ADD = Statement(numbering(place, "name", "kind", "parent_id", "store_id", "suits"))
_FIND = Statement(_COLUMNS.where(place.c.id == bindparam("id")))
_CLOSE = Statement(
    lambda database: (
        update(place)
        .where(one_of(place.c.id, "places", database), place.c.closed_at.is_(None))
        .values(closed_at=bindparam("now"), closed_by=bindparam("by"))
    )
)
_ALL = Statement(_COLUMNS.order_by(place.c.name, place.c.id))
_STORES = Statement(_COLUMNS.where(place.c.kind == PlaceKind.STORE.value).order_by(place.c.name, place.c.id))


class SqlPlaces:
    """Implements the Places port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, name: str, kind: PlaceKind, parent: int | None, suits: frozenset[Suits]) -> Place:
        """Keep a new place. Its full name begins with its parent's, and it is in its parent's store."""
        above = self.find(parent) if parent is not None else None
        full = f"{above.name}, {name}" if above else name
        store = (above.store or above.id) if above and above.inside else None
        id_ = self._session.value(
            _ADD,
            name=full,
            kind=kind.value,
            parent_id=parent,
            store_id=store,
            suits=" ".join(sorted(each.value for each in suits)),
        )
        return Place(id_, full, kind, store, parent, suits)

    def find(self, place: int) -> Place:
        """The place. Raises NotFound."""
        rows = self._session.remembered(_FIND, id=place)
        if not rows:
            raise NotFound("place")
        return _place(rows[0])

    def close(self, places: Iterable[int], at: datetime, by: int) -> None:
        """Nothing new goes to these places from now on."""
        self._session.run(_CLOSE, places=self._session.listed(places), now=micros(at), by=by)

    def all(self) -> list[Place]:
        """Every place by full name."""
        return [_place(row) for row in self._session.all(_ALL)]

    def stores(self) -> list[Place]:
        """The stores by name."""
        return [_place(row) for row in self._session.all(_STORES)]


def _place(row: AnyRow) -> Place:
    suits = frozenset(Suits(word) for word in row.suits.split())
    closed_at = instant_or_none(row.closed_at)
    return Place(row.id, row.name, PlaceKind(row.kind), row.store_id, row.parent_id, suits, closed_at)
