"""A box with items in it at a bench, for tests of what is done to boxes over the API."""

from typing import Any

from exhibits_app.domain.events import Event
from exhibits_app.domain.exhibit import Exhibit
from exhibits_app.services import boxes, labels
from tests.api.conftest import Bench


class Boxed:
    """A bench with a box at the shelf, in which so many items lie, the bench's own two among them."""

    def __init__(self, bench: Bench, count: int) -> None:
        self.bench = bench
        force = bench.force
        with force.services.store.read() as work:
            case = work.cases.find(1)
        more = force.items(case, count - 2, category="KNF")
        self.items = [*bench.items, *more]
        self.codes = [*bench.codes, *force.labels(more)]
        force.clock.move(minutes=1)
        bench.send(bench.act("BOOK_IN", *self.codes, to=bench.shelf))
        self.box, self.code = self.another("Box 17")
        force.clock.move(minutes=1)
        self.verdicts = bench.verdicts(bench.act("PUT_IN", *self.codes, to=self.code))
        force.clock.move(minutes=1)
        self.safe = force.place_code(force.safe)

    def another(self, name: str) -> tuple[int, str]:
        force = self.bench.force
        by = force.person("property_officer")
        box = boxes.open_box(force.services, by, name, force.shelf.id)
        return box.id, labels.print_box_labels(force.services, by, [box.id], "L7160").codes[0]

    def seal(self, number: str = "B900", **given: Any) -> dict[str, Any]:
        act = self.bench.act("SEAL", self.code, **given)
        act["items"][0]["new_seal"] = number
        verdict = self.bench.verdicts(act)[0]
        self.bench.force.clock.move(minutes=1)
        return verdict

    def open(self) -> dict[str, Any]:
        verdict = self.bench.do("OPEN", self.code, reason="to check what is in it")
        self.bench.force.clock.move(minutes=1)
        return verdict

    def exhibit(self, at: int) -> Exhibit:
        with self.bench.force.services.store.read() as work:
            return work.items.find(self.items[at]).exhibit

    def events(self, at: int) -> list[Event]:
        with self.bench.force.services.store.read() as work:
            return work.ledger.events_of(self.items[at])

    def view(self) -> boxes.BoxView:
        return self.view_as("property_officer")

    def view_as(self, who: str) -> boxes.BoxView:
        force = self.bench.force
        return boxes.see(force.services, force.person(who), self.box)
