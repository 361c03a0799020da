"""Turns at a device: badge and PIN to begin, one scan to switch, and what guessing costs."""

import pytest

from exhibits_app.domain.errors import DeviceRevoked, NotFound, PinNeeded, PinWrong, TooManyAttempts
from exhibits_app.services import devices
from tests.support.force import PIN, Force


def test_the_badge_alone_switches_to_a_live_turn(force: Force) -> None:
    device, _token = force.device()
    badge = force.badge("property_officer")
    begun = devices.begin_turn(force.services, device, badge, PIN)

    for _ in range(2):  # Each scan of the badge keeps the turn from being idle.
        force.clock.move(minutes=20)
        assert devices.begin_turn(force.services, device, badge, None).session.id == begun.session.id


def test_the_badge_alone_begins_nothing(force: Force) -> None:
    device, _token = force.device()

    with pytest.raises(PinNeeded):
        devices.begin_turn(force.services, device, force.badge("property_officer"), None)


def test_a_turn_left_for_half_an_hour_needs_the_pin_again(force: Force) -> None:
    device, _token = force.device()
    badge = force.badge("property_officer")
    devices.begin_turn(force.services, device, badge, PIN)
    force.clock.move(minutes=31)

    with pytest.raises(PinNeeded):
        devices.begin_turn(force.services, device, badge, None)


def test_guessing_a_pin_waits_however_the_badge_is_spelt(force: Force) -> None:
    device, _token = force.device()
    badge = force.badge("property_officer")
    spelt = [badge, badge.lower(), f"{badge[:1]}-{badge[1:]}", f"{badge[:5]} {badge[5:]}", f" {badge}"]
    for one in spelt:
        with pytest.raises(PinWrong):
            devices.begin_turn(force.services, device, one, "000000")

    with pytest.raises(TooManyAttempts):
        devices.begin_turn(force.services, device, f"{badge[:3]}-{badge[3:]}", PIN)


def test_guessing_a_pin_at_one_device_after_another_waits_too(force: Force) -> None:
    badge = force.badge("property_officer")
    for _ in range(devices.FREE_EVERYWHERE):
        device, _token = force.device()
        for _ in range(force.services.limits.free_attempts):
            with pytest.raises(PinWrong):
                devices.begin_turn(force.services, device, badge, "000000")
    fresh, _token = force.device()

    with pytest.raises(TooManyAttempts):
        devices.begin_turn(force.services, fresh, badge, PIN)
    force.clock.move(minutes=1)
    assert devices.begin_turn(force.services, fresh, badge, PIN).session.device == fresh.id


def test_a_device_stands_in_a_store_that_there_is(force: Force) -> None:
    for place in (4711, force.shelf.id):
        with pytest.raises(NotFound):
            devices.enrol(force.services, force.person("administrator"), "Bench", place)

    assert devices.fleet(force.services, force.person("administrator")).devices == []


def test_a_device_that_was_never_enrolled_is_not_revoked(force: Force) -> None:
    with pytest.raises(NotFound):
        devices.revoke(force.services, force.person("administrator"), 4711)


def test_a_revoked_device_is_told_so(force: Force) -> None:
    device, token = force.device()
    devices.revoke(force.services, force.person("administrator"), device.id)

    with pytest.raises(DeviceRevoked), force.services.store.read() as work:
        devices.by_token(work, token)
