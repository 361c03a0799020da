"""Series of blank labels: ordered, printed once, handed on, and every number used, void or lost in the end."""

from dataclasses import replace
from itertools import product

import pytest

from exhibits_app.domain.blank_labels import Account
from exhibits_app.domain.errors import (
    LabelNotReleased,
    LabelRefusal,
    NoRight,
    NotAccountedFor,
    NotAChoice,
    NotANumber,
    NotFound,
    NumberStands,
    Refusal,
    SeriesIsClosed,
    SeriesIsPrinted,
)
from exhibits_app.services import (
    blank_labels,
    series_pages,
)
from exhibits_app.services.blank_labels import OrderForm
from labels.errors import DoesNotFit
from tests.support.blanks import account, declare, registered, told, view
from tests.support.force import Force


def test_in_whatever_order_acts_come_every_number_is_unused_used_void_or_lost(shared: Force, case_id: int) -> None:
    orders = list(product(("used", "void", "lost"), repeat=3))
    number, made = shared.blanks(len(orders))
    may = {("unused", "used"), ("unused", "void"), ("unused", "lost"), ("lost", "void")}

    for serial, (code, acts) in enumerate(zip(made, orders, strict=True), start=1):
        state = "unused"
        for act in acts:
            allowed = (state, act) in may
            assert taken(shared, case_id, number, serial, code, act) is allowed
            state = act if allowed else state
        with shared.services.store.read() as work:
            label = work.labels.find(code)
            assert work.blanks.hold_labels([code])[code].state.value == state
        assert label is not None
        assert label.state == {"used": "live"}.get(state, state)
        assert account(shared, number).printed == len(orders)
    assert account(shared, number) == Account(unused=0, used=9, void=14, lost=4)


def taken(force: Force, case_id: int, number: int, serial: int, code: str, act: str) -> bool:
    """Whether the act was taken."""
    try:
        if act == "used":
            registered(force, case_id, code)
        else:
            declare(force, number, str(serial), act)
    except (LabelRefusal, NumberStands):
        return False
    return True


def test_a_series_is_closed_once_every_number_is_accounted_for(shared: Force) -> None:
    number, _ = shared.blanks(3)
    officer = shared.person("officer")
    declare(shared, number, "1", "lost")

    with pytest.raises(NotAccountedFor, match="Labels 2-3 of series"):
        blank_labels.close(shared.services, officer, number)
    declare(shared, number, "2-3", "void")
    blank_labels.close(shared.services, officer, number)

    for again in (blank_labels.close, lambda *given: blank_labels.hand_on(*given, f"team:{shared.team}")):
        with pytest.raises(SeriesIsClosed):
            again(shared.services, officer, number)
    declare(shared, number, "1", "void")
    assert account(shared, number) == Account(void=3)
    assert [kind for kind, _, _ in told(shared, number)] == ["void", "closed", "void", "lost", "printed", "ordered"]


def test_whoever_a_series_was_handed_on_to_answers_for_it_from_then_on(shared: Force) -> None:
    number, _ = shared.blanks(2)
    to = shared.person("exhibits_officer")
    blank_labels.hand_on(shared.services, shared.person("officer"), number, f"person:{to.id}")

    with pytest.raises(NoRight):
        declare(shared, number, "1", "void", by="officer")
    declare(shared, number, "1", "void", by="exhibits_officer")
    declare(shared, number, "2", "lost", by="supervisor")

    assert view(shared, number).series.holder.name == to.called
    assert told(shared, number)[2] == ("handed_on", "", shared.person("officer").called)


@pytest.mark.parametrize(
    ("by", "holder", "refusal"),
    [
        ("officer", "", None),
        ("officer", "team", NoRight),
        ("officer", "exhibits_officer", NoRight),
        ("property_officer", "", None),
        ("supervisor", "team", None),
        ("supervisor", "other", NoRight),  # Of no team of theirs.
        ("supervisor", "administrator", NotAChoice),
        ("supervisor", "nonsense", NotAChoice),
        ("administrator", "", NoRight),
        ("auditor", "", NoRight),
    ],
)
def test_officers_order_for_themselves_and_supervisors_for_their_team(
    shared: Force, by: str, holder: str, refusal: type[Refusal] | None
) -> None:
    known = shared.people.get(holder)
    given = f"team:{shared.team}" if holder == "team" else f"person:{known.id}" if known else holder

    if refusal is not None:
        with pytest.raises(refusal):
            blank_labels.order(shared.services, shared.person(by), OrderForm(1, "L7160", "Kit", given))
    else:
        assert blank_labels.order(shared.services, shared.person(by), OrderForm(1, "L7160", "Kit", given))


@pytest.mark.parametrize("count", ["0", "1001", "many"])
def test_a_series_has_one_to_a_thousand_labels(shared: Force, count: str) -> None:
    with pytest.raises(NotANumber):
        blank_labels.order(shared.services, shared.person("officer"), OrderForm(count, "L7160", "Kit"))


def test_a_series_is_seen_by_its_holder_its_supervisor_and_an_auditor(shared: Force) -> None:
    number, _ = shared.blanks(1)
    sees = {"officer", "supervisor", "inspector", "auditor"}

    for name in shared.people:
        listed, _ = series_pages.page(shared.services, shared.person(name), after=number - 1)
        assert [row.series.number for row in listed if row.series.number == number] == [number] * (name in sees)
        if name in sees:
            assert view(shared, number, name).may_account is (name != "auditor")
        else:
            with pytest.raises(NotFound):
                view(shared, number, name)


def test_an_item_of_a_case_that_is_not_theirs_is_counted_and_not_named(shared: Force) -> None:
    number, (code,) = shared.blanks(1)
    restricted = shared.case(reference=f"R/{number}", restricted=True)
    registered(shared, restricted.id, code)

    assert view(shared, number).numbers[0].ref.endswith(f"in R/{number}")
    assert view(shared, number, "auditor").numbers[0].ref == ""
    assert view(shared, number, "auditor").account == Account(used=1)


def test_a_series_that_fails_to_print_is_on_record_and_is_printed_once_later(shared: Force) -> None:
    officer = shared.person("officer")
    number = blank_labels.order(shared.services, officer, OrderForm(1, "L7160", "Kit"))
    torn = replace(shared.services, check_label=_refuse)

    with pytest.raises(LabelNotReleased):
        blank_labels.print_series(torn, officer, number)
    between = view(shared, number)
    # The writer is free while labels are drawn: this check writes, and would wait for itself for ever.
    busy = replace(shared.services, check_label=lambda _drawing: shared.services.store.write(str))
    blank_labels.print_series(busy, officer, number)

    assert (between.account, between.may_print) == (Account(), True)
    assert account(shared, number) == Account(unused=1)
    assert not view(shared, number).may_print
    with pytest.raises(SeriesIsPrinted):
        blank_labels.print_series(shared.services, officer, number)


def _refuse(_drawing: object) -> None:
    raise DoesNotFit("The text", "L7160")


def test_a_series_that_is_open_for_long_is_marked_and_comes_first(shared: Force) -> None:
    number, _ = shared.blanks(1)
    before = view(shared, number).old

    shared.clock.move(days=31)
    shared.blanks(1)
    rows, _ = series_pages.page(shared.services, shared.person("supervisor"))

    assert (before, view(shared, number).old) == (False, True)
    assert [row.series.number for row in rows] == sorted(row.series.number for row in rows)
    assert not rows[-1].old
