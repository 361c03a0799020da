"""Teams of officers: what cases belong to and what rights can be scoped to."""

from ..domain.errors import TeamNameTaken
from ..domain.people import Action, Person, require
from ..domain.text import NAME_LIMIT, required
from .context import Services
from .ports import Work


def add_team(services: Services, by: Person, name: str) -> int:
    """Add a team and give its id. Raises MissingValue, TooLong, TeamNameTaken, NoRight."""
    require(by, Action.MANAGE_PEOPLE)
    clean = required(name, "name", "the team's name", NAME_LIMIT)

    def change(work: Work) -> int:
        if clean.casefold() in {known.casefold() for known in work.teams.all().values()}:
            raise TeamNameTaken(clean)
        return work.teams.add(clean)

    return services.store.write(change)


def list_teams(services: Services, by: Person) -> dict[int, str]:
    """Teams by id. Raises NoRight."""
    require(by, Action.MANAGE_PEOPLE)
    with services.store.read() as work:
        return work.teams.all()
