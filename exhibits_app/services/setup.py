"""First steps: the first administrator, and who acts when commands are run on the machine itself."""

import os
from pathlib import Path

from ..domain.people import Grant, Person, Role
from .context import Services
from .ports import Account, Work

ADMINISTRATOR = "admin"
OPERATOR = "command-line"


def first_administrator(services: Services) -> Person:
    """Make the first administrator, without a password: they sign in by a one-time link."""
    return services.store.write(lambda work: _administrator(work, services, ADMINISTRATOR, "Administrator"))


def operator(services: Services) -> Person:
    """The person that stands for whoever may run commands on the machine: they hold the database anyway.

    It has no password and cannot sign in; the acts it is recorded with say "command line".
    """

    def find(work: Work) -> Person:
        known = work.accounts.by_name(OPERATOR)
        return known.person if known else _administrator(work, services, OPERATOR, "Command line")

    return services.store.write(find)


def write_secret(path: str, secret: str) -> None:
    """Write a secret to a file that its owner alone can read."""
    Path(path).unlink(missing_ok=True)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(secret)


def _administrator(work: Work, services: Services, sign_in_name: str, name: str) -> Person:
    account = work.accounts.add(Account(Person(0, name, "Staff", ""), sign_in_name, "", "", ""))
    work.accounts.grant(account.person.id, Grant(Role.ADMINISTRATOR), account.person.id, services.clock.now())
    return work.accounts.person(account.person.id)
