"""A witness cosigns only what follows from what it saw before."""

import base64

import pytest

from exhibits_app.domain import note, witness
from exhibits_app.domain.checkpoint import Checkpoint
from exhibits_app.domain.ledger_faults import LedgerFault
from exhibits_app.domain.merkle import tree_hash
from exhibits_app.domain.note import ED25519, VerifierKey
from tests.domain.test_ledger_note import LOG, LOG_KEY
from tests.support import vectors

# What C2SP tlog-witness answers; an unknown log is 404 there and 403 in the litewitness of these vectors.
STATUS = {
    witness.UnknownLog: 403,
    witness.NotSignedByTheLog: 403,
    witness.OtherSizeSeen: 409,
    witness.OtherRootSeen: 409,
    witness.NotConsistent: 422,
}
LOGS = {LOG_KEY.name: LOG_KEY}
LEAVES = [bytes([number]) * 32 for number in range(4)]


def a_checkpoint(size: int, leaves: list[bytes] = LEAVES) -> Checkpoint:
    return Checkpoint(LOG_KEY.name, size, tree_hash(leaves[:size]))


def a_request(old: int, checkpoint: Checkpoint, *proof: bytes) -> bytes:
    lines = [f"old {old}", *(base64.b64encode(one).decode() for one in proof), "", ""]
    text = checkpoint.text()
    return "\n".join(lines).encode() + note.join(text, note.sign(text, LOG_KEY, LOG.sign))


def said(fault: witness.WitnessFault, rule: str) -> bool:
    """Whether the fault says what the vectors assert of the body: a phrase in it, or the size alone."""
    if isinstance(fault, witness.OtherSizeSeen):
        return rule == f'body == "{fault.seen}\\n"'
    return rule.removeprefix('body contains "').removesuffix('"') in str(fault)


@pytest.mark.parametrize("path", vectors.paths("extracted/witness_add_checkpoint_sequence.json"))
def test_the_public_sequence_of_requests_is_answered_as_it_says(path: str) -> None:
    case = vectors.load(path)
    public = bytes.fromhex(case["log_pubkey_hex"])
    requests = [(request["body"].encode(), request) for request in case["requests"]]
    origin = requests[0][0].split(b"\n")[2].decode()
    logs = {origin: VerifierKey(origin, ED25519, public)}
    seen = None

    for body, expected in requests:
        request = witness.read_request(body)
        if expected["status"] == 200:
            seen = witness.judge(request, seen, logs)
            continue
        with pytest.raises(witness.WitnessFault) as fault:
            witness.judge(request, seen, logs)
        assert STATUS[fault.type] == expected["status"]
        assert said(fault.value, expected["assert"])


def test_the_first_checkpoint_is_taken_without_a_proof() -> None:
    assert witness.judge(witness.read_request(a_request(0, a_checkpoint(3))), None, LOGS) == a_checkpoint(3)


def test_the_same_checkpoint_again_is_cosigned_again() -> None:
    request = witness.read_request(a_request(3, a_checkpoint(3)))

    assert witness.judge(request, a_checkpoint(3), LOGS) == a_checkpoint(3)


def test_a_second_root_for_the_same_size_is_a_fork() -> None:
    request = witness.read_request(a_request(3, a_checkpoint(3, LEAVES[::-1])))

    with pytest.raises(witness.OtherRootSeen):
        witness.judge(request, a_checkpoint(3), LOGS)


def test_a_proof_from_nothing_must_be_empty() -> None:
    request = witness.read_request(a_request(0, a_checkpoint(3), LEAVES[0]))

    with pytest.raises(witness.NotConsistent):
        witness.judge(request, None, LOGS)


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"old 0",
        a_request(0, a_checkpoint(3))[1:],
        a_request(0, a_checkpoint(3)).replace(b"old 0", b"old 00"),
        a_request(0, a_checkpoint(3)).replace(b"old 0", b"old -1"),
        a_request(0, a_checkpoint(3)).replace(b"old 0\n", b"old 0\n!\n"),
        a_request(4, a_checkpoint(3)),
        a_request(0, a_checkpoint(3), *[LEAVES[0]] * 64),
        a_request(0, a_checkpoint(3))[:-1],
    ],
)
def test_a_request_of_another_form_is_not_read(body: bytes) -> None:
    with pytest.raises(LedgerFault):
        witness.read_request(body)
