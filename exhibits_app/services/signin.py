"""Establishing who is asking: passwords and one-time links in a browser, badges and PINs at a device."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from ..domain.errors import (
    BadSignIn,
    LinkSpent,
    PasswordTooShort,
    PasswordWrong,
    PinsDiffer,
    PinTooSimple,
    SignedOut,
    TooManyAttempts,
)
from ..domain.people import Person
from .context import Services
from .ports import Account, WebSession, Work

SHORTEST_PASSWORD = 12


def sign_in(services: Services, name: str, password: str) -> tuple[Person, str]:
    """The person and a fresh session secret. Raises BadSignIn, TooManyAttempts.

    A wrong name costs one check of a hash, as a wrong password does, so that names cannot be found out.
    """
    person, key = _known(services, name, password)
    return person, _begin(services, person, key, services.clock.now())


def second_person(services: Services, name: str, password: str) -> Person:
    """Somebody who vouches, beside whoever is signed in, by name and password; they are not signed in by it.

    Raises BadSignIn, TooManyAttempts.
    """
    person, key = _known(services, name, password)
    services.store.write(lambda work: work.accounts.forget_failures(key))
    return person


def _known(services: Services, name: str, password: str) -> tuple[Person, str]:
    """The person, and the key that wrong attempts for this name are counted under."""
    now = services.clock.now()
    key = f"name:{name.strip().lower()[:200]}"
    with services.store.read() as work:
        check_attempts(services, work, key, now)
        account = work.accounts.by_name(name.strip().lower())
    usable = account is not None and account.person.active and bool(account.password_hash)
    stored = account.password_hash if account and usable else _decoy(services.hasher)
    if not matches(services.hasher, stored, password) or account is None or not usable:
        services.store.write(lambda work: work.accounts.count_failure(key, now))
        raise BadSignIn
    return account.person, key


def spend_link(services: Services, secret: str) -> tuple[Person, str]:
    """Sign in once by a link that an administrator handed over; the old password, if any, is void. Raises LinkSpent."""
    now = services.clock.now()

    def spend(work: Work) -> Person:
        person = work.accounts.spend_link(fingerprint(secret), now)
        found = work.accounts.person(person) if person is not None else None
        if found is None or not found.active:
            raise LinkSpent
        work.accounts.save(_with(work.accounts.find(found.id), password_hash=""))
        return found

    person = services.store.write(spend)
    return person, _begin(services, person, "", now)


def new_link(services: Services, person: int) -> str:
    """The secret of a fresh one-time link for the person; it is kept as its hash alone."""
    secret = services.ids.random(24).hex()
    expires = services.clock.now() + services.limits.link_life
    services.store.write(lambda work: work.accounts.add_link(fingerprint(secret), person, expires))
    return secret


def who(services: Services, secret: str) -> tuple[Person, WebSession]:
    """The person whose session this is. Raises SignedOut when it has ended, run out or never was."""
    now = services.clock.now()
    key = fingerprint(secret)
    with services.store.read() as work:
        session = work.accounts.session(key)
        if session is None or not _alive(services, session, now):
            raise SignedOut
        person = work.accounts.person(session.person)
    if not person.active:
        raise SignedOut
    if now - session.seen_at > timedelta(seconds=60):
        services.store.write(lambda work: work.accounts.touch_session(key, now))
    return person, session


def sign_out(services: Services, secret: str) -> None:
    """End the session; a copy of the cookie is worth nothing afterwards."""
    now = services.clock.now()
    services.store.write(lambda work: work.accounts.end_session(fingerprint(secret), now))


def set_password(services: Services, person: int, password: str, secret: str = "") -> None:
    """Set a new password and end every browser session but the one with this secret. Raises PasswordTooShort.

    Turns at devices go on: they were begun with the PIN, and what is queued there must still arrive.
    """
    if len(password) < SHORTEST_PASSWORD:
        raise PasswordTooShort
    hashed = services.hasher.hash(password)
    now = services.clock.now()

    def change(work: Work) -> None:
        account = work.accounts.find(person)
        work.accounts.save(_with(account, password_hash=hashed))
        work.accounts.end_browser_sessions(person, now, but=fingerprint(secret))

    services.store.write(change)


def needs_current(services: Services, by: Person) -> bool:
    """Whether a new password must be proved by the present one; after a one-time link there is none."""
    with services.store.read() as work:
        return bool(work.accounts.find(by.id).password_hash)


def change_password(services: Services, by: Person, current: str, password: str, secret: str) -> None:
    """Set one's own new password, proved by the present one where there is one.

    Raises PasswordWrong, PasswordTooShort, TooManyAttempts.
    """
    if needs_current(services, by):
        _prove(services, by, current)
    set_password(services, by.id, password, secret)


def set_pin(services: Services, person: int, pin: str) -> None:
    """Set the PIN that goes with the person's badge. Raises PinTooSimple."""
    check_pin(pin)
    hashed = services.hasher.hash(pin)

    def change(work: Work) -> None:
        account = work.accounts.find(person)
        work.accounts.save(_with(account, pin_hash=hashed))

    services.store.write(change)


