"""A witness that runs: its answers over HTTP, what it remembers, and what it never does, whatever it is sent."""

import base64
import threading
from collections.abc import Sequence
from pathlib import Path

import httpx
import pytest

from exhibits_app.domain import merkle, note, public_log, witness
from exhibits_app.domain.checkpoint import Checkpoint, open_checkpoint
from exhibits_app.domain.entry import leaf_hash
from exhibits_app.services import witness as service
from exhibits_app.services.witness import Witness
from exhibits_app.store.public_log import FolderPublicLog
from exhibits_app.web.witness import STATUSES
from tests.domain import ledger_example as example
from tests.domain.ledger_parts import an_entry
from tests.support.outside import a_witness, again, answering

LEAVES = example.leaves()


def signed(leaves: Sequence[bytes], origin: str = example.ORIGIN) -> bytes:
    text = Checkpoint(origin, len(leaves), merkle.tree_hash(leaves)).text()
    return note.join(text, note.sign(text, example.LOG_KEY, example.SECRET.sign))


def a_request(old: int, size: int, leaves: Sequence[bytes] = LEAVES) -> bytes:
    def node(level: int, index: int) -> bytes:
        return merkle.tree_hash(leaves[index << level : (index + 1) << level])

    proof = merkle.consistency_proof(old, size, node) if 0 < old < size else []
    return witness.write_request(old, proof, signed(leaves[:size]))


@pytest.fixture
def made(tmp_path: Path) -> Witness:
    return a_witness(tmp_path / "witness", example.LOG_KEY)


def post(address: str, body: bytes) -> httpx.Response:
    return httpx.post(f"{address}/add-checkpoint", content=body)


def seen(made: Witness) -> int:
    last = service.last_seen(made, example.ORIGIN)
    return last.size if last else 0


def test_it_cosigns_what_follows_and_says_when(made: Witness) -> None:
    with answering(made) as address:
        first = post(address, a_request(0, 3))
        second = post(address, a_request(3, 5))

    assert (first.status_code, second.status_code) == (200, 200)
    key = service.verifier_key(made)
    line, at = witness.read_answer(second.content, signed(LEAVES), key)
    assert at == int(made.clock.now().timestamp())
    together = signed(LEAVES) + line.encode()
    checkpoint, opened = open_checkpoint(together, example.ORIGIN, example.LOG_KEY, [key])
    assert (checkpoint.size, len(opened.verified)) == (5, 2)


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (a_request(0, 5), 409),
        (a_request(3, 3, LEAVES[::-1]), 409),
        (a_request(3, 5).replace(b"exhibits.example/ledger\n", b"other.example/ledger\n"), 404),
        (a_request(3, 5).replace(b" 1agZ5", b" 1agZ6"), 403),
        (a_request(3, 5).replace(signed(LEAVES)[-20:], b"A" * 18 + b"=\n"), 403),
        (witness.write_request(3, [bytes(32)], signed(LEAVES)), 422),
        (witness.write_request(3, [], signed(LEAVES)), 422),
        (witness.write_request(9, [], signed(LEAVES)), 400),
        (b"old 3\n", 400),
        (b"", 400),
        (b"\xff" * 99, 400),
    ],
)
def test_whatever_does_not_follow_is_answered_with_its_reason_and_changes_nothing(
    made: Witness, body: bytes, status: int
) -> None:
    with answering(made) as address:
        post(address, a_request(0, 3))
        answer = post(address, body)

    assert answer.status_code == status
    assert seen(made) == 3


def test_a_conflict_names_the_size_that_was_cosigned(made: Witness) -> None:
    with answering(made) as address:
        post(address, a_request(0, 3))
        answer = post(address, a_request(0, 5))

    assert (answer.text, answer.headers["Content-Type"]) == ("3\n", "text/x.tlog.size")


def test_other_addresses_and_methods_are_refused(made: Witness) -> None:
    with answering(made) as address:
        assert httpx.get(f"{address}/add-checkpoint").status_code == 405
        assert httpx.post(f"{address}/").status_code == 404
        assert post(address, b"x" * 1_100_000).status_code == 413


def test_a_fork_is_kept_as_evidence_that_anybody_can_check(made: Witness, tmp_path: Path) -> None:
    with answering(made) as address:
        post(address, a_request(0, 3))
        post(address, a_request(3, 3, LEAVES[::-1]))

    (kept,) = (tmp_path / "witness").glob("logs/*/forks/*")
    checkpoint, _ = open_checkpoint(kept.read_bytes(), example.ORIGIN, example.LOG_KEY)
    assert (checkpoint.size, checkpoint.root) == (3, merkle.tree_hash(LEAVES[::-1][:3]))


def test_what_it_saw_outlives_the_process(made: Witness, tmp_path: Path) -> None:
    service.add_checkpoint(made, a_request(0, 5))

    with pytest.raises(witness.OtherSizeSeen) as fault:
        service.add_checkpoint(again(tmp_path / "witness"), a_request(0, 3))

    assert fault.value.seen == 5


@pytest.mark.parametrize("spoil", [Path.unlink, lambda path: path.write_bytes(b"half a no")], ids=["gone", "spoilt"])
def test_a_witness_that_has_forgotten_cosigns_nothing(made: Witness, tmp_path: Path, spoil: object) -> None:
    service.add_checkpoint(made, a_request(0, 3))
    (kept,) = (tmp_path / "witness").glob("logs/*/seen")
    spoil(kept)  # type: ignore[operator]

    with answering(again(tmp_path / "witness")) as address:
        answer = post(address, a_request(0, 3, LEAVES[::-1]))

    assert answer.status_code == 500


