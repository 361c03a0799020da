"""Who is at work in a force, and what they move: items of other stores, to and fro in the first one's bays."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import islice

from benchmarks.force.standing import BAYS, STORES
from benchmarks.forces import Made
from exhibits_app.bootstrap import build_services
from exhibits_app.services.context import Services
from exhibits_app.services.ports import Work
from exhibits_app.services.ports.people import OperatorSession
from exhibits_app.services.signin import fingerprint
from labels.payload import CodeType

SUPERVISOR, STORE, OFFICER = 1, 1, 3  # As `standing` numbers them; the first of its property officers.
A_BAY = 500  # Items looked at in each bay.


@dataclass(frozen=True)
class Acting:
    """Devices with their tokens and live turns, the codes of items that lie in other stores, and bays for them."""

    tokens: list[str]
    operators: list[str]
    codes: list[str]
    shelves: list[str]

    @property
    def pairs(self) -> list[tuple[str, str]]:
        """Two bays for each run, so that no move meets an item that lies there already."""
        return list(zip(self.shelves[::2], self.shelves[1::2], strict=False))


def acting(made: Made, items: int, devices: int) -> Acting:
    """Begin turns at so many new devices, and choose items. Raises ValueError where not so many lie in bays."""
    services = build_services(made.settings)
    try:
        with services.store.read() as work:
            codes, shelves = _codes(work, items), _shelves(work)
        tokens = [services.ids.event_id() for _ in range(devices)]
        turns = [
            services.store.write(partial(_turn, services=services, token=token, officer=OFFICER + at))
            for at, token in enumerate(tokens)
        ]
    finally:
        services.store.close()
    if len(codes) < items:
        raise ValueError(f"only {len(codes)} items lie in bays; make a larger force")
    return Acting(tokens, turns, codes, shelves)


def _turn(work: Work, *, services: Services, token: str, officer: int) -> str:
    begun, id_ = services.clock.now() - timedelta(minutes=10), services.ids.event_id()
    device = work.devices.add(f"Terminal {id_[-8:]}", STORE, fingerprint(token), begun, SUPERVISOR)
    turn = OperatorSession(id_, device.id, officer, begun, begun, begun + timedelta(hours=10))
    work.devices.start_turn(turn)
    return turn.id


def _shelves(work: Work) -> list[str]:
    """The codes of the first store's bays, which follow it by number."""
    found = (work.labels.live_of(CodeType.PLACE.value, bay) for bay in range(2, BAYS + 2))
    return [label.code for label in found if label is not None]


def _codes(work: Work, items: int) -> list[str]:
    bays = (store * (BAYS + 1) + bay + 2 for bay in range(BAYS) for store in range(1, STORES))
    lying = (listed.exhibit for bay in bays for listed in work.items.at_place(bay, 0, A_BAY))
    return list(islice((one.code for one in lying if one.code and one.in_store and not one.disposed), items))
