"""What tests of blank labels do over and over: register items with them, and read their account."""

from exhibits_app.domain.blank_labels import Account
from exhibits_app.services import (
    blank_labels,
    register,
    series_pages,
)
from tests.support.force import Force


def account(force: Force, number: int) -> Account:
    with force.services.store.read() as work:
        return work.blanks.accounts([number])[number]


def chain(force: Force, item: int) -> list[str]:
    with force.services.store.read() as work:
        return [entry.type for entry in work.ledger.of_item(item)]


def registered(force: Force, case_id: int, *labels: str, by: str = "officer") -> list[int]:
    """Register an item for each of these labels; an empty one is printed later."""
    search = register.SearchForm(force.clock.at, None, None)
    forms = [register.ItemForm("", "Knife", label=label) for label in labels]
    return [one.register_no for one in register.register(force.services, force.person(by), case_id, search, forms)]


def declare(force: Force, number: int, numbers: str, state: str, by: str = "officer") -> None:
    blank_labels.declare(force.services, force.person(by), number, numbers, state, "Left on the roof of the car")


def view(force: Force, number: int, by: str = "officer") -> series_pages.View:
    return series_pages.see(force.services, force.person(by), number)


def told(force: Force, number: int) -> list[tuple[str, str, str]]:
    return [(one.note.kind, one.note.numbers, one.by) for one in view(force, number).told]
