"""Managing people: accounts, grants, badges' PINs, and links to sign in with the first time."""

import re
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from ..domain.errors import MissingValue, NoRight, NotAChoice
from ..domain.people import RANKS, Action, Grant, Person, Role, ScopeKind, require
from ..domain.places import Place
from ..domain.text import NAME_LIMIT, choice, is_email, optional, required
from . import signin
from .cases import note_read
from .context import Services
from .ports import Account, ListedItem, Work

_SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")

# So many of the items that a person holds are listed beside their particulars.
MOST_HELD = 100


@dataclass(frozen=True, slots=True)
class PersonForm:
    """A person as an administrator typed them."""

    name: str
    sign_in_name: str
    rank: str = "Staff"
    number: str = ""
    email: str = ""
    team: int | None = None
    active: bool = True


def add_person(services: Services, by: Person, form: PersonForm) -> Account:
    """Add a person without any right and without a password. Raises BadInput, NoRight, SignInNameTaken."""
    require(by, Action.MANAGE_PEOPLE)
    return services.store.write(lambda work: work.accounts.add(_checked(work, form)))


def change_person(services: Services, by: Person, person: int, form: PersonForm) -> None:
    """Change a person; one who leaves loses every session at once."""
    require(by, Action.MANAGE_PEOPLE)
    if by.id == person and not form.active:
        raise NoRight("take your own access away")
    now = services.clock.now()

    def change(work: Work) -> None:
        old = work.accounts.find(person)
        new = _checked(work, form)
        work.accounts.save(
            replace(
                old,
                person=replace(new.person, id=old.person.id, grants=old.person.grants),
                sign_in_name=new.sign_in_name,
                email=new.email,
            )
        )
        if not form.active:
            work.accounts.end_sessions_of(person, now)

    services.store.write(change)


def grant(services: Services, by: Person, person: int, wanted: Grant) -> None:
    """Give a role in a scope. Nobody grants to themselves."""
    require(by, Action.MANAGE_PEOPLE)
    if by.id == person:
        raise NoRight("give yourself a role")
    now = services.clock.now()

    def give(work: Work) -> None:
        _check_scope(work, wanted)
        work.accounts.grant(work.accounts.find(person).person.id, wanted, by.id, now)

    services.store.write(give)


def check_grant(services: Services, wanted: Grant) -> None:
    """Raise NotAChoice or NotFound unless there is such a scope and the role can be given for it."""
    with services.store.read() as work:
        _check_scope(work, wanted)


def end_grant(services: Services, by: Person, person: int, old: Grant) -> None:
    """Take a role in a scope back. Nobody takes it from themselves, so that an administrator always remains."""
    require(by, Action.MANAGE_PEOPLE)
    if by.id == person:
        raise NoRight("take a role from yourself")
    now = services.clock.now()
    services.store.write(lambda work: work.accounts.end_grant(person, old, by.id, now))


def first_link(services: Services, by: Person, person: int) -> str:
    """A one-time sign-in link's secret for a person, to be handed over; who made it for whom is logged.

    Whoever spends it becomes that person, which is why it is on the log that professional standards read.
    """
    require(by, Action.MANAGE_PEOPLE)
    with services.store.read() as work:
        work.accounts.find(person)
    secret = signin.new_link(services, person)
    note_read(services, by, "sign-in link", person)
    return secret


@dataclass(frozen=True, slots=True)
class GrantLine:
    """A role that a person has or had. `where` names its scope, `given_by` and `ended_by` the administrators."""

    grant: Grant
    where: str
    given_at: datetime
    given_by: str
    ended_at: datetime | None
    ended_by: str


@dataclass(frozen=True, slots=True)
class Particulars:
    """A person as an administrator sees them. `team` is its name; `has_badge` says whether a live one is out.

    `holds` are the first items of which they are the custodian, for whoever asks before they leave.
    """

    account: Account
    team: str
    grants: list[GrantLine]
    has_badge: bool
    holds: list[ListedItem] = field(default_factory=list)


def see_person(services: Services, by: Person, person: int) -> Particulars:
    """A person with every role they have or had, the latest first. Raises NoRight, NotFound."""
    require(by, Action.MANAGE_PEOPLE)
    with services.store.read() as work:
        account = work.accounts.find(person)
        lines = [_grant_line(work, values) for values in work.accounts.grants_ever(person)]
        team = work.teams.all().get(account.person.team or 0, "")
        holds = work.items.held_by(person, 0, MOST_HELD)
        return Particulars(account, team, lines[::-1], work.labels.live_of("P", person) is not None, holds)


@dataclass(frozen=True, slots=True)
class MyAccount:
    """What people see of themselves. `roles` are the live ones with the names of their scopes."""

    account: Account
    team: str
    roles: list[tuple[Role, str]]
    has_badge: bool

    @property
    def has_pin(self) -> bool:
        """Whether a PIN is set."""
        return bool(self.account.pin_hash)


def my_account(services: Services, by: Person) -> MyAccount:
    """One's own account."""
    with services.store.read() as work:
        account = work.accounts.find(by.id)
        roles = [(grant.role, _scope_name(work, grant)) for grant in account.person.grants]
        team = work.teams.all().get(account.person.team or 0, "")
        return MyAccount(account, team, roles, work.labels.live_of("P", by.id) is not None)


