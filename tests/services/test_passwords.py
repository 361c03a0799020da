"""One-time links, passwords and PINs: how they are set, proved and spent."""

import pytest
from argon2.exceptions import InvalidHashError

from exhibits_app.domain.errors import (
    BadSignIn,
    LinkSpent,
    PasswordTooShort,
    PasswordWrong,
    PinsDiffer,
    PinTooSimple,
    SignedOut,
    TooManyAttempts,
)
from exhibits_app.services import people, signin
from tests.services.test_signin import guess, leaver
from tests.support.force import PASSWORD, PIN, QUICK_HASHER, Force


def test_a_link_signs_in_once(force: Force) -> None:
    link = people.first_link(force.services, force.person("administrator"), force.people["officer"].id)

    person, secret = signin.spend_link(force.services, link)

    assert signin.who(force.services, secret)[0] == person == force.person("officer")
    with pytest.raises(LinkSpent):
        signin.spend_link(force.services, link)


def test_a_link_runs_out_after_a_day(force: Force) -> None:
    link = people.first_link(force.services, force.person("administrator"), force.people["officer"].id)
    force.clock.move(hours=24)

    with pytest.raises(LinkSpent):
        signin.spend_link(force.services, link)


def test_the_link_of_a_person_who_has_left_opens_nothing(force: Force) -> None:
    link = people.first_link(force.services, force.person("administrator"), force.people["officer"].id)
    leaver(force)

    with pytest.raises(LinkSpent):
        signin.spend_link(force.services, link)


def test_a_password_has_twelve_characters_at_least(force: Force) -> None:
    with pytest.raises(PasswordTooShort):
        signin.set_password(force.services, force.people["officer"].id, "eleven char")


def test_a_new_password_replaces_the_old_one(force: Force) -> None:
    signin.set_password(force.services, force.people["officer"].id, "three words together")

    assert signin.sign_in(force.services, "officer", "three words together")[0] == force.person("officer")
    guess(force)
    with pytest.raises(BadSignIn):
        signin.sign_in(force.services, "officer", PASSWORD)


def test_a_new_password_ends_every_other_session_and_keeps_this_one(force: Force) -> None:
    _person, here = signin.sign_in(force.services, "officer", PASSWORD)
    _person, elsewhere = signin.sign_in(force.services, "officer", PASSWORD)
    _other, others = signin.sign_in(force.services, "supervisor", PASSWORD)

    signin.set_password(force.services, force.people["officer"].id, "three words together", here)

    assert signin.who(force.services, here)[0] == force.person("officer")
    assert signin.who(force.services, others)[0] == force.person("supervisor")
    with pytest.raises(SignedOut):
        signin.who(force.services, elsewhere)


@pytest.mark.parametrize("pin", ["12345", "123456789", "12345a", "٤٨٢٩١٥", "123456", "890123", "987654", "111111", ""])
def test_a_pin_is_six_to_eight_digits_and_neither_a_run_nor_one_digit(force: Force, pin: str) -> None:
    with pytest.raises(PinTooSimple):
        signin.set_pin(force.services, force.people["officer"].id, pin)


@pytest.mark.parametrize("pin", ["482916", "1234568", "11112222"])
def test_other_pins_are_taken(force: Force, pin: str) -> None:
    signin.set_pin(force.services, force.people["officer"].id, pin)

    with force.services.store.read() as work:
        assert signin.matches(QUICK_HASHER, work.accounts.find(force.people["officer"].id).pin_hash, pin)


def test_ones_own_pin_is_changed_with_ones_password(force: Force) -> None:
    officer = force.person("officer")

    with pytest.raises(PasswordWrong):
        signin.change_pin(force.services, officer, "not the password", "482916", "482916")
    with pytest.raises(PinsDiffer):
        signin.change_pin(force.services, officer, PASSWORD, "482916", "482917")
    signin.change_pin(force.services, officer, PASSWORD, "482916", "482916")

    with force.services.store.read() as work:
        assert signin.matches(QUICK_HASHER, work.accounts.find(officer.id).pin_hash, "482916")


def test_guessing_the_password_for_a_new_pin_waits_as_well(force: Force) -> None:
    officer = force.person("officer")
    for _ in range(5):
        with pytest.raises(PasswordWrong):
            signin.change_pin(force.services, officer, "not the password", "482916", "482916")

    with pytest.raises(TooManyAttempts):
        signin.change_pin(force.services, officer, PASSWORD, "482916", "482916")


def test_a_hash_that_cannot_be_read_matches_nothing() -> None:
    with pytest.raises(InvalidHashError):
        QUICK_HASHER.verify("not a hash", PIN)
    assert not signin.matches(QUICK_HASHER, "not a hash", PIN)


def test_a_new_password_is_proved_by_the_present_one(force: Force) -> None:
    officer = force.person("officer")

    with pytest.raises(PasswordWrong):
        signin.change_password(force.services, officer, "not it at all", "three words together", "")
    signin.change_password(force.services, officer, PASSWORD, "three words together", "")

    assert signin.sign_in(force.services, "officer", "three words together")[0] == officer


def test_a_spent_link_voids_the_old_password_and_a_new_one_needs_no_proof(force: Force) -> None:
    link = people.first_link(force.services, force.person("administrator"), force.people["officer"].id)

    officer, here = signin.spend_link(force.services, link)

    with pytest.raises(BadSignIn):
        signin.sign_in(force.services, "officer", PASSWORD)
    signin.change_password(force.services, officer, "", "three words together", here)
    assert signin.sign_in(force.services, "officer", "three words together")[0] == officer


def test_who_made_a_sign_in_link_for_whom_is_on_the_log(force: Force) -> None:
    people.first_link(force.services, force.person("administrator"), force.people["officer"].id)

    with force.services.store.read() as work:
        (read,) = work.accounts.reads()
    assert (read["person"], read["what"], read["subject"]) == (
        force.people["administrator"].id,
        "sign-in link",
        force.people["officer"].id,
    )
