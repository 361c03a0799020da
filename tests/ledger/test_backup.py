"""A backup is made while people work, is checked before it has its name, and brings back all that was acknowledged."""

import shutil
from hashlib import sha256
from pathlib import Path

import pytest

from exhibits_app.domain.errors import (
    EntriesMissing,
    InstanceNotEmpty,
    SubmissionLost,
)
from exhibits_app.domain.show import day_and_time
from exhibits_app.services import codes, ledger_keeper, rebuild, submission_pages
from exhibits_app.store.backup_keys import make_key
from exhibits_app.store.files import FolderFiles
from tests.ledger.test_ledger_erasure import erase
from tests.support.backed_up import (
    SECRET_WORDS,
    made,
    restored,
    services_of,
    working,
)
from tests.support.ledger import SigningForce


@pytest.fixture
def elsewhere(signing: SigningForce, request: pytest.FixtureRequest) -> str:
    """An empty database of the same kind: for SQLite, that of a new folder."""
    if not signing.force.settings.database_url:
        return ""
    return str(request.getfixturevalue("postgresql_database"))


def test_the_drill_everything_acknowledged_before_a_backup_under_load_is_there_once_after_a_restore(
    signing: SigningForce, elsewhere: str, tmp_path: Path
) -> None:
    out, key = tmp_path / "drill.backup", tmp_path / "key"
    FolderFiles(signing.force.settings.files).put(b"a photograph")
    signing.checkpoint()
    with working(signing) as acknowledged:
        before = list(acknowledged)
        written = made(signing, out, make_key(key, None))
    signing.services.store.close()
    if not elsewhere:
        (signing.folder / "exhibits.db").unlink()

    done, settings = restored(tmp_path / "new", out, key, elsewhere)

    assert not done.report.failed
    assert (done.read_only, done.missing, done.can_sign) == (False, 0, True)
    assert b"Bed sheet" not in out.read_bytes()
    with services_of(settings) as services:
        with services.store.read() as work:
            numbers = work.items.register_numbers()
            kinds = {number: [event.body.KIND for event in work.ledger.events_of(number)] for number in before}
        assert len(numbers) == written.manifest.items >= len(before)
        assert all(one.count("seize") == 1 for one in kinds.values())
        assert rebuild.rebuild(services, write=False).faults == []
        assert services.files.get(sha256(b"a photograph").hexdigest()) == b"a photograph"
        assert ledger_keeper.start(services)
        assert ledger_keeper.checkpoint(services) is not None
    with pytest.raises(InstanceNotEmpty):
        restored(tmp_path / "new", out, key, elsewhere)


def test_what_was_erased_after_the_backup_does_not_come_back(plain: tuple[SigningForce, Path], tmp_path: Path) -> None:
    signing, file = plain
    erase(signing, 1, "seize.description")
    records = shutil.copytree(signing.folder / "ledger", tmp_path / "kept elsewhere")

    done, settings = restored(tmp_path / "new", file, records=[records])

    assert (done.erased, done.missing) == (1, 0)
    with services_of(settings) as services, services.store.read() as work:
        assert work.items.find(1).exhibit.description == "[erased]"
    assert SECRET_WORDS.encode() not in (tmp_path / "new" / "exhibits.db").read_bytes()


def test_a_backup_older_than_what_was_signed_says_which_entries_it_lacks_and_must_be_accepted(
    plain: tuple[SigningForce, Path], tmp_path: Path
) -> None:
    signing, file = plain
    held = signing.tree_size()
    begun = signing.services.store.write(lambda work: work.submissions.next_number())
    (code, _) = signing.force.labels(signing.items(2))
    signing.checkpoint()
    shutil.copytree(signing.folder / "ledger", tmp_path / "new" / "ledger")

    with pytest.raises(EntriesMissing, match=f"entries {held + 1} to {held + 4} were signed"):
        restored(tmp_path / "new", file)
    refused = sorted(path.name for path in (tmp_path / "new").iterdir())
    done, settings = restored(tmp_path / "new", file, accept_missing=True)

    assert refused == ["ledger"]
    assert (done.missing, done.read_only) == (4, True)
    assert "ledger/high-water" in done.kept
    as_of = f"as it was at {day_and_time(done.manifest.made_at)}"
    with services_of(settings) as services:
        assert as_of in codes.look_up(services, code).sentence
        with pytest.raises(SubmissionLost, match=as_of):
            submission_pages.see(services, signing.force.person("officer"), begun)
        assert services.store.write(lambda work: work.submissions.next_number()) > begun + 500


def test_without_a_key_the_signing_key_is_left_out_and_that_is_said(
    plain: tuple[SigningForce, Path], tmp_path: Path
) -> None:
    signing, file = plain
    secret = (signing.folder / "signing.key").read_text().splitlines()[1]

    done, settings = restored(tmp_path / "new", file)

    assert secret.encode() not in file.read_bytes()
    assert "signing key" in done.manifest.left_out[0]
    assert not done.can_sign
    assert not settings.signing_key.exists()


def test_a_photograph_that_is_lacking_or_damaged_is_named_and_the_rest_is_backed_up(
    plain: tuple[SigningForce, Path], tmp_path: Path
) -> None:
    signing, _file = plain
    files = signing.force.settings.files
    spoilt = FolderFiles(files).put(b"as it was")
    (files / spoilt[:2] / spoilt[2:4] / spoilt).write_bytes(b"as it is")

    written = made(signing, tmp_path / "two.backup")
    done, settings = restored(tmp_path / "new", tmp_path / "two.backup")

    assert written.manifest.damaged == (spoilt,)
    assert not done.report.failed
    assert not list(settings.files.rglob(spoilt))
