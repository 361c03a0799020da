"""A full audit finds what is wrong anywhere in the log, names the entry, and does not stop there."""

from exhibits_app.domain.entry import ZERO, build_entry, build_system_entry, leaf_hash
from exhibits_app.domain.log_audit import Findings, LogAudit, heads_sizes
from exhibits_app.domain.merkle import tree_hash
from tests.domain import ledger_example as example
from tests.domain.ledger_parts import an_entry

LOG = [*example.entries(), example.heads_entry()]


def audited(bodies: list[bytes], roots: dict[int, bytes] | None = None) -> Findings:
    running = LogAudit(example.ORIGIN, heads_sizes(bodies), roots or {})
    for body in bodies:
        running.feed(body)
    return running.finish()


def root(count: int) -> bytes:
    return tree_hash(map(leaf_hash, LOG[:count]))


def test_a_sound_log_passes_with_its_heads_and_its_signed_roots() -> None:
    found = audited(LOG, {3: root(3), 5: root(5)})

    assert found == Findings(entries=5, exhibits=2, heads=1, roots=2, faults=[])


def test_an_entry_taken_out_shows_in_the_chain_the_register_and_the_root() -> None:
    found = audited([LOG[0], LOG[2], LOG[3], LOG[4]], {5: root(5)})

    assert found.faults == [
        "Entry 2 is number 1 of exhibit 1; number 0 comes next.",
        "Entry 3 names another register tree than the first 4 entries give.",
        "The log ends after 4 entries, and a checkpoint of 5 is signed.",
    ]


def test_a_signed_root_that_is_another_shows() -> None:
    found = audited(LOG, {3: root(4)})

    assert found.faults == ["The first 3 entries do not have the root that was signed for that size."]


def test_an_entry_that_continues_another_history_shows() -> None:
    other = build_entry(
        at=example.at(2), det=[], ex=1, log=example.ORIGIN, prev=leaf_hash(LOG[2]).hex(), seq=1, type="move"
    )

    assert audited([*LOG[:3], other]).faults == ["Entry 3 does not follow the last entry of exhibit 1."]


def test_an_entry_of_another_log_shows() -> None:
    stranger = an_entry(ex=1, log="other.example/log", prev=ZERO)

    assert "Entry 0 belongs to the log other.example/log." in audited([stranger]).faults


def test_what_is_no_entry_is_named_and_the_audit_goes_on() -> None:
    found = audited([b"{}", *LOG[1:4]])

    assert found.faults[0].startswith("Entry 0 of the log: ")
    assert found.entries == 4
    assert len(found.faults) == 1


def test_a_register_number_far_beyond_the_others_does_not_fill_the_memory() -> None:
    found = audited([an_entry(ex=2**50, log=example.ORIGIN)])

    assert found.faults == [f"Entry 0 is about exhibit {2**50}, and register numbers have no gaps."]


def test_a_heads_entry_of_a_size_above_its_own_place_shows() -> None:
    data = {"exhibits": 2, "root": example.register().root().hex(), "size": 9}
    early = build_system_entry(at=example.at(3), data=data, log=example.ORIGIN, type="heads")

    assert audited([*LOG[:4], early]).faults == ["Entry 4 names another register tree than the first 9 entries give."]
