"""When nothing fits what was signed any more, a new log is opened whose first entry is the incident."""

from pathlib import Path

import pytest

from exhibits_app.domain.checkpoint import open_checkpoint
from exhibits_app.domain.entry import parse_system_entry
from exhibits_app.domain.errors import LedgerReadOnly, NoAlarm
from exhibits_app.domain.note import VerifierKey
from exhibits_app.domain.succession import TreeHead, read_succession
from exhibits_app.services import (
    ledger_audit,
    ledger_heads,
    ledger_keeper,
    ledger_levels,
    ledger_origin,
    ledger_sign,
    ledger_tree,
)
from tests.ledger.attacking import alter, body_of, owning
from tests.ledger.restored import back_up, restore
from tests.support.ledger import SigningForce


@pytest.fixture
def set_back(signing: SigningForce, tmp_path: Path) -> SigningForce:
    """One exhibit and its checkpoint are there; two more and theirs were lost by restoring an old backup."""
    signing.items(1)
    signing.checkpoint()
    signing.force.labels([1])
    backup = back_up(signing, tmp_path)
    signing.items(2)
    signing.checkpoint()
    restore(signing, backup)
    assert not ledger_keeper.start(signing.services)
    return signing


def failures(signing: SigningForce) -> dict[str, str]:
    report = ledger_levels.verify(signing.services)
    return {one.level: one.detail for one in report.verdicts if one.result == "FAIL"}


def test_the_first_entry_of_the_new_log_is_the_incident_and_says_what_was_lost(set_back: SigningForce) -> None:
    old = set_back.origin()
    published = ledger_sign.read(set_back.published()[-1])
    fits = ledger_sign.read(set_back.published()[0])

    opened = ledger_origin.open_new(set_back.services, "last night's backup was restored")

    ledger_tree.integrate(set_back.services)
    with set_back.services.store.read() as work:
        first = parse_system_entry(work.tree.entries(0, 1)[0].body)
    succession = read_succession(first)
    assert succession == opened.succession
    assert first.data["alarm"] == "shorter_than_signed"
    assert first.data["reason"] == "last night's backup was restored"
    assert (succession.closed, first.log) == (old, opened.origin)
    assert opened.origin != old
    assert succession.published == TreeHead(published.size, published.root)
    assert succession.fits == TreeHead(fits.size, fits.root)
    assert succession.carried.exhibits == 1


def test_after_it_the_ledger_is_written_and_signed_under_the_new_name_and_key(set_back: SigningForce) -> None:
    opened = ledger_origin.open_new(set_back.services, "a backup was restored")

    set_back.items(1)
    set_back.force.labels([1])
    signed = set_back.checkpoint()

    said, _ = open_checkpoint(signed.note, opened.origin, VerifierKey.parse(opened.key))
    assert said.size == 2 + 2
    assert set_back.published() == [signed.note]
    assert ledger_keeper.start(set_back.services)
    assert failures(set_back) == {}
    assert ledger_audit.audit(ledger_audit.of_database(set_back.services)).faults == []


def test_while_nothing_is_wrong_no_new_log_is_opened(signing: SigningForce) -> None:
    signing.items(1)

    with pytest.raises(NoAlarm):
        ledger_origin.open_new(signing.services, "we felt like it")

    signing.items(1)


def test_a_database_from_before_the_new_log_is_read_only(set_back: SigningForce, tmp_path: Path) -> None:
    backup = back_up(set_back, tmp_path / "again")
    ledger_origin.open_new(set_back.services, "a backup was restored")
    set_back.checkpoint()
    restore(set_back, backup)

    well = ledger_keeper.start(set_back.services)

    assert not well
    with pytest.raises(LedgerReadOnly):
        set_back.items(1)


def test_a_checkpoint_of_the_closed_log_shows_what_was_lost(set_back: SigningForce) -> None:
    early, lost = set_back.published()
    ledger_origin.open_new(set_back.services, "a backup was restored")
    set_back.checkpoint()

    with_early = ledger_levels.verify(set_back.services, [ledger_levels.Held("early", early)])
    with_lost = ledger_levels.verify(set_back.services, [ledger_levels.Held("lost", lost)])

    assert not with_early.failed
    assert with_lost.faults.keys() == {"L5"}
    assert "of them are left" in with_lost.faults["L5"][0]


def test_a_chain_changed_in_the_closed_log_is_not_what_the_new_one_carries_over(set_back: SigningForce) -> None:
    ledger_origin.open_new(set_back.services, "a backup was restored")
    ledger_heads.log_heads(set_back.services)
    set_back.checkpoint()
    with owning(set_back) as owner:
        entry_id, body = body_of(owner, 1, 1)
        alter(owner, entry_id, body.replace(b'"at":"2026', b'"at":"2025'))

    report = ledger_levels.verify(set_back.services)
    audited = ledger_audit.audit(ledger_audit.of_database(set_back.services))

    assert {"L3", "L4"} <= set(report.faults)
    assert "carries over" in " ".join(report.faults["L4"])
    assert "Entry 0 carries over other chains than the closed logs end with." in audited.faults


def test_the_heads_of_the_new_log_count_every_exhibit_that_was_carried_over(set_back: SigningForce) -> None:
    ledger_origin.open_new(set_back.services, "a backup was restored")

    registered = ledger_heads.log_heads(set_back.services)

    set_back.checkpoint()
    assert registered is not None
    assert registered.heads.exhibits == 1
    assert failures(set_back) == {}
    assert ledger_audit.audit(ledger_audit.of_database(set_back.services)).heads == 1
