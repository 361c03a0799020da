"""The work list of what people still hold who have left: a supervisor offers it on to somebody who is here."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from ..domain.cases import Case
from ..domain.people import Action, Person, ScopeKind, may, require
from .context import Services
from .ports import ListedItem, Work

# A badge in the navigation is read on every page.
MOST_ON_BADGE = 100


@dataclass(frozen=True, slots=True)
class Row:
    """An item that somebody holds who has left. `hidden` is for a restricted case of others."""

    item: ListedItem
    case: Case
    hidden: bool
    may_offer: bool


def page(services: Services, by: Person, after: int = 0, limit: int = 50) -> tuple[list[Row], int | None]:
    """What people who left still hold, within this person's teams, and where the next page begins. Raises NoRight."""
    require(by, Action.ACT_FOR_LEAVER)
    with services.store.read() as work:
        found = [one for team in _teams(by) for one in work.items.held_by_leavers(team, after, limit + 1)]
        found.sort(key=lambda one: one.exhibit.register_no)
        work.cases.meet(listed.exhibit.case.id for listed in found)
        rows = [_row(work, by, listed) for listed in found[:limit]]
    return rows, found[limit - 1].exhibit.register_no if len(found) > limit else None


def waiting(services: Services, by: Person) -> int:
    """How many there are for this person, counted to MOST_ON_BADGE; 0 for who may not act for leavers."""
    if not may(by, Action.ACT_FOR_LEAVER):
        return 0
    with services.store.read() as work:
        return min(MOST_ON_BADGE, sum(len(work.items.held_by_leavers(team, 0, MOST_ON_BADGE)) for team in _teams(by)))


def _teams(by: Person) -> Sequence[int | None]:
    """The teams whose items this person answers for; None alone for all."""
    grants = [one for one in by.grants if may(replace(by, grants=(one,)), Action.ACT_FOR_LEAVER)]
    if any(grant.kind is ScopeKind.FORCE for grant in grants):
        return [None]
    return list({grant.scope for grant in grants if grant.kind is ScopeKind.TEAM and grant.scope is not None})


def _row(work: Work, by: Person, listed: ListedItem) -> Row:
    case = work.cases.find(listed.exhibit.case.id)
    hidden = case.restricted and not may(by, Action.SEE_CASE, case.target)
    return Row(listed, case, hidden, not hidden and may(by, Action.ACT_FOR_LEAVER, case.target))
