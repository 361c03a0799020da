"""The ledger proves the register: equal after whatever happened, and tampering is found on either side."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager

import pytest

from exhibits_app.domain.decisions import Choice
from exhibits_app.services import alerts, deciding, rebuild
from exhibits_app.store.sql import Session, Statement, Values
from tests.support.acted import acted
from tests.support.force import Force
from tests.support.submitted import a_draft, authorised, to_submit


@pytest.fixture
def used(force: Force) -> Force:
    """A force with three items that were labelled, booked in, moved, decided about and sighted."""
    items = force.items(force.case(), 3)
    codes = force.labels(items)
    acted(force, "BOOK_IN", codes, to=force.place_code(force.shelf))
    acted(force, "MOVE", codes[:1], to=force.place_code(force.safe))
    acted(force, "SIGHTING", codes, ["S100", "S999", None])
    deciding.decide(force.services, force.person("inspector"), items[2], Choice("UNSUITABLE", "condition", "Burnt."))
    return force


@contextmanager
def behind_its_back(force: Force) -> Iterator[sqlite3.Connection]:
    """The database as someone with the file and a SQL shell has it, without the triggers that guard the ledger."""
    with closing(sqlite3.connect(force.settings.instance / "exhibits.db", isolation_level=None)) as database:
        names = [row[0] for row in database.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'")]
        for name in names:
            database.execute(f'DROP TRIGGER "{name}"')
        yield database


def checked(force: Force) -> rebuild.Outcome:
    return rebuild.rebuild(force.services, write=False)


def test_what_is_kept_equals_what_the_entries_say(used: Force) -> None:
    outcome = checked(used)

    assert (outcome.items, outcome.differing, outcome.faults) == (3, [], [])
    with used.services.store.read() as work:
        assert outcome.entries == work.ledger.size()


def test_every_chain_verifies(used: Force) -> None:
    outcome = rebuild.verify_chains(used.services)

    assert (outcome.items, outcome.faults) == (3, [])


@pytest.mark.parametrize(
    ("column", "change"),
    [
        ("state", "state = replace(state, 'Bed sheet', 'Bed spread')"),
        ("seq", "seq = seq - 1"),
        ("head", "head = substr(head, 2) || '0'"),
        ("due_at", "due_at = NULL"),
        ("due_kind", "due_kind = 'review'"),
        ("custody_id", "custody_id = 4711"),
        ("store_id", "store_id = NULL"),
        ("offered_to", "offered_to = 1"),
        ("offered_by", "offered_by = 1"),
        ("joint_id", "joint_id = 1"),
        ("watch_more", "watch_more = 3"),
        ("notice_at", "notice_at = NULL"),
        ("notice_at", "notice_at = 1 + (SELECT min(due_at, watch_at) FROM item WHERE register_no = 2)"),
        ("category", "category = 'NON'"),
        ("code", "code = NULL"),
        ("team_id", "team_id = NULL"),
        ("discrepancies", "discrepancies = 7"),
    ],
)
def test_a_tampered_row_is_found_and_mended_by_a_rebuild(used: Force, column: str, change: str) -> None:
    with behind_its_back(used) as database:
        database.execute(f"UPDATE item SET {change} WHERE register_no = 2")  # noqa: S608 - the test's own text

    found = checked(used)
    rebuild.rebuild(used.services, write=True)

    assert found.differing == [2]
    assert column in found.faults[0]
    assert checked(used).faults == []


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM decision_made",
        "UPDATE decision_made SET reason_code = 'cost'",
        "UPDATE decision_made SET due_at = 1",
    ],
)
def test_a_tampered_decision_is_found_and_mended_by_a_rebuild(used: Force, change: str) -> None:
    with behind_its_back(used) as database:
        assert database.execute(change).rowcount == 1

    found = checked(used)
    rebuild.rebuild(used.services, write=True)

    assert (found.differing, "decision_made" in found.faults[0]) == ([3], True)
    assert checked(used).faults == []


@pytest.mark.parametrize(
    ("change", "named"),
    [
        ("UPDATE label SET subject = 2 WHERE subject = 1 AND kind = 'E'", "Label E-"),
        ("DELETE FROM label WHERE subject = 1 AND kind = 'E'", "Label E-"),
        ("DELETE FROM seal_use WHERE seal = 'S102'", "The use of seal S102"),
        ("UPDATE submission SET written = replace(written, 'Whose blood', 'Whose hair')", "Version 1 of submission"),
        ("UPDATE submission_version SET written = replace(written, 'F1', 'F3')", "Version 1 of submission"),
        ("UPDATE submission_version SET written = replace(written, 'name', 'mane')", "Version 1 of submission"),
        ("DELETE FROM submission_version", "Version 1 of submission FS-000001"),
    ],
)
def test_what_is_kept_beside_the_ledger_and_altered_is_named(used: Force, change: str, named: str) -> None:
    to_submit(used, [1])
    authorised(used, a_draft(used, 1, [1]))
    assert checked(used).faults == []
    with behind_its_back(used) as database:
        assert database.execute(change).rowcount > 0

    (fault,) = checked(used).faults

    assert fault.startswith(named)
    assert "is not kept as the entries of property reference" in fault


def test_an_item_whose_next_look_the_alert_job_moved_on_is_as_it_must_be(used: Force) -> None:
    for days in (3, 7, 60):
        used.clock.move(days=days)
        assert alerts.run(used.services).looked_at > 0

        assert checked(used).faults == []


def test_entries_labels_and_seals_of_a_page_of_items_are_asked_for_at_once(
    used: Force, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    execute = Session._execute

    def write_down(session: Session, statement: Statement, values: Values) -> None:
        asked.append(statement.text(session.connection.dialect)[0])
        execute(session, statement, values)

    monkeypatch.setattr(Session, "_execute", write_down)

    # Three items are a page, and the page after it is empty.
    assert checked(used).items == 3
    assert [sum(f"FROM {table}" in text for text in asked) for table in ("entry", "label", "seal_use")] == [2, 1, 1]


def test_a_check_changes_nothing(used: Force) -> None:
    with behind_its_back(used) as database:
        database.execute("UPDATE item SET due_at = NULL WHERE register_no = 1")

    assert checked(used).differing == checked(used).differing == [1]


TAMPERING = {
    "an entry's body": "UPDATE entry SET body = CAST(replace(body, 'label', 'lable') AS BLOB)"
    " WHERE register_no = 2 AND seq = 1",
    "an entry's body as text": "UPDATE entry SET body = replace(body, 'label', 'lable')"
    " WHERE register_no = 2 AND seq = 1",
    "an entry's hash": "UPDATE entry SET leaf_hash = zeroblob(32) WHERE register_no = 2 AND seq = 1",
    "an entry's item": "UPDATE entry SET register_no = 3, seq = 99 WHERE register_no = 2 AND seq = 2",
    "an entry taken out": "DELETE FROM entry WHERE register_no = 2 AND seq = 1",
    "the last entry taken out": "DELETE FROM entry WHERE register_no = 2 AND seq = 3",
    "a disclosure": "UPDATE disclosure SET encoded = replace(encoded, 'W', 'V')"
    " WHERE entry_id = (SELECT id FROM entry WHERE register_no = 2 AND seq = 0)",
    "a disclosure taken out": "UPDATE disclosure SET encoded = substr(encoded, instr(encoded, char(10)) + 1)"
    " WHERE entry_id = (SELECT id FROM entry WHERE register_no = 2 AND seq = 0)",
    "all disclosures taken out": "UPDATE disclosure SET encoded = ''"
    " WHERE entry_id = (SELECT id FROM entry WHERE register_no = 2 AND seq = 0)",
}


def tamper(force: Force, statement: str) -> None:
    with behind_its_back(force) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        assert database.execute(statement).rowcount == 1


@pytest.mark.parametrize("what", TAMPERING)
def test_tampering_with_the_ledger_is_found(used: Force, what: str) -> None:
    tamper(used, TAMPERING[what])

    faults = rebuild.verify_chains(used.services).faults

    assert any("Property reference 2" in fault for fault in faults)


@pytest.mark.parametrize("what", [what for what in TAMPERING if what != "the last entry taken out"])
def test_a_rebuild_does_not_make_a_tampered_ledger_the_truth(used: Force, what: str) -> None:
    with used.services.store.read() as work:
        before = work.items.projection(2)
    tamper(used, TAMPERING[what])

    outcome = rebuild.rebuild(used.services, write=True)

    assert any("Property reference 2" in fault for fault in outcome.faults)
    with used.services.store.read() as work:
        assert work.items.projection(2) == before


def test_an_item_taken_out_of_the_register_is_missed(used: Force) -> None:
    with behind_its_back(used) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("DELETE FROM item WHERE register_no = 2")

    assert rebuild.verify_chains(used.services).faults == ["Property reference 2 is missing from the register."]
    assert checked(used).faults == ["Property reference 2 is missing from the register."]


def test_the_last_item_taken_out_of_the_register_is_missed(used: Force) -> None:
    with behind_its_back(used) as database:
        database.execute("PRAGMA foreign_keys = OFF")
        database.execute("DELETE FROM item WHERE register_no = 3")

    assert rebuild.verify_chains(used.services).faults == ["Property reference 3 is missing from the register."]
