"""The page docs/ledger.md says what the program does, and is enough to verify by without the program."""

import base64
import hashlib
import json
import re
import struct
from pathlib import Path

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from exhibits_app.domain import chain, merkle
from exhibits_app.domain.checkpoint import open_checkpoint, parse_proof
from exhibits_app.domain.entry import parse_system_entry
from exhibits_app.domain.note import VerifierKey
from exhibits_app.domain.register_tree import RegisterHead, read_heads, verify_complete, verify_head
from tests.domain import ledger_example

PAGE = Path(__file__).resolve().parents[2] / "docs" / "ledger.md"
BLOCKS = dict(re.findall(r"^```text ([a-z0-9-]+)\n(.*?)\n```$", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL))


def sha(data: bytes) -> bytes:
    return hashlib.sha256(data).digest()


def node(left: bytes, right: bytes) -> bytes:
    return sha(b"\x01" + left + right)


def leaf(number: int) -> bytes:
    return sha(b"\x00" + BLOCKS[f"entry-{number}"].encode())


def lines(name: str) -> list[bytes]:
    return [base64.b64decode(line) for line in BLOCKS[name].split("\n")]


def test_every_block_of_the_page_is_what_the_program_writes() -> None:
    assert ledger_example.blocks() == BLOCKS


# From here on: the page alone, with hashlib, base64, json and somebody else's Ed25519.


def test_disclosures_read_and_hash_as_the_page_says() -> None:
    told = {}
    for name in ("place", "seal", "reason"):
        text = BLOCKS[f"disclosure-{name}"]
        salt, key, value = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
        told[key] = value
        assert len(base64.urlsafe_b64decode(salt + "==")) == 16
        assert sha(text.encode()).hex() == BLOCKS[f"digest-{name}"]

    assert told == {"place": "Ilford transit store, bay 2", "seal": "S100", "reason": "Café search, exhibit AB/1"}


def test_a_manifest_hashes_as_the_page_says() -> None:
    assert json.loads(BLOCKS["manifest"]) == [3, 7, 12]
    assert sha(BLOCKS["manifest"].encode()).hex() == BLOCKS["manifest-sha256"]


def test_entries_hash_and_follow_as_the_page_says() -> None:
    first, other, second = (json.loads(BLOCKS[f"entry-{number}"]) for number in (1, 2, 3))

    assert [leaf(number).hex() for number in range(5)] == [BLOCKS[f"leaf-{number}"] for number in range(5)]
    assert first["det"] == sorted([BLOCKS["digest-place"], BLOCKS["digest-seal"]])
    assert (first["seq"], first["prev"], other["prev"]) == (0, "0" * 64, "0" * 64)
    assert (second["seq"], second["prev"], second["ex"]) == (1, BLOCKS["leaf-1"], first["ex"])


def test_the_roots_and_proofs_are_those_of_the_five_leaves() -> None:
    zero, one, two, three, four = (leaf(number) for number in range(5))
    root = node(node(node(zero, one), node(two, three)), four)

    assert BLOCKS["checkpoint-5"].split("\n")[2] == base64.b64encode(root).decode()
    assert BLOCKS["checkpoint-3"].split("\n")[2] == base64.b64encode(node(node(zero, one), two)).decode()
    assert lines("consistency-3-5") == [two, three, node(zero, one), four]
    proof = BLOCKS["inclusion-3"].split("\n")
    assert [base64.b64decode(line) for line in proof[2:5]] == [two, node(zero, one), four]
    assert proof[6:] == BLOCKS["checkpoint-5"].split("\n")


def test_the_signatures_are_over_the_bytes_that_the_page_names() -> None:
    text, _, signatures = (BLOCKS["checkpoint-5"] + "\n").partition("\n\n")
    text += "\n"
    by_log, by_witness = (base64.b64decode(line.split(" ")[2]) for line in signatures.strip().split("\n"))
    keys = {}
    for name in ("log-key", "witness-key"):
        owner, key_id, encoded = BLOCKS[name].split("+", 2)
        typed = base64.b64decode(encoded)
        assert sha(owner.encode() + b"\n" + typed)[:4].hex() == key_id
        keys[name] = (bytes.fromhex(key_id), Ed25519PublicKey.from_public_bytes(typed[1:]))

    assert by_log[:4] == keys["log-key"][0]
    keys["log-key"][1].verify(by_log[4:], text.encode())
    assert by_witness[:4] == keys["witness-key"][0]
    (at,) = struct.unpack(">Q", by_witness[4:12])
    keys["witness-key"][1].verify(by_witness[12:], f"cosignature/v1\ntime {at}\n{text}".encode())


def test_the_register_tree_is_made_as_the_page_says() -> None:
    name = b"\x00exhibit-head/v1\n"
    first = sha(name + struct.pack(">QQ", 1, 2) + leaf(3) + struct.pack(">Q", 3))
    second = sha(name + struct.pack(">QQ", 2, 1) + leaf(2) + struct.pack(">Q", 2))
    heads = json.loads(BLOCKS["entry-4"])

    assert (first.hex(), second.hex()) == (BLOCKS["head-1"], BLOCKS["head-2"])
    assert lines("register-proof-1") == [second]
    assert heads["data"] == {"exhibits": 2, "root": node(first, second).hex(), "size": 4}


# And the program, given the page, finds every level sound.


def test_the_program_verifies_the_page_to_completeness() -> None:
    links = [
        chain.Link(BLOCKS["entry-1"].encode(), leaf(1), [BLOCKS["disclosure-place"], BLOCKS["disclosure-seal"]]),
        chain.Link(BLOCKS["entry-3"].encode(), leaf(3), [BLOCKS["disclosure-reason"]]),
    ]
    log, witness = (VerifierKey.parse(BLOCKS[name]) for name in ("log-key", "witness-key"))
    proof = parse_proof((BLOCKS["inclusion-3"] + "\n").encode())
    now, opened = open_checkpoint(proof.checkpoint, ledger_example.ORIGIN, log, [witness])
    earlier, _ = open_checkpoint((BLOCKS["checkpoint-3"] + "\n").encode(), ledger_example.ORIGIN, log)
    head = RegisterHead(1, 2, leaf(3), 3)

    merkle.verify_inclusion(leaf(3), proof.index, now.size, proof.hashes, now.root)
    merkle.verify_consistency(earlier.size, now.size, lines("consistency-3-5"), earlier.root, now.root)
    verify_head(head, read_heads(parse_system_entry(BLOCKS["entry-4"].encode())), lines("register-proof-1"))
    verify_complete(chain.verify_chain(links), head)
    assert [one.cosigned_at for one in opened.verified] == [None, ledger_example.COSIGNED_AT]


def test_paper_names_the_checkpoint_and_an_erase_entry_the_digest_as_the_page_says() -> None:
    form, *named = BLOCKS["paper-5"].split(" ")
    (erased,) = json.loads(BLOCKS["erased-reason"])

    assert form == "exhibits/1"
    assert named == BLOCKS["checkpoint-5"].split("\n")[:3]
    assert erased["digest"] in json.loads(BLOCKS["entry-3"])["det"]
    assert erased["seq"] == json.loads(BLOCKS["entry-3"])["seq"]
