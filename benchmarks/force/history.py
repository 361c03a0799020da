"""The ten events of one item: seized, labelled, booked in, carried to a store, moved, perhaps decided, lent, seen."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from random import Random

from benchmarks.force.plan import EVENTS, Plan, Standing, case_of, code_of, uuid
from exhibits_app.domain.cases import CaseCategory
from exhibits_app.domain.events import (
    Basis,
    Body,
    BookedIn,
    CaseRef,
    Collected,
    Decided,
    DeviceRef,
    Envelope,
    Event,
    Labelled,
    Moved,
    Offered,
    Received,
    Recommended,
    Seized,
    Sighted,
    SignedIn,
    SignedOut,
)
from exhibits_app.domain.people import PersonRef
from exhibits_app.domain.places import PlaceRef

CATEGORIES = ("DTH-BED", "DIG", "CCTV", "KNF", "DRUG", "NON", "BIO-V", "DOC", "UNK", "CASH")
CASES = tuple(CaseCategory)
THINGS = (
    "Double duvet cover, blue and white stripes, from the main bedroom",
    "Mobile telephone, black, cracked screen, in a clear case",
    "Kitchen knife, 20 cm blade, wooden handle",
    "Handwritten note on lined paper, folded twice",
    "Clear bag of white powder, knotted",
    "Laptop computer, silver, with its charger",
)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MOST = 10_000  # No item has more events.
_OFFSET = 120  # Milliseconds by which the device's clock is slow.


def case_ref(plan: Plan, standing: Standing, case: int) -> CaseRef:
    """The case as events name it."""
    return CaseRef(case, f"01B/{case}/26", CASES[case % len(CASES)].value, oic_of(plan, standing, case))


def oic_of(plan: Plan, standing: Standing, case: int) -> PersonRef:
    """The officer in the case."""
    return standing.officers[(case * 7 + plan.seed) % len(standing.officers)]


def history(plan: Plan, standing: Standing, number: int, chance: Random) -> list[Event]:
    """The item's events by position, which is also the order of their times."""
    bodies = list(_bodies(plan, standing, number, chance))
    times = _times(plan, number, len(bodies), chance)
    return [
        Event(number, seq, _envelope(standing, number, seq, at, body, chance), body)
        for seq, (at, body) in enumerate(zip(times, bodies, strict=True))
    ]


def _bodies(plan: Plan, standing: Standing, number: int, chance: Random) -> Iterator[Body]:
    seal = f"S{number:08}"
    transit, shelf, other = (chance.choice(places) for places in (standing.transit, standing.shelves, standing.shelves))
    case = case_ref(plan, standing, case_of(number))
    seizer = chance.choice(standing.officers)
    yield Seized(
        case, f"{seizer.name[-2:].upper()}/{number}", chance.choice(THINGS), CATEGORIES[number % len(CATEGORIES)],
        seizer, seizer, power="PACE s.19", found_at="Mill Lane", packaging="Paper sack", seal=seal,
    )  # fmt: skip
    yield Labelled(code_of(number), "L7160")
    yield BookedIn(transit, seal)
    yield Collected(standing.carrier, seal)
    yield Received(shelf, seal)
    for turn in range(plan.long - EVENTS if number == 1 else 0):
        shelf, other = other, shelf
        yield Moved(shelf, seal) if turn % 2 else Sighted(other, seal)
    yield Moved(other, seal)
    yield _decided(plan, standing, other, seal, chance)
    yield from _latest(plan, standing, other, seal, chance)


def _decided(plan: Plan, standing: Standing, place: PlaceRef, seal: str, chance: Random) -> Body:
    """The decision, or what there is in its place: somebody's advice, or a look at it."""
    if chance.random() >= plan.open_share:
        if chance.random() < 0.03:
            return Decided("SUBMIT", rationale="Of evidential value")
        return Decided("NOT_REQUIRED", "NO_EVIDENTIAL_VALUE", "Nothing in the case turns on it")
    if chance.random() < 0.03:
        return Recommended("pathologist", "Dr Hale", "Blood and DNA", standing.supervisor)
    return Sighted(place, seal)


def _latest(plan: Plan, standing: Standing, place: PlaceRef, seal: str, chance: Random) -> Iterator[Body]:
    """Where it is now: nearly always in its store; a few are lent, and some of these on offer to somebody else."""
    taker, lent = chance.choice(standing.officers), chance.random()
    out = SignedOut(taker, "interview", plan.now + timedelta(days=14 - 30 * chance.random()), seal)
    if lent < 0.003:
        yield from (Sighted(place, seal), out, Offered(chance.choice(standing.officers)))
    elif lent < 0.03:
        yield from (Sighted(place, seal), Moved(place, seal), out)
    else:
        yield from (out, SignedIn(place, seal), Sighted(place, seal))


def _times(plan: Plan, number: int, count: int, chance: Random) -> list[datetime]:
    """When each was recorded: within hours of the seizure at first, then at any time until now."""
    seized = plan.seized(number)
    left = plan.now - seized - timedelta(minutes=1)
    labelled, booked = min(timedelta(minutes=10), left * 0.02), min(timedelta(hours=5), left * 0.1)
    later = sorted(chance.random() for _ in range(count - 3))
    return [seized, seized + labelled, seized + booked, *(seized + booked + (left - booked) * part for part in later)]


def _envelope(standing: Standing, number: int, seq: int, at: datetime, body: Body, chance: Random) -> Envelope:
    """Scans come from a device, decisions and registrations from a page."""
    milliseconds = (at - _EPOCH) // timedelta(milliseconds=1)
    id_, act = uuid(milliseconds, chance), uuid(milliseconds, chance)
    if isinstance(body, Seized | Labelled | Decided | Recommended | Offered):
        return Envelope(id_, at, at, standing.supervisor, act)
    claimed = at - timedelta(milliseconds=_OFFSET)
    return Envelope(
        id_, claimed, at, standing.officers[number % len(standing.officers)], act, Basis.ITEM_SCAN,
        DeviceRef(*standing.device), number * _MOST + seq, _OFFSET,
    )  # fmt: skip
