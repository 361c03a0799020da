"""Acknowledging deadlines, and showing who did."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from ..domain.acknowledging import MOST_DAYS, Acknowledgement
from ..domain.clocks import Clock, ClockKind, running
from ..domain.errors import AlreadyAcknowledged, NotAChoice
from ..domain.people import Action, Person, require
from ..domain.show import day_and_time, iso
from ..domain.text import LINE_LIMIT, required, whole_number
from .context import Services
from .ports import Work


@dataclass(frozen=True, slots=True)
class Shown:
    """An acknowledgement with the name of who made it."""

    one: Acknowledgement
    by: str


def key(clock: Clock) -> str:
    """What tells a running clock of an item from its others in a form."""
    return f"{clock.kind.value} {iso(clock.due)}"


def can_be(clock: Clock) -> bool:
    """Whether the clock can be acknowledged at all: one of which nobody is told needs no such thing."""
    return clock.kind is not ClockKind.SIGHTING


def acknowledge(services: Services, by: Person, register_no: int, clock: str, days: str, reason: str) -> None:
    """Keep that this person knows of a running clock of the item, for so many days. It decides nothing.

    Raises NoRight, NotFound, NotAChoice for a clock that does not run, AlreadyAcknowledged, and BadInput.
    """
    now = services.clock.now()

    def change(work: Work) -> None:
        exhibit = work.items.find(register_no).exhibit
        require(by, Action.ACKNOWLEDGE, work.cases.find(exhibit.case.id).target)
        length = timedelta(days=whole_number(days, "days", "for how many days", 1, MOST_DAYS))
        said = required(reason, "reason", "why it waits", LINE_LIMIT)
        chosen = [one for one in running(exhibit, work.policies.current(now)) if can_be(one) and key(one) == clock]
        if not chosen:
            raise NotAChoice("clock", "the deadline")
        before = of_clock(work.alerts.acknowledged([register_no]), register_no, chosen[0])
        if before is not None and before.holds(now):
            raise AlreadyAcknowledged("clock", work.accounts.person(before.by).called, day_and_time(before.until))
        number = before.number + 1 if before else 1
        work.alerts.acknowledge(
            Acknowledgement(register_no, chosen[0].kind, chosen[0].due, number, by.id, now, now + length, said)
        )

    services.store.write(change)


def of_clock(found: Iterable[Acknowledgement], register_no: int, clock: Clock) -> Acknowledgement | None:
    """The latest acknowledgement of this very clock."""
    of_it = [one for one in found if one.register_no == register_no and one.is_of(clock)]
    return max(of_it, key=lambda one: one.number, default=None)


def shown(work: Work, register_nos: Iterable[int]) -> list[Shown]:
    """Every acknowledgement of these items with names, the oldest first."""
    return [Shown(one, work.accounts.person(one.by).called) for one in work.alerts.acknowledged(register_nos)]
