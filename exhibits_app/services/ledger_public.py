"""Publishing the log as C2SP tlog-tiles has it: tiles of hashes, bundles of entries, and the checkpoint last of all."""

from ..domain import public_log, tiles
from ..domain.checkpoint import parse_text
from ..domain.ledger_faults import LedgerFault
from ..domain.merkle import HASH_BYTES
from ..domain.note import parse
from ..domain.tiles import HEIGHT, WIDTH
from . import ledger_outside, ledger_tree
from .context import Services
from .ports import Work
from .ports.ledger_tree import Attestation, Signed
from .ports.outside import PublicLog


def publish_and_ask(services: Services, signed: Signed, *, now: bool = False) -> tuple[list[Attestation], list[str]]:
    """Publish, ask everybody outside as ledger_outside.ask_all does, and publish what they said.

    In this order, since a strict witness reads what is published before it cosigns. Gives what was said, and a
    sentence for whatever did not succeed.
    """
    unpublished = _try_to_publish(services, signed)
    said, refused = ledger_outside.ask_all(services, signed, now=now)
    if said and not unpublished:
        unpublished = _try_to_publish(services, signed)
    return said, refused + unpublished


def publish(services: Services, signed: Signed) -> None:
    """Put what is new into the public log, where there is one, and then the checkpoint. Raises OSError.

    Whoever reads the checkpoint finds all that it covers.
    """
    folder = services.outside.public_log
    if folder is None:
        return
    with services.store.read() as work:
        done = _published(folder, work)
        note = ledger_outside.with_cosignatures(signed, work.checkpoints.attestations())
        if done < signed.size:
            _entries(folder, work, done, signed.size)
            _tiles(folder, work, done, signed.size)
    if folder.get(public_log.CHECKPOINT) != note:
        folder.put(public_log.CHECKPOINT, note)


def _try_to_publish(services: Services, signed: Signed) -> list[str]:
    try:
        publish(services, signed)
    except OSError as error:
        return [f"The log was not published ({error.strerror or type(error).__name__})."]
    return []


def _published(folder: PublicLog, work: Work) -> int:
    """How many entries of this very log the folder holds."""
    kept = folder.get(public_log.CHECKPOINT)
    try:
        said = parse_text(parse(kept)[0]) if kept else None
    except LedgerFault:
        return 0
    return said.size if said and said.origin == work.ledger.origin() else 0


def _entries(folder: PublicLog, work: Work, done: int, size: int) -> None:
    first = done // WIDTH * WIDTH
    while first < size:
        end = min(first + WIDTH, size)
        bodies = [logged.body for logged in ledger_tree.log(work, first, end)]
        folder.put(public_log.path(first // WIDTH, end - first), public_log.pack(bodies))
        if end - first == WIDTH:
            folder.drop(f"{public_log.path(first // WIDTH)}.p")
        first = end


def _tiles(folder: PublicLog, work: Work, done: int, size: int) -> None:
    level = 0
    while size >> HEIGHT * level:
        for number in range((done >> HEIGHT * level) // WIDTH, ((size >> HEIGHT * level) - 1) // WIDTH + 1):
            width = tiles.width_at(level, number, size)
            hashes = tiles.checked(level, number, work.tree.tile(level, number))
            folder.put(tiles.path(level, number, width), hashes[: width * HASH_BYTES])
            if width == WIDTH:
                folder.drop(f"{tiles.path(level, number)}.p")
        level += 1
