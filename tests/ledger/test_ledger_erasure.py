"""Erasing on authority: the value is gone everywhere, the chain holds, and a restored backup does not bring it back."""

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from exhibits_app.bootstrap import build_signing
from exhibits_app.domain.errors import (
    AuthoriserIsActor,
    ErasedAlready,
    MayNotAuthorise,
    MissingValue,
    NoRight,
    NotErasable,
    NotFound,
)
from exhibits_app.domain.history import sentence
from exhibits_app.domain.people import Action
from exhibits_app.domain.show import iso
from exhibits_app.services import (
    ledger_bundle,
    ledger_erasure,
    ledger_keeper,
    ledger_levels,
    ledger_values,
    rebuild,
)
from exhibits_app.services.ledger_erasure import Wanted
from exhibits_app.settings import Settings
from exhibits_app.store import SqlStore
from tests.ledger.test_ledger_bundle import given, written
from tests.support.acted import acted
from tests.support.ledger import SigningForce, verify_bundle

ORDER = "Ilford Magistrates' Court, order of 1 May 2026"
WORDS = "Sheet with the name Quillfeather sewn in"


def digests(signing: SigningForce, register_no: int, *names: str) -> list[str]:
    """The digests of the values of these names."""
    person = signing.force.person("disclosure_officer")
    seen = ledger_values.see(signing.services, person, register_no, Action.ERASE)
    return [value.digest for event in seen.events for value in event.values if value.name in names]


def erase(signing: SigningForce, register_no: int, *names: str, **who: str) -> int:
    by = signing.force.person(who.get("by", "disclosure_officer"))
    second = signing.force.person(who.get("authoriser", "supervisor"))
    wanted = Wanted(digests(signing, register_no, *names), ORDER, "A name that the court protects")
    return ledger_erasure.erase(signing.services, by, second, register_no, wanted)


def an_item(signing: SigningForce) -> int:
    if signing.case is None:
        signing.case = signing.force.case()
    (number,) = signing.force.items(signing.case, 1, description=WORDS)
    return number


def l1(signing: SigningForce) -> tuple[str, str]:
    verdict = next(one for one in ledger_levels.verify(signing.services).verdicts if one.level == "L1")
    return verdict.result, verdict.detail


def history(signing: SigningForce, register_no: int) -> str:
    with signing.services.store.read() as work:
        return " / ".join(sentence(event, "AB/1") for event in work.ledger.events_of(register_no))


def test_an_erased_value_is_said_to_be_erased_and_the_chain_holds(signing: SigningForce) -> None:
    number = an_item(signing)

    count = erase(signing, number, "seize.description", "seize.found_by", "actor")

    told = history(signing, number)
    with signing.services.store.read() as work:
        assert work.items.find(number).exhibit.description == "[erased]"
    assert count == 2
    assert "registered by [erased]" in told
    assert f"on the authority of {ORDER}, authorised by DS 4510 Supervisor" in told
    assert rebuild.rebuild(signing.services, write=False).faults == []
    assert l1(signing) == ("PASS", "2 entries; 2 values erased on authority")


def test_no_erased_word_is_left_in_any_file_of_the_database(on_sqlite: SigningForce) -> None:
    number = an_item(on_sqlite)
    assert words_left(on_sqlite)

    erase(on_sqlite, number, "seize.description")

    assert words_left(on_sqlite) == []


def test_what_was_answered_to_a_device_does_not_say_it_either(on_sqlite: SigningForce) -> None:
    force = on_sqlite.force
    number = an_item(on_sqlite)
    (code,) = force.labels([number])
    acted(force, "BOOK_IN", [code], to=force.place_code(force.shelf), reason="Brought by Quillfeather")
    with force.services.store.read() as work:
        line = work.scans.latest()[0]
    assert "Quillfeather" in line.sentence

    erase(on_sqlite, number, "reason", "seize.description")

    with force.services.store.read() as work:
        act = work.acts.find(line.act)
        assert "because: [erased]" in work.scans.latest()[0].sentence
    assert act is not None
    assert "because: [erased]" in act.answer["items"][0]["sentence"]
    assert words_left(on_sqlite) == []


@pytest.mark.parametrize("name", ["occurred_at", "id", "seize.reference", "seize.category", "seize.seal"])
def test_what_a_state_is_computed_from_cannot_be_erased(on_sqlite: SigningForce, name: str) -> None:
    number = an_item(on_sqlite)

    with pytest.raises(NotErasable, match="cannot be erased: the item's state is computed from it"):
        erase(on_sqlite, number, name)

    assert l1(on_sqlite)[1] == "1 entries"


def test_of_the_case_the_officers_name_alone_is_erased(on_sqlite: SigningForce) -> None:
    number = an_item(on_sqlite)

    erase(on_sqlite, number, "seize.case")

    with on_sqlite.services.store.read() as work:
        case = work.items.find(number).exhibit.case
    assert (case.reference, case.oic and case.oic.name) == ("01AB/1/26", "[erased]")


def test_nobody_authorises_their_own_erasing(on_sqlite: SigningForce) -> None:
    number = an_item(on_sqlite)

    with pytest.raises(AuthoriserIsActor):
        erase(on_sqlite, number, "seize.description", by="supervisor", authoriser="supervisor")


@pytest.mark.parametrize("second", ["officer", "disclosure_officer", "administrator"])
def test_the_second_person_must_have_the_right_to_authorise(on_sqlite: SigningForce, second: str) -> None:
    number = an_item(on_sqlite)

    with pytest.raises(MayNotAuthorise):
        erase(on_sqlite, number, "seize.description", by="supervisor", authoriser=second)


