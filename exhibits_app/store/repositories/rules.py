"""The database's own rules about the ledger, looked at from within: level 0 of docs/ledger.md."""

from typing import Final

from sqlalchemy import func, inspect, select, text

from ..rows import disclosure, entry, leaf, pending, tree_state
from ..sql import POSTGRESQL, Session, Statement
from .closed_logs import FIRST

_TRIGGERS: Final = {
    POSTGRESQL: {"entry_append_only", "leaf_append_only"},
    "sqlite": {"entry_no_update", "entry_no_delete", "leaf_no_update", "leaf_no_delete"},
}
_INDEXES: Final = {"entry": {"entry_position", "entry_event", "entry_leaf_hash"}, "leaf": {"leaf_entry"}}
_NAMES: Final = {
    POSTGRESQL: text("SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgenabled <> 'D'"),
    "sqlite": text("SELECT name FROM sqlite_master WHERE type = 'trigger'"),
}
_ENTRIES: Final = Statement(select(func.count()).select_from(entry))
_PLACED: Final = Statement(select(func.count()).select_from(leaf))
_LAST: Final = Statement(select(func.max(leaf.c.leaf_index)))
_WAITING: Final = Statement(select(func.count()).select_from(pending))
_SIZE: Final = Statement(select(tree_state.c.size + FIRST))
_LOST: Final = Statement(
    select(func.count()).select_from(entry)
    .where(entry.c.id.not_in(select(leaf.c.entry_id)), entry.c.id.not_in(select(pending.c.entry_id)))
)  # fmt: skip
_HOLLOW: Final = Statement(
    select(func.count()).select_from(leaf).where(leaf.c.entry_id.not_in(select(entry.c.id)))
)  # fmt: skip
_LOOSE: Final = Statement(
    select(func.count()).select_from(disclosure).where(disclosure.c.entry_id.not_in(select(entry.c.id)))
)  # fmt: skip


def broken(session: Session) -> list[str]:
    """A sentence for each rule that does not hold."""
    return [*_missing(session), *_numbers(session)]


def _missing(session: Session) -> list[str]:
    there = {row[0] for row in session.query(_NAMES[session.database])}
    said = [f"The trigger {name} is missing." for name in sorted(_TRIGGERS[session.database] - there)]
    inspector = inspect(session.connection)
    for table, wanted in _INDEXES.items():
        unique = {found["name"] for found in inspector.get_indexes(table) if found["unique"]}
        said += [f"The unique index {name} is missing." for name in sorted(wanted - unique)]
    return said


def _numbers(session: Session) -> list[str]:
    entries, placed, waiting, size, lost, hollow, loose = (
        int(session.value(statement)) for statement in (_ENTRIES, _PLACED, _WAITING, _SIZE, _LOST, _HOLLOW, _LOOSE)
    )
    last = session.value(_LAST)
    said = []
    if lost:
        said.append(f"{lost} entries are neither in the tree nor waiting for it.")
    if hollow:
        said.append(f"{hollow} places of the tree have lost their entries.")
    if loose:
        said.append(f"{loose} entries are gone whose disclosures are still there.")
    if placed != size or (placed and last != placed - 1):
        said.append(f"The tree says {size} leaves; {placed} are there, the last of them number {last}.")
    if not said and entries != placed + waiting:
        said.append(f"There are {entries} entries; {placed} are in the tree and {waiting} wait.")
    return said
