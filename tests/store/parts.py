"""People, places, cases and items as the store's tests need them, made through the store alone."""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from itertools import count

from sqlalchemy import create_engine

from exhibits_app.clock import SystemIds
from exhibits_app.domain.cases import Case, CaseCategory
from exhibits_app.domain.events import BookedIn, Envelope, Event, Seized
from exhibits_app.domain.people import Person
from exhibits_app.domain.places import Place, PlaceKind
from exhibits_app.domain.policy import DEFAULT_RULES, Policy
from exhibits_app.services.ports import Account, Work
from exhibits_app.services.recording import Happening, new_item, record
from exhibits_app.store import SqlStore
from exhibits_app.store.rows import team

NOON = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)
IDS = SystemIds()
POLICY = Policy(0, NOON, DEFAULT_RULES)
_names = count(1)


@dataclass(frozen=True, slots=True)
class World:
    """The few things that every item needs."""

    officer: Person
    case: Case
    shelf: Place


def an_account(work: Work, name: str = "Reyes", sign_in_name: str | None = None, **particulars: object) -> Person:
    """A person with an account."""
    person = replace(Person(0, name, "PC", "4521"), **particulars)  # type: ignore[arg-type]
    sign_in_name = f"{name.lower()}{next(_names)}" if sign_in_name is None else sign_in_name
    return work.accounts.add(Account(person, sign_in_name, "", "", "")).person


def a_case(work: Work, officer: Person, reference: str = "51/100/26", **particulars: object) -> Case:
    """A case of this officer's."""
    category = CaseCategory.OTHER
    case = Case(0, reference, "A death", category, oic=officer.ref, **particulars)  # type: ignore[arg-type]
    return work.cases.add(case, NOON, officer.id)


def a_world(store: SqlStore) -> World:
    """An officer, a case of theirs and a shelf in a store."""

    def make(work: Work) -> World:
        officer = an_account(work)
        place = work.places.add("Ilford transit store", PlaceKind.STORE, None, frozenset())
        shelf = work.places.add("bay 2", PlaceKind.BAY, place.id, frozenset())
        return World(officer, a_case(work, officer), shelf)

    return store.write(make)


def an_envelope(world: World, at: datetime = NOON) -> Envelope:
    """When and by whom."""
    return Envelope(IDS.event_id(), at, at, world.officer.ref, IDS.event_id())


def register(
    work: Work,
    world: World,
    reference: str = "MR/1",
    at: datetime = NOON,
    category: str = "UNK",
    description: str = "a bed sheet",
) -> int:
    """Seize an item; its register number."""
    held = new_item(work.items.next_register_no())
    officer = world.officer.ref
    body = Seized(world.case.ref, reference, description, category, officer, officer, seal=f"S{held.register_no}")
    record(work, IDS, POLICY, [Happening(held, an_envelope(world, at), body)])
    return held.register_no


def book_in(work: Work, world: World, register_no: int, at: datetime = NOON + timedelta(hours=1)) -> Event:
    """Book the item into the world's shelf."""
    held = work.items.hold(register_no)
    (event,) = record(work, IDS, POLICY, [Happening(held, an_envelope(world, at), BookedIn(world.shelf.ref))])
    return event


def filled(store: SqlStore, count: int = 23) -> World:
    """A world with so many items, seized an hour apart, the even ones booked in."""
    world = a_world(store)

    def fill(work: Work) -> None:
        for at in range(1, count + 1):
            seized = NOON + timedelta(hours=at)
            number = register(work, world, f"MR/{at}", seized)
            if at % 2 == 0:
                book_in(work, world, number, seized + timedelta(minutes=5))

    store.write(fill)
    return world


def make_teams_alone(url: str) -> None:
    """The table of teams and no other, for tests of servers that need something to read and write."""
    engine = create_engine(url)
    team.create(engine)
    engine.dispose()
