"""Lists page by key through an index, show every row once, and count no further than they must."""

import re
from datetime import timedelta

import pytest
from sqlalchemy import create_engine

from exhibits_app.domain.events import Offered, SignedOut
from exhibits_app.services.ports import IssuedLabel, ItemLine, ScanLine
from exhibits_app.services.recording import Happening, record
from exhibits_app.store import SqlStore
from exhibits_app.store.repositories import accounts, devices, item_lists, items, labels, ledger, scans

from .parts import IDS, NOON, POLICY, a_world, an_account, an_envelope, book_in, register


def filled(store: SqlStore, count: int = 23):
    """A world with so many items, seized an hour apart, the even ones booked in."""
    world = a_world(store)

    def fill(work):
        for at in range(1, count + 1):
            seized = NOON + timedelta(hours=at)
            number = register(work, world, f"MR/{at}", seized)
            if at % 2 == 0:
                book_in(work, world, number, seized + timedelta(minutes=5))

    store.write(fill)
    return world


def paged(page, key, first):
    """The register numbers of every page, of four rows each, one after another."""
    found, after = [], first
    while rows := page(after):
        assert len(rows) <= 4
        found += [row.exhibit.register_no for row in rows]
        after = key(rows[-1])
    return found


def number_of(row):
    return row.exhibit.register_no


@pytest.mark.parametrize("which", ["in_case", "at_place", "in_store"])
def test_pages_show_every_item_once_in_order(store: SqlStore, which):
    world = filled(store)
    subject = {"in_case": world.case.id, "at_place": world.shelf.id, "in_store": world.shelf.store}[which]

    with store.read() as work:
        found = paged(lambda after: getattr(work.items, which)(subject, after, 4), number_of, 0)

    assert found == (list(range(1, 24)) if which == "in_case" else list(range(2, 24, 2)))


def test_what_is_on_offer_and_what_a_person_holds_are_listed_for_them(store: SqlStore):
    world = a_world(store)

    def fill(work):
        other = an_account(work, "Okafor")
        for at in range(1, 9):
            number = register(work, world, f"MR/{at}", NOON + timedelta(hours=at))
            held = work.items.hold(number)
            if at % 2:
                happening = Happening(held, an_envelope(world, NOON + timedelta(hours=9)), Offered(other.ref))
                record(work, IDS, POLICY, [happening])
        return other

    other = store.write(fill)

    with store.read() as work:
        assert paged(lambda after: work.items.offered_to(other.id, after, 3), number_of, 0) == [1, 3, 5, 7]
        assert paged(lambda after: work.items.offered_by(world.officer.id, after, 3), number_of, 0) == [1, 3, 5, 7]
        assert paged(lambda after: work.items.held_by(world.officer.id, after, 3), number_of, 0) == list(range(1, 9))
        assert work.items.offered_to(world.officer.id) == work.items.held_by(other.id) == []


def test_what_is_held_jointly_is_listed_for_both(store: SqlStore):
    world = a_world(store)

    def fill(work):
        other = an_account(work, "Okafor")
        number = register(work, world)
        book_in(work, world, number)
        out = SignedOut(world.officer.ref, "court", NOON + timedelta(days=1), joint=other.ref)
        record(
            work, IDS, POLICY, [Happening(work.items.hold(number), an_envelope(world, NOON + timedelta(hours=2)), out)]
        )
        return other

    other = store.write(fill)

    with store.read() as work:
        assert [number_of(row) for row in work.items.held_by(other.id)] == [1]
        assert [number_of(row) for row in work.items.held_by(world.officer.id)] == [1]


def test_the_longest_overdue_come_first_and_every_one_once(store: SqlStore):
    filled(store)
    end = NOON + timedelta(days=1, hours=20)  # Unclassified: a decision within a day, so the first 19 are overdue.

    with store.read() as work:
        found = paged(
            lambda after: work.items.due_before(end, ItemLine(), after, 4),
            lambda row: (row.due_at, number_of(row)),
            None,
        )

    assert found == list(range(1, 20))


def test_overdue_counts_are_by_how_long_ago(store: SqlStore):
    filled(store)
    due_first = NOON + timedelta(days=1, hours=1)
    edges = [due_first + timedelta(hours=8), due_first + timedelta(hours=5)]

    with store.read() as work:
        counts = work.items.due_counts(due_first + timedelta(hours=10), ItemLine(), edges)
        whole = work.items.due_counts(due_first + timedelta(hours=10), ItemLine(), [])

    assert (counts, whole) == ([2, 3, 5], [10])


