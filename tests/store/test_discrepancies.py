"""What is open stands on the list for as long as it is open, on either database, and tampering with it is found."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, text

from exhibits_app.domain.clocks import owed
from exhibits_app.domain.events import DiscrepancyRaised, DiscrepancySettled
from exhibits_app.domain.fold import fold
from exhibits_app.services.ports import DiscrepancyLine, Held
from exhibits_app.services.recording import Happening, record
from exhibits_app.store import SqlStore

from .parts import IDS, NOON, POLICY, World, a_world, an_account, an_envelope, book_in, register

ALL = DiscrepancyLine()


@pytest.fixture
def world(store: SqlStore) -> World:
    """Five items; the second and the fourth are in doubt, the fourth since earlier and in two ways."""
    world = a_world(store)

    def fill(work):
        for number in range(1, 6):
            register(work, world, f"MR/{number}")
        book_in(work, world, 2)
        raised(work, world, 2, "wrong place", 3)
        raised(work, world, 4, "wrong seal", 1)
        raised(work, world, 4, "quantity", 2)

    store.write(fill)
    return world


def raised(work, world: World, item: int, kind: str, hours: float) -> str:
    envelope = an_envelope(world, NOON + timedelta(hours=hours))
    body = DiscrepancyRaised(kind, "this", "that")
    record(work, IDS, POLICY, [Happening(work.items.hold(item), envelope, body)])
    return envelope.id


def listed(store: SqlStore, wanted: DiscrepancyLine = ALL) -> list[tuple[int, str]]:
    with store.read() as work:
        assert work.discrepancies.count(wanted, 100) == len(work.discrepancies.page(wanted))
        return [(one.register_no, one.kind) for one in work.discrepancies.page(wanted)]


def folded(work, item: int) -> Held:
    entries = work.ledger.of_item(item)
    return Held(item, fold(work.ledger.events_of(item)), len(entries), entries[-1].leaf_hash.hex())


def test_the_longest_open_comes_first(store: SqlStore, world: World):
    assert listed(store) == [(4, "wrong seal"), (4, "quantity"), (2, "wrong place")]


def test_the_list_pages_from_where_the_page_before_ended(store: SqlStore, world: World):
    found, after = [], None
    with store.read() as work:
        while page := work.discrepancies.page(ALL, after, 1):
            found += [(one.register_no, one.kind) for one in page]
            after = (page[-1].at, page[-1].register_no, page[-1].position)

    assert found == listed(store)


def test_the_list_is_narrowed_by_store_team_kind_and_case(store: SqlStore, world: World):
    assert listed(store, DiscrepancyLine(store=world.shelf.store)) == [(2, "wrong place")]
    assert listed(store, DiscrepancyLine(kind="quantity")) == [(4, "quantity")]
    assert len(listed(store, DiscrepancyLine(case=world.case.id))) == 3
    assert listed(store, DiscrepancyLine(case=4711)) == []
    assert listed(store, DiscrepancyLine(team=7)) == []


def test_the_list_follows_the_team_of_the_case(store: SqlStore, world: World):
    from dataclasses import replace

    def change(work):
        team = work.teams.add("CID Ilford")
        work.cases.save(replace(work.cases.find(world.case.id), team=team))
        return team

    team = store.write(change)

    assert len(listed(store, DiscrepancyLine(team=team))) == 3
    with store.read() as work:
        assert work.items.differing(folded(work, 4), owed(folded(work, 4).exhibit, POLICY)) == []


def test_what_is_settled_leaves_the_list(store: SqlStore, world: World):
    def settle(work):
        one = work.items.find(4).exhibit.discrepancies[0]
        other = an_account(work, "Okafor")
        envelope = an_envelope(world, NOON + timedelta(hours=9))
        body = DiscrepancySettled(one.event, one.kind, "explained")
        assert other.id != world.officer.id
        record(work, IDS, POLICY, [Happening(work.items.hold(4), envelope, body)])

    store.write(settle)

    assert listed(store) == [(4, "quantity"), (2, "wrong place")]


@pytest.mark.parametrize(
    "change",
    [
        "DELETE FROM open_discrepancy WHERE register_no = 4",
        "UPDATE open_discrepancy SET seen = 'nothing' WHERE register_no = 4",
        "UPDATE open_discrepancy SET team_id = 3 WHERE register_no = 4",
    ],
)
def test_a_list_that_was_tampered_with_is_found_and_written_anew(store: SqlStore, world: World, change: str):
    before = listed(store)
    engine = create_engine(store.url)
    with engine.begin() as connection:
        connection.execute(text(change))
    engine.dispose()

    with store.read() as work:
        held = folded(work, 4)
        due = owed(held.exhibit, POLICY)
        assert work.items.differing(held, due) == ["open_discrepancy"]
    store.write(lambda work: work.items.replace_projection(held, due))

    assert listed(store) == before


def test_an_alarm_is_raised_once_and_closed_once(store: SqlStore, world: World):
    def fill(work):
        device = work.devices.add("Ilford bench 1", None, "hash", NOON, world.officer.id)
        for subject in ("a", "a", "b"):
            work.act_alarms.raise_new(NOON, "same_id_other_content", device.id, subject, "Told.")

    store.write(fill)

    with store.read() as work:
        assert [one.subject for one in work.act_alarms.page()] == ["b", "a"]
        assert work.act_alarms.open_count(10) == 2
    assert store.write(lambda work: work.act_alarms.close(1, NOON, world.officer.id, "Tried out."))
    assert not store.write(lambda work: work.act_alarms.close(1, NOON, world.officer.id, "Again."))
    with store.read() as work:
        assert [(one.id, one.finding) for one in work.act_alarms.page()] == [(2, ""), (1, "Tried out.")]
        assert work.act_alarms.open_count(10) == 1


def test_a_closed_place_says_since_when(store: SqlStore, world: World):
    store.write(lambda work: work.places.close([world.shelf.id], NOON, world.officer.id))
    store.write(lambda work: work.places.close([world.shelf.id], NOON + timedelta(days=1), world.officer.id))

    with store.read() as work:
        assert work.places.find(world.shelf.id).closed_at == NOON
        assert [place.closed for place in work.places.all()] == [False, True]
        assert not work.places.stores()[0].closed


def test_what_a_leaver_holds_is_listed_by_team(store: SqlStore, world: World):
    from dataclasses import replace

    def leave(work):
        account = work.accounts.find(world.officer.id)
        work.accounts.save(replace(account, person=replace(account.person, active=False)))

    with store.read() as work:
        assert work.items.held_by_leavers() == []
    store.write(leave)

    with store.read() as work:
        assert [one.exhibit.register_no for one in work.items.held_by_leavers()] == [1, 3, 4, 5]
        assert [one.exhibit.register_no for one in work.items.held_by_leavers(None, 3, 1)] == [4]
        assert work.items.held_by_leavers(7) == []


def test_devices_of_a_store_and_those_carried_about_keep_its_items_from_being_missing(store: SqlStore, world: World):
    def fill(work):
        for name, where in (("here", world.shelf.store), ("carried", None), ("there", world.shelf.id)):
            device = work.devices.add(name, where, name, NOON, world.officer.id)
            work.devices.seen(device, NOON, 3, 0)

    store.write(fill)

    with store.read() as work:
        assert work.devices.with_unsent(world.shelf.store) == ["carried", "here"]
        assert work.devices.with_unsent() == ["carried", "here", "there"]
