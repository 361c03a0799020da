"""The full audit, level 7: over the database, or over an archive of the log's entries that somebody holds."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from itertools import islice
from multiprocessing import get_context

from ..domain import log_batch
from ..domain.checkpoint import Checkpoint
from ..domain.log_audit import End, Findings, LogAudit, heads_sizes
from ..domain.log_batch import Batch
from ..domain.note import VerifierKey
from . import ledger_sign, ledger_tree
from .context import Services
from .ports.closed_logs import ClosedLog

EVERY = 10_000  # Entries that are read together.
MANY = 5  # So many times EVERY, and other processes are worth starting.


@dataclass(frozen=True, slots=True)
class Source:
    """A log to audit: its name, its entries in order (asked for twice), and the checkpoints to compare with.

    `closed` are the logs that were closed before it, oldest first, where they are at hand.
    """

    origin: str
    entries: Callable[[], Iterable[bytes]]
    checkpoints: Sequence[Checkpoint]
    closed: Sequence["Source"] = field(default_factory=tuple)


def audit(
    source: Source, progress: Callable[[int], None] = lambda _done: None, processes: int | None = None
) -> Findings:
    """Read every entry once for the heads entries and once for all else; closed logs first, since chains go on.

    `processes` read entries beside this one, which follows the chains; as many as there are cores unless told, and
    none where the log is short.
    """
    found, carried = Findings(), list[End]() if source.closed else None
    for closed in source.closed:
        running = _run(closed, carried or None, progress, processes)
        found.faults += [f"In the closed log {closed.origin}: {fault}" for fault in running.finish().faults]
        carried = running.ends()
    running = _run(source, carried, progress, processes)
    own = running.finish()
    own.faults = found.faults + own.faults
    return own


def _run(source: Source, carried: list[End] | None, progress: Callable[[int], None], processes: int | None) -> LogAudit:
    signed = {one.size: one.root for one in source.checkpoints}
    running = LogAudit(source.origin, heads_sizes(source.entries()), signed, carried)
    for batch in _batches(source, os.cpu_count() or 1 if processes is None else processes):
        running.take(batch)
        progress(running.size)
    return running


def _batches(source: Source, processes: int) -> Iterator[Batch]:
    """The entries, read by so many processes: only what is in order is left to be done by whoever takes them."""
    groups = _grouped(source.entries())
    start = list(islice(groups, MANY))
    if processes < 2 or len(start) < MANY:
        for group in _chained(start, groups):
            yield log_batch.read(group, source.origin)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        reading: deque[Future[Batch]] = deque()
        for group in _chained(start, groups):
            reading.append(pool.submit(log_batch.read_lines, _lines(group), source.origin))
            if len(reading) > 2 * processes:
                yield reading.popleft().result()
        while reading:
            yield reading.popleft().result()


def _grouped(entries: Iterable[bytes]) -> Iterator[list[bytes]]:
    running = iter(entries)
    while group := list(islice(running, EVERY)):
        yield group


def _chained(start: list[list[bytes]], rest: Iterator[list[bytes]]) -> Iterator[list[bytes]]:
    while start:
        yield start.pop(0)
    yield from rest


def _lines(group: list[bytes]) -> bytes:
    """One a line. No entry can hold a line's end; where one does it is made another that cannot pass."""
    lines = b"\n".join(group)
    if lines.count(b"\n") == len(group) - 1:
        return lines
    return b"\n".join([one.replace(b"\n", b" ") for one in group])


def of_database(services: Services, keep: Callable[[bytes], object] = lambda _entry: None) -> Source:
    """The log of this instance, against everything that its signer published. `keep` is given every entry."""
    with services.store.read() as work:
        origin = work.ledger.origin()
        size = work.tree.state().size
        last = work.checkpoints.last()
        closed = [_closed(services, log) for log in work.closed_logs.all()]
    passes = iter((False, True))

    def entries() -> Iterator[bytes]:
        whole = next(passes)
        with services.store.read() as work:
            if not whole:
                yield from (logged.body for logged in work.tree.system("heads"))
                return
            for logged in ledger_tree.log(work, 0, size):
                keep(logged.body)
                yield logged.body

    published = list(services.signing.records.published()) if services.signing else []
    notes = [*published, *([last.note] if last else [])]
    own = [one for one in map(ledger_sign.read, notes) if one.origin == origin]
    return Source(origin, entries, own, closed)


def _closed(services: Services, log: ClosedLog) -> Source:
    def entries() -> Iterator[bytes]:
        with services.store.read() as work:
            for logged in work.closed_logs.entries(log.number):
                yield logged.body

    return Source(log.origin, entries, [ledger_sign.read(log.note)] if log.note else [])


def of_archive(
    lines: Callable[[], Iterable[bytes]],
    origin: str,
    key: VerifierKey,
    notes: Sequence[bytes],
    closed: Sequence[tuple[str, Callable[[], Iterable[bytes]]]] = (),
) -> Source:
    """An archive, one entry a line. `closed`: name and archive of logs that were closed before it, oldest first.

    Raises a LedgerFault for a checkpoint that the key has not signed.
    """
    before = [Source(name, partial(_archived, each), ()) for name, each in closed]
    held = [ledger_sign.open_with(one, origin, [key]) for one in notes]
    return Source(origin, partial(_archived, lines), held, before)


def _archived(lines: Callable[[], Iterable[bytes]]) -> Iterator[bytes]:
    for line in lines():
        yield line.removesuffix(b"\n")