def test_who_may_not_erase_is_refused(on_sqlite: SigningForce) -> None:
    number = an_item(on_sqlite)

    with pytest.raises(NoRight):
        erase(on_sqlite, number, "seize.description", by="officer")
    with pytest.raises(NotFound):
        erase(on_sqlite, number, "seize.description", by="administrator")


def test_an_authority_a_reason_and_a_value_are_needed(on_sqlite: SigningForce) -> None:
    number = an_item(on_sqlite)
    by, second = on_sqlite.force.person("disclosure_officer"), on_sqlite.force.person("supervisor")
    chosen = digests(on_sqlite, number, "seize.description")

    for wanted in (Wanted(chosen, "", "why"), Wanted(chosen, ORDER, " "), Wanted([], ORDER, "why")):
        with pytest.raises(MissingValue):
            ledger_erasure.erase(on_sqlite.services, by, second, number, wanted)


def test_a_value_is_erased_once(on_sqlite: SigningForce) -> None:
    number = an_item(on_sqlite)
    chosen = digests(on_sqlite, number, "seize.description")
    erase(on_sqlite, number, "seize.description")
    by, second = on_sqlite.force.person("disclosure_officer"), on_sqlite.force.person("supervisor")

    with pytest.raises(ErasedAlready):
        ledger_erasure.erase(on_sqlite.services, by, second, number, Wanted(chosen, ORDER, "again"))


def test_a_value_that_is_gone_without_an_erase_entry_is_a_fault(signing: SigningForce) -> None:
    number = an_item(signing)
    (chosen,) = digests(signing, number, "seize.description")
    signing.services.store.write(lambda work: work.erasures.erase(number, {chosen}))

    result, detail = l1(signing)

    assert result == "FAIL"
    assert f"the value of digest {chosen} is gone, and no erase entry says why" in detail
    assert chosen in rebuild.rebuild(signing.services, write=False).faults[0]


def test_a_bundle_shows_what_was_erased_and_lists_what_is_withheld(signing: SigningForce, tmp_path: Path) -> None:
    number = an_item(signing)
    erase(signing, number, "seize.description")

    packed = ledger_bundle.make(signing.services, [number], frozenset({"seize.producer"}), reason="Not in issue")

    code, levels = verify_bundle(written(tmp_path / "b.zip", packed), *given(signing))
    assert code == 0
    assert levels["L1"][1].endswith("1 erased on record, 1 withheld")


@contextmanager
def back_to(signing: SigningForce, copy: Path) -> Iterator[SigningForce]:
    """The instance with its database as it was copied, and the signer's own files as they are."""
    signing.services.store.close()
    for path in signing.folder.glob("exhibits.db*"):
        path.unlink()
    shutil.copy(copy, signing.folder / "exhibits.db")
    store = SqlStore(f"sqlite:///{signing.folder / 'exhibits.db'}")
    services = replace(signing.services, store=store, signing=build_signing(Settings(instance=signing.folder)))
    signing.force.services = services
    try:
        yield SigningForce(signing.force, services, signing.folder, signing.case)
    finally:
        store.close()


def a_backup(signing: SigningForce, folder: Path) -> Path:
    copy = folder / "backup.db"
    with sqlite3.connect(signing.folder / "exhibits.db") as source, sqlite3.connect(copy) as target:
        source.backup(target)
    source.close()
    target.close()
    return copy


def words_left(signing: SigningForce) -> list[Path]:
    """The files of the database in which the erased word still stands."""
    return [path for path in signing.folder.glob("exhibits.db*") if b"quillfeather" in path.read_bytes().lower()]


def test_a_restored_backup_is_erased_again_at_the_start(on_sqlite: SigningForce, tmp_path: Path) -> None:
    number = an_item(on_sqlite)
    copy = a_backup(on_sqlite, tmp_path)
    erase(on_sqlite, number, "seize.description")

    with back_to(on_sqlite, copy) as restored:
        assert ledger_keeper.start(restored.services)

        assert l1(restored) == ("PASS", "2 entries; 1 values erased on authority")
        assert "authorised by DS 4510 Supervisor" in history(restored, number)
        assert words_left(restored) == []
        assert ledger_erasure.replay(restored.services) == 0


def test_while_a_restored_ledger_is_read_only_the_values_go_all_the_same(
    on_sqlite: SigningForce, tmp_path: Path
) -> None:
    number = an_item(on_sqlite)
    copy = a_backup(on_sqlite, tmp_path)
    erase(on_sqlite, number, "seize.description")
    on_sqlite.checkpoint()

    with back_to(on_sqlite, copy) as restored:
        assert not ledger_keeper.start(restored.services)

        assert words_left(restored) == []
        assert "seized AB/1" in history(restored, number)
        assert l1(restored)[0] == "FAIL"


def test_the_digests_that_were_erased_are_known_from_the_ledger_and_from_outside_it(signing: SigningForce) -> None:
    number = an_item(signing)
    chosen = digests(signing, number, "seize.description", "actor")
    erase(signing, number, "seize.description", "actor")

    assert ledger_erasure.erased_digests(signing.services) == frozenset(chosen)
    (signing.folder / "ledger" / "erased.jsonl").unlink()
    assert ledger_erasure.erased_digests(signing.services) == frozenset(chosen)
    ledger_erasure.replay(signing.services)
    assert (signing.folder / "ledger" / "erased.jsonl").read_text().count("\n") == 1


def test_what_is_remembered_outside_names_no_erased_value(on_sqlite: SigningForce) -> None:
    number = an_item(on_sqlite)

    erase(on_sqlite, number, "seize.description")

    kept = (on_sqlite.folder / "ledger" / "erased.jsonl").read_text()
    assert "Quillfeather" not in kept
    assert iso(on_sqlite.force.clock.at) in kept
