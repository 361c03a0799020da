"""Recording what happened on pages: what is offered, the forms, their errors, and one act for many items."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain.custody import APART, RULES
from exhibits_app.domain.errors import SealDoesNotMatch
from exhibits_app.services import happenings
from exhibits_app.services.typed_acts import Particulars
from exhibits_app.web.act_specs import BY_PATH, GROUPS, SPECS
from tests.support.acted import acted
from tests.support.force import PASSWORD
from tests.support.pages import fetch, send, text_of


@pytest.fixture
def item(force):
    return force.items(force.case(category="violence"), category="KNF")[0]


@pytest.fixture
def booked(force, item):
    assert acted(force, "BOOK_IN", force.labels([item]), ["S100"], to=force.place_code(force.shelf)) == ["recorded"]
    force.clock.move(minutes=1)
    return item


def offered(page) -> set[str]:
    """The names of the acts that the page offers."""
    return {text_of(link) for section in page.of_class("app-acts") for link in section.iter("a")}


def test_every_kind_of_act_has_its_words():
    assert set(RULES) | set(APART) == set(SPECS)
    assert {spec.group for spec in SPECS.values()} == set(GROUPS)
    assert len(BY_PATH) == len(SPECS)


def test_the_item_page_offers_only_what_is_possible_now_to_this_person(client_of, item):
    assert offered(fetch(client_of("officer"), "/items/1")) == {
        "Hand over", "Open the seal", "Show", "Sighted", "Put into a box", "Take to court",
    }  # fmt: skip
    assert {"Place a hold", "Review retention"} <= offered(fetch(client_of("supervisor"), "/items/1"))


def test_what_store_staff_are_offered_follows_where_the_item_is(client_of, booked):
    assert {"Move", "Sign out", "Send for examination", "Not where it should be"} <= offered(
        fetch(client_of("property_officer"), "/items/1")
    )
    assert "Hand over" not in offered(fetch(client_of("officer"), "/items/1"))


def test_those_who_only_read_are_offered_nothing(client_of, item):
    assert fetch(client_of("disclosure_officer"), "/items/1").of_class("app-acts") == []


@pytest.mark.parametrize("kind", sorted(path for path, spec in BY_PATH.items() if spec.page == "record.form"))
def test_every_form_is_a_sound_page_and_asks_for_what_it_needs(force, client_of, item, kind):
    grants = [grant for name in ("officer", "supervisor", "property_officer", "submissions", "auditor")
              for grant in force.person(name).grants]  # fmt: skip

    def give(work):
        for grant in grants:
            work.accounts.grant(force.people["inspector"].id, grant, 1, force.clock.at)

    force.services.store.write(give)
    client = client_of("inspector")

    page = fetch(client, f"/items/1/record/{kind}")
    empty = client.post(f"/items/1/record/{kind}", data={})

    assert page.h1 == f"{BY_PATH[kind].name}: AB/1"
    musts = [ask for ask in BY_PATH[kind].asks if ask.must] or BY_PATH[kind].witness == "always"
    if musts:
        again = send(client, f"/items/1/record/{kind}", {}, status=422)
        assert [name for name, _ in again.summary]
        assert all(
            again.error_at(name) == sentence for name, sentence in again.summary if name not in {"hold", "method"}
        )
    assert empty.status_code in {302, 409, 422}


def test_an_item_is_handed_over_from_page_to_page(force, client_of, item):
    officer, other = client_of("officer"), client_of("other")

    page = send(officer, "/items/1/record/offer", {"receiver": force.people["other"].id, "seal": "S100"})
    told = text_of(page.of_class("app-done")[0])
    answered = send(other, "/handovers", {"item": "1", "answer": "accept"})

    assert told.startswith("Recorded: PC 4507 Officer offered AB/1 to PC 4505 Other, seal S100")
    assert "Offered to PC 4505 Other" in page.text
    assert answered.h1 == "Accept: all 1 recorded"
    assert "AB/1" in fetch(other, "/handovers").text
    assert "With PC 4505 Other" in fetch(other, "/items/1").text


def test_a_seal_that_does_not_match_is_said_at_its_field_and_what_was_typed_stays(force, client_of, item):
    given = {"receiver": force.people["other"].id, "seal": "S999"}

    page = send(client_of("officer"), "/items/1/record/offer", given, status=409)

    assert page.summary == [("seal", SealDoesNotMatch("AB/1", "S999", "S100").sentence())]
    assert page.value("seal") == "S999"
    assert page.value("receiver") == str(force.people["other"].id)


def test_an_act_that_the_state_does_not_allow_says_so_above_the_form(client_of, booked):
    page = send(client_of("officer"), "/items/1/record/open", {"reason": "x"}, status=409)

    assert page.summary == [
        ("act", "AB/1 is recorded as at Ilford transit store, bay 2. Only who holds it can do this.")
    ]


@pytest.mark.parametrize(
    ("when", "status", "sentence"),
    [
        ("yesterday", 422, "Enter when it happened as a date and time, like 21/11/2026 14:30."),
        ("4/5/2030 10:00", 409, None),
        ("1/5/2026 10:00", 409, None),
    ],
)
def test_a_time_that_cannot_be_is_said_at_its_field(client_of, item, when, status, sentence):
    page = send(client_of("officer"), "/items/1/record/sighting", {"occurred_at": when}, status=status)

    assert [name for name, _ in page.summary] == ["occurred_at"]
    assert sentence is None or page.error_at("occurred_at") == sentence


def test_what_happened_earlier_is_typed_on_a_london_clock(force, client_of, item):
    send(client_of("officer"), "/items/1/record/open", {"reason": "Photograph it.", "occurred_at": "4/5/2026 9:30"})

    assert "opened AB/1, because: Photograph it, at 09:30 on 4 May 2026" in fetch(client_of("officer"), "/items/1").text


def test_the_receiver_signs_in_on_the_page_and_a_wrong_password_records_nothing(force, client_of, booked):
    client = client_of("property_officer")
    due = {"purpose": "court", "due_back": "9/5/2026", "seal": "S100", "receiver_name": "officer"}

    wrong = send(client, "/items/1/record/sign-out", due | {"receiver_password": "no"}, status=422)
    page = send(client, "/items/1/record/sign-out", due | {"receiver_password": PASSWORD}, status=404)

    assert wrong.error_at("receiver_name").startswith(
        "The sign-in name or password of the person who takes it is wrong."
    )
    assert PASSWORD not in wrong.html
    assert page.status == 404  # Store staff do not see what has left their store.
    out = fetch(client_of("officer"), "/items/1").text
    assert "With PC 4507 Officer, due back at 23:59 on 9 May 2026" in out


def test_drugs_ask_for_a_witness_and_others_do_not(force, client_of):
    case = force.case(category="drugs")
    force.items(case, category="DRUG")
    force.items(case, category="KNF")
    client = client_of("officer")

    page = fetch(client, "/items/1/record/open")
    send(client, "/items/1/record/open", {"reason": "Weigh it."}, status=422)

    assert page.field("witness_password").get("type") == "password"
    with pytest.raises(LookupError):
        fetch(client, "/items/2/record/open").field("witness_name")


def test_cash_is_booked_in_with_what_was_counted(force, client_of):
    item = force.items(force.case(category="drugs"), category="CASH")[0]
    done = acted(force, "BOOK_IN", force.labels([item]), ["S100"], to=force.place_code(force.safe))

    assert done == ["refused"]


def test_an_unknown_kind_is_no_page_and_those_with_pages_of_their_own_are_not_here(client_of, item):
    for kind in ("vanish", "split", "OFFER"):
        fetch(client_of("officer"), f"/items/1/record/{kind}", status=404)


def test_a_supervisor_hands_over_for_a_leaver_and_the_page_says_so(force, client_of, item):
    leave(force, "officer")
    client = client_of("supervisor")

    page = fetch(client, "/items/1/record/offer")
    send(client, "/items/1/record/offer", {"receiver": force.people["exhibits_officer"].id})

    assert "You do this for PC 4507 Officer, who has left." in page.text
    assert "on behalf of PC 4507 Officer" in fetch(client, "/items/1").text


def leave(force, name):
    def go(work):
        account = work.accounts.find(force.people[name].id)
        work.accounts.save(replace(account, person=replace(account.person, active=False)))

    force.services.store.write(go)


def test_one_act_for_several_items_gives_each_its_verdict(force, client_of):
    items = force.items(force.case(category="violence"), 3, category="KNF")
    client = client_of("exhibits_officer")
    given = {"item": items, "kind": "release-hold", "hold": "appeal", "reason": "Appeal dismissed."}
    send(client, "/cases/1/record", {"item": items[:2], "kind": "hold", "hold": "appeal"})

    page = send(client, "/cases/1/record", given)

    assert page.h1 == "Release a hold: 2 of 3 recorded"
    assert "AB/3 has no hold called 'Appeal'. Nothing was changed." in page.text


def test_the_case_page_goes_to_the_form_of_the_chosen_act(force, client_of):
    force.items(force.case(category="violence"), 2, category="KNF")
    client = client_of("supervisor")

    case = fetch(client, "/cases/1")
    form = fetch(client, "/cases/1/record?item=1&item=2&kind=review&case=1")
    back = fetch(client, "/cases/1/record?kind=review")

    assert "review" in [one.get("value") for one in case.field("kind").iter("option")]
    assert form.h1 == "Review retention: 2 items"
    assert "Tick the items, and choose what happened to them." in back.html
    assert send(client, "/cases/1/record", {"kind": "hold"}).h1 == "Case 01AB/1/26"


def test_many_that_miss_an_answer_ask_again_with_the_same_items(force, client_of):
    items = force.items(force.case(category="violence"), 2, category="KNF")

    page = send(client_of("supervisor"), "/cases/1/record", {"item": items, "kind": "review"}, status=422)

    assert [name for name, _ in page.summary] == ["text", "until"]
    assert [one.get("value") for one in page.all("input") if one.get("name") == "item"] == ["1", "2"]


def test_an_item_of_others_stops_an_act_for_many(force, client_of):
    force.items(force.case(category="violence"), category="KNF")
    force.items(force.case("inspector", reference="02/1/26", restricted=True), by="inspector", seal="")
    client = client_of("exhibits_officer")

    fetch(client, "/cases/1/record?item=1&item=2&kind=hold", status=404)
    send(client, "/cases/1/record", {"item": [1, 2], "kind": "hold", "hold": "appeal"}, status=404)


def happened(force, by, number, kind, **given):
    force.clock.move(minutes=1)
    (verdict,) = happenings.happen(force.services, force.person(by), [number], kind, Particulars(**given))
    assert verdict.refusal is None, verdict.told


def test_the_page_shows_offer_holds_authority_and_review(force, client_of, item):
    happened(force, "officer", item, "OFFER", receiver=force.people["other"].id)
    happened(force, "exhibits_officer", item, "HOLD", hold="coroner", text="Inquest in June.")
    happened(force, "supervisor", item, "REVIEW", text="Trial listed", until=force.clock.at + timedelta(days=30))
    force.clock.move(hours=3)

    page = fetch(client_of("supervisor"), "/items/1")
    facts = {text_of(row[0]): text_of(row[1]) for row in page.of_class("govuk-summary-list__row")}

    assert "Offered to PC 4505 Other by PC 4507 Officer" in facts["Custody"]
    assert "3 hours ago, and not answered" in facts["Custody"]
    assert facts["Legal life"].startswith(
        "HeldKept on the basis of Trial listedNext review 3 June 2026On hold: coroner"
    )
    assert "offered to PC 4505 Other; on hold (coroner)" in text_of(page.of_class("app-headline")[0])


def test_the_page_shows_the_seals_that_were_before(force, client_of, item):
    happened(force, "officer", item, "OPEN", reason="Photograph it.")
    opened = fetch(client_of("officer"), "/items/1").text
    happened(force, "officer", item, "SEAL", new_seal="N2")

    text = fetch(client_of("officer"), "/items/1").text

    assert "Opened, number S100Open since" in opened
    assert "Sealed, number N2Before: S100 from 4 May 2026" in text
