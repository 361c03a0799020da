"""The ledger's commands, as somebody types them: exit status, and a line for each level."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from sqlalchemy import create_engine, text

from exhibits_app.bootstrap import Assembly
from exhibits_app.cli.main import cli
from exhibits_app.domain.note import VerifierKey
from exhibits_app.services.witness import verifier_key
from exhibits_app.settings import Settings
from tests.support.ledger import SigningForce, a_signing_force, verify_bundle
from tests.support.outside import a_witness, answering


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[SigningForce]:
    made = a_signing_force(tmp_path)
    made.items(2)
    yield made
    made.services.store.close()


def run(signing: SigningForce, *words: str, **told: str) -> Result:
    settings = Settings(instance=signing.folder, smtp_url="", anchor_email="", **told)  # type: ignore[arg-type]
    assembly = Assembly(settings)
    done = CliRunner().invoke(cli, ["ledger", *words], obj=assembly)
    assembly.services().store.close()
    return done


def test_verify_prints_a_line_a_level_and_what_no_level_shows(signing: SigningForce) -> None:
    run(signing, "checkpoint")

    done = run(signing, "verify")

    lines = [line.split() for line in done.stdout.splitlines()]
    assert done.exit_code == 0
    assert [words[0] for words in lines[:9]] == ["L0", "L1", "L2", "L3", "L4", "L5", "L6", "L6t", "L7"]
    assert [words[1] for words in lines[:4]] == ["PASS"] * 4
    assert done.stdout.splitlines()[-1].startswith("No level shows that a movement was recorded at all")


def test_verify_fails_where_a_level_fails(signing: SigningForce) -> None:
    engine = create_engine(signing.force.settings.address)
    with engine.begin() as connection:
        connection.execute(text("DROP INDEX entry_event"))
    engine.dispose()

    done = run(signing, "verify", "--json")

    said = json.loads(done.stdout)
    assert done.exit_code == 1
    assert said["faults"] == ["The unique index entry_event is missing."]
    assert said["levels"][0]["result"] == "FAIL"


def test_a_bundle_written_by_the_command_passes_for_a_stranger(signing: SigningForce, tmp_path: Path) -> None:
    held = tmp_path / "held.txt"
    run(signing, "checkpoint", "--out", str(held))

    done = run(signing, "bundle", str(tmp_path / "b.zip"), "--exhibit", "1", "--json")

    said = json.loads(done.stdout)
    code, levels = verify_bundle(
        tmp_path / "b.zip", "--origin", said["origin"], "--log-key", said["key"], "--checkpoint", str(held)
    )
    assert (done.exit_code, code) == (0, 0)
    assert [levels[level][0] for level in ("L1", "L2", "L3", "L4", "L5")] == ["PASS"] * 5


def test_an_archive_is_audited_by_whoever_holds_it_with_a_key_from_elsewhere(
    signing: SigningForce, tmp_path: Path
) -> None:
    archive, held = tmp_path / "log.jsonl", tmp_path / "held.txt"
    said = json.loads(run(signing, "checkpoint", "--out", str(held), "--json").stdout)
    words = ["--archive", str(archive), "--origin", said["origin"], "--log-key", said["key"], "--checkpoint", str(held)]

    kept = run(signing, "audit", "--archive-to", str(archive))
    whole = run(signing, "audit", *words, "--json")
    archive.write_bytes(archive.read_bytes().replace(b"2026", b"2025"))
    spoilt = run(signing, "audit", *words, "--json")

    assert (kept.exit_code, whole.exit_code, spoilt.exit_code) == (0, 0, 1)
    assert json.loads(whole.stdout)["signed_roots"] == 1
    assert "do not have the root that was signed" in json.loads(spoilt.stdout)["faults"][-1]


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["prove"], "either a property reference or --since"),
        (["prove", "99"], "not in the register|no such|not found|There is no"),
        (["anchor"], "nobody is named"),
        (["anchor", "--to", "court@example.test"], "no mail server is set"),
        (["bundle", "x.zip"], "either --exhibit or --case"),
        (["audit", "--archive", __file__], "needs --origin, --log-key and --checkpoint"),
        (["verify", "--log-key", "nonsense"], "not a verifier key"),
    ],
)
def test_a_call_that_cannot_be_answered_ends_with_a_sentence(
    signing: SigningForce, words: list[str], says: str
) -> None:
    run(signing, "checkpoint")

    done = run(signing, *words)

    assert done.exit_code in (1, 2)
    assert any(each in done.stderr for each in says.split("|")), done.stderr
    assert "Traceback" not in done.output


def test_a_new_key_is_told(signing: SigningForce) -> None:
    run(signing, "checkpoint")

    done = run(signing, "rotate-key", "--json")

    assert json.loads(done.stdout)["key"] == signing.key()


def test_an_alarm_is_cleared_only_when_what_was_signed_holds(signing: SigningForce) -> None:
    run(signing, "checkpoint")
    engine = create_engine(signing.force.settings.address)
    with engine.begin() as connection:
        sound = connection.execute(text("SELECT root FROM tree_state")).scalar_one()
        connection.execute(text("UPDATE tree_state SET root = :root"), {"root": bytes(32)})

    alarmed = run(signing, "checkpoint")
    still = run(signing, "incident", "--reason", "the disk was replaced")
    with engine.begin() as connection:
        connection.execute(text("UPDATE tree_state SET root = :root"), {"root": sound})
    cleared = run(signing, "incident", "--reason", "the disk was replaced")
    engine.dispose()

    assert (alarmed.exit_code, still.exit_code, cleared.exit_code) == (1, 1, 0)
    assert "read-only" in alarmed.stderr
    assert "stays read-only" in still.stderr
    assert run(signing, "verify").exit_code == 0


def test_anchor_asks_those_who_are_set_up_and_says_who_did_not_answer(signing: SigningForce, tmp_path: Path) -> None:
    made = a_witness(tmp_path / "witness", VerifierKey.parse(signing.key()))
    with answering(made) as address:
        told = f"{verifier_key(made)} {address}"
        done = run(signing, "anchor", witnesses=told)
        again = run(signing, "anchor", "--json", witnesses=told, tsa_urls="http://127.0.0.1:9")

    assert done.exit_code == 0, done.output
    assert done.stdout.endswith("The checkpoint of size 3 was cosigned by the witness witness.example/w1.\n")
    assert again.exit_code == 1
    assert "time-stamp authority http://127.0.0.1:9 did not answer" in again.stderr
