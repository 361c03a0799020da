"""The register tree over the heads of all exhibits, and the entry that puts its root on record."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from ..domain.entry import parse_system_entry
from ..domain.register_tree import NO_HEAD, Heads, RegisterTree, read_heads
from . import ledger_tree
from .context import Services
from .ports import Work
from .ports.ledger_tree import Logged

NIGHTLY = timedelta(hours=24)


@dataclass(frozen=True, slots=True)
class Registered:
    """The register tree with the heads entry that names its root, and that entry's place in the log."""

    tree: RegisterTree
    heads: Heads
    logged: Logged


def log_heads(services: Services) -> Registered | None:
    """Build the register tree as of now, and log its root; None before the first exhibit. Raises LedgerReadOnly."""
    ledger_tree.require_sound(services)
    ledger_tree.integrate(services)
    with services.store.read() as work:
        size = work.tree.state().size
        tree = RegisterTree(without_gaps(work.tree.heads(size), work.closed_logs.exhibits()))
    if not tree.exhibits:
        return None
    heads = Heads(tree.exhibits, tree.root(), size)
    services.store.write(lambda work: ledger_tree.append(work, services, "heads", heads.data()))
    ledger_tree.integrate(services)
    with services.store.read() as work:
        return Registered(tree, heads, _found(work, heads))


def due(services: Services) -> bool:
    """Whether a day has passed since the last heads entry, and anything but that entry was logged since."""
    with services.store.read() as work:
        latest = work.tree.system("heads")
        size = work.tree.state().size
    if not latest:
        return size > 0
    at = datetime.fromisoformat(parse_system_entry(latest[-1].body).at)
    return services.clock.now() - at >= NIGHTLY and size > latest[-1].index + 1


def without_gaps(
    heads: Iterable[tuple[int, int, bytes, int]], at_least: int = 0
) -> Iterator[tuple[int, int, bytes, int]]:
    """The heads from number 1 on, `at_least` so many; a number none of whose entries is in the tree has no head."""
    number = 1
    for head in heads:
        while number < head[0]:
            yield number, 0, NO_HEAD, 0
            number += 1
        yield head
        number += 1
    while number <= at_least:
        yield number, 0, NO_HEAD, 0
        number += 1


def _found(work: Work, heads: Heads) -> Logged:
    return next(
        logged for logged in reversed(work.tree.system("heads")) if read_heads(parse_system_entry(logged.body)) == heads
    )
