"""The outbox as administrators see it: messages that wait or were given up, and trying one of those again."""

from dataclasses import dataclass

from ..domain.people import Action, Person, may, require
from .context import Services
from .ports import UnsentMessage, Work

MOST_ON_BADGE = 100


@dataclass(frozen=True, slots=True)
class Unsent:
    """One page of the dead letters, newest first, and the messages that wait, the next to be tried first.

    `waiting` holds the first of them; `waiting_in_all` counts them, to 10,000 and no further.
    """

    dead: list[UnsentMessage]
    next_after: int | None
    waiting: list[UnsentMessage]
    waiting_in_all: int
    sending: bool


def page(services: Services, by: Person, after: int = 0, limit: int = 50) -> Unsent:
    """What was not sent; never what a message says. Raises NoRight."""
    require(by, Action.MANAGE_PEOPLE)
    with services.store.read() as work:
        dead = work.alerts.dead(after, limit + 1)
        waiting = work.alerts.waiting(limit)
        counts = work.alerts.outbox()
    next_after = dead[limit - 1].id if len(dead) > limit else None
    return Unsent(dead[:limit], next_after, waiting, counts["waiting"], services.mailer.active)


def given_up(services: Services, by: Person) -> int:
    """How many were given up, counted to MOST_ON_BADGE; 0 for who may not see them."""
    if not may(by, Action.MANAGE_PEOPLE):
        return 0
    with services.store.read() as work:
        return len(work.alerts.dead(0, MOST_ON_BADGE))


def again(services: Services, by: Person, message: int) -> bool:
    """Have a message that was given up sent in the next round, once; False when it waits or went out. Raises NoRight.

    It keeps its id and its count of tries: if it is refused again it is given up again.
    """
    require(by, Action.MANAGE_PEOPLE)
    now = services.clock.now()

    def change(work: Work) -> bool:
        return work.alerts.try_again(message, now)

    return services.store.write(change)
