"""What the pages of blank labels show: the series of a person, and one series with every number accounted for."""

from dataclasses import dataclass, field

from ..domain.blank_labels import Account, Blank, BlankState, Series
from ..domain.errors import NotFound
from ..domain.people import Action, Person, ScopeKind, may
from .blank_labels import accounts_for, sees
from .context import Services
from .exhibits import may_see
from .ports import Work
from .ports.blank_labels import SeriesLine, SeriesNote

MOST_NOTES = 200


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the list: a series, its account, and whether it has been open for long."""

    series: Series
    account: Account
    old: bool


@dataclass(frozen=True, slots=True)
class Number:
    """One label of a series. `ref` names the item that bears it, empty where this person may not know of it."""

    blank: Blank
    by: str
    ref: str


@dataclass(frozen=True, slots=True)
class Told:
    """Something that was done with a series, and by whom."""

    note: SeriesNote
    by: str


@dataclass(frozen=True, slots=True)
class View:
    """One series. `may_print` until it is printed, for whoever ordered it or answers for it."""

    series: Series
    account: Account
    ordered_by: str
    numbers: list[Number]
    next_after: int | None
    told: list[Told]
    may_account: bool
    may_print: bool
    old: bool


def page(
    services: Services, by: Person, *, closed: bool = False, after: int = 0, limit: int = 50
) -> tuple[list[Row], int | None]:
    """The series that this person sees, and where the next page begins. The oldest open one comes first."""
    now = services.clock.now()
    with services.store.read() as work:
        found = work.blanks.page(_within_reach(by, closed=closed), after, limit + 1)
        accounts = work.blanks.accounts([one.number for one in found])
    rows = [Row(one, accounts.get(one.number, Account()), one.is_old(now)) for one in found[:limit]]
    return rows, found[limit - 1].number if len(found) > limit else None


def see(services: Services, by: Person, number: int, state: str = "", after: int = 0, limit: int = 100) -> View:
    """A series with its labels in this state or in any, from the number after `after` on. Raises NotFound."""
    wanted = BlankState(state) if state in set(BlankState) else None
    with services.store.read() as work:
        series = work.blanks.find(number)
        if not sees(by, series):
            raise NotFound("series")
        names = _Names(work, by)
        found = work.blanks.labels(number, wanted, after, limit + 1)
        mine = series.ordered_by == by.id and may(by, Action.ORDER_BLANKS)
        may_account = accounts_for(by, series)
        return View(
            series,
            work.blanks.accounts([number]).get(number, Account()),
            names.person(series.ordered_by),
            [Number(one, names.person(one.by), names.item(one.item)) for one in found[:limit]],
            found[limit - 1].serial if len(found) > limit else None,
            [Told(note, names.person(note.by)) for note in work.blanks.notes(number, MOST_NOTES)],
            may_account and series.job is not None,
            (mine or may_account) and series.job is None and series.closed_at is None,
            series.is_old(services.clock.now()),
        )


def holders(services: Services, by: Person, *, all_of_them: bool = False) -> dict[str, str]:
    """Who a series can be ordered for, or handed on to: for `OrderForm.holder`, with their names; oneself first."""
    with services.store.read() as work:
        people = [account.person for account in work.accounts.all("", 0, 2_000) if account.person.id != by.id]
        teams = work.teams.all()
    found = {f"person:{by.id}": f"{by.called} (you)"} if may(by, Action.ORDER_BLANKS) else {}
    everyone = all_of_them or may(by, Action.KEEP_BLANKS)
    if not everyone:
        return found
    found |= {f"team:{number}": f"The team {name}" for number, name in teams.items()}
    return found | {f"person:{one.id}": one.called for one in people if may(one, Action.ORDER_BLANKS)}


@dataclass(slots=True)
class _Names:
    """Names of people and references of items, each looked up once."""

    work: Work
    by: Person
    people: dict[int, str] = field(default_factory=dict)

    def person(self, number: int | None) -> str:
        """What the person is called; nothing where nobody is."""
        if number is None:
            return ""
        if number not in self.people:
            self.people[number] = self.work.accounts.find(number).person.called
        return self.people[number]

    def item(self, register_no: int | None) -> str:
        """The item's reference and case, where this person may know of it."""
        if register_no is None:
            return ""
        exhibit = self.work.items.find(register_no).exhibit
        case = self.work.cases.find(exhibit.case.id)
        return f"{exhibit.ref} in {case.reference}" if may_see(self.by, case, exhibit) else ""


def _within_reach(by: Person, *, closed: bool) -> SeriesLine:
    """Their own and their team's, and whatever their rights over other people's reach."""
    wide = [
        one for one in by.grants if may(Person(by.id, by.name, by.rank, by.number, by.team, (one,)), Action.SEE_BLANKS)
    ]
    teams = {one.scope for one in wide if one.kind is ScopeKind.TEAM and one.scope is not None}
    if wide and by.team is not None:
        teams.add(by.team)
    everything = any(one.kind is ScopeKind.FORCE for one in wide)
    return SeriesLine(by.id, by.team, tuple(sorted(teams)), everything, closed)
