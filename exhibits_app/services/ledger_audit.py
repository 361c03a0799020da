"""The full audit, level 7: over the database, or over an archive of the log's entries that somebody holds."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from ..domain.checkpoint import Checkpoint
from ..domain.log_audit import Findings, LogAudit, heads_sizes
from ..domain.note import VerifierKey
from . import ledger_sign, ledger_tree
from .context import Services

EVERY = 10_000


@dataclass(frozen=True, slots=True)
class Source:
    """A log to audit: its name, its entries in order (asked for twice), and the checkpoints to compare with."""

    origin: str
    entries: Callable[[], Iterable[bytes]]
    checkpoints: Sequence[Checkpoint]


def audit(source: Source, progress: Callable[[int], None] = lambda _done: None) -> Findings:
    """Read every entry once for the heads entries and once for all else."""
    signed = {one.size: one.root for one in source.checkpoints}
    running = LogAudit(source.origin, heads_sizes(source.entries()), signed)
    for entry in source.entries():
        running.feed(entry)
        if running.size % EVERY == 0:
            progress(running.size)
    progress(running.size)
    return running.finish()


def of_database(services: Services, keep: Callable[[bytes], object] = lambda _entry: None) -> Source:
    """The log of this instance, against everything that its signer published. `keep` is given every entry."""
    with services.store.read() as work:
        origin = work.ledger.origin()
        size = work.tree.state().size
        last = work.checkpoints.last()
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
    return Source(origin, entries, [ledger_sign.read(one) for one in [*published, *([last.note] if last else [])]])


def of_archive(
    lines: Callable[[], Iterable[bytes]], origin: str, key: VerifierKey, notes: Sequence[bytes]
) -> Source:
    """An archive, one entry a line. Raises a LedgerFault for a checkpoint that the key has not signed."""

    def entries() -> Iterator[bytes]:
        for line in lines():
            yield line.removesuffix(b"\n")

    return Source(origin, entries, [ledger_sign.open_with(one, origin, [key]) for one in notes])

