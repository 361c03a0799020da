"""The alarm: a ledger that is not what was signed is read-only until somebody has looked into it."""

import pytest
from sqlalchemy import create_engine, text

from exhibits_app.domain.entry import parse_system_entry
from exhibits_app.domain.errors import LedgerReadOnly
from exhibits_app.services import ledger_keeper, ledger_sign, ledger_tree
from tests.support.ledger import SigningForce


def test_a_tree_that_does_not_begin_with_what_was_signed_is_not_signed_and_the_ledger_is_read_only(
    signing: SigningForce,
) -> None:
    signing.items(2)
    before = signing.checkpoint()
    spoil_state(signing)
    with pytest.raises(LedgerReadOnly):
        ledger_sign.sign(signing.services)

    with pytest.raises(LedgerReadOnly):
        signing.items(1)

    assert signing.published() == [before.note]
    with signing.services.store.read() as work:
        alarm = work.checkpoints.alarm()
    assert alarm is not None
    assert alarm.code == "state_differs"
    assert "root" in alarm.says


def test_at_start_the_root_is_recomputed_from_the_right_edge(signing: SigningForce) -> None:
    signing.items(2)
    signing.checkpoint()
    spoil_state(signing)

    assert not ledger_keeper.start(signing.services)

    with pytest.raises(LedgerReadOnly):
        signing.items(1)


def test_after_an_incident_was_looked_into_the_ledger_is_written_again_and_says_so(signing: SigningForce) -> None:
    signing.items(2)
    signed = signing.checkpoint()
    spoil_state(signing)
    ledger_keeper.start(signing.services)
    assert not ledger_keeper.resolve(signing.services, "a disk was replaced")
    spoil_state(signing, signed.root)

    assert ledger_keeper.resolve(signing.services, "a disk was replaced")

    signing.checkpoint()
    incident = parse_system_entry(last_body(signing))
    assert (incident.type, incident.data["reason"]) == ("incident", "a disk was replaced")


def spoil_state(signing: SigningForce, root: bytes = bytes(32)) -> None:
    engine = create_engine(signing.force.settings.address)
    with engine.begin() as connection:
        connection.execute(text("UPDATE tree_state SET root = :root"), {"root": root})
    engine.dispose()


def test_the_ledger_says_which_of_the_databases_rules_are_gone(signing: SigningForce) -> None:
    with signing.services.store.read() as work:
        assert work.tree.faults() == []
    engine = create_engine(signing.force.settings.address)
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX entry_event"))
    engine.dispose()

    with signing.services.store.read() as work:
        assert work.tree.faults() == ["The unique index entry_event is missing."]


def last_body(signing: SigningForce) -> bytes:
    with signing.services.store.read() as work:
        return list(ledger_tree.log(work, 0, 1_000))[-1].body


def test_a_broken_tile_stops_the_integrator_with_an_alarm_and_not_the_jobs(signing: SigningForce) -> None:
    signing.items(2)
    signing.checkpoint()
    signing.items(1)
    engine = create_engine(signing.force.settings.address)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM tile"))
    engine.dispose()

    outcome = ledger_keeper.run(signing.services)

    assert (outcome.integrated, outcome.signed) == (0, None)
    with signing.services.store.read() as work:
        alarm = work.checkpoints.alarm()
    assert alarm is not None
    assert alarm.code == "tile_missing"


def test_files_that_cannot_be_written_are_said_and_the_checkpoint_comes_later(on_sqlite: SigningForce) -> None:
    on_sqlite.items(1)
    (on_sqlite.folder / "ledger").write_text("in the way")

    refused = ledger_keeper.run(on_sqlite.services)
    (on_sqlite.folder / "ledger").unlink()
    later = ledger_keeper.run(on_sqlite.services)

    assert "its own files cannot be used" in refused.says
    assert later.signed is not None
    assert on_sqlite.published()[-1] == later.signed.note
