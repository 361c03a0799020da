"""The worked example of docs/ledger.md, made anew by the project's own code: a log of five entries."""

import base64
import hashlib
from functools import cache

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from exhibits_app.domain import disclosure, merkle, note, paper, public_log
from exhibits_app.domain.boxes import manifest_sha256, manifest_text
from exhibits_app.domain.canonical import canonical
from exhibits_app.domain.checkpoint import Checkpoint, LogProof
from exhibits_app.domain.entry import ZERO, build_entry, build_system_entry, leaf_hash
from exhibits_app.domain.erasure import ERASED
from exhibits_app.domain.note import COSIGNATURE, ED25519, VerifierKey
from exhibits_app.domain.register_tree import Heads, RegisterHead, RegisterTree, head_hash
from exhibits_app.domain.witness import write_request

ORIGIN = "exhibits.example/ledger"
ACT = "0199c0de-0000-7000-8000-000000000001"
SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32)))
WITNESS_SECRET = Ed25519PrivateKey.from_private_bytes(bytes(range(32, 64)))
LOG_KEY = VerifierKey(ORIGIN, ED25519, SECRET.public_key().public_bytes_raw())
WITNESS_KEY = VerifierKey("witness.example/w1", COSIGNATURE, WITNESS_SECRET.public_key().public_bytes_raw())
COSIGNED_AT = 1_795_255_999


def at(minute: int) -> str:
    return f"2026-11-21T10:{minute:02d}:00.000000Z"


@cache
def disclosures() -> dict[str, str]:
    """Two values of the first entry and one of the second; the salts are 16 equal bytes, as no real salt may be."""
    told = [("place", "Ilford transit store, bay 2"), ("seal", "S100"), ("reason", "Café search, exhibit AB/1")]
    return {
        name: disclosure.disclose(name, value, bytes([number]) * 16) for number, (name, value) in enumerate(told, 1)
    }


@cache
def entries() -> tuple[bytes, ...]:
    digests = {name: disclosure.digest(told) for name, told in disclosures().items()}
    key = build_system_entry(at=at(0), data={"key": str(LOG_KEY)}, log=ORIGIN, type="key")
    act = [digests["place"], digests["seal"]]
    first = build_entry(at=at(1), det=act, ex=1, log=ORIGIN, prev=ZERO, seq=0, type="seize", grp=(ACT, 1, 2))
    other = build_entry(at=at(1), det=[], ex=2, log=ORIGIN, prev=ZERO, seq=0, type="seize", grp=(ACT, 2, 2))
    prev = leaf_hash(first).hex()
    second = build_entry(at=at(2), det=[digests["reason"]], ex=1, log=ORIGIN, prev=prev, seq=1, type="book_in")
    return key, first, other, second


def heads() -> tuple[RegisterHead, ...]:
    _, _, other, second = entries()
    return RegisterHead(1, 2, leaf_hash(second), 3), RegisterHead(2, 1, leaf_hash(other), 2)


@cache
def register() -> RegisterTree:
    return RegisterTree((one.ex, one.count, one.leaf_hash, one.last_index) for one in heads())


def heads_entry() -> bytes:
    said = Heads(register().exhibits, register().root(), len(entries()))
    return build_system_entry(at=at(3), data=said.data(), log=ORIGIN, type="heads")


@cache
def leaves() -> list[bytes]:
    return [leaf_hash(entry) for entry in (*entries(), heads_entry())]


def node(level: int, index: int) -> bytes:
    return merkle.tree_hash(leaves()[index << level : (index + 1) << level])


def signed(size: int) -> bytes:
    text = Checkpoint(ORIGIN, size, merkle.tree_hash(leaves()[:size])).text()
    lines = [note.sign(text, LOG_KEY, SECRET.sign)]
    if size == len(leaves()):
        lines.append(note.cosign(text, WITNESS_KEY, WITNESS_SECRET.sign, COSIGNED_AT))
    return note.join(text, *lines)


def asked() -> bytes:
    """What the log asks a witness that has cosigned size 3."""
    text, _ = note.parse(signed(5))
    own = note.join(text, note.sign(text, LOG_KEY, SECRET.sign))
    return write_request(3, merkle.consistency_proof(3, 5, node), own)


def encoded(hashes: list[bytes]) -> str:
    return "\n".join(base64.b64encode(one).decode() for one in hashes)


def erased_reason() -> str:
    """What an `erase` entry would disclose of the reason of entry 3."""
    value = {"digest": disclosure.digest(disclosures()["reason"]), "kept": ERASED, "name": "reason", "seq": 1}
    return canonical([value]).decode()


def blocks() -> dict[str, str]:
    """Every fenced block of the page that is computed, by name."""
    five = len(leaves())
    proof = LogProof(3, tuple(merkle.inclusion_proof(3, five, node)), signed(five))
    bodies = {f"entry-{number}": entry.decode() for number, entry in enumerate((*entries(), heads_entry()))}
    hashes = {f"leaf-{number}": leaf.hex() for number, leaf in enumerate(leaves())}
    told = {f"disclosure-{name}": text for name, text in disclosures().items()}
    digests = {f"digest-{name}": disclosure.digest(text) for name, text in disclosures().items()}
    registered = {f"head-{one.ex}": head_hash(one).hex() for one in heads()}
    return {
        **told,
        **digests,
        **bodies,
        **hashes,
        **registered,
        "manifest": manifest_text((12, 3, 7)),
        "manifest-sha256": manifest_sha256((12, 3, 7)),
        "log-key": str(LOG_KEY),
        "witness-key": str(WITNESS_KEY),
        "checkpoint-3": signed(3).decode().rstrip("\n"),
        "checkpoint-5": signed(five).decode().rstrip("\n"),
        "consistency-3-5": encoded(merkle.consistency_proof(3, five, node)),
        "inclusion-3": proof.text().decode().rstrip("\n"),
        "add-checkpoint-3-5": asked().decode().rstrip("\n"),
        "cosignature-5": signed(five).decode().splitlines()[-1],
        "entry-bundle": hashlib.sha256(public_log.pack([*entries(), heads_entry()])).hexdigest(),
        "paper-5": paper.write(Checkpoint(ORIGIN, five, merkle.tree_hash(leaves()))),
        "erased-reason": erased_reason(),
        "register-root": register().root().hex(),
        "register-proof-1": encoded(register().proof(1)),
    }
