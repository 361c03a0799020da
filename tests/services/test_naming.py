"""What an item is: identified anew in two ways, and found property that becomes an exhibit."""

from datetime import timedelta
from io import BytesIO

import pytest
from PIL import Image

from exhibits_app.domain import errors
from exhibits_app.domain.history import sentence
from exhibits_app.services import codes, labels, naming, rebuild
from exhibits_app.services.naming import PromoteForm
from exhibits_app.services.photos import Upload, add_photograph
from exhibits_app.services.typed_acts import NOBODY, Particulars, Second, SignIn
from tests.support.acted import acted
from tests.support.force import PASSWORD, Force

WITNESS = Second(witness=SignIn("other", PASSWORD))


@pytest.fixture
def item(force: Force) -> int:
    return force.items(force.case(category="violence"), category="KNF")[0]


def relabel(force: Force, item: int, second=NOBODY, by="exhibits_officer", **given):
    force.clock.move(minutes=1)
    naming.relabel(force.services, force.person(by), item, Particulars(**given), second)


def state(force: Force, number: int):
    with force.services.store.read() as work:
        return work.items.find(number).exhibit


def last(force: Force, number: int):
    with force.services.store.read() as work:
        return work.ledger.events_of(number)[-1]


def photograph(force: Force, item: int) -> str:
    with BytesIO() as file:
        Image.new("RGB", (8, 8), "white").save(file, "PNG")
        return add_photograph(force.services, force.person("officer"), item, Upload("a.png", file.getvalue()))


def test_two_ways_identify_an_item_and_its_old_label_is_revoked(force, item):
    (code,) = force.labels([item])

    relabel(force, item, seal="s100", text="Blade 12 cm, notch near the tip")

    assert state(force, item).code is None
    assert codes.look_up(force.services, code).state == "revoked"
    assert sentence(last(force, item), "AB/1").startswith(
        "PC 4516 Exhibits Officer identified AB/1 by seal S100 and serial number or description (Blade 12 cm, notch "
        f"near the tip) to label it anew; label {code} is revoked"
    )


def test_the_new_label_is_printed_as_any_other_and_scans(force, item):
    force.labels([item])
    relabel(force, item, WITNESS, seal="S100")

    (code,) = force.labels([item])

    assert codes.look_up(force.services, code).state == "live"
    assert state(force, item).code == code
    assert rebuild.rebuild(force.services, write=False).faults == []


def test_a_photograph_and_a_second_person_are_two_ways(force, item):
    sha256 = photograph(force, item)

    relabel(force, item, WITNESS, identity=sha256)

    assert last(force, item).body.identified_by == (f"photograph {sha256[:12]}", "PC 4505 Other")


@pytest.mark.parametrize(
    ("given", "second"), [({}, NOBODY), ({"seal": "S100"}, NOBODY), ({"text": "a knife"}, NOBODY), ({}, WITNESS)]
)
def test_one_way_is_not_enough_and_the_label_stays_good(force, item, given, second):
    (code,) = force.labels([item])

    with pytest.raises(errors.TwoWaysNeeded):
        relabel(force, item, second, **given)

    assert codes.look_up(force.services, code).state == "live"


def test_another_seal_than_the_one_on_record_identifies_nothing(force, item):
    with pytest.raises(errors.SealDoesNotMatch):
        relabel(force, item, seal="S999", text="a knife")


def test_a_photograph_of_another_item_identifies_nothing(force, item):
    with pytest.raises(errors.NotAChoice):
        relabel(force, item, identity="0" * 64, text="a knife")


def test_the_second_person_is_not_who_identifies(force, item):
    with pytest.raises(errors.WitnessIsActor):
        relabel(force, item, Second(witness=SignIn("exhibits_officer", PASSWORD)), seal="S100")


def test_who_may_not_relabel_may_not(force, item):
    with pytest.raises(errors.NoRight):
        relabel(force, item, WITNESS, by="officer", seal="S100")


def test_store_staff_print_the_label_of_what_they_identified_and_of_nothing_else(force, item):
    codes_before = force.labels([item])
    acted(force, "BOOK_IN", codes_before, ["S100"], to=force.place_code(force.shelf))

    with pytest.raises(errors.NotFound):
        labels.print_item_labels(force.services, force.person("property_officer"), [item], "L7160")
    relabel(force, item, WITNESS, by="property_officer", seal="S100")

    assert labels.print_item_labels(force.services, force.person("property_officer"), [item], "L7160").codes


def test_an_old_label_that_is_scanned_after_is_stopped(force, item):
    codes_before = force.labels([item])
    acted(force, "BOOK_IN", codes_before, ["S100"], to=force.place_code(force.shelf))
    relabel(force, item, WITNESS, by="property_officer", seal="S100")

    assert acted(force, "SIGHTING", codes_before) == ["refused"]


@pytest.fixture
def found(force: Force) -> int:
    """A bag that somebody handed in, a week ago."""
    item = force.items(force.case(reference="FP/1/26", category="other"), category="NON", reference="FOUND/1")[0]
    force.clock.move(days=7)
    return item


def promote(force: Force, item: int, by="officer", **given):
    return naming.promote(force.services, force.person(by), item, PromoteForm(**({"category": "DIG"} | given)))


def test_found_property_becomes_an_exhibit_and_its_clock_is_kept(force, found):
    seized_at = state(force, found).seized_at

    reference = promote(force, found, reference="MR/1", reason="Matches a robbery.")

    exhibit = state(force, found)
    assert reference == exhibit.reference == "MR/1"
    assert exhibit.seized_at == seized_at
    assert ("reference before", "FOUND/1") in [(one.issuer, one.number) for one in exhibit.aliases]
    with force.services.store.read() as work:
        line = work.items.find(found)
        assert line.due_at - seized_at == timedelta(days=7)
        assert work.items.projection(found)["reference_key"] == "mr/1"
        assert [one.exhibit.register_no for one in work.items.search("MR/1")] == [found]
    assert rebuild.rebuild(force.services, write=False).faults == []


def test_an_exhibit_gets_the_producers_next_reference_when_none_is_typed(force, found):
    assert promote(force, found) == "O/1"


def test_it_may_go_into_the_case_that_it_turned_out_to_belong_to(force, found):
    case = force.case(category="violence")

    promote(force, found, case="01ab/1/26")

    assert state(force, found).case.id == case.id
    with force.services.store.read() as work:
        assert [one.exhibit.register_no for one in work.items.in_case(case.id)] == [found]


def test_a_case_that_is_not_theirs_to_see_is_no_choice(force, found):
    force.case("inspector", reference="02/1/26", restricted=True)

    for case in ("02/1/26", "99/9/99"):
        with pytest.raises(errors.NotAChoice):
            promote(force, found, case=case)


def test_a_reference_in_use_is_refused_with_the_next_free_one(force, found):
    force.items(force.case(), 1, reference="MR/1", seal="")

    with pytest.raises(errors.ReferenceTaken, match="MR/2"):
        promote(force, found, case="01AB/1/26", reference="MR/1")


def test_its_own_reference_may_be_kept(force, found):
    assert promote(force, found, reference="FOUND/1") == "FOUND/1"


def test_an_exhibit_is_one_already(force, item):
    with pytest.raises(errors.NotFoundProperty):
        promote(force, item)


@pytest.mark.parametrize("category", ["", "NON", "XYZ"])
def test_an_exhibit_has_a_category(force, found, category):
    with pytest.raises(errors.NotAChoice):
        promote(force, found, category=category)


def test_who_may_not_register_may_not_promote(force, found):
    with pytest.raises(errors.NoRight):
        promote(force, found, by="submissions")
