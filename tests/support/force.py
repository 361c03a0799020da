"""A small invented force on a real SQLite file, for tests of services, pages and the API."""

import atexit
import shutil
import tempfile
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from argon2 import PasswordHasher
from flask_openapi3.openapi import OpenAPI

from exhibits_app.bootstrap import create_app
from exhibits_app.clock import SystemIds
from exhibits_app.domain.cases import Case
from exhibits_app.domain.events import Envelope, Labelled
from exhibits_app.domain.people import Grant, Person, PersonRef, Role, ScopeKind
from exhibits_app.domain.places import Place, PlaceKind, Suits
from exhibits_app.services import blank_labels, cases, devices, label_life, labels, register
from exhibits_app.services.context import Services
from exhibits_app.services.ports import Account, Device, IssuedLabel, OutgoingMessage, Work
from exhibits_app.services.recording import Happening, record
from exhibits_app.settings import Settings
from exhibits_app.store.database import SqlStore
from exhibits_app.store.files import FolderFiles

PASSWORD = "correct horse battery"
PIN = "482915"
START = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
# Argon2 at its cheapest: tests check that hashes are used, not that they are dear.
QUICK_HASHER = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@dataclass
class MovableClock:
    """A clock that a test sets and moves."""

    at: datetime = START

    def now(self) -> datetime:
        return self.at

    def move(self, **length: float) -> None:
        self.at += timedelta(**length)


@dataclass
class Postbag:
    """A mailer that keeps what it is given; tests of delivery use a real SMTP server instead."""

    active: bool = False
    posted: list[OutgoingMessage] = field(default_factory=list)

    def send(self, message: OutgoingMessage) -> None:
        self.posted.append(message)


@dataclass
class Force:
    """The services with two stores, a lab, a courier, and one person of each role (by the role's value)."""

    services: Services
    clock: MovableClock
    settings: Settings
    people: dict[str, Person]
    store: Place
    shelf: Place
    safe: Place
    far_store: Place
    lab: Place
    carrier: Place
    court: Place
    team: int

    def app(self) -> OpenAPI:
        app = create_app(self.services, self.settings)
        app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
        return app

    def person(self, name: str) -> Person:
        """The person, with their grants as they are now."""
        with self.services.store.read() as work:
            return work.accounts.person(self.people[name].id)

    def case(self, by: str = "officer", **given: object) -> Case:
        form = cases.CaseForm(reference="01AB/1/26", title="Sudden death, Mill Lane", category="death-investigated")
        return cases.open_case(self.services, self.person(by), replace(form, **given))

    def items(self, case: Case, count: int = 1, by: str = "officer", **given: object) -> list[int]:
        """Register so many items, seized an hour ago; gives their register numbers."""
        search = register.SearchForm(self.clock.at - timedelta(hours=1), None, None, "", "PACE s.19", "Mill Lane")
        with self.services.store.read() as work:
            taken = len(work.items.references(case.id))
        form = register.ItemForm(reference="", description="Bed sheet", category="DTH-BED")
        forms = [
            replace(form, **({"reference": f"AB/{taken + n + 1}", "seal": f"S{taken + n + 100}"} | given))
            for n in range(count)
        ]
        return [one.register_no for one in register.register(self.services, self.person(by), case.id, search, forms)]

    def labels(self, register_nos: list[int], by: str = "officer") -> list[str]:
        """Labels for the items that were drawn and scanned elsewhere, good at once; gives their codes."""
        return self.services.store.write(lambda work: self._labelled(work, register_nos, self.person(by).ref))

    def _labelled(self, work: Work, register_nos: list[int], by: PersonRef) -> list[str]:
        act, codes, happenings = self.services.ids.event_id(), [], []
        held = work.items.hold_all(register_nos)
        for number in register_nos:
            code, old = self._stuck_on(work, "E", number, by.id)
            envelope = Envelope(self.services.ids.event_id(), self.clock.at, self.clock.at, by, act)
            happenings.append(Happening(held[number], envelope, Labelled(code, "L7160", old)))
            codes.append(code)
        record(work, self.services.ids, work.policies.current(self.clock.at), happenings)
        return codes

    def _stuck_on(self, work: Work, kind: str, subject: int, by: int) -> tuple[str, str | None]:
        code = labels.fresh_code(self.services, work, kind)
        return code, label_life.bind(work, IssuedLabel(code, kind, subject, "live", self.clock.at), by, self.clock.at)

    def _code(self, kind: str, subject: int) -> str:
        by = self.people["administrator"].id
        return self.services.store.write(lambda work: self._stuck_on(work, kind, subject, by)[0])

    def blanks(self, count: int, by: str = "officer", holder: str = "") -> tuple[int, list[str]]:
        """Order and print a series of blank labels; gives its number and the codes in order."""
        form = blank_labels.OrderForm(count, "L7160", "Scene kit 3", holder)
        number = blank_labels.order(self.services, self.person(by), form)
        blank_labels.print_series(replace(self.services, read_labels_back=False), self.person(by), number)
        with self.services.store.read() as work:
            return number, [one.code for one in work.blanks.labels(number, None, 0, count)]

    def place_code(self, place: Place) -> str:
        return self._code("S", place.id)

    def box_code(self, box: int) -> str:
        return self._code("B", box)

    def badge(self, name: str) -> str:
        return self._code("P", self.people[name].id)

    def device(self) -> tuple[Device, str]:
        return devices.enrol(self.services, self.person("administrator"), "Ilford bench 1", self.store.id)

    def turn(self, device: Device, name: str) -> str:
        """Begin a turn with badge and PIN; gives the operator session."""
        return devices.begin_turn(self.services, device, self.badge(name), PIN).session.id


