"""Adding people, giving and ending roles, badges, links; and one's own account."""

import pytest

from exhibits_app.domain.people import Grant, Role, ScopeKind
from tests.support.force import PASSWORD, sign_in
from tests.support.pages import fetch, send
from tests.support.words import words

NEW = {
    "name": "Ana Reyes",
    "rank": "PC",
    "number": "4521",
    "team": "",
    "sign_in_name": "a.reyes",
    "email": "a.reyes@force.test",
    "active": "y",
}


@pytest.fixture
def administrator(client_of):
    return client_of("administrator")


@pytest.fixture
def reyes(force, administrator):
    """A new person without a role; gives her number."""
    send(administrator, "/people/new", NEW)
    with force.services.store.read() as work:
        return work.accounts.by_name("a.reyes").person.id


def test_a_new_person_may_do_nothing_yet(administrator):
    page = send(administrator, "/people/new", NEW)

    assert page.h1 == "PC 4521 Ana Reyes"
    assert "without a role they can do nothing" in words(page)
    assert "Has never signed in" in words(page)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"name": ""}, "name", "Enter the person's name."),
        ({"name": "x" * 10_000}, "name", "The person's name must be 200 characters or fewer; this is 10,000."),
        ({"name": "Ana\u202eseyeR"}, "name", "The person's name holds invisible control characters."),
        ({"rank": "King"}, "rank", "Choose a rank from the list."),
        ({"sign_in_name": "OFFICER"}, "sign_in_name", "officer"),
        ({"sign_in_name": "a b"}, "sign_in_name", "Enter a sign-in name of letters, digits"),
        ({"email": "nowhere"}, "email", "Enter an e-mail address"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(administrator, given, field, sentence):
    page = send(administrator, "/people/new", NEW | given, status=422)

    assert sentence in page.error_at(field)
    assert page.title.startswith("Error: Add a person")
    assert page.value("number") == "4521"


@pytest.mark.parametrize("name", ["Siân Ó Briain", "😀 Example", "אבג דהו", "<script>alert(1)</script>"])
def test_names_are_kept_as_they_are(administrator, name):
    assert send(administrator, "/people/new", NEW | {"name": name}).h1 == f"PC 4521 {name}"


def test_people_are_found_by_name_and_number(administrator, reyes):
    by_name = fetch(administrator, "/people?q=reyes")
    by_number = fetch(administrator, "/people?q=4521")
    nobody = fetch(administrator, "/people?q=zzz")

    assert [("PC 4521 Ana Reyes" in page.links) for page in (by_name, by_number, nobody)] == [True, True, False]
    assert "Nobody is called that." in words(nobody)


def test_a_long_list_of_people_has_a_next_page(force, administrator):
    for number in range(45):
        send(administrator, "/people/new", NEW | {"sign_in_name": f"extra{number}"})

    first = fetch(administrator, "/people")
    second = fetch(administrator, first.links["Next page"])

    assert [len(list(page.all("tr"))) - 1 for page in (first, second)] == [50, 7]


@pytest.mark.parametrize(
    ("scope", "case", "shown"),
    [
        ("force", "", "the whole force"),
        ("team:{team}", "", "CID Ilford"),
        ("store:{store}", "", "Ilford transit store"),
        ("force", "01ab/1/26", "case 01AB/1/26"),
    ],
)
def test_a_role_is_given_for_a_scope_and_ended_and_both_stay_on_record(force, administrator, reyes, scope, case, shown):
    force.case()
    scope = scope.format(team=force.team, store=force.store.id)

    given = send(administrator, f"/people/{reyes}/roles", {"role": "property_officer", "scope": scope, "case": case})
    kept = next(one.get("value") for one in given.all("input") if one.get("name") == "scope")
    ended = send(administrator, f"/people/{reyes}/roles/end", {"role": "property_officer", "scope": kept})

    assert f"Property officer (store staff) {shown} 4 May 2026 by 4513 Administrator" in words(given)
    assert "4 May 2026 by 4513 Administrator 4 May 2026 by 4513 Administrator" in words(ended)
    with force.services.store.read() as work:
        assert work.accounts.person(reyes).grants == ()


@pytest.mark.parametrize(
    ("form", "status"),
    [
        ({}, 422),
        ({"role": "king", "scope": "force"}, 422),
        ({"role": "officer", "scope": "moon"}, 422),
        ({"role": "officer", "scope": "store:999"}, 422),
        ({"role": "officer", "scope": "team:-1"}, 422),
        ({"role": "officer", "scope": "case:x"}, 422),
        ({"role": "administrator", "scope": "team:1"}, 422),
        ({"role": "officer", "scope": "force", "case": "NO/SUCH/26"}, 404),
    ],
)
def test_a_role_that_makes_no_sense_is_refused(force, administrator, reyes, form, status):
    send(administrator, f"/people/{reyes}/roles", form, status=status)

    with force.services.store.read() as work:
        assert work.accounts.grants_ever(reyes) == []


def test_nobody_gives_or_takes_a_role_or_access_of_their_own(force, administrator):
    me = force.people["administrator"].id
    own = {"role": "administrator", "scope": "force"}

    send(administrator, f"/people/{me}/roles", {"role": "supervisor", "scope": "force"}, status=403)
    send(administrator, f"/people/{me}/roles/end", own, status=403)
    send(administrator, f"/people/{me}/change", NEW | {"active": ""}, status=403)

    assert force.person("administrator").grants == (Grant(Role.ADMINISTRATOR, ScopeKind.FORCE),)
    assert "Give a role" not in words(fetch(administrator, f"/people/{me}"))


def test_someone_who_leaves_is_signed_out_at_once(force, client_of, administrator):
    officer = client_of("officer")
    number = force.people["officer"].id

    form = NEW | {"sign_in_name": "officer", "name": "Officer"}
    send(administrator, f"/people/{number}/change", {name: text for name, text in form.items() if name != "active"})

    assert officer.get("/").status_code == 302
    assert "Left: cannot sign in" in words(fetch(administrator, f"/people/{number}"))


def test_the_form_to_change_someone_shows_them_as_they_are(administrator, reyes):
    page = fetch(administrator, f"/people/{reyes}/change")

    assert [page.value(name) for name in ("name", "rank", "number", "email")] == [
        "Ana Reyes", "PC", "4521", "a.reyes@force.test",
    ]  # fmt: skip


def test_a_sign_in_link_is_shown_once_and_works_once(force, administrator, reyes):
    page = send(administrator, f"/people/{reyes}/link")
    path = words(page.field("link")).removeprefix("http://localhost")
    browser = force.app().test_client()

    first = browser.post(path)
    second = force.app().test_client().post(path)

    assert [first.status_code, first.location, second.status_code] == [302, "/password", 401]


def test_a_badge_is_a_printing_and_a_new_one_asks_why(force, administrator, reyes):
    (first,) = [send(administrator, f"/people/{reyes}/badge", {"stock": "L7160"})]
    refused = send(administrator, f"/people/{reyes}/badge", {"stock": "L7160"}, status=422)
    second = send(administrator, f"/people/{reyes}/badge", {"stock": "L7160", "again_reason": "lost"})

    assert administrator.get(first.links["Open the PDF to print"]).data[:5] == b"%PDF-"
    assert refused.error_at("again_reason") == "Enter why the label is printed again."
    assert "It repeats printing 1" in words(second)


def test_the_account_page_says_who_i_am_here(client_of):
    page = fetch(client_of("supervisor"), "/account")

    assert "Histories call you DS 4510 Supervisor" in words(page)
    assert "Supervisor, CID Ilford" in words(page)


@pytest.mark.parametrize(
    ("given", "field", "sentence"),
    [
        ({"password": "wrong"}, "password", "That is not your password."),
        ({"again": "482917"}, "again", "The two PINs differ."),
        ({"pin": "123456", "again": "123456"}, "pin", "Choose a PIN of 6 to 8 digits"),
        ({"pin": "", "again": ""}, "pin", "Choose a PIN of 6 to 8 digits"),
    ],
)
def test_a_pin_that_is_not_good_or_not_proved_is_not_set(force, client_of, given, field, sentence):
    form = {"password": PASSWORD, "pin": "905173", "again": "905173"}
    before = pin_of(force)

    page = send(client_of("officer"), "/account/pin", form | given, status=422)

    assert sentence in page.error_at(field)
    assert pin_of(force) == before


def test_ones_own_pin_is_set_with_ones_password(force, client_of):
    before = pin_of(force)

    page = send(client_of("officer"), "/account/pin", {"password": PASSWORD, "pin": "905173", "again": "905173"})

    assert "Your PIN is set." in words(page)
    assert pin_of(force) != before


def test_guessing_the_password_for_a_pin_is_slowed_down(client_of):
    officer = client_of("officer")
    form = {"password": "wrong", "pin": "905173", "again": "905173"}

    pages = [send(officer, "/account/pin", form, status=422) for _ in range(6)]

    assert "too many wrong attempts" in pages[-1].error_at("password")


def pin_of(force):
    with force.services.store.read() as work:
        return work.accounts.find(force.people["officer"].id).pin_hash


def test_a_person_who_chose_a_password_signs_in_with_it(force, administrator, reyes):
    path = words(send(administrator, f"/people/{reyes}/link").field("link")).removeprefix("http://localhost")
    browser = force.app().test_client()
    browser.post(path)
    browser.post("/password", data={"password": PASSWORD})

    sign_in(force.app().test_client(), "a.reyes")


def test_an_officer_who_leaves_is_shut_out_at_once_and_what_they_hold_is_a_work_list(force, administrator, client_of):
    items = force.items(force.case(), 2)
    officer = force.people["officer"].id
    assert "Before they leave they hand these over" in words(fetch(administrator, f"/people/{officer}"))
    leaving = {"name": "Officer", "rank": "PC", "number": "4507", "team": str(force.team), "sign_in_name": "officer"}

    page = send(administrator, f"/people/{officer}/change", leaving)
    listed = fetch(client_of("supervisor"), "/leavers")

    assert "They still hold 2 items, listed below" in words(page)
    assert "Property 1: AB/1 in 01AB/1/26" in words(page)
    assert "Held by leavers (2)" in listed.links
    assert [f"/items/{item}/record/offer" in listed.links.values() for item in items] == [True, True]
    assert fetch(client_of("supervisor"), f"/items/{items[0]}/record/offer").status == 200
