"""The statements that people wait for are answered from indexes, on both databases."""

import re

import pytest
from sqlalchemy import create_engine, select

from exhibits_app.services.ports import ItemLine
from exhibits_app.store import SqlStore
from exhibits_app.store.repositories import accounts, cases, devices, item_lists, items, labels, ledger, notices, scans
from exhibits_app.store.rows import item

from .parts import NOON, filled

# The numbers a plan needs do not change it, so every parameter is the text '1'.
HOT = {
    "labels.find_all": (labels._FIND_ALL, "label USING INDEX sqlite_autoindex_label_1"),
    "labels.live_of": (labels._LIVE_OF, "label USING INDEX label_live"),
    "items.hold_all": (items._HOLD, "item USING INTEGER PRIMARY KEY"),
    "items.save_all": (items.saving("place_id", "state"), "item USING INTEGER PRIMARY KEY"),
    "items.in_case": (item_lists._IN_CASE, "item USING INDEX item_case (case_id=? AND register_no>?)"),
    "items.at_place": (item_lists._AT_PLACE, "item USING INDEX item_place (place_id=? AND register_no>?)"),
    "items.in_store": (item_lists._IN_STORE, "item USING INDEX item_store (store_id=? AND register_no>?)"),
    "items.offered_to": (item_lists._OFFERED_TO, "INDEX item_offered_to (offered_to=? AND register_no>?)"),
    "items.offered_by": (item_lists._OFFERED_BY, "INDEX item_offered_by (offered_by=? AND register_no>?)"),
    "items.held_by": (item_lists._WITH, "INDEX item_holder (custody_id=? AND register_no>?)"),
    "items.held_by jointly": (item_lists._JOINTLY_WITH, "INDEX item_joint (joint_id=? AND register_no>?)"),
    "items.held_by_leavers": (item_lists._LEFT_BEHIND, "INDEX item_holder (custody_id=? AND register_no>?)"),
    "items.held_by_leavers, who": (item_lists._LEFT_BEHIND, "person USING INDEX person_left"),
    "notices.due": (notices._DUE, "item USING COVERING INDEX item_notice"),
    "notices.look": (notices._LOOK, "item USING INTEGER PRIMARY KEY"),
    "items.search": (item_lists._BY_REFERENCE, "item USING COVERING INDEX item_reference_key"),
    "ledger.of_item": (ledger._OF_ITEM, "entry USING INDEX entry_position (register_no=? AND seq>?)"),
    "ledger.known_events": (ledger._KNOWN_EVENTS, "entry USING INDEX entry_event"),
    "scans.refused": (scans._REFUSED, "scan_log USING INDEX scan_log_refused"),
    "devices.by_token": (devices._BY_TOKEN, "device USING INDEX device_token_hash"),
    "devices.turn": (devices._TURN, "turn USING INDEX sqlite_autoindex_turn_1"),
    "accounts.person": (accounts._PERSON, "person_grant USING INDEX person_grant_person"),
    "accounts.by_name": (accounts._BY_NAME, "person USING INDEX person_sign_in_name"),
}


# These sort the few rows of one person or one thing, or numbers alone.
FEW = {"notices.due", "accounts.person", "labels.live_of", "items.held_by_leavers", "items.held_by_leavers, who"}


@pytest.mark.parametrize("name", HOT)
def test_a_hot_statement_uses_its_index_and_sorts_nothing(sqlite_store: SqlStore, name):
    statement, index = HOT[name]
    filled(sqlite_store, 2)

    with sqlite_store.read() as work:
        text, own = statement.text(work._session._dialect)
        wanted = dict.fromkeys(_parameters(text), "1") | own
        plan = [row[3] for row in work._session._cursor.execute(f"EXPLAIN QUERY PLAN {text}", wanted)]

    assert any(index in step for step in plan), plan
    assert name in FEW or not any("TEMP B-TREE" in step for step in plan), plan


def test_what_other_limits_would_make_overdue_is_counted_within_an_index(sqlite_store: SqlStore):
    query = item_lists.begun_query({"DIG": (NOON, NOON), "KNF": (NOON, None)})

    with sqlite_store.read() as work:
        connection = work._session.connection
        text = query.compile(connection, compile_kwargs={"literal_binds": True})
        plan = [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}")]

    assert any("COVERING INDEX item_due " in step for step in plan), plan


