"""Who may come in, for how long, and what guessing costs."""

from dataclasses import dataclass, field, replace

import pytest
from argon2 import PasswordHasher, Type

from exhibits_app.domain.errors import (
    BadSignIn,
    NoRight,
    SignedOut,
    TooManyAttempts,
)
from exhibits_app.services import people, signin
from tests.support.force import PASSWORD, Force


@dataclass
class CountedHasher(PasswordHasher):
    """Argon2 that counts what it was asked, since each is as dear as the next."""

    verified: list[str] = field(default_factory=list)
    hashed: int = 0

    def __post_init__(self) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)

    def verify(self, stored: str | bytes, password: str | bytes) -> bool:
        self.verified.append(str(stored))
        return super().verify(stored, password)

    def hash(self, password: str | bytes, *, salt: bytes | None = None) -> str:
        self.hashed += 1
        return super().hash(password, salt=salt)


def guess(force: Force, name: str = "officer", times: int = 1) -> None:
    for _ in range(times):
        with pytest.raises(BadSignIn):
            signin.sign_in(force.services, name, "not the password")


def leaver(force: Force, name: str = "officer", active: bool = False) -> None:
    with force.services.store.read() as work:
        account = work.accounts.find(force.people[name].id)
    form = people.PersonForm(account.person.name, account.sign_in_name, account.person.rank, active=active)
    people.change_person(force.services, force.person("administrator"), account.person.id, form)


def test_a_person_signs_in_with_name_and_password(force: Force) -> None:
    person, secret = signin.sign_in(force.services, " Officer ", PASSWORD)

    assert person.id == force.people["officer"].id
    assert signin.who(force.services, secret)[0] == force.person("officer")


@pytest.mark.parametrize("name", ["officer", "nobody-of-that-name"])
def test_a_wrong_name_costs_one_check_of_a_hash_as_a_wrong_password_does(force: Force, name: str) -> None:
    hasher = CountedHasher()

    guess(replace(force, services=replace(force.services, hasher=hasher)), name)

    assert (len(hasher.verified), hasher.hashed) == (1, 0)


def test_the_hash_that_a_wrong_name_is_checked_against_is_as_dear_as_a_real_one(force: Force) -> None:
    hasher = CountedHasher()

    guess(replace(force, services=replace(force.services, hasher=hasher)), "nobody-of-that-name")

    assert hasher.type is Type.ID
    assert not hasher.check_needs_rehash(hasher.verified[0])


def test_a_person_who_has_left_does_not_sign_in(force: Force) -> None:
    leaver(force)

    with pytest.raises(BadSignIn):
        signin.sign_in(force.services, "officer", PASSWORD)


def test_an_account_without_a_password_does_not_sign_in_with_an_empty_one(force: Force) -> None:
    form = people.PersonForm("New Person", "new.person")
    people.add_person(force.services, force.person("administrator"), form)

    with pytest.raises(BadSignIn):
        signin.sign_in(force.services, "new.person", "")


def test_five_wrong_attempts_are_forgiven_and_the_sixth_waits(force: Force) -> None:
    guess(force, times=5)

    with pytest.raises(TooManyAttempts) as refused:
        signin.sign_in(force.services, "officer", PASSWORD)

    assert 25 <= refused.value.wait_seconds <= 31


def test_the_wait_doubles_with_each_attempt_up_to_a_limit(force: Force) -> None:
    waits = []
    guess(force, times=5)
    for _ in range(8):
        with pytest.raises(TooManyAttempts) as refused:
            signin.sign_in(force.services, "officer", "not the password")
        waits.append(refused.value.wait_seconds)
        force.clock.move(seconds=refused.value.wait_seconds)
        guess(force)

    assert [round(wait / 30) for wait in waits] == [1, 2, 4, 8, 16, 30, 30, 30]


def test_the_right_password_after_the_wait_forgets_the_wrong_ones(force: Force) -> None:
    guess(force, times=5)
    force.clock.move(seconds=31)

    signin.sign_in(force.services, "officer", PASSWORD)

    guess(force, times=5)


def test_names_in_other_letter_case_share_one_count(force: Force) -> None:
    guess(force, "officer", times=3)
    guess(force, "OFFICER ", times=2)

    with pytest.raises(TooManyAttempts):
        signin.sign_in(force.services, "Officer", PASSWORD)


def test_one_persons_wrong_attempts_do_not_keep_another_out(force: Force) -> None:
    guess(force, "officer", times=5)

    assert signin.sign_in(force.services, "supervisor", PASSWORD)[0] == force.person("supervisor")


def test_a_session_that_is_not_used_for_half_an_hour_has_ended(force: Force) -> None:
    _person, secret = signin.sign_in(force.services, "officer", PASSWORD)
    force.clock.move(minutes=32)

    with pytest.raises(SignedOut):
        signin.who(force.services, secret)


def test_a_session_in_use_lasts_a_shift_and_no_longer(force: Force) -> None:
    _person, secret = signin.sign_in(force.services, "officer", PASSWORD)
    for _ in range(35):
        force.clock.move(minutes=20)
        signin.who(force.services, secret)
    force.clock.move(minutes=20)

    with pytest.raises(SignedOut):
        signin.who(force.services, secret)


def test_signing_out_ends_the_session_for_every_copy_of_the_cookie(force: Force) -> None:
    _person, secret = signin.sign_in(force.services, "officer", PASSWORD)

    signin.sign_out(force.services, secret)

    with pytest.raises(SignedOut):
        signin.who(force.services, secret)


def test_a_secret_that_was_never_given_out_is_nobody(force: Force) -> None:
    with pytest.raises(SignedOut):
        signin.who(force.services, "00" * 32)


def test_the_secret_itself_is_not_kept(force: Force) -> None:
    _person, secret = signin.sign_in(force.services, "officer", PASSWORD)

    with force.services.store.read() as work:
        assert work.accounts.session(secret) is None


def test_a_person_who_leaves_is_signed_out_at_once(force: Force) -> None:
    _person, secret = signin.sign_in(force.services, "officer", PASSWORD)

    leaver(force)

    with pytest.raises(SignedOut):
        signin.who(force.services, secret)


def test_coming_back_does_not_revive_an_old_session(force: Force) -> None:
    _person, secret = signin.sign_in(force.services, "officer", PASSWORD)
    leaver(force)

    leaver(force, active=True)

    with pytest.raises(SignedOut):
        signin.who(force.services, secret)


def test_nobody_takes_their_own_access_away(force: Force) -> None:
    with pytest.raises(NoRight):
        leaver(force, "administrator")
