"""Erasing reaches what repeats an item's words beside its events: forms, pictures of scans, and memory."""

from dataclasses import replace

import pytest

from exhibits_app.domain import codec
from exhibits_app.domain.errors import NotFound
from exhibits_app.services import rebuild, submission_steps
from exhibits_app.services.ports import ScanPicture
from tests.ledger.test_ledger_erasure import WORDS, an_item, erase, l1, words_left
from tests.support.ledger import SigningForce
from tests.support.submitted import a_draft, authorised, to_submit


def test_forms_of_submissions_and_pictures_of_scans_do_not_keep_it(signing: SigningForce) -> None:
    force, number = signing.force, an_item(signing)
    to_submit(force, [number])
    form = a_draft(force, 1, [number], circumstances=f"Handed in: {WORDS}.", contact="Sergeant Ombersley, extension 7")
    authorised(force, form)
    submission_steps.revise(force.services, force.person("officer"), form, f"It is no {WORDS.lower()}")
    picture = force.services.files.put(b"a picture of its label")
    device, _ = force.device()
    kept = ScanPicture("scan", number, picture, device.id, force.clock.at)
    force.services.store.write(lambda work: work.scan_pictures.add(kept))
    with force.services.store.read() as work:
        before = work.submissions.find(form)

    erase(signing, number, "seize.description")

    with force.services.store.read() as work:
        now, then = work.submissions.find(form), work.submissions.version(form, 1)
        notes = work.submissions.notes(form, 10)
        assert work.scan_pictures.find("scan") is None
    assert then is not None
    assert [one.content.lines[0].description for one in (now, then)] == ["[erased]", "[erased]"]
    assert [one.content.circumstances for one in (now, then)] == ["Handed in: [erased]."] * 2
    assert (now.reason, notes[0].words) == ("It is no [erased]", "It is no [erased]")
    lines = tuple(replace(line, description=WORDS) for line in now.content.lines)
    content = replace(now.content, circumstances=before.content.circumstances, lines=lines)
    assert replace(now, reason=before.reason, content=content) == before
    with pytest.raises(NotFound):
        force.services.files.get(picture)
    assert l1(signing)[0] == "PASS"
    assert rebuild.rebuild(signing.services, write=False).faults == []
    if not force.settings.database_url:
        assert words_left(signing) == []


def test_no_name_that_was_erased_stays_in_the_memory_of_the_process(on_sqlite: SigningForce) -> None:
    number = an_item(on_sqlite)
    assert codec.remembered()

    erase(on_sqlite, number, "actor")

    assert codec.remembered() == 0
