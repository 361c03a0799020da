"""Continuity reports: the same at an old head whatever came after, for those who may see the case, and logged."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from exhibits_app.domain.errors import NoSuchHead, NotFound, NothingAtHead
from exhibits_app.domain.events import Corrected, Envelope, Mistake
from exhibits_app.domain.history import sentence
from exhibits_app.services import continuity, continuity_document, document_pdf, snapshots
from exhibits_app.services.ports import Work
from exhibits_app.services.recording import Happening, record
from tests.support.acted import acted
from tests.support.force import Force
from tests.support.ledger import SigningForce, a_signing_force


@pytest.fixture
def signing(tmp_path: Path) -> Iterator[SigningForce]:
    """A force whose ledger signs, closed at the end."""
    made = a_signing_force(tmp_path)
    yield made
    made.services.store.close()


def booked_in(signing: SigningForce, count: int = 2) -> list[str]:
    """So many items of one case, booked in; gives their codes."""
    signing.items(count)
    codes = signing.force.labels(list(range(1, count + 1)))
    acted(signing.force, "BOOK_IN", codes, to=signing.force.place_code(signing.force.shelf))
    return codes


def correct(force: Force, register_no: int, seq: int, **right: object) -> None:
    """Correct an event of the item, as the corrections' own service would record it."""
    force.clock.move(minutes=1)

    def change(work: Work) -> None:
        wrong = work.ledger.events_of(register_no)[seq]
        now = force.clock.now()
        body = Corrected(wrong.envelope.id, Mistake.NOTHING)
        envelope = Envelope(
            force.services.ids.event_id(), now, now, force.people["supervisor"].ref, force.services.ids.event_id(),
            reason="Another bag", corrects=wrong.envelope.id,
        )  # fmt: skip
        happening = Happening(work.items.hold(register_no), envelope, body)
        record(work, force.services.ids, work.policies.current(now), [happening])

    force.services.store.write(change)


def written(force: Force, size: int) -> tuple[bytes, str, bytes]:
    """The PDF and JSON of item 1 and the PDF of its case, as at this head."""
    one = continuity.of_item(force.services, None, 1, size).report
    found = continuity.of_case(force.services, None, one.exhibit.case.id, size)
    whole = continuity_document.of_case(found.case, found.head, continuity.reports(force.services, found))
    return (
        document_pdf.pdf(continuity_document.of_item(one)),
        continuity_document.json_line(one),
        document_pdf.pdf(whole),
    )


def test_a_report_at_an_old_head_is_the_same_to_the_byte_whatever_came_after(signing: SigningForce) -> None:
    force = signing.force
    codes = booked_in(signing)
    old = signing.checkpoint().size
    before = written(force, old)

    force.clock.move(hours=5)
    acted(force, "MOVE", codes, to=force.place_code(force.safe))
    correct(force, 1, 2)
    signing.items(1)
    force.clock.move(days=120)
    new = signing.checkpoint().size

    assert written(force, old) == before
    assert written(force, new) != before


def test_without_a_head_the_report_is_as_at_the_newest_and_says_what_is_newer(signing: SigningForce) -> None:
    codes = booked_in(signing)
    signed = signing.checkpoint()
    acted(signing.force, "SIGHTING", codes[:1])

    made = continuity.of_item(signing.services, signing.force.person("officer"), 1)

    assert (made.report.head.size, made.newer) == (signed.size, 1)
    assert [line.kind for line in made.report.recorded] == ["seize", "label", "book_in"]


def test_the_time_of_a_head_is_that_of_the_last_entry_below_it(signing: SigningForce) -> None:
    booked_in(signing)
    signed = signing.checkpoint()
    recorded_at = signing.force.clock.at
    signing.force.clock.move(days=3)

    (head, *_) = snapshots.heads(signing.services)

    assert (head.size, head.at) == (signed.size, recorded_at)


