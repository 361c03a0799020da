"""The files of an evidence bundle: what an outsider needs to verify some exhibits with verify.py alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .canonical import canonical
from .chain import Link
from .checkpoint import LogProof
from .entry import leaf_hash


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry with its place in the log: its index, and its inclusion proof in the bundle's checkpoint."""

    link: Link
    index: int
    proof: Sequence[bytes]


@dataclass(frozen=True, slots=True)
class Withheld:
    """A value that is not handed over: its digest, the leaf hash of its entry, its name, and the reason in words."""

    digest: str
    leaf_hash: bytes
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a bundle is made of. Disclosures left out of the links are withheld; `withheld` lists them, if it is there.

    `chains`: every entry of the exhibits, chain by chain in order. `heads`: the heads entry that the register proofs
    belong to. `register`: the register proof of each exhibit. `consistency`: for each earlier size that a reader may
    hold, the proof from there to the checkpoint.
    """

    chains: Sequence[Logged]
    checkpoint: bytes
    heads: Logged
    register: Mapping[int, Sequence[bytes]]
    consistency: Mapping[int, Sequence[bytes]] = field(default_factory=dict)
    withheld: Sequence[Withheld] | None = None


def files(evidence: Evidence) -> dict[str, bytes]:
    """The bundle's files by name, each the same bytes for the same evidence. verify.py and HOWTO.txt are not among
    them: they do not depend on the evidence."""
    links = [logged.link for logged in evidence.chains]
    disclosed = [
        canonical({"disclosure": told, "leaf": link.leaf_hash.hex()}) for link in links for told in link.disclosures
    ]
    register = [canonical({"ex": ex, "proof": _hex(proof)}) for ex, proof in sorted(evidence.register.items())]
    growth = [canonical({"from": old, "proof": _hex(proof)}) for old, proof in sorted(evidence.consistency.items())]
    return {
        "entries.jsonl": _lines([link.entry for link in links]),
        "disclosures.jsonl": _lines(disclosed),
        "heads.json": _lines([evidence.heads.link.entry]),
        "register.jsonl": _lines(register),
        "checkpoint": evidence.checkpoint,
        "consistency.jsonl": _lines(growth),
        **_withheld(evidence),
        **{
            f"proofs/{leaf_hash(logged.link.entry).hex()}.tlog-proof": LogProof(
                logged.index, tuple(logged.proof), evidence.checkpoint
            ).text()
            for logged in (*evidence.chains, evidence.heads)
        },
    }


def _withheld(evidence: Evidence) -> dict[str, bytes]:
    if evidence.withheld is None:
        return {}
    lines = [
        canonical({"digest": one.digest, "leaf": one.leaf_hash.hex(), "name": one.name, "reason": one.reason})
        for one in evidence.withheld
    ]
    return {"withheld.jsonl": _lines(lines)}


def _hex(hashes: Sequence[bytes]) -> list[str]:
    return [one.hex() for one in hashes]


def _lines(lines: Sequence[bytes]) -> bytes:
    return b"".join([line + b"\n" for line in lines])