def test_of_two_that_ask_at_once_only_one_is_first(made: Witness) -> None:
    """Each of many threads offers another tree of size 2 to a witness that has seen nothing: it cosigns one."""
    trees = [[bytes([number]) * 32, bytes(32)] for number in range(12)]
    start, said = threading.Barrier(len(trees)), []

    with answering(made) as address:

        def offer(tree: list[bytes]) -> None:
            start.wait()
            said.append(post(address, a_request(0, 2, tree)).status_code)

        threads = [threading.Thread(target=offer, args=(tree,)) for tree in trees]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    assert sorted(said) == [200] + [409] * 11


def test_it_never_goes_back_when_a_smaller_checkpoint_races_a_larger_one(made: Witness) -> None:
    service.add_checkpoint(made, a_request(0, 1))
    start, answers = threading.Barrier(8), []

    with answering(made) as address:

        def offer(size: int) -> None:
            start.wait()
            answers.append((post(address, a_request(1, size)).status_code, size))

        threads = [threading.Thread(target=offer, args=(2 + number % 4,)) for number in range(8)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()

    cosigned = [size for status, size in answers if status == 200]
    assert cosigned == [seen(made)]


def test_every_fault_of_a_witness_has_its_status() -> None:
    asked = {witness.WitnessRefuses, witness.WitnessIsAhead}

    assert set(witness.WitnessFault.__subclasses__()) - asked == set(STATUSES) - {public_log.MalformedBundle}


# With the log's entries: it reads the rules as well.


def published(folder: Path, entries: Sequence[bytes]) -> list[bytes]:
    """A published log of these entries; their leaf hashes."""
    for first in range(0, len(entries), 256):
        some = entries[first : first + 256]
        FolderPublicLog(folder).put(public_log.path(first // 256, len(some)), public_log.pack(some))
    return [leaf_hash(entry) for entry in entries]


@pytest.fixture
def strict(tmp_path: Path) -> Witness:
    return a_witness(tmp_path / "witness", example.LOG_KEY, entries=str(tmp_path / "public"))


SOUND = [*example.entries(), example.heads_entry()]


def test_a_strict_witness_cosigns_a_log_whose_rules_hold(strict: Witness, tmp_path: Path) -> None:
    for old, size in ((0, 3), (3, 4), (4, 5), (5, 5)):
        published(tmp_path / "public", SOUND[:size])
        assert service.add_checkpoint(strict, a_request(old, size)).startswith("— witness.example/w1 ")


def test_a_strict_witness_that_was_restarted_reads_the_log_again(strict: Witness, tmp_path: Path) -> None:
    published(tmp_path / "public", SOUND[:4])
    published(tmp_path / "public", SOUND)
    service.add_checkpoint(strict, a_request(0, 4))

    assert service.add_checkpoint(again(tmp_path / "witness"), a_request(4, 5))


@pytest.mark.parametrize(
    "broken",
    [
        [*SOUND[:4], an_entry(log=example.ORIGIN, ex=1, seq=5, prev="a" * 64)],
        [*SOUND[:4], SOUND[4].replace(b'"exhibits":2', b'"exhibits":3')],
        [*SOUND[:4], b"no entry"],
        [*SOUND[:4], SOUND[4].replace(b"example/ledger", b"example/another")],
    ],
    ids=["a gap in a chain", "a wrong register", "no entry", "another log"],
)
def test_a_log_that_grows_and_breaks_its_own_rules_is_not_cosigned(
    strict: Witness, tmp_path: Path, broken: list[bytes]
) -> None:
    published(tmp_path / "public", broken[:4])
    leaves = published(tmp_path / "public", broken)
    service.add_checkpoint(strict, a_request(0, 4, leaves))

    with answering(strict) as address:
        answer = post(address, a_request(4, 5, leaves))
        plain = a_witness(tmp_path / "plain", example.LOG_KEY)
        assert service.add_checkpoint(plain, a_request(0, 5, leaves))

    assert answer.status_code == 422
    assert "do not hold together" in answer.text
    assert seen(strict) == 4


def test_entries_other_than_the_checkpoint_says_are_not_believed(strict: Witness, tmp_path: Path) -> None:
    published(tmp_path / "public", [SOUND[0], SOUND[2], SOUND[1]])

    with pytest.raises(witness.RulesBroken, match="do not have the root"):
        service.add_checkpoint(strict, a_request(0, 3))


def test_a_strict_witness_waits_until_the_entries_are_there(strict: Witness, tmp_path: Path) -> None:
    with answering(strict) as address:
        before = post(address, a_request(0, 5))
        published(tmp_path / "public", SOUND)
        after = post(address, a_request(0, 5))

    assert (before.status_code, after.status_code) == (503, 200)


def test_entries_are_read_across_bundles_of_256(tmp_path: Path) -> None:
    entries = [an_entry(seq=0, ex=number, log=example.ORIGIN) for number in range(1, 601)]
    published(tmp_path, entries)

    assert list(public_log.read(FolderPublicLog(tmp_path).get, 0, 600)) == entries
    assert list(public_log.read(FolderPublicLog(tmp_path).get, 250, 512)) == entries[250:512]
    with pytest.raises(public_log.MalformedBundle):
        public_log.unpack(public_log.pack(entries)[:-1], "here")


def test_a_request_written_is_a_request_read() -> None:
    read = witness.read_request(a_request(3, 5))

    assert (read.old, read.checkpoint.size, read.note) == (3, 5, signed(LEAVES))
    assert base64.b64encode(read.proof[0]).decode() in a_request(3, 5).decode()