def test_the_report_gives_each_event_its_place_in_the_ledger(signing: SigningForce) -> None:
    booked_in(signing)
    signing.checkpoint()

    report = continuity.of_item(signing.services, None, 2).report

    with signing.services.store.read() as work:
        kept = {entry.seq: entry.leaf_hash.hex() for entry in work.ledger.of_item(2)}
        placed = work.tree.indices(2)
    assert [(line.leaf, line.index) for line in report.recorded] == [(kept[n], placed[n]) for n in range(3)]


def test_a_correction_stands_beside_what_was_recorded(signing: SigningForce) -> None:
    codes = booked_in(signing)
    acted(signing.force, "MOVE", codes, to=signing.force.place_code(signing.force.safe))
    correct(signing.force, 1, 3)
    signing.checkpoint()

    report = continuity.of_item(signing.services, None, 1).report

    (correction,) = report.corrections
    assert (correction.number, correction.after, correction.reason) == (4, None, "Another bag")
    assert [line.kind for line in report.recorded] == ["seize", "label", "book_in", "move", "correct"]
    assert [line.kind for line in report.corrected] == ["seize", "label", "book_in", "correct"]
    assert report.intervals[-1].where == signing.force.shelf.name


def test_a_late_scan_is_a_revision_with_those_who_relied_on_the_old_order(signing: SigningForce) -> None:
    force = signing.force
    codes = booked_in(signing)
    force.clock.move(hours=6)
    acted(force, "SIGHTING", codes[:1])
    acted(force, "MOVE", codes[:1], to=force.place_code(force.safe), occurred_at=force.clock.at - timedelta(hours=3))
    signing.checkpoint()

    (revised,) = continuity.of_item(signing.services, None, 1).report.revisions

    assert "moved AB/1" in revised.late
    assert ["sighted AB/1" in one for one in revised.relied] == [True]


def test_every_event_is_told_by_its_sentence(signing: SigningForce) -> None:
    booked_in(signing)
    signing.checkpoint()

    report = continuity.of_item(signing.services, None, 1).report

    with signing.services.store.read() as work:
        told = [sentence(event, "AB/1") + "." for event in work.ledger.events_of(1)]
    assert [line.told for line in report.recorded] == told


def test_a_report_of_a_case_has_the_items_that_were_in_it_then(signing: SigningForce) -> None:
    booked_in(signing)
    old = signing.checkpoint().size
    signing.items(3)
    signing.checkpoint()
    done: list[int] = []

    then = continuity.of_case(signing.services, None, 1, old)
    now = continuity.of_case(signing.services, None, 1)
    made = list(continuity.reports(signing.services, now, done.append))

    assert (then.numbers, now.numbers) == ((1, 2), (1, 2, 3, 4, 5))
    assert [one.exhibit.register_no for one in made] == done == [1, 2, 3, 4, 5]


def test_a_size_that_was_never_signed_is_refused(signing: SigningForce) -> None:
    booked_in(signing)
    size = signing.checkpoint().size

    with pytest.raises(NoSuchHead):
        continuity.of_item(signing.services, None, 1, size - 1)


def test_before_the_first_checkpoint_there_is_no_report(signing: SigningForce) -> None:
    booked_in(signing)

    with pytest.raises(NoSuchHead):
        continuity.of_item(signing.services, None, 1)


def test_an_item_with_nothing_below_the_head_is_refused(signing: SigningForce) -> None:
    booked_in(signing)
    signing.checkpoint()
    signing.items(1)

    with pytest.raises(NothingAtHead, match="item 3"):
        continuity.of_item(signing.services, None, 3)


def test_somebody_else_s_case_is_not_found(signing: SigningForce) -> None:
    booked_in(signing)
    signing.checkpoint()
    other = signing.force.person("other")

    for made in (continuity.of_item, continuity.of_case):
        with pytest.raises(NotFound):
            made(signing.services, other, 1)


def test_the_reading_of_a_report_is_logged_with_its_head(signing: SigningForce) -> None:
    booked_in(signing)
    size = signing.checkpoint().size

    continuity.of_item(signing.services, signing.force.person("disclosure_officer"), 1)

    with signing.services.store.read() as work:
        (read,) = work.accounts.reads()
    assert (read["what"], read["subject"], read["note"]) == ("item", 1, f"continuity report at size {size}")
