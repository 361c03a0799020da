"""Making and keeping a whole force: workers make blocks, these enter the log in order, then come the indexes."""

from __future__ import annotations

import multiprocessing
import os
import threading
from collections.abc import Callable, Iterator, Sequence
from typing import Any

from sqlalchemy import make_url

from benchmarks.force import into_postgresql
from benchmarks.force.block import Block, block
from benchmarks.force.into_postgresql import IntoPostgresql
from benchmarks.force.into_sqlite import IntoSqlite
from benchmarks.force.plan import ORIGIN, Plan, Standing
from benchmarks.force.standing import stand
from exhibits_app.domain import tiles
from exhibits_app.domain.policy import Policy
from exhibits_app.domain.tiles import TileAddress
from exhibits_app.services.ports import Work
from exhibits_app.services.ports.ledger_tree import TreeState
from exhibits_app.store.database import SqlStore
from exhibits_app.store.engine import is_sqlite
from exhibits_app.store.repositories.items import REGISTER

Progress = Callable[[str, int], None]
_WAITING = 4  # Blocks that may be made and not yet kept, for each worker: each is some 20 MB.


class AlreadyFilled(Exception):
    """The database holds items: a force is made in an empty one."""


def load(url: str, plan: Plan, progress: Progress, processes: int | None = None) -> None:
    """Make the force in this empty database. `progress` is told what is done now, and how many items there are.

    Raises AlreadyFilled.
    """
    store = SqlStore(url)
    store.migrate(ORIGIN)
    with store.read() as work:
        if work.items.count():
            raise AlreadyFilled
        policy = work.policies.current(plan.now)
    standing = stand(store, plan)
    store.close()
    into: IntoSqlite | IntoPostgresql = (
        IntoSqlite(str(make_url(url).database)) if is_sqlite(url) else IntoPostgresql(url)
    )
    tree = _Tree()
    for made in _blocks(url, plan, standing, policy, processes or os.cpu_count() or 1):
        into.take(made.rows, tree.grow(made.leaves))
        progress("items and entries", made.items)
    for statement in (f"UPDATE counter SET value = {plan.items} WHERE name = '{REGISTER}'", *into.finish()):  # noqa: S608
        progress(statement[:60], 0)
        into.run(statement)
    into.close()
    store.write(lambda work: _conclude(work, plan, policy, tree.state()))
    store.close()


def _conclude(work: Work, plan: Plan, policy: Policy, state: TreeState) -> None:
    """The tree's state, and that every deadline is that of the time limits in force."""
    work.tree.grow([], {}, state, plan.now)
    work.policies.set_applied(policy.version, None)


class _Tree:
    """The Merkle tree while it grows: only the right edge of each level is held."""

    def __init__(self) -> None:
        self.size = 0
        self._edges: dict[int, tuple[int, bytes]] = {}

    def grow(self, leaves: Sequence[bytes]) -> dict[TileAddress, bytes]:
        """The tiles that change."""
        changed = tiles.append(self._tile, self.size, leaves)
        self.size += len(leaves)
        self._edges |= {level: (number, hashes) for (level, number), hashes in sorted(changed.items())}
        return changed

    def state(self) -> TreeState:
        """Size and root."""
        return TreeState(self.size, tiles.root(self._tile, self.size))

    def _tile(self, level: int, number: int) -> bytes | None:
        held, hashes = self._edges.get(level, (-1, b""))
        return hashes if held == number else None


def _blocks(url: str, plan: Plan, standing: Standing, policy: Policy, processes: int) -> Iterator[Block]:
    """Every block in order, made by so many processes, of which none runs far ahead; one is this one."""
    room = threading.Semaphore(_WAITING * processes)

    def numbers() -> Iterator[int]:
        for number in range(plan.blocks):
            room.acquire()
            yield number

    given = (None if is_sqlite(url) else url, plan, standing, policy)
    if processes == 1:
        _begin(*given)
        yield from map(_make, range(plan.blocks))
        _end()
        return
    with multiprocessing.get_context("spawn").Pool(processes, _begin, given) as pool:
        for made in pool.imap(_make, numbers()):
            yield made
            room.release()


_here: dict[str, Any] = {}


def _begin(url: str | None, *given: object) -> None:
    _here["given"] = given
    _here["connection"] = into_postgresql.connect(url) if url else None


def _end() -> None:
    """Where there was no worker, what it would have let go of when it ended."""
    if _here["connection"] is not None:
        _here["connection"].close()
    _here.clear()


def _make(number: int) -> Block:
    """In a worker: make a block, and copy its rows where the database takes them from several at once."""
    plan, standing, policy = _here["given"]
    made = block(plan, standing, policy, number)
    if _here["connection"] is not None:
        into_postgresql.copy(_here["connection"], made.rows)
        made.rows.clear()
    return made
