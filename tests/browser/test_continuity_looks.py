"""Continuity reports, gaps and papers for court in Chromium: no accessibility fault, no wider than a phone."""

from datetime import UTC, datetime, timedelta

import pytest

from exhibits_app.domain.events import (
    Body,
    ConfirmedMissing,
    Corrected,
    DiscrepancySettled,
    Envelope,
    Found,
    Mistake,
    SealApplied,
    SealOpened,
    Sighted,
    Unaccounted,
)
from exhibits_app.services.recording import Happening, record
from tests.support.acted import acted
from tests.support.ledger import a_signing_force
from tests.support.looks import faults_of
from tests.support.serving import sign_in_at

PAGES = [
    "/items/1/continuity",
    "/items/1/gaps",
    "/cases/1/continuity",
    "/cases/1/gaps",
    "/cases/1/exhibit-list",
    "/cases/1/statement",
    "/cases/1/statement?person=3",
]


def happened(force, number: int, body: Body, **given) -> str:
    """Record something of an item a few hours later, as its own service would; gives the event's id."""
    force.clock.move(hours=given.pop("hours", 5))
    ids = force.services.ids

    def change(work):
        now = force.clock.at
        actor = force.people["property_officer"].ref
        event = ids.event_id()
        envelope = Envelope(event, given.pop("at", now), now, given.pop("actor", actor), ids.event_id(), **given)
        happening = Happening(work.items.hold(number), envelope, body)
        record(work, ids, work.policies.current(now), [happening])
        return event

    return force.services.store.write(change)


@pytest.fixture
def force(tmp_path):
    """A force with a case of three items, one of which had every misfortune, below a signed head."""
    signing = a_signing_force(tmp_path)
    force = signing.force
    case = force.case(title="Sudden death, Mill Lane")
    force.items(case, 3, description="Double duvet cover, blue and white stripes, from the main bedroom; " * 3)
    codes = force.labels([1, 2, 3])
    force.clock.move(hours=30)
    acted(force, "BOOK_IN", codes, to=force.place_code(force.shelf))
    supervisor = force.people["supervisor"].ref
    happened(force, 1, SealOpened("S100"), reason="Examined for stains", witness=supervisor)
    happened(force, 1, SealApplied("S900"), hours=20)
    seen = happened(force, 1, Sighted(force.safe.ref, "S900"))
    happened(force, 1, DiscrepancySettled(seen, "wrong place", "move not recorded"), reason="Asked", actor=supervisor)
    happened(force, 1, Corrected(seen, Mistake.PLACE, place=force.shelf.ref), reason="Wrong code", actor=supervisor)
    happened(force, 1, Unaccounted("Bays 1 to 4"))
    happened(force, 1, ConfirmedMissing("The whole store"), actor=supervisor)
    happened(force, 1, Found(force.shelf.ref, where="Behind the shelf"), hours=40)
    happened(force, 1, Sighted(force.shelf.ref), at=force.clock.at - timedelta(hours=20), late=True)
    force.clock.move(days=100)
    happened(force, 2, Sighted(force.shelf.ref))
    signing.checkpoint()
    force.clock.at = datetime.now(UTC)  # The page signs out by the browser's own clock.
    yield force
    force.services.store.close()


@pytest.mark.parametrize(("name", "paths"), [("officer", PAGES), ("auditor", ["/stores/1/gaps", "/items/1/gaps"])])
def test_the_pages_have_no_accessibility_fault_and_fit_the_screen(new_page, url, name, paths):
    page = sign_in_at(new_page(), url, name)

    assert faults_of(page, url, paths) == []


def test_the_progress_of_a_case_s_report_is_gone_when_it_is_whole(new_page, force, url):
    force.items(force.case(reference="01AB/9/26"), 12, seal="")
    page = sign_in_at(new_page(), url, "officer")
    page.goto(f"{url}/cases/1/continuity")

    assert page.locator("article section").count() == 3
    assert page.locator(".report-progress:visible").count() == 0
