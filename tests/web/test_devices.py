"""Enrolling devices, making a browser one, and revoking them."""

import pytest

from tests.services.late import Bench
from tests.support.pages import fetch, send
from tests.support.words import words


@pytest.fixture
def administrator(client_of):
    return client_of("administrator")


def enrol(client, **given):
    """Enrol a device; gives the page with its token and the token."""
    page = send(client, "/devices", {"name": "Ilford bench 1", "store": ""} | given)
    return page, next(one.get("value") for one in page.all("input") if one.get("name") == "token")


def test_an_enrolled_device_is_shown_with_its_commands_once(force, administrator):
    page, token = enrol(administrator, store=str(force.store.id))
    commands = page.field("commands").text
    listed = fetch(administrator, "/devices")

    assert commands.splitlines()[1] == f"(umask 077; echo {token} > ~/.config/exhibits-scan/token)"
    assert "export EXHIBITS_URL=http://localhost" in commands
    assert token not in listed.html
    assert "Ilford bench 1 enrolled 4 May 2026 Ilford transit store never Revoke" in words(listed)


def test_the_token_shown_opens_the_api(administrator):
    _page, token = enrol(administrator)

    answer = administrator.get("/api/v1/clock", headers={"Authorization": f"Bearer {token}"})

    assert answer.status_code == 200


def test_a_browser_becomes_the_device_by_a_cookie_that_scripts_and_other_sites_cannot_use(administrator):
    page, token = enrol(administrator)
    number = page.of_class("govuk-button")[0]
    path = next(one.get("action") for one in page.all("form") if one.get("action", "").endswith("/here"))

    answer = administrator.post(path, data={"token": token})
    cookie = next(one for one in answer.headers.getlist("Set-Cookie") if one.startswith("exhibits_device="))

    assert "Use this browser as Ilford bench 1" in words(number)
    assert ["HttpOnly" in cookie, "SameSite=Strict" in cookie] == [True, True]
    assert administrator.get("/api/v1/clock", headers={"X-Exhibits-Device": "page"}).status_code == 200


@pytest.mark.parametrize("token", ["", "0" * 64])
def test_a_browser_does_not_become_a_device_without_its_token(administrator, token):
    enrol(administrator)

    answer = administrator.post("/devices/1/here", data={"token": token})

    assert answer.status_code == 401
    assert answer.headers.getlist("Set-Cookie") == []


def test_the_token_of_one_device_does_not_make_another(administrator):
    enrol(administrator)
    _page, other = enrol(administrator, name="Bench 2")

    assert administrator.post("/devices/1/here", data={"token": other}).status_code == 401


def test_a_revoked_device_is_shut_out_and_says_so_on_the_list(administrator):
    _page, token = enrol(administrator)

    page = send(administrator, "/devices/1/revoke")
    answer = administrator.get("/api/v1/clock", headers={"Authorization": f"Bearer {token}"})

    assert "revoked 4 May 2026" in words(page)
    assert [answer.status_code, answer.json["code"]] == [401, "device_revoked"]


@pytest.mark.parametrize("name", ["", "   ", "x" * 10_000])
def test_a_device_needs_a_name_that_fits(administrator, name):
    page = send(administrator, "/devices", {"name": name}, status=422)

    assert page.error_at("name")
    assert page.title.startswith("Error: Devices")
    assert "No device is enrolled yet." in words(page)


@pytest.fixture
def skipped(force):
    """A device whose acts 2 to 4 have not arrived."""
    bench = Bench.of(force)
    (code,) = force.labels(force.items(force.case(), 1, category="KNF"))
    bench.do("BOOK_IN", code, to=force.place_code(force.shelf))
    bench.made += 3
    bench.do("SIGHTING", code)
    return bench.device.id


def test_numbers_that_a_device_skipped_are_shown_until_they_are_written_off(administrator, skipped):
    page = fetch(administrator, "/devices")
    refused = send(administrator, f"/devices/{skipped}/write-off", status=422)
    done = send(administrator, f"/devices/{skipped}/write-off", {"reason": "The scanner was run over."})

    assert "Acts 2 to 4 (3), missing since" in words(page)
    assert refused.error_at(f"reason-{skipped}") == "Enter why these scans will never arrive."
    assert "written off under your name" in words(done)
    assert "Scans that have not arrived" not in words(done)


def test_the_item_page_says_that_scans_of_its_store_are_unsent(client_of, skipped):
    assert "Some scans made on Ilford bench 1 have not arrived yet" in words(fetch(client_of("supervisor"), "/items/1"))


def test_an_alarm_is_shown_until_somebody_says_what_came_of_it(force, client_of):
    bench = Bench.of(force)
    codes = force.labels(force.items(force.case(), 2, category="KNF"))
    first = bench.act("SIGHTING", codes[0])
    bench.send(first, bench.act("SIGHTING", codes[1], id=first.id))
    supervisor = client_of("supervisor")

    page = fetch(supervisor, "/alarms")
    refused = send(supervisor, "/alarms/1", status=422)
    closed = send(supervisor, "/alarms/1", {"finding": "The scanner was repaired."})

    assert "Alarms (1)" in page.links
    assert refused.error_at("finding-1") == "Enter what came of it."
    assert "Closed by DS 4510 Supervisor" in words(closed)
    assert "Alarms (1)" not in closed.links
