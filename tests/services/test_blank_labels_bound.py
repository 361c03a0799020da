"""Blank labels put on items, at the scene or where a label was lost, and those that cannot be."""

from dataclasses import replace

import pytest

from exhibits_app.domain.blank_labels import Account
from exhibits_app.domain.errors import (
    ItemHasLabel,
    LabelInUse,
    LabelRefusal,
    LostLabel,
    NotACode,
    NotFound,
    RevokedLabel,
    UnknownCode,
    VoidLabel,
    WrongKindOfCode,
)
from exhibits_app.domain.events import Envelope, Labelled
from exhibits_app.services import (
    act_alarms,
    blank_binding,
    codes,
    naming,
    replayed_tables,
)
from exhibits_app.services.typed_acts import Particulars
from labels import payload
from tests.services.late import Bench
from tests.support.blanks import account, chain, declare, registered, told, view
from tests.support.force import Force


def test_an_item_registered_with_a_blank_label_bears_its_code_at_once(shared: Force, case_id: int) -> None:
    number, (code, *_) = shared.blanks(2)
    typed = payload.printed(code).lower().replace("0", "o").replace("1", "i")
    before = codes.look_up(shared.services, code)

    (item, other) = registered(shared, case_id, typed, "")

    assert before.state == "blank"
    assert f"(series {number}, label 1 of 2, held by PC 4507 Officer)" in before.sentence
    assert (codes.look_up(shared.services, code).subject or {})["register_no"] == item
    assert (chain(shared, item), chain(shared, other)) == (["seize", "label"], ["seize"])
    with shared.services.store.read() as work:
        body = work.ledger.events_of(item)[-1].body
    assert body == Labelled(code, "L7160", None, f"series {number}, label 1 of 2")
    assert account(shared, number) == Account(unused=1, used=1)
    assert view(shared, number).numbers[0].ref.endswith("in 01AB/1/26")


def test_a_colleagues_label_is_used_and_the_series_says_who_did(shared: Force, case_id: int) -> None:
    number, (code,) = shared.blanks(1)

    registered(shared, case_id, code, by="exhibits_officer")

    assert told(shared, number)[0] == ("used", "1", "PC 4516 Exhibits Officer")


def test_a_label_that_cannot_be_bound_registers_nothing_and_stays_on_the_scan_log(
    shared: Force, case_id: int, unusable: list[tuple[str, type[LabelRefusal]]]
) -> None:
    with shared.services.store.read() as work:
        before = work.items.count()

    for typed, refusal in unusable:
        with pytest.raises(refusal) as refused:
            registered(shared, case_id, "", typed)
        assert (refused.value.field, refused.value.read) == ("items-1-label", typed)

    with shared.services.store.read() as work:
        assert work.items.count() == before
        lines = work.scans.latest(0, len(unusable))
    assert [(line.text, line.kind, line.verdict, line.code) for line in reversed(lines)] == [
        (typed, "REGISTER", "refused", refusal.code) for typed, refusal in unusable
    ]


@pytest.fixture
def unusable(shared: Force, case_id: int) -> list[tuple[str, type[LabelRefusal]]]:
    """What somebody may type for a blank label, with what it is refused as."""
    number, (used, void, lost) = shared.blanks(3)
    registered(shared, case_id, used)
    declare(shared, number, "2", "void")
    declare(shared, number, "3", "lost")
    other = shared.items(shared.case(reference=f"X/{number}"))
    (revoked,) = shared.labels(other)
    shared.labels(other)
    never = payload.issue(payload.CodeType.ITEM, shared.services.ids.random)
    return [
        (used, LabelInUse),
        (void, VoidLabel),
        (payload.printed(lost), LostLabel),
        (revoked, RevokedLabel),
        (never, UnknownCode),
        (shared.place_code(shared.shelf), WrongKindOfCode),
        ("5012345678900", NotACode),
    ]


def test_one_label_is_not_put_on_two_items_of_a_page(shared: Force, case_id: int) -> None:
    number, (code, _) = shared.blanks(2)

    with pytest.raises(LabelInUse, match="already on item 1 of this page"):
        registered(shared, case_id, code, payload.printed(code))

    assert account(shared, number) == Account(unused=2)


def test_a_blank_label_goes_on_an_item_that_has_none(shared: Force, case_id: int) -> None:
    number, (code, next_code) = shared.blanks(2)
    (item,) = registered(shared, case_id, "")
    officer = shared.person("officer")

    blank_binding.put_on_item(shared.services, officer, item, code)

    assert chain(shared, item) == ["seize", "label"]
    with pytest.raises(ItemHasLabel, match="say there how you know the item"):
        blank_binding.put_on_item(shared.services, officer, item, next_code)
    with pytest.raises(NotFound):
        blank_binding.put_on_item(shared.services, shared.person("other"), item, next_code)
    assert account(shared, number) == Account(unused=1, used=1)


def test_an_item_whose_label_is_damaged_is_identified_in_the_act_that_puts_a_blank_one_on(
    shared: Force, case_id: int
) -> None:
    number, (code, next_code, lost) = shared.blanks(3)
    declare(shared, number, "3", "lost")
    (item,) = registered(shared, case_id, code)
    officer = shared.person("exhibits_officer")
    known = Particulars(text="Serial 77", seal="")

    with pytest.raises(LostLabel):
        naming.relabel(shared.services, officer, item, replace(known, identity=""), label=lost, second=_witness(shared))
    unchanged = chain(shared, item)
    naming.relabel(shared.services, officer, item, known, label=payload.printed(next_code), second=_witness(shared))

    assert unchanged == ["seize", "label"]
    assert chain(shared, item) == ["seize", "label", "relabel", "label"]
    assert [codes.look_up(shared.services, one).state for one in (code, next_code)] == ["revoked", "live"]
    assert account(shared, number) == Account(used=2, lost=1)


def _witness(force: Force) -> "naming.Second":
    return naming.Second(witness=force.person("officer"))


def test_a_lost_label_that_a_device_scans_is_refused_raises_an_alarm_and_is_seen_on_its_series(shared: Force) -> None:
    number, (lost, void, blank) = shared.blanks(3)
    declare(shared, number, "1", "lost")
    declare(shared, number, "2", "void")
    bench = Bench.of(shared)

    verdicts = [bench.do("SIGHTING", code) for code in (lost, void, blank)]

    assert [one["error_code"] for one in verdicts] == ["lost_label", "void_label", "blank_label"]
    alarms, _ = act_alarms.page(shared.services, shared.person("administrator"))
    assert [line.alarm.subject for line in alarms] == [lost]
    assert told(shared, number)[0] == ("scanned", "1", shared.person("property_officer").called)
    with shared.services.store.read() as work:
        assert {line.text for line in work.scans.latest(0, 3)} == {lost, void, blank}


def test_what_was_restored_from_before_the_binding_learns_from_the_ledger_that_the_label_is_used(
    shared: Force, case_id: int
) -> None:
    number, (code,) = shared.blanks(1)
    (item,) = registered(shared, case_id, "")
    now, ids, officer = shared.clock.at, shared.services.ids, shared.person("officer").ref
    with shared.services.store.read() as work:
        seized = work.ledger.events_of(item)[0]
    bound = replace(
        seized, seq=1, envelope=Envelope(ids.event_id(), now, now, officer, ids.event_id()),
        body=Labelled(code, "L7160", None, f"series {number}, label 1 of 1"),
    )  # fmt: skip

    shared.services.store.write(lambda work: replayed_tables.after(shared.services, work, [[bound]]))

    assert codes.look_up(shared.services, code).state == "live"
    assert account(shared, number) == Account(used=1)
