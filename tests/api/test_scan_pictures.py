"""Pictures of scans: taken from the device that scanned, kept once, and shown to who may see the case."""

from dataclasses import replace
from hashlib import sha256
from io import BytesIO

import pytest
from PIL import Image
from uuid_utils.compat import uuid7

from tests.api.conftest import Bench
from tests.support.force import sign_in


def a_picture(colour="white", kind="JPEG", size=(80, 60)):
    with BytesIO() as data:
        Image.new("RGB", size, colour).save(data, kind)
        return data.getvalue()


LABEL = a_picture()


@pytest.fixture
def pictured(bench: Bench) -> Bench:
    """A bench of a force that wants pictures, in its own application."""
    services = bench.force.services
    bench.force.services = replace(services, limits=replace(services.limits, scan_pictures=True))
    bench.client = bench.force.app().test_client()
    return bench


def hand_over(bench, scan, data=LABEL, name=None, token=None):
    named = name or sha256(data).hexdigest()
    headers = {"Authorization": f"Bearer {token or bench.token}", "Content-Type": "image/jpeg"}
    return bench.client.post(f"/api/v1/scans/{scan}/picture?sha256={named}", data=data, headers=headers)


def a_scan(bench):
    return bench.do("BOOK_IN", bench.codes[0], to=bench.shelf)["scan"]


def wants(bench):
    return bench.client.get("/api/v1/clock", headers=bench.headers).json["pictures"]


def alarms(bench):
    with bench.force.services.store.read() as work:
        return [(one.code, one.subject) for one in work.act_alarms.page()]


def test_a_force_takes_no_pictures_unless_it_says_so(bench: Bench) -> None:
    refused = hand_over(bench, a_scan(bench))

    assert (refused.status_code, refused.json["code"]) == (422, "pictures_not_kept")
    assert wants(bench) is False


def test_a_picture_is_kept_once_and_another_one_is_refused_and_alarmed(pictured: Bench) -> None:
    scan = a_scan(pictured)
    _, other = pictured.force.device()

    assert wants(pictured) is True
    assert hand_over(pictured, scan, token=other).json["code"] == "picture_without_record"
    assert [hand_over(pictured, scan).status_code for _ in range(2)] == [200, 200]
    assert alarms(pictured) == []
    refused = hand_over(pictured, scan, a_picture("black"))

    assert (refused.status_code, refused.json["code"]) == (409, "other_picture_of_scan")
    assert alarms(pictured) == [("other_picture_of_scan", scan)]
    assert pictured.force.services.files.get(sha256(LABEL).hexdigest()) == LABEL


@pytest.mark.parametrize(
    ("data", "name", "status", "code"),
    [
        (a_picture(kind="PNG"), None, 422, "picture_not_jpeg"),
        (LABEL[:-100], None, 422, "picture_not_jpeg"),
        (LABEL + bytes(64_000), None, 413, "picture_too_large"),
        (LABEL, "0" * 64, 422, "picture_not_as_named"),
        (LABEL, None, 409, "picture_without_record"),
    ],
)
def test_a_picture_that_is_not_right_is_refused_in_a_sentence(pictured: Bench, data, name, status, code) -> None:
    refused = hand_over(pictured, uuid7(), data, name)

    assert (refused.status_code, refused.json["code"]) == (status, code)


def test_the_item_shows_its_picture_to_who_may_see_the_case(pictured: Bench) -> None:
    """Store staff see the item, not the case; an officer of no team sees neither."""
    scan = a_scan(pictured)
    hand_over(pictured, scan)
    address = f"/items/{pictured.items[0]}/scans/{scan}/picture"

    sign_in(pictured.client, "officer")
    shown = pictured.client.get(address)
    assert (shown.data, shown.mimetype, shown.headers["Cache-Control"]) == (LABEL, "image/jpeg", "no-store")
    assert address in pictured.client.get(f"/items/{pictured.items[0]}").text
    assert pictured.client.get(f"/items/{pictured.items[1]}/scans/{scan}/picture").status_code == 404
    staff = pictured.client.application.test_client()
    sign_in(staff, "property_officer")
    page = staff.get(f"/items/{pictured.items[0]}")
    assert (page.status_code, "Picture of the scan" in page.text) == (200, False)
    assert staff.get(address).status_code == 403
    stranger = pictured.client.application.test_client()
    sign_in(stranger, "other")
    assert stranger.get(address).status_code == 404