@dataclass(frozen=True, slots=True)
class Scopes:
    """What a role can be given for, besides the whole force and a single case."""

    stores: list[Place]
    teams: dict[int, str]


def scopes(services: Services) -> Scopes:
    """The stores and teams that a role can be given for."""
    with services.store.read() as work:
        return Scopes(work.places.stores(), work.teams.all())


def wanted_grant(services: Services, role: str, scope: str, case: str = "") -> Grant:
    """The grant that a form means: `scope` is "force" or like "store:3"; a case reference goes before it.

    Raises NotAChoice for a role, store or team that is not there, NotFound for a case that is not.
    """
    chosen = Role(choice(role, "role", "a role", frozenset(Role)))
    reference = optional(case, "case", "the case reference", 60)
    with services.store.read() as work:
        if reference:
            return Grant(chosen, ScopeKind.CASE, work.cases.by_reference(reference).id)
        return Grant(chosen, *_scope(work, scope))


def _scope(work: Work, text: str) -> tuple[ScopeKind, int | None]:
    what = "the store or team that the role is for"
    kind, _, number = text.partition(":")
    if choice(kind, "scope", what, frozenset(ScopeKind)) == ScopeKind.FORCE:
        return ScopeKind.FORCE, None
    known = {
        ScopeKind.STORE: {str(store.id) for store in work.places.stores()},
        ScopeKind.TEAM: {str(team) for team in work.teams.all()},
        ScopeKind.CASE: {number} if number.isascii() and number.isdigit() else set(),
    }
    return ScopeKind(kind), int(choice(number, "scope", what, known[ScopeKind(kind)]))


def list_teams(services: Services) -> dict[int, str]:
    """The teams' names by id."""
    with services.store.read() as work:
        return work.teams.all()


def list_people(services: Services, by: Person, text: str = "", after: int = 0, limit: int = 50) -> list[Account]:
    """People by id."""
    require(by, Action.MANAGE_PEOPLE)
    wanted = optional(text, "q", "the search", NAME_LIMIT)
    with services.store.read() as work:
        return work.accounts.all(wanted, after, limit)


def colleagues(services: Services) -> list[Person]:
    """Everyone active, to choose an OIC, a supervisor or a producer from; what they may do is not read."""
    with services.store.read() as work:
        return work.accounts.here()


def _grant_line(work: Work, values: dict[str, Any]) -> GrantLine:
    grant = Grant(Role(values["role"]), ScopeKind(values["kind"]), values["scope"])
    ended_by = work.accounts.find(values["ended_by"]).person.called if values["ended_by"] else ""
    given_by = work.accounts.find(values["granted_by"]).person.called
    return GrantLine(grant, _scope_name(work, grant), values["granted_at"], given_by, values["ended_at"], ended_by)


def _scope_name(work: Work, grant: Grant) -> str:
    """What the scope is called. A case is named by its reference alone: administrators read no case content."""
    scope = grant.scope or 0
    if grant.kind is ScopeKind.FORCE:
        return "the whole force"
    if grant.kind is ScopeKind.STORE:
        return work.places.find(scope).name
    if grant.kind is ScopeKind.TEAM:
        return work.teams.all().get(scope, "a team")
    return f"case {work.cases.find(scope).reference}"


def _checked(work: Work, form: PersonForm) -> Account:
    if form.team is not None and form.team not in work.teams.all():
        raise NotAChoice("team", "a team")
    sign_in_name = required(form.sign_in_name, "sign_in_name", "a sign-in name", 60).lower()
    if not _SIGN_IN_NAME.fullmatch(sign_in_name):
        raise MissingValue("sign_in_name", "a sign-in name of letters, digits, dots and hyphens")
    email = optional(form.email, "email", "the e-mail address", NAME_LIMIT)
    if email and not is_email(email):
        raise MissingValue("email", "an e-mail address, like name@example.test")
    person = Person(
        id=0,
        name=required(form.name, "name", "the person's name", NAME_LIMIT),
        rank=choice(form.rank, "rank", "a rank", frozenset(RANKS)),
        number=optional(form.number, "number", "the collar or staff number", 20),
        team=form.team,
        active=form.active,
    )
    return Account(person, sign_in_name, email, "", "")


def _check_scope(work: Work, wanted: Grant) -> None:
    what = "the store, team or case that the role is for"
    if wanted.kind is not ScopeKind.FORCE and wanted.scope is None:
        raise NotAChoice("scope", what)
    if wanted.kind is ScopeKind.TEAM and wanted.scope not in work.teams.all():
        raise NotAChoice("scope", what)
    if wanted.kind is ScopeKind.STORE and wanted.scope not in {store.id for store in work.places.stores()}:
        raise NotAChoice("scope", what)
    if wanted.kind is ScopeKind.CASE and wanted.scope is not None:
        work.cases.find(wanted.scope)
    if wanted.role is Role.ADMINISTRATOR and wanted.kind is not ScopeKind.FORCE:
        raise NotAChoice("scope", "the whole force: an administrator has no narrower scope")
