"""The pages on which the record is put right, in Chromium: no accessibility faults, and no wider than a phone."""

import pytest

from exhibits_app.domain.events import Mistake
from exhibits_app.services import corrections, people
from exhibits_app.services.corrections import Wanted
from exhibits_app.services.people import PersonForm
from tests.services.late import Bench
from tests.support.force import a_force
from tests.support.looks import faults_of
from tests.support.serving import sign_in_at
from tests.support.submitted import a_draft, to_submit


@pytest.fixture
def force(tmp_path):
    """A force in which much is in doubt: two seals, a late scan, a gap, an alarm, a correction and a leaver."""
    made = a_force(tmp_path)
    items = made.items(
        made.case(title="A case with a title that goes on for longer than any column"), 3, category="KNF"
    )
    codes = made.labels(items)
    shelf, safe = made.place_code(made.shelf), made.place_code(made.safe)
    bench = Bench.of(made)
    bench.do("BOOK_IN", codes[0], to=shelf)
    offline = bench.act("MOVE", codes[0], to=safe)
    made.clock.move(hours=1)
    to_submit(made, items[2:])
    a_draft(made, 1, items[2:])
    bench.do("SIGHTING", codes[0], item={"seal": "S9990001"}, to=shelf)
    bench.send(offline)
    bench.send(bench.act("MOVE", codes[1], to=safe, id=offline.id))
    bench.made += 5
    bench.do("SIGHTING", codes[1])
    with made.services.store.read() as work:
        booked = next(event.envelope.id for event in work.ledger.events_of(1) if event.kind == "book_in")
        sighted = [event.envelope.id for event in work.ledger.events_of(1) if event.kind == "sighting"][-1]
    made.booked, made.sighted = booked, sighted
    wanted = Wanted(booked, Mistake.PLACE.value, "The safe was scanned, not the bay.", place=made.safe.id)
    corrections.correct(made.services, made.person("supervisor"), 1, wanted, None)
    who = made.people["officer"]
    form = PersonForm(who.name, "officer", who.rank, who.number, "o@force.test", who.team, False)
    people.change_person(made.services, made.person("administrator"), who.id, form)
    yield made
    made.services.store.close()


@pytest.mark.parametrize(
    ("name", "paths"),
    [
        (
            "supervisor",
            [
                "/discrepancies",
                "/items/1",
                "/items/1?view=recorded",
                "/items/1/events/{booked}/correct",
                "/items/1/discrepancies?event={sighted}&kind=wrong+seal",
                "/leavers",
                "/submissions",
                "/submissions/1",
                "/submissions/1/change",
                "/alarms",
            ],
        ),
        ("administrator", ["/devices", "/places", "/places/1/close", "/places/4/close", "/people/1"]),
    ],
)
def test_the_pages_have_no_accessibility_fault_and_fit_the_screen(new_page, force, url, name, paths):
    page = sign_in_at(new_page(), url, name)

    there = [path.format(booked=force.booked, sighted=force.sighted) for path in paths]

    assert faults_of(page, url, there) == []


def test_what_is_right_is_asked_for_beside_what_was_wrong(new_page, force, url):
    page = sign_in_at(new_page(width=1280), url, "supervisor")
    page.goto(f"{url}/items/1/events/{force.sighted}/correct")

    assert not page.is_visible("#seal")
    page.check("#mistake-SEAL")
    assert page.is_visible("#seal")
    assert not page.is_visible("#place")
