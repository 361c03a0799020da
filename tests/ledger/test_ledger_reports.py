"""Continuity reports over each database: cases that items left, values that were erased, logs that were closed."""

from pathlib import Path

import pytest

from exhibits_app.domain.errors import NothingAtHead
from exhibits_app.services import continuity, continuity_document, ledger_keeper, ledger_origin, naming
from tests.ledger.restored import back_up, restore
from tests.ledger.test_ledger_erasure import erase
from tests.support.ledger import SigningForce


def test_an_item_that_was_moved_to_another_case_stays_in_the_old_report_of_its_first(signing: SigningForce) -> None:
    force = signing.force
    signing.items(2)
    other = force.case(reference="01AB/7/26")
    (found,) = force.items(signing.case or other, category="NON")
    old = signing.checkpoint().size
    force.clock.move(hours=1)
    form = naming.PromoteForm(category="KNF", reference="", producer=force.people["officer"].id, case=other.reference)
    naming.promote(force.services, force.person("officer"), found, form)

    unsigned = continuity.of_case(signing.services, None, 1, old)
    signing.checkpoint()

    assert unsigned.numbers == continuity.of_case(signing.services, None, 1, old).numbers == (1, 2, found)
    assert continuity.of_case(signing.services, None, 1).numbers == (1, 2)
    assert continuity.of_case(signing.services, None, other.id).numbers == (found,)
    with pytest.raises(NothingAtHead):
        continuity.of_case(signing.services, None, other.id, old)


def test_a_report_at_an_old_head_has_no_value_that_was_erased_since_and_all_the_others(signing: SigningForce) -> None:
    signing.items(1)
    old = signing.checkpoint().size
    before = continuity_document.as_json(continuity.of_item(signing.services, None, 1, old).report)
    erase(signing, 1, "seize.found_at")
    signing.checkpoint()

    after = continuity_document.as_json(continuity.of_item(signing.services, None, 1, old).report)

    assert before["begun"]["body"].pop("found_at") == "Mill Lane"
    assert after["begun"]["body"].pop("found_at") == "[erased]"
    assert [line["index"] for line in after["recorded"]] == [line["index"] for line in before["recorded"]]
    assert "[erased]" in after["recorded"][0]["told"]
    assert {name for name in before if before[name] != after[name]} == {"recorded"}


def test_after_a_log_was_closed_the_report_says_in_which_log_each_entry_stands(
    signing: SigningForce, tmp_path: Path
) -> None:
    signing.items(1)
    signing.checkpoint()
    backup = back_up(signing, tmp_path)
    signing.items(1)
    signing.checkpoint()
    restore(signing, backup)
    assert not ledger_keeper.start(signing.services)
    old = signing.origin()
    opened = ledger_origin.open_new(signing.services, "a backup was restored")
    signing.force.labels([1])
    signing.checkpoint()

    report = continuity.of_item(signing.services, None, 1).report

    assert [(line.kind, line.log) for line in report.recorded] == [("seize", old), ("label", opened.origin)]
    assert f"in {old}" in str(continuity_document.body(report))
