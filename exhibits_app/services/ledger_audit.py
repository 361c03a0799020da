"""The full audit, level 7: over the database, or over an archive of the log's entries that somebody holds."""

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor
from dataclasses import dataclass, field
from itertools import chain, islice
from multiprocessing import get_context
from typing import BinaryIO

from ..domain import log_batch
from ..domain.checkpoint import Checkpoint
from ..domain.log_audit import End, Findings, LogAudit, heads_sizes
from ..domain.log_batch import Batch
from ..domain.note import VerifierKey
from . import ledger_sign, ledger_tree
from .context import Services
from .ports.closed_logs import ClosedLog

EVERY = 10_000  # Entries of the database that are read together.
BLOCK = 2**22  # Bytes of an archive that are read together.
LONGEST = 2**25  # A line longer than this is cut: it is no entry.
FEW = 4  # Up to so many blocks, and no other processes are worth starting.


@dataclass(frozen=True, slots=True)
class Source:
    """A log to audit: its name, its entries in order, and the checkpoints to compare with.

    `blocks` gives the entries one a line, many in a block, and is asked twice; no newline stands behind the last.
    `closed` are the logs that were closed before it, oldest first, where they are at hand.
    """

    origin: str
    blocks: Callable[[], Iterable[bytes]]
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
    running = LogAudit(source.origin, _heads_sizes(source), signed, carried)
    for batch in _batches(source, os.cpu_count() or 1 if processes is None else processes):
        running.take(batch)
        progress(running.size)
    return running


def _heads_sizes(source: Source) -> list[int]:
    return [size for block in source.blocks() if b'"type":"heads"' in block for size in heads_sizes(block.split(b"\n"))]


def _batches(source: Source, processes: int) -> Iterator[Batch]:
    """The entries, read by so many processes: only what is in order is left to be done by whoever takes them."""
    blocks = iter(source.blocks())
    start = list(islice(blocks, FEW + 1))
    every = chain(start, blocks)
    if processes < 2 or len(start) <= FEW:
        for block in every:
            yield log_batch.read_lines(block, source.origin)
        return
    with ProcessPoolExecutor(processes, mp_context=get_context("fork")) as pool:
        reading: deque[Future[Batch]] = deque()
        for block in every:
            reading.append(pool.submit(log_batch.read_lines, block, source.origin))
            if len(reading) > 2 * processes:
                yield reading.popleft().result()
        while reading:
            yield reading.popleft().result()


def in_blocks(entries: Iterable[bytes]) -> Iterator[bytes]:
    """Entries as blocks. None can hold the end of a line; where one does it is made another, that cannot pass."""
    running = iter(entries)
    while group := list(islice(running, EVERY)):
        lines = b"\n".join(group)
        if lines.count(b"\n") >= len(group):
            lines = b"\n".join([one.replace(b"\n", b" ") for one in group])
        yield lines


def blocks_of(file: BinaryIO, size: int = BLOCK, longest: int = LONGEST) -> Iterator[bytes]:
    """An archive as blocks of about `size` bytes; a line longer than `longest` is cut."""
    rest = b""
    while more := file.read(size):
        lines, ended, rest = (rest + more).rpartition(b"\n")
        if ended:
            yield lines
        if len(rest) > longest:
            yield rest
            rest = b""
    if rest:
        yield rest


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
    return Source(origin, lambda: in_blocks(entries()), own, closed)


def _closed(services: Services, log: ClosedLog) -> Source:
    def entries() -> Iterator[bytes]:
        with services.store.read() as work:
            for logged in work.closed_logs.entries(log.number):
                yield logged.body

    return Source(log.origin, lambda: in_blocks(entries()), [ledger_sign.read(log.note)] if log.note else [])


def of_archive(
    blocks: Callable[[], Iterable[bytes]],
    origin: str,
    key: VerifierKey,
    notes: Sequence[bytes],
    closed: Sequence[tuple[str, Callable[[], Iterable[bytes]]]] = (),
) -> Source:
    """An archive, one entry a line. `closed`: name and archive of logs that were closed before it, oldest first.

    Raises a LedgerFault for a checkpoint that the key has not signed.
    """
    before = [Source(name, each, ()) for name, each in closed]
    return Source(origin, blocks, [ledger_sign.open_with(one, origin, [key]) for one in notes], before)
