"""Enrolling devices, making a browser one, and revoking them."""

import pytest

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
