"""The Merkle tree over the ledger's entries, in SQL."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, and_, bindparam, delete, func, insert, literal_column, or_, select, update

from ...domain.errors import ChangedMeanwhile
from ...domain.tiles import TileAddress
from ...services.ports.ledger_tree import Logged, SystemBody, TreeState, Waiting
from ..mapping import instant, micros, octets
from ..rows import entry, leaf, pending, tile, tree_state
from ..sql import POSTGRESQL, Session, Statement, adding, numbering, one_of, upsert
from . import rules
from .checkpoints import refuse_if_read_only
from .closed_logs import FIRST

# Integrators and signers of all processes take turns; the number is arbitrary and ours.
_LOCK = Statement(select(func.pg_advisory_xact_lock(literal_column("7203115"))))
_STATE = Statement(select(tree_state.c.size, tree_state.c.root))
_SET_STATE = Statement(
    update(tree_state).values(size=bindparam("new_size"), root=bindparam("new_root"), at=bindparam("new_at"))
)
_WAITING = Statement(
    select(pending.c.entry_id, entry.c.leaf_hash)
    .join(entry, entry.c.id == pending.c.entry_id)
    .order_by(pending.c.entry_id)
    .limit(bindparam("limit"))
)
_OLDEST = Statement(
    select(entry.c.at).join(pending, pending.c.entry_id == entry.c.id).order_by(pending.c.entry_id).limit(1)
)
_TILE = Statement(select(tile.c.hashes).where(tile.c.level == bindparam("level"), tile.c.number == bindparam("number")))
_FIRST = Statement(select(FIRST))
_PLACE = Statement(adding(leaf, "leaf_index", "entry_id"))
_TAKE = Statement(lambda database: delete(pending).where(one_of(pending.c.entry_id, "taken", database)))
_APPEND = Statement(numbering(entry, "type", "at", "leaf_hash", "body"))
_PEND = Statement(insert(pending).values(entry_id=bindparam("entry_id")))
_INDICES = Statement(
    select(entry.c.seq, leaf.c.leaf_index - FIRST)
    .join(leaf, leaf.c.entry_id == entry.c.id)
    .where(entry.c.register_no == bindparam("register_no"), leaf.c.leaf_index >= FIRST)
)
_LOGGED = select(leaf.c.leaf_index - FIRST, entry.c.leaf_hash, entry.c.body).join(leaf, leaf.c.entry_id == entry.c.id)
_ENTRIES = Statement(
    _LOGGED.where(leaf.c.leaf_index >= FIRST + bindparam("start"))
    .order_by(leaf.c.leaf_index)
    .limit(bindparam("limit"))
)  # fmt: skip
_SYSTEM = Statement(
    _LOGGED.where(
        entry.c.register_no.is_(None), entry.c.type == bindparam("kind"), leaf.c.leaf_index >= FIRST
    ).order_by(leaf.c.leaf_index)
)


# The type is written out, not bound, so that the planner sees that the partial index covers it.
_PROMOTED_SINCE = Statement(
    select(entry.c.register_no)
    .distinct()
    .outerjoin(leaf, leaf.c.entry_id == entry.c.id)
    .where(entry.c.type == literal_column("'promote'"))
    .where(or_(leaf.c.leaf_index.is_(None), leaf.c.leaf_index >= FIRST + bindparam("size")))
    .order_by(entry.c.register_no)
)


def _keep_tile(database: str) -> Any:
    adds = upsert(database, tile).values({name: bindparam(name) for name in ("level", "number", "hashes")})
    address = ["level", "number"]
    return adds.on_conflict_do_update(index_elements=address, set_={"hashes": adds.excluded.hashes}).inline()


def _heads(_database: str) -> Any:
    """The last entry of each exhibit below a size is the one with the largest index: chains keep their order."""
    ends = (
        select(func.count().label("entries"), func.max(leaf.c.leaf_index).label("last"))
        .join(entry, entry.c.id == leaf.c.entry_id)
        .where(_below(leaf.c.leaf_index), entry.c.register_no.is_not(None))
        .group_by(entry.c.register_no)
        .subquery()
    )
    return (
        select(entry.c.register_no, ends.c.entries, entry.c.leaf_hash, ends.c.last - FIRST)
        .join(leaf, leaf.c.entry_id == entry.c.id)
        .join(ends, ends.c.last == leaf.c.leaf_index)
        .order_by(entry.c.register_no)
    )


def _below(column: ColumnElement[int]) -> ColumnElement[bool]:
    return and_(column >= FIRST, column < FIRST + bindparam("size"))


_KEEP_TILE = Statement(_keep_tile)
_HEADS = Statement(_heads)


class SqlLedgerTree:
    """Implements the LedgerTree port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def lock(self) -> None:
        """On SQLite a transaction that writes is alone already."""
        if self._session.database == POSTGRESQL:
            self._session.value(_LOCK)

    def state(self) -> TreeState:
        """Size and root as the last integration left them."""
        row = self._session.one(_STATE)
        if row is None:
            raise RuntimeError("the row of the tree's state is gone: the database was not made by our migrations")
        return TreeState(int(row.size), octets(row.root))

    def waiting(self, limit: int) -> list[Waiting]:
        """Entries that wait, by their ids: within one exhibit that is the order of its chain, since whoever appends
        to a chain holds its lock while taking an id. Across exhibits any order is right, as indices are given here."""
        return [Waiting(row[0], octets(row[1])) for row in self._session.all(_WAITING, limit=limit)]

    def oldest_waiting(self) -> datetime | None:
        """When the first of them was recorded, or None."""
        at = self._session.value(_OLDEST)
        return None if at is None else instant(int(at))

    def tile(self, level: int, number: int) -> bytes | None:
        """The tile's hashes, or None."""
        found = self._session.value(_TILE, level=level, number=number)
        return None if found is None else octets(found)

    def grow(
        self, taken: Sequence[Waiting], tiles: Mapping[TileAddress, bytes], state: TreeState, at: datetime
    ) -> None:
        """Give these entries the next indices and keep the tiles that changed. Raises ChangedMeanwhile on a race."""
        start = int(self._session.value(_FIRST)) + state.size - len(taken)
        ids = [one.entry_id for one in taken]
        if self._session.run(_TAKE, taken=self._session.listed(ids)) != len(ids):
            raise ChangedMeanwhile
        self._session.many(
            _PLACE, [{"leaf_index": index, "entry_id": entry_id} for index, entry_id in enumerate(ids, start)]
        )
        self._session.many(
            _KEEP_TILE,
            [{"level": level, "number": number, "hashes": hashes} for (level, number), hashes in tiles.items()],
        )
        self._session.run(_SET_STATE, new_size=state.size, new_root=state.root, new_at=micros(at))

    def append(self, new: SystemBody) -> None:
        """Keep an entry about the log itself, to be integrated. Raises LedgerReadOnly."""
        refuse_if_read_only(self._session)
        entry_id = self._session.value(
            _APPEND, type=new.type, at=micros(new.at), leaf_hash=new.leaf_hash, body=new.body
        )
        self._session.run(_PEND, entry_id=entry_id)

    def indices(self, register_no: int) -> dict[int, int]:
        """The log index of each entry of the exhibit that is in the tree, by its position in the chain."""
        return {row[0]: row[1] for row in self._session.all(_INDICES, register_no=register_no)}

    def entries(self, start: int, limit: int) -> list[Logged]:
        """Entries by log index, from `start` on."""
        rows = self._session.all(_ENTRIES, start=start, limit=limit)
        return [Logged(row[0], octets(row[1]), octets(row[2])) for row in rows]

    def heads(self, size: int) -> Iterator[tuple[int, int, bytes, int]]:
        """(register number, entries, leaf hash of the last, its index) over the first `size` entries, by number."""
        return self._session.each(_HEADS, size=size)

    def promoted_since(self, size: int) -> list[int]:
        """The items, by number, that have a promotion (which may change their case) not below this size."""
        return [row[0] for row in self._session.all(_PROMOTED_SINCE, size=size)]

    def system(self, kind: str) -> list[Logged]:
        """The entries of this system type that are in the tree, in order."""
        return [Logged(row[0], octets(row[1]), octets(row[2])) for row in self._session.all(_SYSTEM, kind=kind)]

    def faults(self) -> list[str]:
        """Which of the database's own rules do not hold, in sentences; empty where all do."""
        return rules.broken(self._session)
