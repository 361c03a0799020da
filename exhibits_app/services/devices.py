"""Enrolled devices, and people's turns at them: badge and PIN to begin, one scan to switch."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from labels import payload

from ..domain.errors import (
    DeviceRevoked,
    DeviceUnknown,
    NoOperator,
    NotFound,
    OperatorSessionEnded,
    PinNeeded,
    PinWrong,
    RevokedLabel,
    WrongKindOfCode,
)
from ..domain.people import Action, Grant, Person, Role, ScopeKind, require
from ..domain.places import PlaceKind
from ..domain.text import LINE_LIMIT, NAME_LIMIT, required
from .codes import parse, unknown
from .context import Services
from .label_life import PRINTED, first_scan
from .ports import Device, IssuedLabel, OperatorSession, SequenceGap, Work
from .signin import check_attempts, fingerprint, matches

# Who walks from device to device with somebody's badge has so many times the guesses of one device, and no more.
FREE_EVERYWHERE = 4


@dataclass(frozen=True, slots=True)
class Turn:
    """A person's live turn at a device."""

    session: OperatorSession
    person: Person


def enrol(services: Services, by: Person, name: str, store: int | None) -> tuple[Device, str]:
    """Enrol a device and give its token, which is shown once and kept as its hash alone. Raises BadInput, NotFound."""
    require(by, Action.MANAGE_DEVICES)
    clean = required(name, "name", "a name for the device", NAME_LIMIT)
    token = services.ids.random(32).hex()
    now = services.clock.now()

    def add(work: Work) -> Device:
        if store is not None and work.places.find(store).kind is not PlaceKind.STORE:
            raise NotFound("store")
        return work.devices.add(clean, store, fingerprint(token), now, by.id)

    return services.store.write(add), token


def revoke(services: Services, by: Person, device: int) -> None:
    """Revoke a device: its token is worth nothing, and every turn at it is over. Raises NotFound."""
    require(by, Action.MANAGE_DEVICES)
    now = services.clock.now()

    def end(work: Work) -> None:
        work.devices.find(device)
        work.devices.revoke(device, now, by.id)

    services.store.write(end)


@dataclass(frozen=True, slots=True)
class Fleet:
    """Every device ever enrolled, with the stores by id that they can stand in, and the numbers that acts skipped."""

    devices: list[Device]
    stores: dict[int, str]
    gaps: list[SequenceGap]


def fleet(services: Services, by: Person) -> Fleet:
    """The devices by name. Raises NoRight."""
    require(by, Action.MANAGE_DEVICES)
    with services.store.read() as work:
        return Fleet(work.devices.all(), {store.id: store.name for store in work.places.stores()}, work.devices.gaps())


def write_off(services: Services, by: Person, device: int, reason: str) -> None:
    """The acts that this device skipped will never arrive, and an administrator says why. Raises MissingValue."""
    require(by, Action.MANAGE_DEVICES)
    why = required(reason, "reason", "why these scans will never arrive", LINE_LIMIT)
    now = services.clock.now()

    def change(work: Work) -> None:
        work.devices.write_off(work.devices.find(device).id, now, by.id, why)

    services.store.write(change)


def of_token(services: Services, by: Person, device: int, token: str) -> Device:
    """The live device whose token this is. Raises NoRight, DeviceUnknown, DeviceRevoked."""
    require(by, Action.MANAGE_DEVICES)
    with services.store.read() as work:
        found = by_token(work, token)
    if found.id != device:
        raise DeviceUnknown
    return found


def by_token(work: Work, token: str | None) -> Device:
    """The live device of this token. Raises DeviceUnknown, DeviceRevoked."""
    device = work.devices.by_token(fingerprint(token)) if token else None
    if device is None:
        raise DeviceUnknown
    if device.revoked_at is not None:
        raise DeviceRevoked(device.name)
    return device


def still_enrolled(work: Work, device: Device) -> Device:
    """The device as this transaction sees it. Raises DeviceRevoked: nothing is kept from a device revoked before."""
    found = work.devices.find(device.id)
    if found.revoked_at is not None:
        raise DeviceRevoked(found.name)
    return found


