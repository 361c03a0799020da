"""The files of an evidence bundle: what an outsider needs to verify some exhibits with verify.py alone."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .canonical import canonical
from .chain import Link
from .checkpoint import LogProof
from .entry import leaf_hash


@dataclass(frozen=True, slots=True)
class Logged:
    """An entry with its place in the log: its index, and its inclusion proof in the bundle's checkpoint.

    An entry of a log that was closed has no proof there: see Inherited.
    """

    link: Link
    index: int
    proof: Sequence[bytes] | None


@dataclass(frozen=True, slots=True)
class Withheld:
    """A value that is not handed over: its digest, the leaf hash of its entry, its name, and the reason in words."""

    digest: str
    leaf_hash: bytes
    name: str
    reason: str


@dataclass(frozen=True, slots=True)
class Vouched:
    """A checkpoint as witnesses have cosigned it, and the tokens of time-stamp authorities over its text."""

    note: bytes
    tokens: Sequence[bytes] = ()


@dataclass(frozen=True, slots=True)
class Closed:
    """A closed log: the largest checkpoint it signed that its entries fit, and proofs that lead to it.

    `inclusion`: index and proof by leaf hash. `consistency`: by earlier size.
    """

    checkpoint: bytes
    inclusion: Mapping[bytes, tuple[int, Sequence[bytes]]]
    consistency: Mapping[int, Sequence[bytes]]


@dataclass(frozen=True, slots=True)
class Inherited:
    """What a log took over from those that were closed before it.

    `incident`: its first entry. `carried`: the proof of each exhibit in the register tree that this entry names.
    """

    incident: Logged
    carried: Mapping[int, Sequence[bytes]]
    closed: Sequence[Closed]


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a bundle is made of. Disclosures left out of the links are withheld; `withheld` lists them, if it is there.

    `chains`: every entry of the exhibits, chain by chain in order. `heads`: the heads entry that the register proofs
    belong to. `register`: the register proof of each exhibit. `consistency`: for each earlier size that a reader may
    hold, the proof from there to the checkpoint. `outside`: by size, the checkpoints that parties outside vouched for.
    `inherited`: where logs were closed before this one.
    """

    chains: Sequence[Logged]
    checkpoint: bytes
    heads: Logged
    register: Mapping[int, Sequence[bytes]]
    consistency: Mapping[int, Sequence[bytes]] = field(default_factory=dict)
    withheld: Sequence[Withheld] | None = None
    outside: Mapping[int, Vouched] = field(default_factory=dict)
    inherited: Inherited | None = None


def files(evidence: Evidence) -> dict[str, bytes]:
    """The bundle's files by name, each the same bytes for the same evidence. verify.py and HOWTO.txt are not among
    them: they do not depend on the evidence."""
    links = [logged.link for logged in evidence.chains]
    disclosed = [
        canonical({"disclosure": told, "leaf": link.leaf_hash.hex()}) for link in links for told in link.disclosures
    ]
    logged = [*evidence.chains, evidence.heads, *([evidence.inherited.incident] if evidence.inherited else [])]
    return {
        "entries.jsonl": _lines([link.entry for link in links]),
        "disclosures.jsonl": _lines(disclosed),
        "heads.json": _lines([evidence.heads.link.entry]),
        "register.jsonl": _proofs("ex", evidence.register),
        "checkpoint": evidence.checkpoint,
        "consistency.jsonl": _proofs("from", evidence.consistency),
        **_withheld(evidence),
        **_outside(evidence.outside),
        **_inherited(evidence.inherited),
        **{
            f"proofs/{leaf_hash(one.link.entry).hex()}.tlog-proof": LogProof(
                one.index, tuple(one.proof), evidence.checkpoint
            ).text()
            for one in logged
            if one.proof is not None
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


def _outside(vouched: Mapping[int, Vouched]) -> dict[str, bytes]:
    found = {}
    for size, one in sorted(vouched.items()):
        found[f"outside/{size}.checkpoint"] = one.note
        found |= {f"outside/{size}.{number}.tsr": token for number, token in enumerate(one.tokens, 1)}
    return found


def _inherited(inherited: Inherited | None) -> dict[str, bytes]:
    if inherited is None:
        return {}
    found = {
        "incident.json": _lines([inherited.incident.link.entry]),
        "carried.jsonl": _proofs("ex", inherited.carried),
    }
    for number, log in enumerate(inherited.closed, 1):
        included = [
            canonical({"index": index, "leaf": leaf.hex(), "proof": _hex(proof)})
            for leaf, (index, proof) in sorted(log.inclusion.items())
        ]
        found[f"closed/{number}/checkpoint"] = log.checkpoint
        found[f"closed/{number}/inclusion.jsonl"] = _lines(included)
        found[f"closed/{number}/consistency.jsonl"] = _proofs("from", log.consistency)
    return found


def _proofs(name: str, proofs: Mapping[int, Sequence[bytes]]) -> bytes:
    return _lines([canonical({name: number, "proof": _hex(proof)}) for number, proof in sorted(proofs.items())])


def _hex(hashes: Sequence[bytes]) -> list[str]:
    return [one.hex() for one in hashes]


def _lines(lines: Sequence[bytes]) -> bytes:
    return b"".join([line + b"\n" for line in lines])
