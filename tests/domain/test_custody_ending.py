"""The rules of losing, finding, holding and parting: nobody alone, nothing on hold, nothing undecided."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain import errors
from exhibits_app.domain.custody import decide, in_doubt
from exhibits_app.domain.events import (
    Body,
    BookedIn,
    Decided,
    Destroyed,
    DisposalAuthorised,
    HoldPlaced,
    Recommended,
    Reopened,
    Restored,
    Sighted,
    Unaccounted,
)
from exhibits_app.domain.exhibit import CustodyKind, Exhibit, Legal, PresenceKind
from exhibits_app.domain.fold import apply
from exhibits_app.domain.people import PersonRef
from tests.domain.exhibits import OKAFOR, OTHER_SHELF, REYES, SEIZED_AT, SHELF, an_event, an_exhibit, asked

HALE = PersonRef(4, "DI Hale")
BOOKED = an_event(BookedIn(SHELF.ref), 2)
DECIDED = an_event(Decided("NOT_REQUIRED", "other-evidence", "Not in dispute"), 3)
IN_STORE = an_exhibit(BOOKED, DECIDED)
UNACCOUNTED = an_exhibit(BOOKED, DECIDED, an_event(Unaccounted("both bays"), 4))
ON_HOLD = an_exhibit(BOOKED, DECIDED, an_event(HoldPlaced("coroner"), 4))
METHODS = ("restore", "destroy", "auction", "retain")
PARTICULARS = {"text": "J. Marlow", "identity": "passport", "number": "R12", "purpose": "teaching"}


def authorised(method: str) -> Exhibit:
    return an_exhibit(BOOKED, DECIDED, an_event(DisposalAuthorised(method, "convicted"), 5, actor=HALE))


def after(exhibit: Exhibit, kind: str, **given: object) -> Exhibit:
    given.setdefault("actor", OKAFOR)
    body = decide(kind, exhibit, asked(**given))  # type: ignore[arg-type]
    return apply(exhibit, an_event(body, 10, actor=given["actor"], witness=given.get("witness")))


def test_what_is_not_there_is_with_nobody_known_and_a_discrepancy_is_open() -> None:
    with pytest.raises(errors.ParticularNeeded, match="where you have looked"):
        decide("UNACCOUNTED", IN_STORE, asked())

    exhibit = after(IN_STORE, "UNACCOUNTED", text="both bays")

    assert exhibit.custody.kind is CustodyKind.UNKNOWN
    assert exhibit.presence is PresenceKind.UNACCOUNTED
    assert [one.kind for one in exhibit.discrepancies] == ["unaccounted for"]
    with pytest.raises(errors.AlreadyUnaccounted):
        decide("UNACCOUNTED", exhibit, asked(text="again"))


def test_missing_is_confirmed_after_a_search_that_was_opened() -> None:
    with pytest.raises(errors.NotUnaccounted):
        decide("MISSING", IN_STORE, asked(text="the whole store"))

    exhibit = after(UNACCOUNTED, "MISSING", text="the whole store", actor=HALE)

    assert exhibit.presence is PresenceKind.MISSING
    assert exhibit.where == "missing, last at Ilford transit store, bay 2"


@pytest.mark.parametrize("confirmed", [False, True])
def test_what_is_found_again_is_in_a_store_and_says_that_it_was_lost(confirmed: bool) -> None:
    lost = after(UNACCOUNTED, "MISSING", text="the whole store") if confirmed else UNACCOUNTED

    exhibit = after(lost, "FOUND", place=OTHER_SHELF, text="behind the shelf")

    assert exhibit.in_store
    assert exhibit.presence is PresenceKind.FOUND
    assert [one.kind for one in exhibit.discrepancies] == ["unaccounted for"]


def test_what_was_never_lost_is_not_found() -> None:
    with pytest.raises(errors.NotUnaccounted):
        decide("FOUND", IN_STORE, asked(SHELF))


def test_what_nobody_can_find_comes_back_with_found_and_no_other_command() -> None:
    with pytest.raises(errors.AnotherWayIn, match="Scan FOUND"):
        decide("SIGN_IN", UNACCOUNTED, asked(SHELF))


def test_a_hold_has_a_name_and_is_released_with_a_reason() -> None:
    with pytest.raises(errors.NotAChoice):
        decide("HOLD", IN_STORE, asked(hold="because"))
    with pytest.raises(errors.NoSuchHold):
        decide("RELEASE_HOLD", IN_STORE, asked(hold="coroner", reason="closed"))
    with pytest.raises(errors.ParticularNeeded):
        decide("RELEASE_HOLD", ON_HOLD, asked(hold="coroner"))

    assert [one.hold for one in after(IN_STORE, "HOLD", hold="appeal").holds] == ["appeal"]
    assert after(ON_HOLD, "RELEASE_HOLD", hold="coroner", reason="inquest closed").holds == ()


def test_a_review_sets_a_date_that_lies_ahead_and_takes_back_an_authority() -> None:
    with pytest.raises(errors.ParticularNeeded, match="lies ahead"):
        decide("REVIEW", IN_STORE, asked(text="CPIA", until=SEIZED_AT))

    exhibit = after(authorised("destroy"), "REVIEW", text="appeal lodged", until=SEIZED_AT + timedelta(days=99))

    assert exhibit.authority is None
    assert exhibit.retention_basis == "appeal lodged"


@pytest.mark.parametrize(
    ("exhibit", "given", "refusal"),
    [
        (IN_STORE, {"actor": HALE, "method": "burn"}, errors.NotAChoice),
        (IN_STORE, {"actor": HALE, "method": "destroy"}, errors.ParticularNeeded),
        (IN_STORE, {"actor": REYES, "method": "destroy", "text": "convicted"}, errors.OicAuthorises),
        (ON_HOLD, {"actor": HALE, "method": "destroy", "text": "convicted"}, errors.HoldBlocks),
        (an_exhibit(BOOKED), {"actor": HALE, "method": "destroy", "text": "convicted"}, errors.ForensicsOpen),
        (
            an_exhibit(BOOKED, an_event(Decided("SUBMIT"), 3), category="NON"),
            {"actor": HALE, "method": "destroy", "text": "unclaimed"},
            errors.ForensicsOpen,
        ),
    ],
)
def test_disposal_is_not_authorised(exhibit: Exhibit, given: dict[str, object], refusal: type[errors.Refusal]) -> None:
    with pytest.raises(refusal):
        decide("AUTHORISE_DISPOSAL", exhibit, asked(**given))  # type: ignore[arg-type]


def test_an_authority_is_not_the_act() -> None:
    exhibit = after(IN_STORE, "AUTHORISE_DISPOSAL", actor=HALE, method="destroy", text="convicted")

    assert exhibit.legal is Legal.AUTHORISED
    assert exhibit.in_store


@pytest.mark.parametrize("method", METHODS)
def test_disposal_needs_an_authority_for_this_method_another_executor_and_a_witness(method: str) -> None:
    kind, other = method.upper(), "destroy" if method == "restore" else "restore"
    given = {"witness": REYES, **PARTICULARS}

    for exhibit in (IN_STORE, authorised(other)):
        with pytest.raises(errors.NoDisposalAuthority):
            decide(kind, exhibit, asked(**given))
    with pytest.raises(errors.ExecutorIsAuthoriser):
        decide(kind, authorised(method), asked(actor=HALE, **given))
    with pytest.raises(errors.WitnessNeeded):
        decide(kind, authorised(method), asked(**PARTICULARS))
    with pytest.raises(errors.NotTheHolder):
        decide(kind, authorised(method), asked(store_staff=False, **given))
    with pytest.raises(errors.ParticularNeeded):
        decide(kind, authorised(method), asked(witness=REYES))

    exhibit = after(authorised(method), kind, **given)

    assert exhibit.legal is Legal.DISPOSED
    assert exhibit.discrepancies == ()


@pytest.mark.parametrize("method", METHODS)
def test_a_hold_that_came_after_the_authority_blocks(method: str) -> None:
    held = apply(authorised(method), an_event(HoldPlaced("appeal"), 6))

    with pytest.raises(errors.HoldBlocks, match="Appeal"):
        decide(method.upper(), held, asked(witness=REYES, **PARTICULARS))


@pytest.mark.parametrize(
    ("later", "standing"),
    [
        (Recommended("pathologist", "Dr Amin", "Toxicology of the stain", REYES), "undecided"),
        (Reopened("learnt"), "undecided"),
        (Decided("DEFER", "cost", "Waiting", until=SEIZED_AT + timedelta(days=9)), "deferred"),
    ],
)
def test_what_is_to_be_decided_again_since_the_authority_is_not_disposed_of(later: Body, standing: str) -> None:
    again = apply(authorised("destroy"), an_event(later, 6))

    with pytest.raises(errors.ForensicsOpen, match=standing):
        decide("DESTROY", again, asked(witness=REYES, **PARTICULARS))
    assert isinstance(in_doubt("DESTROY", again, asked(witness=REYES, **PARTICULARS)), errors.ForensicsOpen)


@pytest.mark.parametrize("category", ["death-investigated", "homicide"])
def test_a_deceaseds_property_waits_for_the_death_to_be_final(category: str) -> None:
    exhibit = authorised("restore")
    exhibit = replace(exhibit, case=replace(exhibit.case, category=category))

    with pytest.raises(errors.DeathNotFinal):
        decide("RESTORE", exhibit, asked(witness=REYES, **PARTICULARS))


def test_what_was_restored_can_be_seized_again_on_the_same_item() -> None:
    restored = an_exhibit(BOOKED, an_event(Restored("J. Marlow", "passport", "R12"), 5))
    with pytest.raises(errors.NotDisposed):
        decide("RE_SEIZE", IN_STORE, asked(authority="PACE s.19"))
    with pytest.raises(errors.ParticularNeeded, match="power"):
        decide("RE_SEIZE", restored, asked())

    exhibit = after(restored, "RE_SEIZE", actor=REYES, authority="PACE s.19", new_seal="S300")

    assert (exhibit.custody.id, exhibit.seal.number, exhibit.disposed) == (REYES.id, "S300", None)
    assert exhibit.seized_at == SEIZED_AT
    decide("BOOK_IN", exhibit, asked(SHELF))


def test_what_was_destroyed_and_is_scanned_is_a_discrepancy_and_nothing_else_is_done_with_it() -> None:
    gone = apply(authorised("destroy"), an_event(Destroyed("C-9"), 6, witness=REYES))
    with pytest.raises(errors.Disposed, match="STOP"):
        decide("MOVE", gone, asked(SHELF))

    assert decide("SIGHTING", gone, asked(SHELF)) == Sighted(SHELF.ref)
    exhibit = after(gone, "SIGHTING", place=SHELF)

    assert [one.kind for one in exhibit.discrepancies] == ["scanned after disposal"]
    assert exhibit.custody.kind is CustodyKind.DESTROYED
