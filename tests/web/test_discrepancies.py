"""The pages on which the record is put right: corrections, and the work list of discrepancies."""

import pytest

from exhibits_app.services import corrections
from tests.support.acted import acted
from tests.support.force import PASSWORD, Force, sign_in
from tests.support.pages import fetch, send, text_of


@pytest.fixture
def doubtful(force: Force) -> int:
    """An item in bay 2 that was seen in the safe under another seal than its own."""
    (item,) = force.items(force.case(), 1, category="KNF")
    codes = force.labels([item])
    acted(force, "BOOK_IN", codes, to=force.place_code(force.shelf))
    acted(force, "SIGHTING", codes, ["S999"], to=force.place_code(force.safe))
    return item


@pytest.fixture
def supervisor(force: Force):
    client = force.app().test_client()
    sign_in(client, "supervisor")
    return client


def event_of(force: Force, item: int, kind: str) -> str:
    with force.services.store.read() as work:
        return [event.envelope.id for event in work.ledger.events_of(item) if event.kind == kind][-1]


def test_the_list_shows_what_is_open_and_how_many_wait(force: Force, doubtful: int, supervisor) -> None:
    page = fetch(supervisor, "/discrepancies")

    assert page.h1 == "Discrepancies"
    assert "2 are open" in page.text
    assert "seen: S999" in page.text
    assert "recorded: S100" in page.text
    assert "Discrepancies (2)" in {text_of(one) for one in page.of_class("app-nav__link")}


def test_the_list_is_narrowed_by_store_team_and_kind(force: Force, doubtful: int, supervisor) -> None:
    assert "S999" not in fetch(supervisor, "/discrepancies?kind=wrong+place").text
    assert "No discrepancy is open" in fetch(supervisor, f"/discrepancies?store={force.far_store.id}").text
    assert "S999" in fetch(supervisor, f"/discrepancies?store={force.store.id}&team={force.team}").text


def test_a_discrepancy_is_settled_from_the_list(force: Force, doubtful: int, supervisor) -> None:
    where = f"/items/{doubtful}/discrepancies"
    given = {"event": event_of(force, doubtful, "sighting"), "kind": "wrong seal", "finding": "seal-misread"}
    given |= {"reason": "I looked: it reads S100.", "seal": "S100"}

    assert "Go and look" in fetch(supervisor, f"{where}?event={given['event']}&kind=wrong+seal").text
    page = send(supervisor, where, given)

    assert "The discrepancy (wrong seal) is settled" in page.text
    assert "1 is open" in fetch(supervisor, "/discrepancies").text


def test_what_is_missing_is_said_beside_its_field(force: Force, doubtful: int, supervisor) -> None:
    where = f"/items/{doubtful}/discrepancies"
    given = {"event": event_of(force, doubtful, "sighting"), "kind": "wrong seal"}

    assert send(supervisor, where, given, 422).error_at("reason")
    page = send(supervisor, where, given | {"reason": "x"}, 422)
    assert page.summary == [("finding", "Choose what was found from the list.")]
    page = send(supervisor, where, given | {"reason": "x", "finding": "explained"}, 409)
    assert "the number of the seal" in page.error_at("seal")


def test_a_place_is_corrected_from_the_history_and_both_views_are_shown(
    force: Force, doubtful: int, supervisor
) -> None:
    item = fetch(supervisor, f"/items/{doubtful}")
    booking = event_of(force, doubtful, "book_in")
    where = f"/items/{doubtful}/events/{booking}/correct"
    assert where in item.links.values()

    fetch(supervisor, where)
    page = send(
        supervisor, where, {"mistake": "wrong place", "place": str(force.safe.id), "reason": "The safe was scanned."}
    )

    struck = [text_of(one) for one in page.all("s")]
    assert len(struck) == 1
    assert "into Ilford transit store, bay 2" in struck[0]
    assert "booked AB/1 into Ilford transit store, safe" in page.text
    recorded = fetch(supervisor, f"/items/{doubtful}?view=recorded")
    assert not list(recorded.all("s"))
    assert "Without its corrections the item would be at Ilford transit store, bay 2" in recorded.text


def test_an_old_event_is_corrected_when_a_second_person_signs_in(force: Force, doubtful: int, supervisor) -> None:
    force.clock.move(hours=30)
    sign_in(supervisor, "supervisor")
    where = f"/items/{doubtful}/events/{event_of(force, doubtful, 'sighting')}/correct"
    given = {"mistake": "did not happen", "reason": "The scanner was tested."}

    assert "needs a second person" in send(supervisor, where, given, 409).error_at("second")
    wrong = given | {"second": "inspector", "password": "nothing like it"}
    assert send(supervisor, where, wrong, 401).error_at("second")
    page = send(supervisor, where, given | {"second": "inspector", "password": PASSWORD})

    assert "witnessed by DI 4509 Inspector" in page.text
    assert "Discrepancy" not in page.text


def test_a_correction_says_what_is_missing_at_its_field(force: Force, doubtful: int, supervisor) -> None:
    where = f"/items/{doubtful}/events/{event_of(force, doubtful, 'book_in')}/correct"

    assert send(supervisor, where, {}, 422).error_at("reason")
    assert send(supervisor, where, {"reason": "x", "mistake": "wrong time"}, 422).error_at("occurred_at")
    assert send(supervisor, where, {"reason": "x", "mistake": "wrong place"}, 409).error_at("place")
    assert send(supervisor, where, {"reason": "x", "mistake": "wrong person"}, 409).error_at("person")
    assert send(supervisor, where, {"reason": "x", "mistake": "wrong seal"}, 409).error_at("seal")
    assert send(supervisor, where, {"reason": "x", "mistake": "wrong item"}, 409).error_at("item")
    assert send(supervisor, where, {"reason": "x", "mistake": "wrong item", "item": "4711"}, 404).error_at("item")


def test_what_others_lean_on_is_not_corrected(force: Force, doubtful: int, supervisor) -> None:
    label = event_of(force, doubtful, "label")

    assert "stands as it is" in fetch(supervisor, f"/items/{doubtful}/events/{label}/correct").text
    assert corrections.choices(force.services, force.person("supervisor"), doubtful, label).mistakes == []