def a_force(folder: Path, url: str = "") -> Force:
    """A fresh force in this folder; `url` for a database other than its own SQLite file."""
    settings = Settings(instance=folder, database_url=url, secret_key="test", force_name="Borough Constabulary")
    store = _migrated(settings.address, folder)
    clock = MovableClock()
    services = Services(store, clock, SystemIds(), FolderFiles(settings.files), Postbag(), QUICK_HASHER)
    team, places, people = store.write(_found)
    return Force(services, clock, settings, people, *places, team)


def _migrated(address: str, folder: Path) -> SqlStore:
    """A store of the newest form. Migrating takes a while, so a fresh SQLite file is a copy of one migrated before."""
    if address == f"sqlite:///{folder / 'exhibits.db'}" and not (folder / "exhibits.db").exists():
        shutil.copyfile(_template(), folder / "exhibits.db")
        return SqlStore(address)
    store = SqlStore(address)
    store.migrate()
    return store


@cache
def _template() -> Path:
    """A migrated SQLite file without anything in it, made once for each process."""
    folder = Path(tempfile.mkdtemp(prefix="exhibits-template-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    store = SqlStore(f"sqlite:///{folder / 'exhibits.db'}")
    store.migrate()
    store.close()
    return folder / "exhibits.db"


def _found(work: Work) -> tuple[int, list[Place], dict[str, Person]]:
    """The team, the places and the people of the force."""
    team, places = _lay_out(work)
    people = {role.value: _person(work, role, places[0].id, team) for role in Role}
    people["inspector"] = _person(work, Role.SUPERVISOR, places[0].id, team, name="inspector", rank="DI")
    people["other"] = _person(work, Role.OFFICER, places[0].id, None, name="other")
    return team, places, people


def _lay_out(work: Work) -> tuple[int, list[Place]]:
    store = work.places.add("Ilford transit store", PlaceKind.STORE, None, frozenset())
    shelf = work.places.add("bay 2", PlaceKind.BAY, store.id, frozenset())
    safe = work.places.add("safe", PlaceKind.SHELF, store.id, frozenset({Suits.SAFE, Suits.COLD, Suits.FIREARMS}))
    far = work.places.add("Central store", PlaceKind.STORE, None, frozenset())
    lab = work.places.add("Northern Forensics", PlaceKind.LAB, None, frozenset())
    carrier = work.places.add("Forensic courier", PlaceKind.CARRIER, None, frozenset())
    court = work.places.add("Northern Crown Court", PlaceKind.COURT, None, frozenset())
    return work.teams.add("CID Ilford"), [store, shelf, safe, far, lab, carrier, court]


def _person(
    work: Work, role: Role, store: int, team: int | None, name: str | None = None, rank: str | None = None
) -> Person:
    staff = role in {Role.PROPERTY_OFFICER, Role.ADMINISTRATOR, Role.AUDITOR, Role.SUBMISSIONS}
    rank = rank or ("Staff" if staff else "DS" if role is Role.SUPERVISOR else "PC")
    called = name or role.value
    person = Person(0, called.replace("_", " ").title(), rank, str(4500 + len(called)), team)
    account = Account(
        person,
        called,
        f"{called}@force.test",
        QUICK_HASHER.hash(PASSWORD),
        QUICK_HASHER.hash(PIN),
    )

    kept = work.accounts.add(account).person
    work.accounts.grant(kept.id, _grant(role, store, team), kept.id, START)
    return work.accounts.person(kept.id)


def _grant(role: Role, store: int, team: int | None) -> Grant:
    if role is Role.PROPERTY_OFFICER:
        return Grant(role, ScopeKind.STORE, store)
    if role in {Role.OFFICER, Role.EXHIBITS_OFFICER, Role.SUPERVISOR}:
        return Grant(role, ScopeKind.TEAM, team if team is not None else 0)
    return Grant(role)


def sign_in(client: object, name: str) -> None:
    """Sign a Flask test client in as this person."""
    answer = client.post("/sign-in", data={"name": name, "password": PASSWORD})  # type: ignore[attr-defined]
    if answer.status_code != 302:
        raise AssertionError(f"{name} was not signed in: {answer.status_code}")