def change_pin(services: Services, by: Person, password: str, pin: str, again: str) -> None:
    """Set one's own PIN, proved by one's password: an unattended browser must not give away the badge as well.

    Raises PasswordWrong, PinsDiffer, PinTooSimple, TooManyAttempts.
    """
    _prove(services, by, password)
    if pin != again:
        raise PinsDiffer
    set_pin(services, by.id, pin)


def _prove(services: Services, by: Person, password: str) -> None:
    """Raise PasswordWrong unless this is the person's password, TooManyAttempts after too many wrong ones."""
    now = services.clock.now()
    key = f"own:{by.id}"
    with services.store.read() as work:
        check_attempts(services, work, key, now)
        stored = work.accounts.find(by.id).password_hash
    if not stored or not matches(services.hasher, stored, password):
        services.store.write(lambda work: work.accounts.count_failure(key, now))
        raise PasswordWrong
    services.store.write(lambda work: work.accounts.forget_failures(key))


def check_pin(pin: str) -> None:
    """Raise PinTooSimple unless the PIN is 6 to 8 digits and neither a run nor one digit repeated."""
    digits = "0123456789"
    runs = digits + digits
    if not (pin.isascii() and pin.isdigit() and 6 <= len(pin) <= 8):
        raise PinTooSimple
    if len(set(pin)) == 1 or pin in runs or pin in runs[::-1]:
        raise PinTooSimple


def check_attempts(services: Services, work: Work, key: str, now: datetime, free: int = 1) -> None:
    """Raise TooManyAttempts while the wait after too many failures runs; it doubles with each, up to a limit.

    `free` is how many times as many failures as usual cost nothing.
    """
    failures, last = work.accounts.failures(key)
    over = failures - services.limits.free_attempts * free
    if over < 0 or last is None:
        return
    wait = min(timedelta(seconds=30) * 2 ** min(over, 10), services.limits.longest_wait)
    left = (last + wait - now).total_seconds()
    if left > 0:
        raise TooManyAttempts(int(left) + 1)


def matches(hasher: PasswordHasher, stored: str, given: str) -> bool:
    """Whether what was given is what the hash was made from."""
    try:
        return hasher.verify(stored, given)
    except (VerificationError, InvalidHashError):
        return False


def fingerprint(secret: str) -> str:
    """The SHA-256 of a secret in hex: what is kept of session secrets, links and device tokens."""
    return hashlib.sha256(secret.encode()).hexdigest()


def same(one: str, other: str) -> bool:
    """Compare two secrets in constant time."""
    return hmac.compare_digest(one, other)


def _begin(services: Services, person: Person, key: str, now: datetime) -> str:
    secret = services.ids.random(32).hex()

    def begin(work: Work) -> None:
        if key:
            work.accounts.forget_failures(key)
        work.accounts.start_session(WebSession(fingerprint(secret), person.id, now, now))

    services.store.write(begin)
    return secret


def _alive(services: Services, session: WebSession, now: datetime) -> bool:
    limits = services.limits
    return (
        session.ended_at is None
        and now - session.seen_at < limits.session_idle + timedelta(seconds=60)
        and now - session.started_at < limits.session_length
    )


def _decoy(hasher: PasswordHasher) -> str:
    """A hash of zeros: as dear to check as a real one, dear to nobody to make, and nobody knows what it is of."""
    cost = f"m={hasher.memory_cost},t={hasher.time_cost},p={hasher.parallelism}"
    salt, digest = (base64.b64encode(bytes(size)).decode().rstrip("=") for size in (hasher.salt_len, hasher.hash_len))
    return f"$argon2id$v=19${cost}${salt}${digest}"


def _with(account: Account, password_hash: str | None = None, pin_hash: str | None = None) -> Account:
    return Account(
        account.person,
        account.sign_in_name,
        account.email,
        account.password_hash if password_hash is None else password_hash,
        account.pin_hash if pin_hash is None else pin_hash,
    )