def test_lists_of_what_is_due_narrow_by_every_field(store: SqlStore):
    world = filled(store)
    late = NOON + timedelta(days=40)
    store_id, officer = world.shelf.store, world.officer.id

    with store.read() as work:

        def numbers(**wanted):
            return [number_of(row) for row in work.items.due_before(late, ItemLine(**wanted))]

        assert numbers(store=store_id) == list(range(2, 24, 2))
        assert numbers(holder=officer) == list(range(1, 24, 2))
        assert numbers(oic=officer, case=world.case.id, category="UNK") == list(range(1, 24))
        assert numbers(oic=officer + 1) == numbers(team=1) == numbers(category="NON") == []


def test_items_follow_their_case_to_a_new_team_and_officer(store: SqlStore):
    world = filled(store, 2)

    def hand_over(work):
        other, team = an_account(work, "Khan"), work.teams.add("CID")
        particulars = {"id": world.case.id, "reference": "51/100/26", "title": "A death"}
        work.cases.save(type(world.case)(**particulars, category=world.case.category, oic=other.ref, team=team))
        return other, team

    other, team = store.write(hand_over)

    with store.read() as work:
        due = work.items.due_before(NOON + timedelta(days=40), ItemLine(team=team, oic=other.id))
        assert [number_of(row) for row in due] == [1, 2]


def test_search_finds_number_code_seal_and_the_beginning_of_a_reference(store: SqlStore):
    world = filled(store, 12)

    def mark(work):
        work.items.use_seal("B77", 5, NOON)
        work.labels.issue(IssuedLabel("E4KT922RMQ", "E", 6, "revoked", NOON))

    store.write(mark)

    with store.read() as work:

        def numbers(text):
            return [number_of(row) for row in work.items.search(text)]

        assert numbers("7") == [7]
        assert numbers("b77") == [5]
        assert numbers("e-4kt9-22rm-q") == [6]
        assert numbers("mr/1") == [1, 10, 11, 12]
        assert numbers("%") == numbers("") == numbers("MR/13") == []
        assert sorted(work.items.references(world.case.id))[0] == (world.officer.id, "MR/1")


def test_the_scan_log_and_its_refusals_page_newest_first(store: SqlStore):
    lines = [
        ScanLine(f"s{at}", "a", NOON, None, None, "MOVE", "E1", "refused" if at % 3 == 0 else "recorded",
                 "not_a_code" if at % 3 == 0 else "", "words")
        for at in range(1, 11)
    ]  # fmt: skip
    store.write(lambda work: work.scans.add(lines))

    with store.read() as work:
        newest = work.scans.latest(limit=4)
        older = work.scans.latest(after=newest[-1].id, limit=10)
        refused = work.scans.latest(refused=True)

    assert [line.scan for line in newest + older] == [f"s{at}" for at in range(10, 0, -1)]
    assert [line.scan for line in refused] == ["s9", "s6", "s3"]


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
    "items.search": (item_lists._BY_REFERENCE, "item USING COVERING INDEX item_reference_key"),
    "ledger.of_item": (ledger._OF_ITEM, "entry USING INDEX entry_position (register_no=? AND seq>?)"),
    "ledger.known_events": (ledger._KNOWN_EVENTS, "entry USING INDEX entry_event"),
    "scans.refused": (scans._REFUSED, "scan_log USING INDEX scan_log_refused"),
    "devices.by_token": (devices._BY_TOKEN, "device USING INDEX device_token_hash"),
    "devices.turn": (devices._TURN, "turn USING INDEX sqlite_autoindex_turn_1"),
    "accounts.person": (accounts._PERSON, "person_grant USING INDEX person_grant_person"),
    "accounts.by_name": (accounts._BY_NAME, "person USING INDEX person_sign_in_name"),
}


# These sort the few rows of one person or one thing.
FEW = {"accounts.person", "labels.live_of", "items.held_by_leavers", "items.held_by_leavers, who"}


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

    assert [name for name, plan in plans.items() if "Seq Scan" in str(plan)] == []


def _parameters(text: str) -> list[str]:
    return re.findall(r":(\w+)", text)
