"""What a force has before its first item: people, teams, stores with their bays, a carrier, a device at work."""

from __future__ import annotations

from datetime import timedelta

from benchmarks.force.plan import Plan, PlannedIds, Standing
from exhibits_app.domain.people import Grant, Person, PersonRef, Role
from exhibits_app.domain.places import Place, PlaceKind, PlaceRef, Suits
from exhibits_app.services.ports import Account, IssuedLabel, OperatorSession, WebSession, Work
from exhibits_app.services.signin import fingerprint
from exhibits_app.store.database import SqlStore
from labels.payload import CodeType, issue

TOKEN = "benchmark device"  # noqa: S105 - of an invented device in invented data
SECRET = "benchmark browser"  # noqa: S105 - of an invented session in invented data
OFFICERS, TEAMS, STORES, BAYS = 1_000, 20, 20, 12


def stand(store: SqlStore, plan: Plan) -> Standing:
    """Make them, in one load. The supervisor is signed in with SECRET, the device enrolled with TOKEN."""
    with store.bulk(100_000) as loading:
        return loading.write(lambda work: _all(work, plan))


def _all(work: Work, plan: Plan) -> Standing:
    begun = plan.seized(1) - timedelta(days=1)
    supervisor = _person(work, 0, "DI", Role.SUPERVISOR, begun)
    _person(work, 1, "Staff", Role.SUBMISSIONS, begun)
    officers = tuple(_person(work, number, "PC", Role.PROPERTY_OFFICER, begun) for number in range(2, OFFICERS + 2))
    teams = tuple(work.teams.add(f"Team {number}") for number in range(TEAMS))
    bays = [_bays(work, plan, number) for number in range(STORES)]
    carrier = work.places.add("Van 1", PlaceKind.CARRIER, None, frozenset())
    device = work.devices.add("Bench 1", bays[0][0].store, fingerprint(TOKEN), begun, supervisor.id)
    end = plan.now + timedelta(days=1)
    chance = plan.chance("turn")
    turn = OperatorSession(PlannedIds(chance).event_id(), device.id, officers[0].id, plan.now, plan.now, end)
    work.devices.start_turn(turn)
    work.accounts.start_session(WebSession(fingerprint(SECRET), supervisor.id, plan.now, plan.now))
    # Half of all lies in the first, large store: its bays stand there as often as those of all others together.
    shelves = bays[0] * STORES + [bay for others in bays[1:-2] for bay in others]
    transit = [bay for others in bays[-2:] for bay in others]
    return Standing(supervisor, officers, teams, tuple(transit), tuple(shelves), carrier.ref, (device.id, device.name))


def _person(work: Work, number: int, rank: str, role: Role, at: object) -> PersonRef:
    account = Account(Person(0, f"Officer{number}", rank, f"{4000 + number}"), f"officer{number}", "", "", "")
    kept = work.accounts.add(account).person
    work.accounts.grant(kept.id, Grant(role), kept.id, at)  # type: ignore[arg-type]
    return kept.ref


def _bays(work: Work, plan: Plan, number: int) -> list[PlaceRef]:
    store = work.places.add(f"Store {number}", PlaceKind.STORE, None, frozenset())
    bays: list[Place] = [work.places.add(f"bay {n}", PlaceKind.BAY, store.id, frozenset(Suits)) for n in range(BAYS)]
    chance = plan.chance(f"store {number}")
    for bay in bays:
        code = issue(CodeType.PLACE, chance.randbytes)
        work.labels.issue(IssuedLabel(code, CodeType.PLACE.value, bay.id, "live", plan.seized(1)))
    return [bay.ref for bay in bays]
