"""Evidence bundles and single proofs: what an outsider needs to check some exhibits without us."""

import io
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from importlib.resources import files as package_files
from typing import Final

from ..domain import bundle, disclosure
from ..domain.bundle import Evidence
from ..domain.chain import Link
from ..domain.checkpoint import LogProof
from ..domain.errors import NotFound, NotProvable
from ..domain.merkle import consistency_proof, inclusion_proof
from ..domain.tiles import TileReader
from . import ledger_heads, ledger_inherited, ledger_outside, ledger_public, ledger_sign, ledger_tree
from .context import Services
from .ports import StoredEntry, Work
from .ports.ledger_tree import Logged, Signed

RECENT: Final = 200  # Consistency proofs are given from so many of the newest checkpoints, and from all anchors.
EVERY: Final = 2**31 - 1
_DATE: Final = (1980, 1, 1, 0, 0, 0)


def make(
    services: Services,
    exhibits: Sequence[int],
    withheld: frozenset[str] = frozenset(),
    since: Sequence[int] = (),
    *,
    digests: frozenset[str] = frozenset(),
    reason: str = "",
) -> bytes:
    """The .zip of these exhibits with every entry up to now, in a checkpoint signed for it.

    `withheld` are names of values that are not disclosed, `digests` single values that are not, and `reason` stands
    beside each on the bundle's own list of them; `since` sizes of checkpoints that the reader may hold, beside
    the newest and the anchored ones. Raises NotFound, NotProvable, LedgerReadOnly, CannotSign.
    """
    ledger_tree.require_sound(services)
    registered = ledger_heads.log_heads(services)
    signed = ledger_sign.sign(services)
    if registered is None or signed is None:
        raise NotProvable("nothing is signed yet")
    ledger_public.publish_and_ask(services, signed)
    with services.store.read() as work:
        _refuse_unknown_names(work, exhibits, withheld)
        node = TileReader(work.tree.tile)
        kept_back = _Withholding(withheld, digests, reason)
        chains = [one for ex in exhibits for one in _chain(work, ex, signed.size, node, kept_back)]
        vouched = ledger_outside.vouched_for(work, signed.size)
        earlier = [size for size in {*_sizes(work), *since, *vouched} if 1 <= size < signed.size]
        evidence = Evidence(
            chains,
            signed.note,
            _included(registered.logged, signed.size, node),
            {ex: registered.tree.proof(ex) for ex in exhibits},
            {size: consistency_proof(size, signed.size, node) for size in earlier},
            kept_back.listed,
            vouched,
            ledger_inherited.of(work, exhibits, signed.size, node, since),
        )
    return _zipped(bundle.files(evidence))


def of_case(services: Services, reference: str) -> list[int]:
    """The register numbers of a case's exhibits. Raises NotFound."""
    numbers: list[int] = []
    with services.store.read() as work:
        case = work.cases.by_reference(reference)
        while page := work.items.in_case(case.id, numbers[-1] if numbers else 0, 500):
            numbers += [listed.exhibit.register_no for listed in page]
    if not numbers:
        raise NotProvable("the case has no exhibits")
    return numbers


def proof_of(services: Services, register_no: int, seq: int | None = None) -> bytes:
    """The C2SP tlog-proof of one entry, the exhibit's last unless told. Raises NotFound, NotProvable."""
    with services.store.read() as work:
        signed = _signed(work)
        entries = work.ledger.of_item(register_no, limit=EVERY)
        wanted = entries[-1].seq if entries and seq is None else seq
        index = work.tree.indices(register_no).get(-1 if wanted is None else wanted)
        if index is None or index >= signed.size:
            _refuse_unknown(work, register_no)
            raise NotProvable("this entry is not in a signed checkpoint; run `exhibits ledger checkpoint` first")
        hashes = inclusion_proof(index, signed.size, TileReader(work.tree.tile))
        return LogProof(index, tuple(hashes), signed.note).text()


def growth_since(services: Services, size: int) -> tuple[list[bytes], Signed]:
    """The consistency proof from this size to the last checkpoint, and that checkpoint. Raises NotProvable."""
    with services.store.read() as work:
        signed = _signed(work)
        if not 1 <= size <= signed.size:
            raise NotProvable(f"the last checkpoint has size {signed.size}, so there is no proof from size {size}")
        return consistency_proof(size, signed.size, TileReader(work.tree.tile)), signed


@dataclass(slots=True)
class _Withholding:
    """What is not to be handed over, and the list of what was not."""

    names: frozenset[str]
    digests: frozenset[str]
    reason: str
    listed: list[bundle.Withheld] = field(default_factory=list)

    def tells(self, entry: StoredEntry) -> list[str]:
        """The disclosures of the entry that are handed over; the others are listed."""
        told = []
        for each in entry.disclosures:
            name, digest = disclosure.read(each).name, disclosure.digest(each)
            if name in self.names or digest in self.digests:
                self.listed.append(bundle.Withheld(digest, entry.leaf_hash, name, self.reason))
            else:
                told.append(each)
        return told


def _chain(work: Work, ex: int, size: int, node: TileReader, kept_back: _Withholding) -> list[bundle.Logged]:
    _refuse_unknown(work, ex)
    indices, older = work.tree.indices(ex), ledger_inherited.entries_of(work, ex)
    chain = []
    for entry in work.ledger.of_item(ex, limit=EVERY):
        index = indices.get(entry.seq, size)
        if entry.seq >= older and index >= size:
            break
        link = Link(entry.body, entry.leaf_hash, kept_back.tells(entry))
        proof = inclusion_proof(index, size, node) if entry.seq >= older else None
        chain.append(bundle.Logged(link, index, proof))
    return chain


def _included(entry: Logged, size: int, node: TileReader) -> bundle.Logged:
    return bundle.Logged(Link(entry.body, entry.leaf_hash), entry.index, inclusion_proof(entry.index, size, node))


def _refuse_unknown_names(work: Work, exhibits: Sequence[int], withheld: frozenset[str]) -> None:
    """A name that was misspelt would disclose what was to be withheld."""
    if not withheld:
        return
    told = (each for ex in exhibits for entry in work.ledger.of_item(ex, limit=EVERY) for each in entry.disclosures)
    names = {disclosure.read(each).name for each in told}
    if unknown := sorted(withheld - names):
        raise NotProvable(f"no value is called {unknown[0]}; there are {', '.join(sorted(names))}")


def _refuse_unknown(work: Work, register_no: int) -> None:
    if not 1 <= register_no <= work.items.count():
        raise NotFound("item")


def _signed(work: Work) -> Signed:
    signed = work.checkpoints.last()
    if signed is None:
        raise NotProvable("nothing is signed yet; run `exhibits ledger checkpoint`")
    return signed


def _sizes(work: Work) -> list[int]:
    return [*work.checkpoints.sizes(RECENT), *(anchor.size for anchor in work.checkpoints.anchors(EVERY))]


def _zipped(files: dict[str, bytes]) -> bytes:
    package = package_files("exhibits_app")
    helps = {"verify.py": "verify.py", "HOWTO.txt": "bundle_howto.txt"}
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in {
            **{name: (package / source).read_bytes() for name, source in helps.items()},
            **files,
        }.items():
            archive.writestr(zipfile.ZipInfo(name, _DATE), data, zipfile.ZIP_DEFLATED)
    return packed.getvalue()
