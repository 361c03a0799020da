"""Registering: all or none, references and seals that cannot be confused, and a series without a gap."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain.errors import (
    BadInput,
    BadTime,
    MissingValue,
    NearDuplicateReference,
    NotAChoice,
    NotFound,
    ReferenceTaken,
    Refusal,
    SealInUse,
    TooMany,
)
from exhibits_app.services import register
from exhibits_app.services.register import ItemForm, SearchForm
from tests.support.force import START, Force

FORM = ItemForm("", "Bed sheet", "DTH-BED")


def search(force: Force, **given: object) -> SearchForm:
    return replace(SearchForm(START - timedelta(hours=1), None, None), **given)


def registered(force: Force, case: int, *forms: ItemForm, by: str = "officer", **given: object) -> list[int]:
    done = register.register(force.services, force.person(by), case, search(force, **given), forms)
    return [one.register_no for one in done]


def on_record(force: Force) -> tuple[int, int]:
    """How many items and how many entries."""
    with force.services.store.read() as work:
        return work.items.count(), work.ledger.size()


def references(force: Force, case: int) -> list[str]:
    with force.services.store.read() as work:
        return [reference for _, reference in work.items.references(case)]


def test_twenty_items_are_registered_in_one_act(force: Force) -> None:
    case = force.case().id

    numbers = registered(force, case, *[replace(FORM, seal=f"S{n}") for n in range(20)])

    assert numbers == list(range(1, 21))
    with force.services.store.read() as work:
        assert len({work.ledger.of_item(number)[0].act_id for number in numbers}) == 1
        assert [work.items.seal_user(f"S{n}") for n in range(20)] == numbers


@pytest.mark.parametrize("bad", [{"description": " "}, {"seal": "S0"}, {"category": "NOPE"}, {"quantity": 0}])
def test_one_bad_item_of_twenty_registers_none(force: Force, bad: dict[str, object]) -> None:
    case = force.case().id
    forms = [replace(FORM, seal=f"S{n}") for n in range(20)]
    forms[19] = replace(forms[19], **bad)

    with pytest.raises(Refusal) as refused:
        registered(force, case, *forms)

    assert getattr(refused.value, "field", "").startswith("items-19-")
    assert on_record(force) == (0, 0)
    assert registered(force, case, replace(FORM, seal="S0")) == [1]


def test_a_reference_is_used_once_by_one_producer_in_one_case(force: Force) -> None:
    case = force.case().id
    registered(force, case, replace(FORM, reference="AB/1"))

    with pytest.raises(ReferenceTaken) as refused:
        registered(force, case, replace(FORM, reference="AB/1"))

    assert (refused.value.suggestion, refused.value.field) == ("AB/2", "items-0-reference")


def test_another_producer_may_use_the_same_reference(force: Force) -> None:
    case = force.case().id
    registered(force, case, replace(FORM, reference="AB/1"))

    registered(force, case, replace(FORM, reference="AB/1"), producer=force.people["other"].id)

    assert references(force, case) == ["AB/1", "AB/1"]


def test_another_case_may_use_the_same_reference(force: Force) -> None:
    first, second = force.case().id, force.case(reference="01AB/2/26").id

    registered(force, first, replace(FORM, reference="AB/1"))
    registered(force, second, replace(FORM, reference="AB/1"))

    assert references(force, second) == ["AB/1"]


def test_a_reference_is_used_once_on_one_page(force: Force) -> None:
    with pytest.raises(ReferenceTaken) as refused:
        registered(force, force.case().id, replace(FORM, reference="AB/1"), replace(FORM, reference="AB/1"))

    assert refused.value.field == "items-1-reference"


@pytest.mark.parametrize("near", ["AB/01", "ab/1", "AB1", "AB-1", "AB / 1"])
def test_a_look_alike_reference_is_warned_of_and_kept_when_both_are_meant(force: Force, near: str) -> None:
    case = force.case().id
    registered(force, case, replace(FORM, reference="AB/1"))

    with pytest.raises(NearDuplicateReference) as refused:
        registered(force, case, replace(FORM, reference=near))
    registered(force, case, replace(FORM, reference=near, keep_both=True))

    assert (refused.value.existing, refused.value.field) == ("AB/1", "items-0-reference")
    assert references(force, case) == ["AB/1", near]


def test_keeping_both_does_not_let_the_same_reference_in_twice(force: Force) -> None:
    case = force.case().id
    registered(force, case, replace(FORM, reference="AB/1"))

    with pytest.raises(ReferenceTaken):
        registered(force, case, replace(FORM, reference="AB/1", keep_both=True))


def test_items_without_a_reference_get_the_next_free_ones(force: Force) -> None:
    case = force.case().id

    registered(force, case, replace(FORM, reference="MR/7"), FORM, FORM)

    assert references(force, case) == ["MR/7", "MR/8", "MR/9"]


def test_a_seal_is_used_once_in_the_whole_force_whatever_its_letter_case(force: Force) -> None:
    first, second = force.case().id, force.case(reference="01AB/2/26").id
    registered(force, first, replace(FORM, seal="s100"))

    with pytest.raises(SealInUse) as refused:
        registered(force, second, replace(FORM, seal="S100 "))

    assert (refused.value.item, refused.value.field) == ("property reference 1", "items-0-seal")


def test_a_seizure_in_the_future_is_refused_beyond_what_clocks_differ_by(force: Force) -> None:
    case = force.case().id

    with pytest.raises(BadTime):
        registered(force, case, FORM, seized_at=START + timedelta(seconds=31))
    with pytest.raises(BadTime):
        registered(force, case, FORM, seized_at=None)

    assert registered(force, case, FORM, seized_at=START + timedelta(seconds=29)) == [1]


def test_a_search_has_one_item_at_least_and_a_hundred_at_most(force: Force) -> None:
    case = force.case().id

    with pytest.raises(MissingValue):
        registered(force, case)
    with pytest.raises(TooMany):
        registered(force, case, *[FORM] * 101)


def test_hazards_are_those_of_the_list(force: Force) -> None:
    with pytest.raises(NotAChoice):
        registered(force, force.case().id, replace(FORM, hazards=("sharp", "haunted")))


def test_nobody_registers_in_a_case_that_is_not_theirs_to_see(force: Force) -> None:
    case = force.case().id

    with pytest.raises(NotFound):
        registered(force, case, FORM, by="other")


def test_the_clock_starts_at_the_seizure_and_not_at_registration(force: Force) -> None:
    case = force.case().id

    (number,) = registered(force, case, FORM, seized_at=START - timedelta(days=4))

    with force.services.store.read() as work:
        listed = work.items.find(number)
    assert listed.due_at == START - timedelta(days=4) + timedelta(days=3)


def test_every_fault_of_twenty_items_is_told_in_one_go_and_none_is_recorded(force: Force) -> None:
    case = force.case().id
    forms = [FORM, replace(FORM, description=""), replace(FORM, seal="S1"), replace(FORM, seal="s1")]

    found = register.faults(
        force.services, force.person("officer"), case, search(force, seized_at=START + timedelta(days=1)), forms
    )

    assert [getattr(one, "field", "") for one in found] == ["seized_at", "items-1-description", "items-3-seal"]
    assert all(isinstance(one, BadInput | SealInUse) for one in found)
    assert on_record(force) == (0, 0)


def test_eight_officers_at_once_leave_no_gap_in_the_series(force: Force) -> None:
    cases = [force.case(reference=f"01AB/{n}/26").id for n in range(8)]

    def twelve(case: int) -> list[int]:
        numbers = []
        for at in range(4):
            # Every second search is refused: its numbers must come back.
            forms = [FORM, FORM, FORM]
            numbers += registered(force, case, *forms)
            with pytest.raises(MissingValue):
                registered(force, case, *forms, replace(FORM, description="", reference=f"XX/{at}"))
        return numbers

    with ThreadPoolExecutor(8) as pool:
        taken = [number for numbers in pool.map(twelve, cases) for number in numbers]

    assert sorted(taken) == list(range(1, 97))
    assert on_record(force) == (96, 96)


def test_eight_officers_at_once_cannot_use_one_seal_or_one_reference_twice(force: Force) -> None:
    case = force.case().id

    def one(number: int) -> int:
        try:
            return len(registered(force, case, replace(FORM, reference="AB/1", seal="S1")))
        except (ReferenceTaken, SealInUse):
            return 0

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(one, range(8))) == 1
    assert on_record(force) == (1, 1)
