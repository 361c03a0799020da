"""The people, stores, places and devices of the invented force."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from ...domain.people import Grant, Person, Role, ScopeKind
from ...domain.places import Place, PlaceKind, Suits
from .. import labels
from ..context import Services
from ..ports import Account, Device, Work
from .words import FIRST, LAST

STORES = ("Ilford transit store", "Harbour Row store", "Central store")
TEAMS = ("CID North", "CID South", "Major Crime")


@dataclass
class Cast:
    """Who and what there is. `codes` are live label codes of places by id."""

    administrator: Person
    officers: list[Person] = field(default_factory=list)
    supervisors: list[Person] = field(default_factory=list)
    inspectors: list[Person] = field(default_factory=list)
    staff: dict[int, list[Person]] = field(default_factory=dict)
    stores: list[Place] = field(default_factory=list)
    places: dict[int, list[Place]] = field(default_factory=dict)
    labs: list[Place] = field(default_factory=list)
    submissions: list[Person] = field(default_factory=list)
    teams: list[int] = field(default_factory=list)
    devices: dict[int, Device] = field(default_factory=dict)
    codes: dict[int, str] = field(default_factory=dict)


def engage(services: Services, chance: Random, at: datetime, password_hash: str, pin_hash: str) -> Cast:
    """Make everyone and everything, with labels for the places and badges for everyone who scans."""
    cast = services.store.write(lambda work: _lay_out(work, chance, at, password_hash, pin_hash))
    places = [place.id for store in cast.stores for place in cast.places[store.id]] + [lab.id for lab in cast.labs]
    printed = labels.print_place_labels(services, cast.administrator, places, "L7160")
    cast.codes = dict(zip(places, printed.codes, strict=True))
    scanning = [person.id for store in cast.stores for person in cast.staff[store.id]]
    labels.print_badges(services, cast.administrator, scanning + [one.id for one in cast.officers], "L7160")
    return cast


def _lay_out(work: Work, chance: Random, at: datetime, password_hash: str, pin_hash: str) -> Cast:
    names = _names(chance)

    def person(sign_in_name: str, rank: str, team: int | None, *grants: Grant) -> Person:
        given = Person(0, next(names), rank, "" if rank == "Staff" else str(chance.randrange(1000, 9999)), team)
        email = f"{sign_in_name}@demonstration.test"
        kept = work.accounts.add(Account(given, sign_in_name, email, password_hash, pin_hash)).person
        for grant in grants:
            work.accounts.grant(kept.id, grant, kept.id, at)
        return work.accounts.person(kept.id)

    cast = Cast(person("admin", "Staff", None, Grant(Role.ADMINISTRATOR)))
    cast.teams = [work.teams.add(name) for name in TEAMS]
    for number, team in enumerate(cast.teams, start=1):
        scope = (ScopeKind.TEAM, team)
        cast.inspectors.append(person(f"inspector{number}", "DI", team, Grant(Role.SUPERVISOR, *scope)))
        cast.supervisors.append(person(f"supervisor{number}", "DS", team, Grant(Role.SUPERVISOR, *scope)))
        for seat in range(1, 5):
            name = f"officer{4 * (number - 1) + seat}"
            cast.officers.append(person(name, "DC" if seat % 2 else "PC", team, Grant(Role.OFFICER, *scope)))
    _lay_out_stores(work, cast, at)
    for number, store in enumerate(cast.stores, start=1):
        grant = Grant(Role.PROPERTY_OFFICER, ScopeKind.STORE, store.id)
        cast.staff[store.id] = [person(f"store{number}{letter}", "Staff", None, grant) for letter in "ab"]
    for name, role in (
        ("exhibits-officer", Role.EXHIBITS_OFFICER),
        ("submissions", Role.SUBMISSIONS),
        ("coroners-officer", Role.CORONERS_OFFICER),
        ("disclosure", Role.DISCLOSURE_OFFICER),
        ("auditor", Role.AUDITOR),
        ("standards", Role.PROFESSIONAL_STANDARDS),
    ):
        made = person(name, "Staff", None, Grant(role))
        cast.submissions += [made] if role is Role.SUBMISSIONS else []
    person("superintendent", "Supt", None, Grant(Role.SUPERVISOR))
    return cast


def _lay_out_stores(work: Work, cast: Cast, at: datetime) -> None:
    for name in STORES:
        store = work.places.add(name, PlaceKind.STORE, None, frozenset())
        room = work.places.add("main room", PlaceKind.ROOM, store.id, frozenset())
        bays = [work.places.add(f"bay {bay}", PlaceKind.BAY, room.id, frozenset()) for bay in range(1, 5)]
        special = [
            work.places.add("fridge", PlaceKind.SHELF, store.id, frozenset({Suits.COLD})),
            work.places.add("safe", PlaceKind.SHELF, store.id, frozenset({Suits.SAFE})),
            work.places.add("armoury", PlaceKind.SHELF, store.id, frozenset({Suits.FIREARMS})),
            work.places.add("flammables cabinet", PlaceKind.SHELF, store.id, frozenset({Suits.FLAMMABLES})),
        ]
        cast.stores.append(store)
        cast.places[store.id] = bays + special
        token = f"unusable-{store.id}"
        cast.devices[store.id] = work.devices.add(f"{name}, bench", store.id, token, at, cast.administrator.id)
    cast.labs = [
        work.places.add("Northern Forensics, Leeds", PlaceKind.LAB, None, frozenset()),
        work.places.add("Wessex Toxicology", PlaceKind.LAB, None, frozenset()),
        work.places.add("Forensic courier", PlaceKind.CARRIER, None, frozenset()),
    ]
    work.places.add("Northern Crown Court", PlaceKind.COURT, None, frozenset())


def _names(chance: Random) -> Iterator[str]:
    pairs = [f"{first} {last}" for first in FIRST for last in LAST]
    chance.shuffle(pairs)
    yield from pairs
