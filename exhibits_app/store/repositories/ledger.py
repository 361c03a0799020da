"""The append-only entries of the ledger, in SQL."""

from collections.abc import Sequence
from itertools import groupby
from operator import attrgetter
from typing import Any

from sqlalchemy import bindparam, func, insert, literal_column, select

from ...domain import disclosure as disclosures
from ...domain.entry import parse_entry
from ...domain.erasure import completed, in_place_of
from ...domain.events import Event, from_facts
from ...services.ports import NewEntry, StoredEntry
from ..mapping import micros, octets
from ..rows import disclosure, entry, pending, setting, tree_state
from ..sql import AnyRow, Session, Statement, adding, one_of
from .checkpoints import ALARM, refuse_if_read_only

ORIGIN = "ledger origin"

_ORIGIN_AND_ALARM = Statement(
    select(setting.c.name, setting.c.value).where(
        setting.c.name.in_([literal_column(f"'{ORIGIN}'"), literal_column(f"'{ALARM}'")])
    )
)
_APPEND = Statement(adding(entry, "register_no", "seq", "type", "event_id", "act_id", "at", "leaf_hash", "body"))
_ID = select(entry.c.id).where(entry.c.register_no == bindparam("of_item"), entry.c.seq == bindparam("at_seq"))
_LINES = bindparam("lines", type_=disclosure.c.encoded.type)
_DISCLOSE = Statement(insert(disclosure).from_select(["entry_id", "encoded"], _ID.add_columns(_LINES)))
_PEND = Statement(insert(pending).from_select(["entry_id"], _ID))
_ENTRIES = select(
    entry.c.id, entry.c.register_no, entry.c.seq, entry.c.type, entry.c.event_id, entry.c.act_id,
    entry.c.leaf_hash, entry.c.body, disclosure.c.encoded,
).join(disclosure, disclosure.c.entry_id == entry.c.id)  # fmt: skip
_OF_ITEM = Statement(
    _ENTRIES.where(entry.c.register_no == bindparam("register_no"), entry.c.seq > bindparam("after"))
    .order_by(entry.c.seq)
    .limit(bindparam("limit"))
)
_OF_ITEMS = Statement(
    lambda database: _ENTRIES.where(one_of(entry.c.register_no, "numbers", database)).order_by(
        entry.c.register_no, entry.c.seq
    )
)
_KNOWN_EVENTS = Statement(
    lambda database: select(entry.c.event_id, entry.c.register_no).where(one_of(entry.c.event_id, "events", database))
)
_IN_TREE = select(tree_state.c.size).scalar_subquery()
_NOT_IN_TREE = select(func.count()).select_from(pending).scalar_subquery()
_SIZE = Statement(select(_IN_TREE + _NOT_IN_TREE))

EVERY = 2**31 - 1


class SqlLedger:
    """Implements the Ledger port."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._may_be_written = False  # As far as this transaction knows.

    def origin(self) -> str:
        """The ledger's origin. Raises RuntimeError in an instance that was never initialised.

        It is asked for in every transaction, since another process may have opened a new log after an incident; the
        same question says whether the ledger may be written.
        """
        found = dict(self._session.remembered(_ORIGIN_AND_ALARM))
        if ORIGIN not in found:
            raise RuntimeError("this instance was never initialised: it has no ledger origin")
        self._may_be_written = ALARM not in found
        return str(found[ORIGIN])

    def append(self, entries: Sequence[NewEntry]) -> None:
        """Keep the entries, their disclosures and their pending rows.

        Raises ChangedMeanwhile on a fork, LedgerReadOnly while an alarm stands.
        """
        if not self._may_be_written:
            refuse_if_read_only(self._session)
        keys = [{"of_item": new.register_no, "at_seq": new.seq} for new in entries]
        lines = [{**key, "lines": "\n".join(new.disclosures)} for key, new in zip(keys, entries, strict=True)]
        self._session.many(_APPEND, [_values(new) for new in entries])
        self._session.many(_DISCLOSE, lines)
        self._session.many(_PEND, keys)

    def of_item(self, register_no: int, after: int = -1, limit: int = 10_000) -> list[StoredEntry]:
        """The item's entries by position, those after `after`."""
        rows = self._session.all(_OF_ITEM, register_no=register_no, after=after, limit=limit)
        return [stored(row) for row in rows]

    def of_items(self, register_nos: Sequence[int]) -> dict[int, list[StoredEntry]]:
        """All entries of each of these items by position; an item without any is missing."""
        rows = self._session.all(_OF_ITEMS, numbers=self._session.listed(register_nos))
        return {number: list(map(stored, mine)) for number, mine in groupby(rows, attrgetter("register_no"))}

    def events_of(self, register_no: int) -> list[Event]:
        """The item's events, read from its entries and disclosures, by position; what was erased says so."""
        return self.told(self.of_item(register_no, limit=EVERY))

    def told(self, entries: Sequence[StoredEntry]) -> list[Event]:
        """The events of all the entries of an item, by position; what was erased says so."""
        kept = in_place_of((one.type, one.disclosures) for one in entries)
        return [_event(one, kept.get(one.seq, {})) for one in entries]

    def known_events(self, event_ids: Sequence[str]) -> dict[str, int]:
        """Those of these events that are on record, with the register numbers of their items."""
        if not event_ids:
            return {}
        rows = self._session.all(_KNOWN_EVENTS, events=self._session.listed(event_ids))
        return {row[0]: row[1] for row in rows}

    def size(self) -> int:
        """The number of entries: those in the tree, and those that wait for it."""
        return int(self._session.value(_SIZE))


def _values(new: NewEntry) -> dict[str, Any]:
    return {
        "register_no": new.register_no,
        "seq": new.seq,
        "type": new.type,
        "event_id": new.event_id,
        "act_id": new.act_id,
        "at": micros(new.at),
        "leaf_hash": new.leaf_hash,
        "body": new.body,
    }


def stored(row: AnyRow) -> StoredEntry:
    """The entry of a row, without the lines of disclosures that were erased."""
    lines = tuple(line for line in row.encoded.split("\n") if line)
    leaf_hash, body = octets(row.leaf_hash), octets(row.body)
    return StoredEntry(row.id, row.register_no, row.seq, row.type, row.event_id, row.act_id, leaf_hash, body, lines)


def _event(stored: StoredEntry, kept: dict[str, Any]) -> Event:
    entry = parse_entry(stored.body)
    facts = dict(map(disclosures.stated, stored.disclosures)) | kept
    if len(facts) < len(entry.det):
        facts = completed(stored.type, facts)
    return from_facts(stored.register_no, stored.seq, stored.type, entry.at, facts)
