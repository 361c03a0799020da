"""How many decisions were overdue day by day: counted by the alert job in its first round of a day, and kept."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

from ..domain.people import Action, Person, require
from ..domain.show import london
from . import board
from .context import Services
from .ports import ItemLine

DAYS = 90


@dataclass(frozen=True, slots=True)
class Trend:
    """The last DAYS days, the oldest first; None for a day on which nobody counted. `team` is its name, "" for all."""

    days: list[tuple[date, int | None]]
    team: str

    @property
    def counted(self) -> bool:
        """Whether there is any day to show."""
        return any(count is not None for _, count in self.days)


def keep_today(services: Services) -> bool:
    """Count what is overdue now as today's, in London, unless that was done; True when it is new."""
    now = services.clock.now()
    return services.store.write(lambda work: work.trends.keep(london(now).date(), now))


def of_board(services: Services, by: Person, wanted: ItemLine) -> Trend | None:
    """The trend of the team that is asked for, or of all this person may see; None for who sees less than a team.

    The other filters of the board do not narrow it. Raises NoRight.
    """
    require(by, Action.SEE_BOARD)
    scope = board.within_scope(by, replace(ItemLine(), team=wanted.team))
    if scope.store is not None or scope.case is not None:
        return None
    first = london(services.clock.now()).date() - timedelta(days=DAYS - 1)
    with services.lists() as work:
        counted = work.trends.since(first, scope.team)
        team = "" if scope.team is None else work.teams.all().get(scope.team, "")
    days = [first + timedelta(days=ahead) for ahead in range(DAYS)]
    return Trend([(one, counted.get(one)) for one in days], team)
