"""Parts of an item: quantities conserve, parts inherit, and one act tells of it on the parent and on each part."""

from datetime import timedelta

import pytest

from exhibits_app.domain import clocks, errors
from exhibits_app.services import dividing, happenings, rebuild
from exhibits_app.services.dividing import PartForm, SplitForm
from exhibits_app.services.typed_acts import NOBODY, Particulars, Second, SignIn
from tests.support.force import PASSWORD, Force

WITNESS = Second(witness=SignIn("other", PASSWORD))
TWO = (PartForm("Half the tablets", 12, seal="p1"), PartForm("Sample", "3"))


@pytest.fixture
def tablets(force: Force) -> int:
    """Forty tablets under a hold, whose bag was opened before a witness."""
    item = force.items(force.case(category="drugs"), category="DRUG", quantity=40, unit="tablets", hazards=("toxic",))[
        0
    ]
    _happen(force, "officer", item, "OPEN", WITNESS, reason="Count them.")
    _happen(force, "exhibits_officer", item, "HOLD", hold="proceedings")
    return item


def _happen(force: Force, by: str, item: int, kind: str, second: Second = NOBODY, **given):
    force.clock.move(minutes=10)
    (verdict,) = happenings.happen(force.services, force.person(by), [item], kind, Particulars(**given), second)
    assert verdict.refusal is None, verdict.told


def split(force: Force, item: int, parts=TWO, left=25, lost=0, second=WITNESS, by="officer", **given):
    force.clock.move(minutes=10)
    form = SplitForm(tuple(parts), left, lost)
    return dividing.split(force.services, force.person(by), item, form, Particulars(**given), second)


def state(force: Force, number: int):
    with force.services.store.read() as work:
        return work.items.find(number).exhibit


def last(force: Force, number: int):
    with force.services.store.read() as work:
        return work.ledger.events_of(number)[-1]


def test_parts_and_what_is_left_are_what_there_was(force, tablets):
    numbers = split(force, tablets)

    assert numbers == [2, 3]
    assert state(force, tablets).quantity == 25
    assert [(state(force, n).quantity, state(force, n).unit) for n in numbers] == [(12, "tablets"), (3, "tablets")]


def test_the_parent_names_its_parts_and_each_part_its_parent_in_one_act(force, tablets):
    split(force, tablets)

    parent, first, second = (last(force, number) for number in (tablets, 2, 3))
    assert [one.item.reference for one in parent.body.parts] == ["AB/1/1", "AB/1/2"]
    assert state(force, 2).parent.register_no == tablets
    assert parent.envelope.act == first.envelope.act == second.envelope.act
    assert first.envelope.witness.id == force.people["other"].id


def test_a_part_inherits_case_hazards_holds_custody_and_the_start_of_its_clocks(force, tablets):
    parent = state(force, tablets)
    split(force, tablets)

    part = state(force, 2)
    assert (part.case, part.hazards, part.custody, part.category) == (
        parent.case, parent.hazards, parent.custody, parent.category,
    )  # fmt: skip
    assert [hold.hold for hold in part.holds] == ["proceedings"]
    assert part.seized_at == parent.seized_at
    with force.services.store.read() as work:
        policy = work.policies.current(force.clock.at)
        assert work.items.find(2).due_at == clocks.owed(parent, policy).decision.due


def test_a_seal_of_a_part_is_used_for_ever(force, tablets):
    split(force, tablets)

    assert state(force, 2).seal.number == "P1"
    with pytest.raises(errors.SealInUse) as caught:
        split(force, tablets, [PartForm("More", 1, seal="P1")], left=24)
    assert caught.value.field == "parts-0-seal"


@pytest.mark.parametrize(("left", "lost"), [(24, 0), (25, 1), (26, 0)])
def test_quantities_that_do_not_conserve_are_refused_and_nothing_is_kept(force, tablets, left, lost):
    with pytest.raises(errors.QuantitiesDiffer, match="had 40"):
        split(force, tablets, left=left, lost=lost, reason="spilt")

    assert state(force, tablets).parts == ()
    with force.services.store.read() as work:
        assert work.items.count() == 1


def test_a_loss_is_declared_with_how_it_came_about(force, tablets):
    with pytest.raises(errors.ParticularNeeded):
        split(force, tablets, left=24, lost=1)

    split(force, tablets, left=24, lost=1, reason="One was crushed.")

    assert last(force, tablets).body.loss == 1


@pytest.mark.parametrize(
    ("parts", "refusal", "field"),
    [
        ([], errors.MissingValue, "parts-0-description"),
        ([PartForm("", 1)], errors.MissingValue, "parts-0-description"),
        ([PartForm("x", "")], errors.MissingValue, "parts-0-quantity"),
        ([PartForm("x", 0)], errors.NotANumber, "parts-0-quantity"),
        ([PartForm("x", 1), PartForm("y", "two")], errors.NotANumber, "parts-1-quantity"),
        ([PartForm("x", 1, "AB/1")], errors.ReferenceTaken, "parts-0-reference"),
        ([PartForm("x", 1, "ab/01")], errors.NearDuplicateReference, "parts-0-reference"),
        ([PartForm("x", 1, "XY/1"), PartForm("y", 1, "XY/1")], errors.ReferenceTaken, "parts-1-reference"),
        ([PartForm("x", 1, seal="S100")], errors.SealInUse, "parts-0-seal"),
        ([PartForm("x", 1, seal="Z"), PartForm("y", 1, seal="z")], errors.SealInUse, "parts-1-seal"),
        ([PartForm("x", 1)] * 21, errors.TooMany, "parts-0-description"),
    ],
)
def test_a_fault_of_a_part_is_said_at_its_field(force, tablets, parts, refusal, field):
    with pytest.raises(refusal) as caught:
        split(force, tablets, parts, left=40 - len(parts))

    assert caught.value.field == field


def test_what_is_sealed_is_opened_first(force):
    item = force.items(force.case(category="drugs"), category="DRUG", quantity=40)[0]

    with pytest.raises(errors.StillSealed):
        split(force, item)


def test_drugs_are_divided_before_a_witness(force, tablets):
    with pytest.raises(errors.WitnessNeeded):
        split(force, tablets, second=NOBODY)


def test_only_the_holder_divides(force, tablets):
    with pytest.raises(errors.NotTheHolder):
        split(force, tablets, by="exhibits_officer")


def test_who_may_not_divide_may_not(force, tablets):
    with pytest.raises(errors.NoRight):
        split(force, tablets, by="supervisor")


def test_a_rebuild_finds_parts_as_they_are_kept(force, tablets):
    split(force, tablets)

    assert rebuild.rebuild(force.services, write=False).faults == []
    assert rebuild.verify_chains(force.services).faults == []


def test_a_part_goes_its_own_way(force, tablets):
    split(force, tablets)

    _happen(force, "officer", 2, "OFFER", receiver=force.people["exhibits_officer"].id, seal="P1")
    _happen(force, "exhibits_officer", 2, "ACCEPT")

    assert state(force, 2).custody.id == force.people["exhibits_officer"].id
    assert state(force, tablets).custody.id == force.people["officer"].id


def test_a_division_that_happened_earlier_is_written_down_later(force, tablets):
    force.clock.move(hours=5)
    at = force.clock.at - timedelta(hours=2)

    split(force, tablets, occurred_at=at)

    assert last(force, 2).envelope.occurred_at == at
