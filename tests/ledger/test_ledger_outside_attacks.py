"""Everything rewritten and signed anew with the real key by the owner of the database: what parties outside show."""

from pathlib import Path

import pytest
from sqlalchemy import text

from exhibits_app.domain import public_log
from exhibits_app.domain.note import VerifierKey
from exhibits_app.jobs.time_stamps import HttpAuthority
from exhibits_app.services import ledger_bundle, ledger_heads, ledger_keeper, ledger_levels, ledger_sign
from exhibits_app.services import witness as witnessing
from exhibits_app.services.ports.outside import WatchedLog
from exhibits_app.services.witness import Witness
from exhibits_app.store.public_log import FolderPublicLog
from tests.ledger.attacking import body_of, make_the_tree_anew, owning, remove, rewrite_everything
from tests.ledger.test_ledger_outside import client, outside, watching, witnessed
from tests.support.authority import Authority, stamping
from tests.support.ledger import SigningForce, verify_bundle
from tests.support.outside import answering


@pytest.fixture
def victim(signing: SigningForce) -> SigningForce:
    """Two exhibits, heads included, signed and not yet shown to anybody."""
    signing.items(2)
    ledger_heads.log_heads(signing.services)
    signing.checkpoint()
    return signing


@pytest.fixture
def made(victim: SigningForce, tmp_path: Path) -> Witness:
    return watching(victim, tmp_path / "witness")


def level_6(victim: SigningForce) -> tuple[str, str]:
    report = ledger_levels.verify(victim.services)
    return next((one.result, one.detail) for one in report.verdicts if one.level == "L6")


def forget(victim: SigningForce) -> None:
    """The attacker removes from the database what the witness had said."""
    with owning(victim) as owner:
        owner.execute(text("DELETE FROM attestation"))


def test_a_witness_does_not_cosign_a_rewritten_log(victim: SigningForce, made: Witness) -> None:
    with witnessed(victim, made):
        ledger_keeper.run(victim.services)
        rewrite_everything(victim)
        outcome = ledger_keeper.run(victim.services)

    assert "does not cosign" in outcome.refused
    assert level_6(victim)[0] == "FAIL"


def test_nor_when_the_attacker_removes_what_the_witness_had_said(
    victim: SigningForce, made: Witness, tmp_path: Path
) -> None:
    with witnessed(victim, made):
        ledger_keeper.run(victim.services)
        rewrite_everything(victim)
        forget(victim)
        victim.items(3)
        outcome = ledger_keeper.run(victim.services)
        path = tmp_path / "b.zip"
        path.write_bytes(ledger_bundle.make(victim.services, [1]))

    given = ["--origin", victim.origin(), "--log-key", victim.key()]
    code, levels = verify_bundle(path, *given, "--witness", str(witnessing.verifier_key(made)))
    assert "(answer 422)" in outcome.refused
    assert (code, levels["L4"][0], levels["L5"][0], levels["L6"][0]) == (1, "PASS", "NOT CHECKED", "FAIL")


def test_what_no_witness_had_seen_yet_is_honestly_not_detected(
    victim: SigningForce, made: Witness, tmp_path: Path
) -> None:
    rewrite_everything(victim)
    with witnessed(victim, made):
        ledger_keeper.run(victim.services)

    assert level_6(victim)[0] == "PASS"
    assert level_6(victim)[1].endswith("; 0 entries are younger)")


def test_a_stamped_checkpoint_does_not_fit_a_rewritten_log(victim: SigningForce, tmp_path: Path) -> None:
    authority = Authority(tmp_path / "authority")
    with stamping(authority) as address:
        outside(victim, authorities=(HttpAuthority(address, authority.root),))
        ledger_keeper.run(victim.services)
        rewrite_everything(victim)

    report = ledger_levels.verify(victim.services)

    assert {one.level: one.result for one in report.verdicts}["L6t"] == "FAIL"


def test_only_a_strict_witness_sees_an_event_left_out_of_a_chain(
    on_sqlite: SigningForce, made_two: tuple[Witness, Witness], tmp_path: Path
) -> None:
    """The operator drops an event before anybody outside has seen it: the log grows, and its rules are broken."""
    strict, plain = made_two
    (first,) = on_sqlite.items(1)
    on_sqlite.force.labels([first])
    on_sqlite.force.labels([first])
    on_sqlite.checkpoint()
    with owning(on_sqlite) as owner:
        remove(owner, body_of(owner, first, 1)[0])
        owner.execute(text("UPDATE leaf SET leaf_index = leaf_index - 1 WHERE leaf_index > 2"))
        make_the_tree_anew(owner)
        owner.execute(text("DELETE FROM checkpoint"))
    (on_sqlite.folder / "ledger" / "high-water").unlink()

    with answering(strict) as one, answering(plain) as other:
        clients = (client(strict, one), client(plain, other))
        outside(on_sqlite, witnesses=clients, public_log=FolderPublicLog(tmp_path / "public"))
        outcome = ledger_keeper.run(on_sqlite.services)

    with on_sqlite.services.store.read() as work:
        assert [one.party for one in work.checkpoints.attestations()] == [str(witnessing.verifier_key(plain))]
    assert "is number 2 of exhibit 1; number 1 comes next" in outcome.refused


@pytest.fixture
def made_two(on_sqlite: SigningForce, tmp_path: Path) -> tuple[Witness, Witness]:
    strict = watching(on_sqlite, tmp_path / "strict", entries=str(tmp_path / "public"), name="witness.example/strict")
    return strict, watching(on_sqlite, tmp_path / "plain")


def test_a_witness_goes_on_with_a_new_key_once_it_is_told(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    on_sqlite.items(1)
    with witnessed(on_sqlite, made):
        ledger_keeper.run(on_sqlite.services)
        ledger_sign.rotate(on_sqlite.services)
        both = ledger_keeper.run(on_sqlite.services)
        on_sqlite.items(1)
        refused = ledger_keeper.run(on_sqlite.services)
        made.memory.watch(WatchedLog(VerifierKey.parse(on_sqlite.key())))
        again = ledger_keeper.run(on_sqlite.services)

    assert (both.refused, again.refused) == ("", "")
    assert "(answer 403)" in refused.refused


def test_the_published_log_holds_what_a_reader_of_its_checkpoint_needs(on_sqlite: SigningForce, tmp_path: Path) -> None:
    public = FolderPublicLog(tmp_path / "public")
    outside(on_sqlite, public_log=public)
    for _ in range(3):
        on_sqlite.items(90)
        ledger_keeper.run(on_sqlite.services)

    size = on_sqlite.tree_size()
    assert len(list(public_log.read(public.get, 0, size))) == size
