"""Alarms about what devices sent: the same id with other content is no accident of the network."""

from dataclasses import dataclass

from ..domain.errors import NotFound
from ..domain.people import Action, Person, may, require
from ..domain.text import LINE_LIMIT, required
from .context import Services
from .ports import ActAlarm, Work

MOST_ON_BADGE = 100


@dataclass(frozen=True, slots=True)
class Line:
    """An alarm with names. `closed_by` is empty while it is open."""

    alarm: ActAlarm
    device: str
    closed_by: str


def page(services: Services, by: Person, after: int = 0, limit: int = 50) -> tuple[list[Line], int | None]:
    """Alarms, newest first, and where the next page begins. Raises NoRight."""
    _require(by)
    with services.store.read() as work:
        found = work.act_alarms.page(after, limit + 1)
        lines = [
            Line(
                one,
                work.devices.find(one.device).name,
                work.accounts.person(one.closed_by).called if one.closed_by else "",
            )
            for one in found[:limit]
        ]
    return lines, found[limit - 1].id if len(found) > limit else None


def waiting(services: Services, by: Person) -> int:
    """How many are open, counted to MOST_ON_BADGE; 0 for who may not see them."""
    if not _may(by):
        return 0
    with services.store.read() as work:
        return work.act_alarms.open_count(MOST_ON_BADGE)


def close(services: Services, by: Person, alarm: int, finding: str) -> None:
    """Say what came of an alarm. Raises MissingValue, NotFound for one that is closed already."""
    _require(by)
    said = required(finding, "finding", "what came of it", LINE_LIMIT)
    now = services.clock.now()

    def change(work: Work) -> None:
        if not work.act_alarms.close(alarm, now, by.id, said):
            raise NotFound("open alarm")

    services.store.write(change)


def _may(by: Person) -> bool:
    return may(by, Action.MANAGE_DEVICES) or may(by, Action.SETTLE)


def _require(by: Person) -> None:
    if not _may(by):
        require(by, Action.MANAGE_DEVICES)
