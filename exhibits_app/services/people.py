"""Managing people: accounts, grants, badges' PINs, and links to sign in with the first time."""

import re
from dataclasses import dataclass, replace

from ..domain.errors import MissingValue, NoRight, NotAChoice
from ..domain.people import RANKS, Action, Grant, Person, Role, ScopeKind, require
from ..domain.text import NAME_LIMIT, choice, optional, required
from . import signin
from .context import Services
from .ports import Account, Work

_SIGN_IN_NAME = re.compile(r"[a-z0-9][a-z0-9._-]{1,59}")
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+")


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
    """Add a person without any right and without a password. Raises BadInput, NoRight."""
    require(by, Action.MANAGE_PEOPLE)
    return services.store.write(lambda work: work.accounts.add(_checked(form)))


def change_person(services: Services, by: Person, person: int, form: PersonForm) -> None:
    """Change a person; one who leaves loses every session at once."""
    require(by, Action.MANAGE_PEOPLE)
    now = services.clock.now()

    def change(work: Work) -> None:
        old = work.accounts.find(person)
        new = _checked(form)
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
    _not_self(by, person)
    _check_scope(wanted)
    now = services.clock.now()
    services.store.write(lambda work: work.accounts.grant(person, wanted, by.id, now))


def end_grant(services: Services, by: Person, person: int, old: Grant) -> None:
    """Take a role in a scope back."""
    require(by, Action.MANAGE_PEOPLE)
    now = services.clock.now()
    services.store.write(lambda work: work.accounts.end_grant(person, old, by.id, now))


def first_link(services: Services, by: Person, person: int) -> str:
    """A one-time sign-in link's secret for a person, to be handed over by the administrator."""
    require(by, Action.MANAGE_PEOPLE)
    with services.store.read() as work:
        work.accounts.find(person)
    return signin.new_link(services, person)


def list_people(services: Services, by: Person, text: str = "", after: int = 0, limit: int = 50) -> list[Account]:
    """People by id."""
    require(by, Action.MANAGE_PEOPLE)
    wanted = optional(text, "q", "the search", NAME_LIMIT)
    with services.store.read() as work:
        return work.accounts.all(wanted, after, limit)


def colleagues(services: Services) -> list[Person]:
    """Everyone active, to choose an OIC, a supervisor, a seizing officer or a producer from."""
    with services.store.read() as work:
        everyone = work.accounts.all("", 0, 2_000)
    return [account.person for account in everyone if account.person.active]


def _checked(form: PersonForm) -> Account:
    sign_in_name = required(form.sign_in_name, "sign_in_name", "a sign-in name", 60).lower()
    if not _SIGN_IN_NAME.fullmatch(sign_in_name):
        raise MissingValue("sign_in_name", "a sign-in name of letters, digits, dots and hyphens")
    email = optional(form.email, "email", "the e-mail address", NAME_LIMIT)
    if email and not _EMAIL.fullmatch(email):
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


def _not_self(by: Person, person: int) -> None:
    if by.id == person:
        raise NoRight("give yourself a role")


def _check_scope(wanted: Grant) -> None:
    if wanted.kind is not ScopeKind.FORCE and wanted.scope is None:
        raise NotAChoice("scope", "the store, team or case that the role is for")
    if wanted.role is Role.ADMINISTRATOR and wanted.kind is not ScopeKind.FORCE:
        raise NotAChoice("scope", "the whole force: an administrator has no narrower scope")
