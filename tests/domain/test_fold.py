"""The fold: the same events in any order of arrival give the same state, and no event is lost in it."""

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain import codec
from exhibits_app.domain.canonical import canonical
from exhibits_app.domain.events import (
    Body,
    BookedIn,
    Consumed,
    Corrected,
    Decided,
    DisposalAuthorised,
    Event,
    FactWriter,
    Labelled,
    Moved,
    Reclassified,
    Sighted,
    SignedIn,
    SignedOut,
    SplitOff,
    Submitted,
    from_facts,
    to_facts,
)
from exhibits_app.domain.exhibit import CustodyKind, Exhibit, Forensic
from exhibits_app.domain.fold import apply, fold
from exhibits_app.domain.show import iso
from tests.domain.bodies import SAID
from tests.domain.exhibits import CASE, LAB, OTHER_SHELF, REYES, SEIZED_AT, SHELF, an_event, an_exhibit, seizure

DUE = SEIZED_AT + timedelta(days=9)
BODIES: list[Body] = [
    BookedIn(SHELF.ref),
    Moved(OTHER_SHELF.ref, "S100"),
    SignedOut(REYES, "court", DUE),
    SignedIn(SHELF.ref),
    Submitted(LAB.ref, "FS/1", "FSU"),
    Sighted(OTHER_SHELF.ref, "S999"),
    Sighted(None),
    Decided("NOT_REQUIRED", "cost", "Too dear"),
    Decided("SUBMIT"),
    Reclassified("BIO", CASE),
    Labelled("E4KT922RMQ", "L7160"),
    *(body for body, _said in SAID if not isinstance(body, SplitOff | Corrected)),
]
later_events = st.lists(
    st.builds(
        lambda body, hours, device_seq, offset: an_event(
            body, hours, device_seq=device_seq, clock_offset_ms=offset or None
        ),
        st.sampled_from(BODIES),
        st.integers(1, 6),
        st.integers(1, 4),
        st.integers(-1000, 1000),
    ),
    max_size=12,
)
SEIZURE = an_event(seizure(), actor=REYES)


@given(later_events, st.randoms())
def test_any_order_of_arrival_gives_the_same_state(later: list[Event], chance: object) -> None:
    shuffled = [SEIZURE, *later]
    chance.shuffle(shuffled)  # type: ignore[attr-defined]

    assert fold(shuffled) == fold([SEIZURE, *later])


@given(later_events)
def test_folding_step_by_step_in_timeline_order_is_the_same_as_folding_at_once(later: list[Event]) -> None:
    exhibit = apply(None, SEIZURE)
    for event in sorted(later, key=lambda one: one.timeline_key):
        exhibit = apply(exhibit, event)

    assert exhibit == fold([SEIZURE, *later])


@given(later_events)
def test_a_state_is_written_and_read_back_whole(later: list[Event]) -> None:
    exhibit = fold([SEIZURE, *later])

    assert codec.build(Exhibit, codec.plain(exhibit)) == exhibit
    assert codec.text(exhibit) == json.dumps(codec.plain(exhibit), ensure_ascii=False, separators=(",", ":"))


@given(later_events)
def test_an_event_is_written_as_facts_and_read_back_whole(later: list[Event]) -> None:
    writer = FactWriter()
    for event in [SEIZURE, *later]:
        facts = to_facts(event)
        next_of_the_act = replace(event, envelope=replace(event.envelope, id="another of the act"))

        assert from_facts(1, event.seq, event.kind, iso(event.envelope.recorded_at), facts) == event
        assert None not in facts.values()
        for one in (event, next_of_the_act):
            written = {name: canonical(value).decode() for name, value in to_facts(one).items()}
            assert writer.facts(one) == written


@given(later_events)
def test_there_is_one_custodian_or_it_is_unknown_with_an_open_discrepancy(later: list[Event]) -> None:
    exhibit = fold([SEIZURE, *later])

    assert exhibit.custody.name
    if exhibit.custody.kind is CustodyKind.UNKNOWN:
        assert exhibit.discrepancies


@given(later_events)
def test_what_was_disposed_of_without_authority_or_on_hold_is_a_discrepancy_for_ever(later: list[Event]) -> None:
    exhibit = fold([SEIZURE, *(event for event in later if not isinstance(event.body, DisposalAuthorised | Consumed))])

    if exhibit.disposed:
        assert any(one.kind == "disposal without authority" for one in exhibit.discrepancies)


@given(later_events)
def test_the_clock_start_is_the_seizure_whatever_happens_after(later: list[Event]) -> None:
    assert fold([SEIZURE, *later]).seized_at == SEIZED_AT


def test_an_item_without_its_seizure_has_no_state() -> None:
    with pytest.raises(ValueError, match="begins with move"):
        fold([an_event(Moved(SHELF.ref))])


def test_a_late_scan_lands_where_its_corrected_time_says() -> None:
    moved = an_event(Moved(OTHER_SHELF.ref), 5)
    late_book_in = an_event(BookedIn(SHELF.ref), 8, clock_offset_ms=-6 * 3_600_000)

    exhibit = fold([SEIZURE, moved, late_book_in])

    assert exhibit.place == OTHER_SHELF.ref
    assert exhibit.discrepancies == ()


def test_a_move_of_what_no_store_holds_is_an_impossible_move() -> None:
    exhibit = an_exhibit(an_event(Moved(SHELF.ref), 2))

    assert [one.kind for one in exhibit.discrepancies] == ["impossible move"]
    assert exhibit.in_store


def test_a_second_book_in_is_an_impossible_move() -> None:
    exhibit = an_exhibit(an_event(BookedIn(SHELF.ref), 2), an_event(BookedIn(SHELF.ref), 3))

    assert [one.kind for one in exhibit.discrepancies] == ["impossible move"]


def test_reclassifying_changes_the_category_and_nothing_else() -> None:
    before = an_exhibit()
    exhibit = an_exhibit(an_event(Reclassified("BIO", CASE), 1))

    assert exhibit.category == "BIO"
    assert (exhibit.custody, exhibit.seal, exhibit.forensic) == (before.custody, before.seal, Forensic.UNDECIDED)
