"""Teams of officers, in SQL."""

from sqlalchemy import select

from ..rows import team
from ..sql import Session, Statement, numbering

_ADD = Statement(numbering(team, "name"))
_ALL = Statement(select(team.c.id, team.c.name).order_by(team.c.name, team.c.id))


class SqlTeams:
    """Implements the Teams port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, name: str) -> int:
        """Keep a new team and give its id."""
        return int(self._session.value(_ADD, name=name))

    def all(self) -> dict[int, str]:
        """Names by id."""
        return {row[0]: row[1] for row in self._session.all(_ALL)}
