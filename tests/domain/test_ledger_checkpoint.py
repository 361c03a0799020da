"""A checkpoint has one form, belongs to one log, and counts only with that log's own signature."""

import base64

import pytest

from exhibits_app.domain import merkle, note
from exhibits_app.domain.checkpoint import Checkpoint, LogProof, open_checkpoint, parse_proof, parse_text
from exhibits_app.domain.ledger_faults import LedgerFault, MalformedCheckpoint, MalformedProof, NoKnownSignature
from tests.domain.test_ledger_note import LOG, LOG_KEY, WITNESS, WITNESS_KEY
from tests.support import vectors

ROOT = bytes(range(32))
CHECKPOINT = Checkpoint("exhibits.example/ledger", 12, ROOT)


def signed(checkpoint: Checkpoint) -> bytes:
    return note.join(checkpoint.text(), note.sign(checkpoint.text(), LOG_KEY, LOG.sign))


def test_a_checkpoint_is_three_lines() -> None:
    assert CHECKPOINT.text() == f"exhibits.example/ledger\n12\n{base64.b64encode(ROOT).decode()}\n"


def test_a_signed_checkpoint_opens_for_its_log() -> None:
    checkpoint, opened = open_checkpoint(signed(CHECKPOINT), CHECKPOINT.origin, LOG_KEY)

    assert checkpoint == CHECKPOINT
    assert [one.key for one in opened.verified] == [LOG_KEY]


def test_a_checkpoint_of_another_origin_is_refused_even_under_the_right_key() -> None:
    with pytest.raises(MalformedCheckpoint):
        open_checkpoint(signed(CHECKPOINT), "exhibits.example/training", LOG_KEY)


def test_a_witness_alone_does_not_make_a_checkpoint() -> None:
    text = CHECKPOINT.text()
    data = note.join(text, note.cosign(text, WITNESS_KEY, WITNESS.sign, 1))

    with pytest.raises(NoKnownSignature):
        open_checkpoint(data, CHECKPOINT.origin, LOG_KEY, [WITNESS_KEY])


def test_extension_lines_of_other_logs_are_kept_and_signed() -> None:
    extended = Checkpoint("other.example", 12, ROOT, ("more",))

    assert parse_text(extended.text()) == extended


@pytest.mark.parametrize(
    "text",
    [
        "",
        "o\n1\n",
        f"o\n1\n{base64.b64encode(ROOT).decode()}",
        f"\n1\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n01\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n-1\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n１\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n9223372036854775808\n{base64.b64encode(ROOT).decode()}\n",
        f"o\n1\n{base64.b64encode(ROOT[:31]).decode()}\n",
        f"o\n1\n{base64.b64encode(ROOT).decode()[:-2]}9=\n",
        f"o\n1\n{base64.b64encode(ROOT).decode()}\n\n",
        f"o\n0\n{base64.b64encode(ROOT).decode()}\n",
    ],
)
def test_every_other_form_of_a_checkpoint_is_refused(text: str) -> None:
    with pytest.raises(MalformedCheckpoint):
        parse_text(text)


@pytest.mark.parametrize("path", vectors.paths("extracted/tlog_proof.json"))
def test_the_public_proofs_are_written_and_refused_as_they_say(path: str) -> None:
    cases = vectors.load(path)

    for case in cases["marshal"]:
        extra = None if case["extra"] is None else base64.b64decode(case["extra"])
        hashes = tuple(map(base64.b64decode, case["hashes"]))
        proof = LogProof(case["index"], hashes, case["checkpoint"].encode(), extra)
        assert proof.text().decode() == case["want"]
        assert parse_proof(case["want"].encode()) == proof
    for case in cases["reject"]:
        with pytest.raises(LedgerFault):
            parse_proof(case["text"].encode())


@pytest.mark.parametrize(
    "text",
    [
        "c2sp.org/tlog-proof@v1\nindex 01\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex 0\n\n",
        "c2sp.org/tlog-proof@v1\nindex 0\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex 0\nextra AAAA\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nextra AB==\nindex 0\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex 0" + "\n" + "\n".join(["A" * 43 + "="] * 64) + "\n\ncheckpoint\n",
        "c2sp.org/tlog-proof@v1\nindex é\n\ncheckpoint\n",
    ],
)
def test_every_other_form_of_a_proof_is_refused(text: str) -> None:
    with pytest.raises(MalformedProof):
        parse_proof(text.encode())


def test_an_empty_log_has_the_empty_root() -> None:
    assert parse_text(Checkpoint("o", 0, merkle.EMPTY_ROOT).text()).size == 0
