"""Fills a store with a force of any size in bulk, through the store's own ports, for the benchmarks to measure."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from exhibits_app.bootstrap import build_services
from exhibits_app.domain.cases import Case, CaseCategory
from exhibits_app.domain.clocks import owed
from exhibits_app.domain.entry import ZERO
from exhibits_app.domain.events import Basis, Body, BookedIn, Decided, Envelope, Event, Labelled, Seized
from exhibits_app.domain.fold import fold
from exhibits_app.domain.people import Grant, Person, Role
from exhibits_app.domain.places import Place, PlaceKind, Suits
from exhibits_app.services.context import Services
from exhibits_app.services.ports import Account, Held, IssuedLabel, OperatorSession, WebSession, Work
from exhibits_app.services.recording import Happening, new_item, record
from exhibits_app.services.signin import fingerprint
from exhibits_app.settings import Settings
from exhibits_app.store.database import SqlStore
from labels.payload import CodeType, issue

TOKEN = "benchmark device"  # noqa: S105 - of an invented device in a temporary folder
SECRET = "benchmark browser"  # noqa: S105 - of an invented session in a temporary folder
CATEGORIES = ("DTH-BED", "DIG", "CCTV", "KNF", "DRUG", "NON", "BIO-V", "DOC")
ITEMS_A_CASE = 10
TOGETHER = 500
SHELVES = 16


@dataclass
class Filled:
    """What there is: item codes by register number, codes of the shelves (all lie on the first), a live turn."""

    services: Services
    settings: Settings
    officer: Person
    supervisor: Person
    codes: list[str]
    shelves: list[str]
    operator: str


@dataclass
class _Stage:
    services: Services
    chance: Random
    officer: Person
    supervisor: Person
    places: list[Place]
    cases: list[Case]
    now: datetime
    days: float


def fill(folder: Path, items: int, *, days: float = 90, recorded: int = 1, url: str = "") -> Filled:
    """A new instance with so many items, seized over the last `days`, one in five of them undecided.

    One in `recorded` items has its entries in the ledger; the others have their state, label and code alone, which is
    all that lists and look-ups read. `url` names another database than SQLite in the folder.
    """
    settings = Settings(instance=folder, secret_key="benchmark", jobs=False, database_url=url)  # noqa: S106 - as above
    services = build_services(settings)
    with closing(SqlStore(settings.address)) as empty:
        empty.migrate()
    with services.store.bulk(1) as store:
        loading = replace(services, store=store)
        stage = store.write(lambda work: _people_and_places(loading, work, items, days))
        shelves = store.write(lambda work: [_place_code(work, stage, place) for place in stage.places[1:]])
        operator = store.write(lambda work: _turn(work, stage))
        codes: list[str] = []
        for first in range(1, items + 1, TOGETHER):
            numbers = range(first, min(first + TOGETHER, items + 1))
            codes += store.write(lambda work, numbers=numbers: _items(work, stage, numbers, recorded))
    return Filled(services, settings, stage.officer, stage.supervisor, codes, shelves, operator)


def _people_and_places(services: Services, work: Work, items: int, days: float) -> _Stage:
    now = services.clock.now() - timedelta(minutes=2)
    supervisor = _person(work, "Ames", "DI", Role.SUPERVISOR, now)
    officer = _person(work, "Reyes", "PC", Role.PROPERTY_OFFICER, now)
    store = work.places.add("Ilford transit store", PlaceKind.STORE, None, frozenset())
    shelves = [work.places.add(f"bay {n}", PlaceKind.BAY, store.id, frozenset(Suits)) for n in range(SHELVES)]
    cases = []
    for number in range(-(-items // ITEMS_A_CASE)):
        category = list(CaseCategory)[number % len(CaseCategory)]
        case = Case(0, f"01B/{number}/26", "Benchmark", category, supervisor.ref, supervisor.ref)
        cases.append(work.cases.add(case, now, supervisor.id))
    return _Stage(services, Random(8), officer, supervisor, [store, *shelves], cases, now, days)


def _person(work: Work, name: str, rank: str, role: Role, at: datetime) -> Person:
    account = Account(Person(0, name, rank, "4521"), name.lower(), "", "", "")
    kept = work.accounts.add(account).person
    work.accounts.grant(kept.id, Grant(role), kept.id, at)
    return work.accounts.person(kept.id)


def _place_code(work: Work, stage: _Stage, place: Place) -> str:
    code = issue(CodeType.PLACE, stage.chance.randbytes)
    work.labels.issue(IssuedLabel(code, CodeType.PLACE.value, place.id, "live", stage.now))
    return code


def _turn(work: Work, stage: _Stage) -> str:
    device = work.devices.add("Bench 1", stage.places[0].id, fingerprint(TOKEN), stage.now, stage.supervisor.id)
    end = stage.now + timedelta(days=1)
    session = OperatorSession(stage.services.ids.event_id(), device.id, stage.officer.id, stage.now, stage.now, end)
    work.devices.start_turn(session)
    work.accounts.start_session(WebSession(fingerprint(SECRET), stage.supervisor.id, stage.now, stage.now))
    return session.id


def _items(work: Work, stage: _Stage, numbers: range, recorded: int) -> list[str]:
    policy = work.policies.current(stage.now)
    happenings: list[Happening] = []
    codes = []
    for number in numbers:
        held = new_item(work.items.next_register_no())
        codes.append(issue(CodeType.ITEM, stage.chance.randbytes))
        told = list(_history(stage, number, codes[-1]))
        if number % recorded == 0:
            happenings += [Happening(held, envelope, body) for envelope, body in told]
            continue
        events = [Event(number, seq, envelope, body) for seq, (envelope, body) in enumerate(told)]
        exhibit = fold(events)
        work.items.add(Held(number, exhibit, len(events), ZERO), owed(exhibit, policy))
    if happenings:
        record(work, stage.services.ids, policy, happenings)
    for number, code in zip(numbers, codes, strict=True):
        work.labels.issue(IssuedLabel(code, CodeType.ITEM.value, number, "live", stage.now))
        work.items.use_seal(_seal(number), number, stage.now)
    return codes


def _seal(number: int) -> str:
    return f"S{number:08}"


def _history(stage: _Stage, number: int, code: str) -> Iterator[tuple[Envelope, Body]]:
    """Seized, labelled, booked in, and four times out of five decided."""
    seized = stage.now - timedelta(days=stage.days * stage.chance.random(), hours=1)
    case = stage.cases[(number - 1) // ITEMS_A_CASE]
    person = stage.supervisor.ref
    body = Seized(
        case.ref, f"RA/{number}", "Double duvet cover, blue and white stripes, from the main bedroom",
        CATEGORIES[number % len(CATEGORIES)], person, person, power="PACE s.19", found_at="Mill Lane",
        packaging="Paper sack", seal=_seal(number),
    )  # fmt: skip
    bodies = [body, Labelled(code, "L7160"), BookedIn(stage.places[1].ref, body.seal)]
    if stage.chance.random() < 0.8:
        bodies.append(Decided("NOT_REQUIRED", "NO_EVIDENTIAL_VALUE", "Benchmark"))
    for minutes, each in enumerate(bodies):
        at = seized + timedelta(minutes=5 * minutes)
        yield Envelope(stage.services.ids.event_id(), at, at, person, stage.services.ids.event_id(), Basis.MANUAL), each
