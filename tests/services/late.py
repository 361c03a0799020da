"""A device whose acts reach the service late, or in no order, as tests of awkward cases need it."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from exhibits_app.domain.events import Event
from exhibits_app.domain.exhibit import Exhibit
from exhibits_app.domain.show import iso
from exhibits_app.services import acts, rebuild
from exhibits_app.services.act_shapes import Act, ScannedItem, Verdict
from exhibits_app.services.ports import Device
from tests.support.force import Force


@dataclass
class Bench:
    """An enrolled device with one person's turn at it; its acts are numbered as they are made, not as they are sent."""

    force: Force
    device: Device
    operator: str
    made: int = 0

    @staticmethod
    def of(force: Force, name: str = "property_officer") -> "Bench":
        device, _token = force.device()
        return Bench(force, device, force.turn(device, name))

    def act(self, kind: str, *codes: str, **given: Any) -> Act:
        """An act made now, or `at` another time, and not sent yet."""
        self.made += 1
        at: datetime = given.pop("at", self.force.clock.at)
        items = tuple(ScannedItem(self._id(), code, **given.pop("item", {})) for code in codes)
        number = given.pop("id", self._id())
        content = {"kind": kind, "at": iso(at), "items": [item.scan for item in items]}
        operator = given.pop("operator", self.operator)
        return Act(number, kind, given.pop("device_seq", self.made), at, items, content, operator=operator, **given)

    def send(self, *made: Act) -> list[Verdict]:
        """Send the acts; gives the verdict of each."""
        return acts.perform(self.force.services, self.device, list(made))

    def do(self, kind: str, *codes: str, **given: Any) -> Verdict:
        """Make an act, send it, and give the verdict of its only item."""
        (verdict,) = self.send(self.act(kind, *codes, **given))
        return dict(verdict["items"][0])

    def _id(self) -> str:
        return str(UUID(self.force.services.ids.event_id()))


def state(force: Force, item: int) -> Exhibit:
    with force.services.store.read() as work:
        return work.items.find(item).exhibit


def events_of(force: Force, item: int) -> list[Event]:
    with force.services.store.read() as work:
        return work.ledger.events_of(item)


def open_kinds(force: Force, item: int) -> list[str]:
    return [one.kind for one in state(force, item).discrepancies]


def sound(force: Force) -> bool:
    """Whether every chain verifies and every projection is what the entries say."""
    return rebuild.verify_chains(force.services).faults == rebuild.rebuild(force.services, write=False).faults == []
