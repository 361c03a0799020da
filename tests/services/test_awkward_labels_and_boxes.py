"""More of what a store meets every week: a damaged label, found property that is evidence, a sealed box of forty."""

from exhibits_app.domain.events import Basis
from exhibits_app.domain.exhibit import PresenceKind
from exhibits_app.services import boxes, labels, naming
from exhibits_app.services.naming import PromoteForm
from exhibits_app.services.typed_acts import Particulars, Second, SignIn
from tests.services.late import Bench, events_of, open_kinds, sound, state
from tests.support.force import PASSWORD, Force

WITNESS = Second(witness=SignIn("other", PASSWORD))


def test_a_damaged_label_is_replaced_when_two_ways_say_which_item_it_is(
    force: Force, items: list[int], codes: list[str], bench: Bench, shelf: str
) -> None:
    bench.do("BOOK_IN", codes[0], to=shelf)
    seal = state(force, items[0]).seal.number

    naming.relabel(force.services, force.person("exhibits_officer"), items[0], Particulars(seal=seal), WITNESS)
    (renewed,) = force.labels(items[:1])
    force.clock.move(minutes=1)

    assert bench.do("SIGHTING", renewed, to=shelf)["verdict"] == "recorded"
    assert bench.do("SIGHTING", codes[0], to=shelf)["error_code"] == "revoked_label"
    assert open_kinds(force, items[0]) == ["revoked label"]
    assert sound(force)


def test_found_property_that_becomes_an_exhibit_keeps_its_history_and_its_clock(force: Force) -> None:
    case = force.case(category="other")
    (found,) = force.items(case, category="NON", reference="FP/1", seal="S900")
    before, history = state(force, found), events_of(force, found)
    force.clock.move(days=20)

    reference = naming.promote(
        force.services, force.person("officer"), found, PromoteForm("KNF", reason="It fits the wound.")
    )

    after = state(force, found)
    assert after.reference == reference != before.reference
    assert after.seized_at == before.seized_at
    assert events_of(force, found)[: len(history)] == history
    with force.services.store.read() as work:
        assert work.items.find(found).due_at < force.clock.at
    assert sound(force)


def test_a_sealed_box_of_forty_moves_in_one_scan_and_what_is_scanned_elsewhere_has_left_it(
    force: Force, bench: Bench, shelf: str, safe: str
) -> None:
    numbers = force.items(force.case(category="volume", reference="01AB/40/26"), 40, category="DIG", seal="")
    codes = force.labels(numbers)
    staff = force.person("property_officer")
    box = boxes.open_box(force.services, staff, "Box 40", force.shelf.id)
    (box_code,) = labels.print_box_labels(force.services, staff, [box.id], "L7160").codes
    for kind, things, given in (
        ("BOOK_IN", codes, {"to": shelf}),
        ("PUT_IN", codes, {"to": box_code}),
        ("SEAL", [box_code], {"item": {"new_seal": "B-1"}}),
        ("MOVE", [box_code], {"to": safe}),
        ("SIGHTING", codes[:1], {"to": shelf}),
    ):
        force.clock.move(minutes=10)
        bench.do(kind, *things, **given)

    moved = [event.envelope for number in numbers for event in events_of(force, number) if event.kind == "move"]

    assert len(moved) == 40
    assert {one.basis for one in moved} == {Basis.CONTAINER_SCAN}
    assert {(one.box.name, one.box.items) for one in moved if one.box} == {("Box 40", 40)}
    assert len({one.box.manifest for one in moved if one.box}) == 1
    assert {state(force, number).presence for number in numbers[1:]} == {PresenceKind.INFERRED}
    assert state(force, numbers[0]).box is None
    assert "wrong place" in open_kinds(force, numbers[0])
    assert sound(force)
