"""Witnesses and time-stamp authorities as the log meets them: asked each round, believed once checked, never lost."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path

from exhibits_app.domain import note, public_log, witness
from exhibits_app.domain.checkpoint import open_checkpoint
from exhibits_app.domain.note import VerifierKey
from exhibits_app.jobs.outside import HttpWitness
from exhibits_app.services import health, ledger, ledger_keeper, ledger_outside, ledger_public, ledger_tree
from exhibits_app.services import witness as witnessing
from exhibits_app.services.context import Outside
from exhibits_app.services.ports.ledger_tree import WITNESS, Attestation
from exhibits_app.services.witness import Witness
from exhibits_app.store.public_log import FolderPublicLog
from tests.support.ledger import SigningForce
from tests.support.outside import a_witness, answering

NOWHERE = "http://127.0.0.1:9"


def watching(signing: SigningForce, folder: Path, **told: str) -> Witness:
    return a_witness(folder, VerifierKey.parse(signing.key()), clock=signing.force.clock, **told)


def client(made: Witness, address: str) -> HttpWitness:
    return HttpWitness(witnessing.verifier_key(made), address)


def outside(signing: SigningForce, **parties: object) -> SigningForce:
    signing.services = replace(signing.services, outside=replace(Outside(), **parties))  # type: ignore[arg-type]
    return signing


@contextmanager
def witnessed(signing: SigningForce, *made: Witness) -> Iterator[None]:
    """The jobs ask these witnesses."""
    with ExitStack() as running:
        clients = tuple(client(one, running.enter_context(answering(one))) for one in made)
        outside(signing, witnesses=clients)
        yield


def said(signing: SigningForce) -> list[Attestation]:
    return list(ledger_outside.newest_by_party(signing.services).values())


def sizes(signing: SigningForce) -> list[int]:
    return [one.size for one in said(signing)]


def test_every_round_the_newest_checkpoint_is_cosigned(signing: SigningForce, tmp_path: Path) -> None:
    made = watching(signing, tmp_path / "witness")
    with witnessed(signing, made):
        for _ in range(3):
            signing.items(2)
            outcome = ledger_keeper.run(signing.services)

    (one,) = said(signing)
    assert outcome.signed is not None
    assert (outcome.refused, one.kind, one.size) == ("", WITNESS, outcome.signed.size)
    key = witnessing.verifier_key(made)
    together = outcome.signed.note + one.statement
    _, opened = open_checkpoint(together, signing.origin(), VerifierKey.parse(signing.key()), [key])
    assert key in [each.key for each in opened.verified]
    assert one.stated_at == signing.force.clock.now()


def test_a_witness_that_was_down_cosigns_the_newest_when_it_is_back(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    with witnessed(on_sqlite, made):
        on_sqlite.items(1)
        ledger_keeper.run(on_sqlite.services)
    down = outside(on_sqlite, witnesses=(client(made, NOWHERE),))
    down.items(1)
    away = ledger_keeper.run(down.services)
    down.items(1)
    ledger_keeper.run(down.services)
    before = sizes(down)

    with witnessed(on_sqlite, made):
        back = ledger_keeper.run(on_sqlite.services)

    assert "witness.example/w1 did not answer" in away.refused
    assert away.signed is not None
    assert back.signed is not None
    assert (before, sizes(on_sqlite)) == ([3], [back.signed.size])


def test_one_witness_that_is_down_does_not_keep_another_from_cosigning(on_sqlite: SigningForce, tmp_path: Path) -> None:
    one = watching(on_sqlite, tmp_path / "one")
    other = watching(on_sqlite, tmp_path / "other", name="witness.example/w2")
    on_sqlite.items(1)
    with answering(other) as address:
        outside(on_sqlite, witnesses=(client(one, NOWHERE), client(other, address)))
        outcome = ledger_keeper.run(on_sqlite.services)

    assert sizes(on_sqlite) == [on_sqlite.tree_size()]
    assert "w1 did not answer" in outcome.refused


def test_an_answer_that_was_lost_is_asked_for_again(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    on_sqlite.items(1)
    signed = on_sqlite.checkpoint()
    witnessing.add_checkpoint(made, witness.write_request(0, [], signed.note))

    with witnessed(on_sqlite, made):
        ledger_keeper.run(on_sqlite.services)

    assert sizes(on_sqlite) == [signed.size + 1]


def test_a_witness_that_saw_more_than_there_is_says_that_the_database_is_old(
    on_sqlite: SigningForce, tmp_path: Path
) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    on_sqlite.items(1)
    old = on_sqlite.checkpoint()
    on_sqlite.items(1)
    new = on_sqlite.checkpoint()
    witnessing.add_checkpoint(made, witness.write_request(0, [], new.note))

    with witnessed(on_sqlite, made):
        _, refused = ledger_outside.ask_all(on_sqlite.services, old)

    assert "may be an older copy" in refused[0]


def test_a_cosignature_by_another_key_than_was_set_is_not_believed(on_sqlite: SigningForce, tmp_path: Path) -> None:
    asked = watching(on_sqlite, tmp_path / "asked")
    set_up = watching(on_sqlite, tmp_path / "set up")
    on_sqlite.items(1)
    with answering(asked) as address:
        outside(on_sqlite, witnesses=(client(set_up, address),))
        outcome = ledger_keeper.run(on_sqlite.services)

    assert "none of the keys held" in outcome.refused
    assert said(on_sqlite) == []


def test_a_log_that_the_witness_does_not_watch_is_told_so(on_sqlite: SigningForce, tmp_path: Path) -> None:
    other = VerifierKey("other.example/log", note.ED25519, VerifierKey.parse(on_sqlite.key()).public_key)
    on_sqlite.items(1)
    with witnessed(on_sqlite, a_witness(tmp_path / "witness", other)):
        outcome = ledger_keeper.run(on_sqlite.services)

    assert "(answer 404)" in outcome.refused


def test_a_cosignature_is_the_newest_anchor_outside(on_sqlite: SigningForce, tmp_path: Path) -> None:
    with witnessed(on_sqlite, watching(on_sqlite, tmp_path / "witness")):
        on_sqlite.items(1)
        ledger_keeper.run(on_sqlite.services)
    on_sqlite.items(3)
    ledger_tree.integrate(on_sqlite.services)
    on_sqlite.force.clock.move(hours=2)

    with on_sqlite.services.store.read() as work:
        seen = ledger.look(on_sqlite.services, work)

    assert seen.anchor is not None
    assert (seen.anchor.size, seen.unanchored) == (3, 3)
    assert seen.anchor.says == "cosigned by the witness witness.example/w1"
    assert "2 hours ago, size 3" in ledger.well(seen)[1]


# The published log, and a witness that reads it.


def test_a_strict_witness_reads_what_the_service_publishes(signing: SigningForce, tmp_path: Path) -> None:
    public = tmp_path / "public"
    made = watching(signing, tmp_path / "witness", entries=str(public))
    with witnessed(signing, made):
        outside(signing, witnesses=signing.services.outside.witnesses, public_log=FolderPublicLog(public))
        for count in (3, 100, 100, 100, 5):
            signing.items(count)
            outcome = ledger_keeper.run(signing.services)
            assert (outcome.refused, sizes(signing)) == ("", [signing.tree_size()])

    checkpoint = (public / "checkpoint").read_bytes()
    said_there, opened = open_checkpoint(
        checkpoint, signing.origin(), VerifierKey.parse(signing.key()), [witnessing.verifier_key(made)]
    )
    assert (said_there.size, len(opened.verified)) == (signing.tree_size(), 2)


def test_a_log_that_cannot_be_published_is_signed_and_cosigned_all_the_same(
    on_sqlite: SigningForce, tmp_path: Path
) -> None:
    (tmp_path / "file").write_text("in the way", "utf-8")
    with witnessed(on_sqlite, watching(on_sqlite, tmp_path / "witness")):
        clients = on_sqlite.services.outside.witnesses
        outside(on_sqlite, witnesses=clients, public_log=FolderPublicLog(tmp_path / "file"))
        on_sqlite.items(1)
        outcome = ledger_keeper.run(on_sqlite.services)

    assert "was not published" in outcome.refused
    assert sizes(on_sqlite) == [on_sqlite.tree_size()]


def test_the_health_page_says_who_has_not_vouched(on_sqlite: SigningForce, tmp_path: Path) -> None:
    made = watching(on_sqlite, tmp_path / "witness")
    outside(on_sqlite, witnesses=(client(made, NOWHERE),))
    on_sqlite.items(1)
    ledger_keeper.run(on_sqlite.services)

    found = {one.name: one for one in health.look(on_sqlite.services)}

    assert not found["outside"].ok
    assert "witness.example/w1 has not vouched for anything" in found["outside"].says


def test_publishing_again_changes_nothing_and_a_foreign_folder_is_written_anew(
    on_sqlite: SigningForce, tmp_path: Path
) -> None:
    public = FolderPublicLog(tmp_path / "public")
    outside(on_sqlite, public_log=public)
    on_sqlite.items(1)
    signed = on_sqlite.checkpoint()
    public.put("checkpoint", b"not a checkpoint")

    ledger_public.publish(on_sqlite.services, signed)
    ledger_public.publish(on_sqlite.services, signed)

    assert public.get("checkpoint") == signed.note
    assert len(list(public_log.read(public.get, 0, signed.size))) == signed.size
