"""What a store holds, place by place, for those who may see that store."""

import pytest
from uuid_utils.compat import uuid7

from exhibits_app.domain.people import Grant, Role, ScopeKind
from exhibits_app.domain.show import iso
from tests.support.pages import PageRead, fetch
from tests.support.submitted import a_draft, authorised, to_submit
from tests.support.words import words


@pytest.fixture
def book_in(force):
    """`book_in(items, place)`: scan the items into a place as store staff do, through the API."""
    device, token = force.device()
    turn = force.turn(device, "property_officer")
    client = force.app().test_client()

    def scan(items: list[int], place: object) -> None:
        act = {
            "id": str(uuid7()), "kind": "BOOK_IN", "device_seq": 1, "occurred_at": iso(force.clock.at),
            "operator": turn, "to": force.place_code(place),
            "items": [{"scan": str(uuid7()), "code": code} for code in force.labels(items)],
        }  # fmt: skip
        answer = client.post("/api/v1/acts", json=act, headers={"Authorization": f"Bearer {token}"}).json
        assert {one["verdict"] for one in answer["acts"][0]["items"]} == {"recorded"}

    return scan


def rows(page: PageRead) -> list[str]:
    return [words(row) for row in page.all("tr")][1:]


def test_store_staff_see_their_own_store_and_no_other(force, client_of):
    client = client_of("property_officer")

    assert "Ilford transit store" in fetch(client, "/stores").links
    assert "Central store" not in fetch(client, "/stores").links
    fetch(client, f"/stores/{force.far_store.id}", status=403)


def test_an_empty_store_says_so(force, client_of):
    page = fetch(client_of("property_officer"), f"/stores/{force.store.id}")

    assert page.h1 == "Ilford transit store"
    assert "Nothing is recorded in this store." in words(page)


def test_what_was_booked_in_is_listed_with_its_place_and_seal(force, client_of, book_in):
    book_in(force.items(force.case(), 2), force.shelf)

    page = fetch(client_of("property_officer"), f"/stores/{force.store.id}")

    assert rows(page)[0].startswith("1 bay 2 AB/1 Bed sheet 01AB/1/26 S100")
    assert len(rows(page)) == 2


def test_the_list_can_be_narrowed_to_one_place(force, client_of, book_in):
    book_in(force.items(force.case(), 1), force.shelf)
    client, path = client_of("property_officer"), f"/stores/{force.store.id}"

    shelf, safe = [fetch(client, f"{path}?place={place.id}") for place in (force.shelf, force.safe)]

    assert [len(rows(shelf)), len(rows(safe))] == [1, 0]
    assert "Nothing is recorded at this place." in words(safe)


def test_a_place_of_another_store_is_not_in_this_one(force, client_of):
    fetch(client_of("property_officer"), f"/stores/{force.store.id}?place={force.far_store.id}", status=404)


def test_a_shelf_is_not_a_store(force, client_of):
    fetch(client_of("auditor"), f"/stores/{force.shelf.id}", status=404)


def test_an_item_of_a_restricted_case_is_counted_but_not_told(force, client_of, book_in):
    book_in(force.items(force.case(restricted=True), 1, description="Secret thing"), force.shelf)

    page = fetch(client_of("auditor"), f"/stores/{force.store.id}")

    assert "Item of a restricted case" in rows(page)[0]
    assert [word for word in ("Secret", "01AB/1/26", "AB/1") if word in words(page)] == []


def test_a_full_store_has_a_next_page(force, client_of, book_in):
    book_in(force.items(force.case(), 55), force.store)
    client = client_of("auditor")

    first = fetch(client, f"/stores/{force.store.id}")
    second = fetch(client, first.links["Next page"])

    assert [len(rows(first)), len(rows(second))] == [50, 5]


def test_somebody_without_a_store_is_told_what_to_ask_for(force, client_of):
    page = fetch(client_of("supervisor"), "/stores")

    assert "No store is open to you." in words(page)


def test_a_role_for_two_stores_opens_both(force, client_of):
    services = force.services
    more = Grant(Role.PROPERTY_OFFICER, ScopeKind.STORE, force.far_store.id)
    person = force.people["property_officer"].id
    services.store.write(lambda work: work.accounts.grant(person, more, person, force.clock.at))

    page = fetch(client_of("property_officer"), "/stores")

    assert {"Ilford transit store", "Central store"} <= set(page.links)


def test_store_staff_pack_a_submission_by_its_number_and_read_nothing_of_its_case(force, client_of, book_in):
    items = force.items(force.case(), 2)
    to_submit(force, items)
    authorised(force, a_draft(force, 1, items))
    staff = client_of("property_officer")

    assert staff.get("/stores/submissions/1").status_code == 404  # Nothing of it is in their store.
    assert "Nothing that you may see" in fetch(staff, "/search?q=FS-000001").text
    book_in(items[:1], force.shelf)
    found = staff.get("/search?q=fs%20000001")
    page = fetch(staff, found.location)

    assert "1 of 2 lies here and is to go" in page.text
    assert "Not in your store" in page.text
    assert "Found dead in bed" not in page.html
    assert staff.get("/submissions/1").status_code == 403
    assert staff.get("/stores/submissions/2").status_code == 404
    assert client_of("submissions").get("/search?q=FS-000001").location == "/submissions/1"
