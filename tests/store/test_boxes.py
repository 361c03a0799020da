"""Boxes, their manifests and seals, and the items' word for what lies in which, the same over SQLite and PostgreSQL."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain.boxes import Box, manifest_sha256
from exhibits_app.domain.errors import BoxNameTaken, ChangedMeanwhile, NotFound
from exhibits_app.domain.events import PutIn, TakenOut
from exhibits_app.domain.exhibit import Custody, CustodyKind, Seal, SealKind
from exhibits_app.services.ports import Manifest, Work
from exhibits_app.services.recording import Happening, record
from exhibits_app.store import SqlStore

from .parts import IDS, NOON, POLICY, World, a_world, an_envelope, book_in, register


def a_box(work: Work, world: World, name: str = "Box 17", **given: object) -> Box:
    """A box at the world's shelf."""
    store = world.shelf.store or world.shelf.id
    box = Box(
        0, name, Custody(CustodyKind.STORE, store, world.shelf.name), Seal(SealKind.UNSEALED), NOON,
        world.officer.ref, NOON, world.shelf.ref,
    )  # fmt: skip
    return work.boxes.add(replace(box, **given))  # type: ignore[arg-type]  # the fields of a box


def put_in(work: Work, world: World, number: int, box: Box, hours: int = 2) -> None:
    """Put the item into the box."""
    happening = Happening(
        work.items.hold(number), an_envelope(world, NOON + timedelta(hours=hours)), PutIn(box.ref, world.shelf.ref)
    )
    record(work, IDS, POLICY, [happening])


def take_out(work: Work, world: World, number: int, box: Box) -> None:
    """Take it out again."""
    envelope = an_envelope(world, NOON + timedelta(hours=3))
    record(work, IDS, POLICY, [Happening(work.items.hold(number), envelope, TakenOut(box.ref, world.shelf.ref))])


def a_manifest(world: World, box: Box, scan: str, kind: str, *items: int) -> Manifest:
    """What the box was said to hold."""
    return Manifest(
        box.id, scan, "act", kind, NOON, NOON, world.officer.ref, items, manifest_sha256(items), "Reyes moved it"
    )


@pytest.fixture
def world(store: SqlStore) -> World:
    return a_world(store)


def test_a_box_reads_back_as_it_was_kept(store: SqlStore, world: World):
    box = store.write(lambda work: a_box(work, world))
    later = replace(box, closed=True, seal=Seal(SealKind.SEALED, "B900"), counting_since=NOON)

    store.write(lambda work: work.boxes.save([later]))

    with store.read() as work:
        assert work.boxes.find(box.id) == work.boxes.hold_all([box.id])[box.id] == later
        with pytest.raises(NotFound):
            work.boxes.find(box.id + 1)


def test_no_two_boxes_have_the_same_name(store: SqlStore, world: World):
    store.write(lambda work: a_box(work, world))

    with pytest.raises(BoxNameTaken):
        store.write(lambda work: a_box(work, world, "BOX 17"))


def test_what_lies_in_a_box_is_what_the_items_say(store: SqlStore, world: World):
    box = store.write(lambda work: a_box(work, world))
    numbers = [store.write(lambda work, at=at: register(work, world, f"MR/{at}")) for at in (1, 2, 3)]
    for number in numbers:
        store.write(lambda work, number=number: book_in(work, world, number))
        store.write(lambda work, number=number: put_in(work, world, number, box))

    store.write(lambda work: take_out(work, world, numbers[1], box))

    with store.read() as work:
        assert work.boxes.items_in([box.id]) == {numbers[0]: box.id, numbers[2]: box.id}
        assert work.boxes.count([box.id]) == {box.id: 2}
        first = work.boxes.contents(box.id, limit=1)
        after = work.boxes.contents(box.id, first[0].exhibit.register_no, 50)
        assert [one.exhibit.register_no for one in [*first, *after]] == [numbers[0], numbers[2]]
        assert work.items.projection(numbers[1])["box_id"] is None


def test_boxes_in_boxes_are_found_at_any_depth(store: SqlStore, world: World):
    outer = store.write(lambda work: a_box(work, world, "Crate 1"))
    middle = store.write(lambda work: a_box(work, world, "Box 1", parent=outer.ref))
    inner = store.write(lambda work: a_box(work, world, "Box 2", parent=middle.ref))
    store.write(lambda work: a_box(work, world, "Box 3"))

    with store.read() as work:
        assert work.boxes.parents_below([outer.id]) == {middle.id: outer.id, inner.id: middle.id}
        assert work.boxes.parents_below([inner.id]) == {}


def test_boxes_come_page_by_page_and_store_by_store(store: SqlStore, world: World):
    made = [store.write(lambda work, at=at: a_box(work, world, f"Box {at}")) for at in range(3)]
    mine = Custody(CustodyKind.PERSON, world.officer.id, "Reyes")
    held = store.write(lambda work: a_box(work, world, "Evidence box", custody=mine, place=None))

    with store.read() as work:
        assert work.boxes.page(limit=2) == made[:2]
        assert work.boxes.page(after=made[1].id) == [made[2], held]
        assert work.boxes.page(world.shelf.store, limit=50) == made
        assert work.boxes.with_person(world.officer.id) == [held]


def test_manifests_read_back_newest_first_and_remember_every_item(store: SqlStore, world: World):
    box = store.write(lambda work: a_box(work, world))
    said = [a_manifest(world, box, "s1", "OPEN", 1, 2), a_manifest(world, box, "s2", "MOVE", 2, 3)]

    store.write(lambda work: work.boxes.add_manifests(said))

    with store.read() as work:
        found = work.boxes.manifests(box.id)
        assert [replace(one, id=0) for one in found] == list(reversed(said))
        assert work.boxes.manifests(box.id, found[0].id) == found[1:]
        assert work.boxes.opening(box.id) == found[1]
        assert work.boxes.ever_in([box.id]) == {1, 2, 3}
        assert work.boxes.known_scans(["s1", "s3"]) == {"s1": box.id}


def test_a_seal_is_used_once_by_an_item_or_by_a_box(store: SqlStore, world: World):
    box = store.write(lambda work: a_box(work, world))
    number = store.write(lambda work: register(work, world))
    store.write(lambda work: work.items.use_seal("S900", number, NOON))
    store.write(lambda work: work.boxes.use_seal("B900", box.id, NOON))

    with store.read() as work:
        assert (work.boxes.seal_user("B900"), work.boxes.seal_user("S900")) == ("Box 17", None)
        assert (work.items.seal_user("B900"), work.items.seal_user("S900")) == (None, number)
        assert work.items.search("B900") == []
    for taken in ("S900", "B900"):
        with pytest.raises(ChangedMeanwhile):
            store.write(lambda work, taken=taken: work.boxes.use_seal(taken, box.id, NOON))
        with pytest.raises(ChangedMeanwhile):
            store.write(lambda work, taken=taken: work.items.use_seal(taken, number, NOON))