def begin_turn(services: Services, device: Device, badge: str, pin: str | None) -> Turn:
    """Begin a turn with badge and PIN, or switch to a live one with the badge alone.

    Raises PinNeeded, PinWrong, TooManyAttempts, and the refusals of the badge's code.
    """
    now = services.clock.now()
    if pin is None:
        return services.store.write(lambda work: _switched(services, work, device, badge, now))
    with services.store.read() as work:
        label, person = badge_label(work, badge)
        # By person, not by what was typed: a badge can be spelt in many ways, each of which would be tried anew.
        key, everywhere = f"pin:{device.id}:{person.id}", f"pin:{person.id}"
        check_attempts(services, work, key, now)
        check_attempts(services, work, everywhere, now, FREE_EVERYWHERE)
        stored = work.accounts.find(person.id).pin_hash
    if not stored or not matches(services.hasher, stored, pin):
        services.store.write(lambda work: _count_failures(work, (key, everywhere), now))
        raise PinWrong
    session = OperatorSession(
        services.ids.event_id(), device.id, person.id, now, now, now + services.limits.turn_length
    )

    def begin(work: Work) -> None:
        first_scan(work, label.code, now, person.id, now)
        for one in (key, everywhere):
            work.accounts.forget_failures(one)
        work.devices.start_turn(session)

    services.store.write(begin)
    return Turn(session, person)


def _switched(services: Services, work: Work, device: Device, badge: str, now: datetime) -> Turn:
    """The person's live turn at this device; the scan of the badge keeps it so. Raises PinNeeded."""
    label, person = badge_label(work, badge)
    live = work.devices.turn_of(device.id, person.id, now)
    # A badge that was never scanned proves nothing yet: its first scan is with the PIN.
    if live is None or now - live.seen_at > services.limits.turn_idle or label.state == PRINTED:
        raise PinNeeded
    work.devices.touch_turn(live.id, now)
    return Turn(replace(live, seen_at=now), person)


def _count_failures(work: Work, keys: tuple[str, ...], now: datetime) -> None:
    for key in keys:
        work.accounts.count_failure(key, now)


def end_turn(services: Services, device: Device, session: str) -> None:
    """End a turn at this device. Raises OperatorSessionEnded for a turn elsewhere."""
    now = services.clock.now()

    def end(work: Work) -> None:
        turn = work.devices.turn(session)
        if turn is None or turn.device != device.id:
            raise OperatorSessionEnded
        work.devices.end_turn(session, now)

    services.store.write(end)


def turn_at(services: Services, work: Work, device: Device, session: str | None, at: datetime | None = None) -> Turn:
    """The turn of this id at this device, live now or when the act was done at `at`. Raises NoOperator,
    OperatorSessionEnded.

    A queue that was filled offline is sent late: what counts is that the turn was begun at this device and that its
    person had not ended it, and had not left, when the act was done; its idle time is measured by the page, which
    locks itself.
    """
    if not session:
        raise NoOperator
    done = services.clock.now() if at is None else at
    turn = work.devices.turn(session)
    if turn is None or turn.device != device.id or (turn.ended_at is not None and done >= turn.ended_at):
        raise OperatorSessionEnded
    if done > turn.expires_at + timedelta(days=7):
        raise OperatorSessionEnded
    person = work.accounts.person(turn.person)
    if not person.active and turn.ended_at is None:
        raise OperatorSessionEnded
    return Turn(turn, person)


def as_they_were(work: Work, person: Person, at: datetime) -> Person:
    """The person with the roles they had then: what was done by right is not undone by losing the role."""
    held: list[dict[str, Any]] = list(work.accounts.grants_ever(person.id))
    grants = [
        Grant(Role(one["role"]), ScopeKind(one["kind"]), one["scope"])
        for one in held
        if one["granted_at"] <= at and (one["ended_at"] is None or at < one["ended_at"])
    ]
    return replace(person, grants=tuple(grants), active=True)


def badge_label(work: Work, badge: str) -> tuple[IssuedLabel, Person]:
    """The badge, live or printed and not yet scanned, and the person whose it is. Raises LabelRefusal."""
    code = parse(badge)
    if payload.type_of(code) is not payload.CodeType.PERSON:
        raise WrongKindOfCode(payload.printed(code), "something else", "a person's badge")
    label = work.labels.find(code)
    if label is None or label.subject is None:
        raise unknown(work, code)
    if label.state not in {"live", PRINTED}:
        raise RevokedLabel(payload.printed(code), "a badge", label.revoked_reason or "replaced")
    person = work.accounts.person(label.subject)
    if not person.active:
        raise RevokedLabel(payload.printed(code), person.called, "this person has left")
    return label, person