# Whatever the board is narrowed to, it is found in an index that begins with that.
DUE = {
    "item_due": ItemLine(),
    "item_due_category": ItemLine(category="UNK"),
    "item_due_team": ItemLine(team=7),
    "item_due_oic": ItemLine(oic=7),
    "item_due_store": ItemLine(store=7),
    "item_due_kind": ItemLine(kind="review"),
    "item_due_(category|oic)": ItemLine(oic=7, category="UNK"),
    "item_watch": ItemLine(of_custody=True),
    "item_watch_category": ItemLine(of_custody=True, category="UNK"),
    "item_watch_team": ItemLine(of_custody=True, team=7),
    "item_watch_oic": ItemLine(of_custody=True, oic=7),
    "item_watch_store": ItemLine(of_custody=True, store=7),
    "item_watch_kind": ItemLine(of_custody=True, kind="handover"),
}


def due_queries(wanted):
    """A first page of the board, a later one, and two of its counts."""
    return [
        item_lists.due_query(NOON, wanted, None),
        item_lists.due_query(NOON, wanted, (NOON, 1)),
        item_lists.span_query(5, 9, wanted),
        item_lists.span_query(None, 9, wanted),
    ]


def test_what_is_due_and_its_counts_come_from_the_index_of_the_filter(sqlite_store: SqlStore):
    filled(sqlite_store, 2)
    engine = create_engine(sqlite_store.url)

    with engine.connect() as connection:
        for index, wanted in DUE.items():
            for query in due_queries(wanted):
                text = str(query.compile(engine, compile_kwargs={"literal_binds": True}))
                (plan,) = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").fetchall()
                assert re.search(rf"SEARCH item USING (COVERING )?INDEX {index} ", plan[3]), (wanted, plan[3])
    engine.dispose()


@pytest.mark.parametrize("wanted", [ItemLine(), ItemLine(store=7), ItemLine(oic=7)], ids=["all", "store", "officer"])
def test_what_was_recommended_comes_from_its_own_index(sqlite_store: SqlStore, wanted):
    query = select(item.c.register_no).where(*item_lists._advised(wanted))
    engine = create_engine(sqlite_store.url)

    with engine.connect() as connection:
        text = str(query.compile(engine, compile_kwargs={"literal_binds": True}))
        (plan,) = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {text}").fetchall()
    engine.dispose()

    assert "COVERING INDEX item_advised" in plan[3]


def cases_with_words(session):
    """Cases with a word and the beginning of another, as somebody sees them who has some of them."""
    reached = cases.within_reach(1, frozenset({7}), everything=False, silent=False)
    query = cases.with_words(session, cases.WORDS.found(session, "mill lan"), 0).where(reached).limit(51)
    return str(query.compile(dialect=session._dialect, compile_kwargs={"literal_binds": True}))


def test_cases_are_looked_for_in_the_index_of_words_first_and_not_sorted(sqlite_store: SqlStore):
    filled(sqlite_store, 2)

    with sqlite_store.read() as work:
        plan = [
            row[3] for row in work._session._cursor.execute(f"EXPLAIN QUERY PLAN {cases_with_words(work._session)}")
        ]

    assert plan[0].startswith("SCAN case_words VIRTUAL TABLE INDEX")
    assert plan[1] == "SEARCH case_file USING INTEGER PRIMARY KEY (rowid=?)"
    assert not any("TEMP B-TREE" in step for step in plan), plan


def test_postgresql_has_an_index_for_every_hot_statement_and_every_board(postgresql_store: SqlStore):
    filled(postgresql_store, 2)
    plans = {}

    with postgresql_store.read() as work:
        session = work._session
        session._cursor.execute("SET LOCAL enable_seqscan = off")  # Of so few rows it would read them all.
        for name, (statement, _index) in HOT.items():
            text, own = statement.text(session._dialect)
            lists = set(re.findall(r"any\(%\((\w+)\)s", text))
            given = {one: ["1"] if one in lists else "1" for one in re.findall(r"%\((\w+)\)s", text)}
            plans[name] = session._cursor.execute(f"EXPLAIN {text}", given | own).fetchall()
        for index, wanted in DUE.items():
            for query in due_queries(wanted):
                told = str(query.compile(dialect=session._dialect, compile_kwargs={"literal_binds": True}))
                plans[f"{index}: {told}"] = session._cursor.execute(f"EXPLAIN {told}").fetchall()

        plans["cases"] = session._cursor.execute(f"EXPLAIN {cases_with_words(session)}").fetchall()

    assert [name for name, plan in plans.items() if "Seq Scan" in str(plan)] == []


def _parameters(text: str) -> list[str]:
    return re.findall(r":(\w+)", text)
