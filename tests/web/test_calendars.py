"""The calendar of somebody's deadlines, read under a secret address by another program."""

import re
from datetime import UTC, datetime, timedelta

import pytest
from icalendar import Calendar
from structlog.testing import capture_logs

from tests.support.pages import fetch, send
from tests.support.typed import leave
from tests.support.words import words


@pytest.fixture
def address(force, client_of):
    """The path of the supervisor's calendar, with one knife of the team due after the clocks change."""
    force.clock.at = datetime(2026, 10, 23, 12, 0, tzinfo=UTC)
    force.items(force.case(title="Mill Lane", category="violence"), category="KNF", description="Kitchen knife")
    page = send(client_of("supervisor"), "/account/calendar", {})
    (found,) = re.findall(r"/calendar/[0-9a-f]{48}\.ics", page.html)
    return found


def read(force, address, **headers):
    with capture_logs() as logs:
        answer = force.app().test_client().get(address, headers=headers)
    assert address not in repr(logs)
    return answer


def test_the_calendar_holds_deadlines_by_reference_right_across_the_change_of_the_clocks(force, address):
    answer = read(force, address)

    assert (answer.status_code, answer.mimetype) == (200, "text/calendar")
    assert "Set-Cookie" not in answer.headers
    calendar = Calendar.from_ical(answer.data)
    (decision,) = [one for one in calendar.walk("VEVENT") if one["uid"] == "1.decision@exhibits.invalid"]
    assert str(decision["summary"]) == "Forensic decision, AB/1 (property reference 1)"
    # Seized at noon in London, in summer; three days later it is noon there in winter.
    assert decision.decoded("dtstart") == datetime(2026, 10, 26, 12, 0, tzinfo=UTC)
    assert not any(word in answer.text for word in ("Mill Lane", "01AB/1/26", "Kitchen"))


def test_a_calendar_that_is_as_it_was_is_not_sent_again_and_an_event_keeps_its_id(force, address):
    first = read(force, address)

    again = read(force, address, If_None_Match=first.headers["ETag"])
    force.clock.move(days=4)
    late = read(force, address, If_None_Match=first.headers["ETag"])

    assert (again.status_code, again.data) == (304, b"")
    assert late.status_code == 200
    assert "Overdue: Forensic decision" in late.text
    uids = [{str(one["uid"]) for one in Calendar.from_ical(each.data).walk("VEVENT")} for each in (first, late)]
    assert "1.decision@exhibits.invalid" in uids[0] & uids[1]


def test_reading_it_is_logged_and_only_a_hash_of_the_address_is_kept(force, client_of, address):
    read(force, address)

    assert "DS 4510 Supervisor Calendar DS 4510 Supervisor" in words(
        fetch(client_of("professional_standards"), "/logs/reads")
    )
    with force.services.store.read() as work:
        assert work.accounts.reads()[0]["what"] == "calendar"
        assert work.calendars.person_of(address.split("/")[2].removesuffix(".ics")) is None


@pytest.mark.parametrize("how", ["revoked", "made anew", "left", "wrong"])
def test_an_address_that_is_no_more_reads_nothing(force, client_of, address, how):
    if how in {"revoked", "made anew"}:
        send(client_of("supervisor"), "/account/calendar" + ("/revoke" if how == "revoked" else ""), {})
    elif how == "left":
        leave(force, "supervisor")
    else:
        address = "/calendar/" + "0" * 48 + ".ics"

    assert read(force, address).status_code == 404


def test_the_address_is_shown_once(client_of, address):
    page = fetch(client_of("supervisor"), "/account")

    assert "Its address was made at 13:00 on 23 October 2026." in words(page)
    assert address.split("/")[2] not in page.html
    assert "Your deadlines in a calendar" not in words(fetch(client_of("officer"), "/account"))


def test_a_calendar_is_bounded(force, address, monkeypatch):
    monkeypatch.setattr("exhibits_app.services.calendars.MOST", 1)
    with force.services.store.read() as work:
        case = work.cases.by_reference("01AB/1/26")
    force.items(case, 3, category="KNF")
    force.clock.move(days=8)

    events = Calendar.from_ical(read(force, address).data).walk("VEVENT")

    assert 1 <= len(events) <= 4
    assert force.clock.at - events[0].decoded("dtstart") > timedelta(days=4)
