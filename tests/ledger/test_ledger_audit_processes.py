"""An audit shared by several processes finds what one process finds."""

import io

import pytest

from exhibits_app.domain.checkpoint import Checkpoint
from exhibits_app.domain.entry import ZERO, build_entry, build_system_entry, leaf_hash
from exhibits_app.domain.log_audit import Findings
from exhibits_app.domain.merkle import tree_hash
from exhibits_app.domain.register_tree import Heads, RegisterTree
from exhibits_app.services import ledger_audit
from exhibits_app.services.ledger_audit import Source

ORIGIN = "exhibits.test/log"
AT = "2026-11-21T10:11:12.123456Z"


def a_log(exhibits: int = 7, turns: int = 9) -> list[bytes]:
    """Entries of so many exhibits in turns, with a heads entry after each turn."""
    ends = [(ex, 0, bytes(32), 0) for ex in range(1, exhibits + 1)]
    log: list[bytes] = []
    for _ in range(turns):
        for number, (ex, seq, prev, _) in enumerate(ends):
            before = prev.hex() if seq else ZERO
            body = build_entry(at=AT, det=[], ex=ex, log=ORIGIN, prev=before, seq=seq, type="move")
            ends[number] = (ex, seq + 1, leaf_hash(body), len(log))
            log.append(body)
        data = Heads(exhibits, RegisterTree(ends).root(), len(log)).data()
        log.append(build_system_entry(at=AT, data=data, log=ORIGIN, type="heads"))
    return log


def audited(log: list[bytes], block: int, processes: int, sizes: tuple[int, ...] = ()) -> Findings:
    blocks = [b"\n".join(log[at : at + block]) for at in range(0, len(log), block)]
    signed = [Checkpoint(ORIGIN, size, tree_hash(map(leaf_hash, a_log()[:size]))) for size in sizes]
    return ledger_audit.audit(Source(ORIGIN, lambda: blocks, signed), processes=processes)


@pytest.mark.parametrize("block", [1, 3, 10, 1_000])
def test_blocks_of_any_size_give_the_same(block: int) -> None:
    found = audited(a_log(), block, 0, (1, 8, 40, 72))

    assert found == Findings(entries=72, exhibits=7, heads=9, roots=4)


def test_two_processes_find_what_one_finds() -> None:
    log = a_log()
    log[30] = log[30].replace(b"2026", b"2025")
    log[45] = b"{}"
    del log[60]

    alone = audited(log, 10, 0, (20, 72))
    together = audited(log, 10, 2, (20, 72))

    assert together == alone
    assert len(alone.faults) > 4
    assert audited(a_log(), 10, 2, (20, 72)).faults == []


def test_a_line_that_never_ends_is_no_entry_and_does_not_fill_the_memory() -> None:
    blocks = list(ledger_audit.blocks_of(io.BytesIO(b"a\nbb\n" + b"x" * 5_000), 100, 500))

    assert blocks[0] == b"a\nbb"
    assert max(map(len, blocks)) <= 600
    assert b"".join(blocks[1:]) == b"x" * 5_000


def test_an_entry_of_the_database_that_holds_the_end_of_a_line_is_still_one_entry() -> None:
    (block,) = ledger_audit.in_blocks([b'{"a":1}', b'{"b"\n:1}'])

    assert block.split(b"\n") == [b'{"a":1}', b'{"b" :1}']
