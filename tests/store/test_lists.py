"""Lists page by key through an index, show every row once, and count no further than they must."""

from datetime import timedelta

import pytest

from exhibits_app.domain.events import Offered, SignedOut
from exhibits_app.services.ports import IssuedLabel, ItemLine, ScanLine
from exhibits_app.services.recording import Happening, record
from exhibits_app.store import SqlStore

from .parts import IDS, NOON, POLICY, a_world, an_account, an_envelope, book_in, filled, register


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
