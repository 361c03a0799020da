"""Paper that came back: a signed sheet is compared with the log, and counts as an anchor once it is filed outside."""

from ..domain import paper
from ..domain.errors import NotAPaperCheckpoint
from ..domain.ledger_faults import LedgerFault
from ..domain.merkle import consistency_proof, verify_consistency
from ..domain.people import Action, Person, require
from ..domain.text import LINE_LIMIT, NAME_LIMIT, required
from ..domain.tiles import TileReader
from . import ledger_tree
from .context import Services
from .ports import Work
from .ports.ledger_tree import Anchor

PAPER = "paper"


def file(services: Services, by: Person, text: str, where: str) -> Anchor:
    """Put on record that the sheet with this code is signed and filed outside, once the log still begins with it.

    `text` is what the code on the sheet holds, `where` the place in words. Raises NoRight, MissingValue,
    NotAPaperCheckpoint where the sheet is not of this log, and LedgerReadOnly.
    """
    require(by, Action.SEE_LEDGER)
    sheet = paper.read(required(text, "text", "the text of the code on the sheet", LINE_LIMIT))
    place = required(where, "where", "where the sheet is filed", NAME_LIMIT)
    ledger_tree.require_sound(services)

    def change(work: Work) -> Anchor:
        if sheet.origin != work.ledger.origin():
            raise NotAPaperCheckpoint(f"it is of the log {sheet.origin}, and not of this one")
        if not _begins_with(work, sheet.size, sheet.root):
            raise NotAPaperCheckpoint(
                "the log does not begin with it; if it was printed here, tell professional standards"
            )
        filed = Anchor(PAPER, sheet.size, sheet.root, services.clock.now(), f"signed on paper and filed at {place}")
        work.checkpoints.add_anchor(filed)
        data: dict[str, object] = {"kind": PAPER, "root": sheet.root.hex(), "size": sheet.size}
        ledger_tree.append(work, services, "anchor", data)
        return filed

    return services.store.write(change)


def _begins_with(work: Work, size: int, root: bytes) -> bool:
    state = work.tree.state()
    if size > state.size:
        return False
    try:
        proof = consistency_proof(size, state.size, TileReader(work.tree.tile))
        verify_consistency(size, state.size, proof, root, state.root)
    except LedgerFault:
        return False
    return True
