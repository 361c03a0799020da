"""A force with a device, as the scan client and the store-room page see it."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from uuid_utils.compat import uuid7

from exhibits_app.domain.show import iso
from tests.support.force import PIN, Force, a_force


@dataclass
class Bench:
    """A device at the Ilford store with a property officer's turn, and two items with labels."""

    force: Force
    client: Any
    token: str
    operator: str
    items: list[int]
    codes: list[str]
    shelf: str
    sequence: int = 0
    given: dict[str, Any] = field(default_factory=dict)

    @property
    def headers(self) -> dict[str, str]:
        return {"Authorization": f"Bearer {self.token}"}

    def act(self, kind: str, *codes: str, **given: Any) -> dict[str, Any]:
        """An act by the operator on these items."""
        self.sequence += 1
        act = {
            "id": str(uuid7()),
            "kind": kind,
            "device_seq": self.sequence,
            "occurred_at": iso(self.force.clock.at),
            "operator": self.operator,
            "items": [{"scan": str(uuid7()), "code": code} for code in codes],
        }
        return act | given

    def send(self, *acts: dict[str, Any], to: str = "/api/v1/acts") -> Any:
        body = {"acts": list(acts)} if len(acts) != 1 else acts[0]
        return self.client.post(to, json=body, headers=self.headers)

    def verdicts(self, act: dict[str, Any]) -> list[dict[str, Any]]:
        answer = self.send(act)
        assert answer.status_code == 200, answer.json
        return list(answer.json["acts"][0]["items"])

    def do(self, kind: str, *codes: str, **given: Any) -> dict[str, Any]:
        """Record an act on one item, which must not be refused."""
        verdict = self.verdicts(self.act(kind, *codes, **given))[0]
        assert verdict["verdict"].startswith("recorded"), verdict
        return verdict

    def turn(self, name: str) -> str:
        badge = self.force.badge(name)
        answer = self.client.post("/api/v1/operators", json={"badge": badge, "pin": PIN}, headers=self.headers)
        assert answer.status_code == 201, answer.json
        return str(answer.json["operator"]["session"])

    def chain_length(self, item: int) -> int:
        with self.force.services.store.read() as work:
            return len(work.ledger.of_item(item))

    def scan_log(self) -> list[Any]:
        with self.force.services.store.read() as work:
            return work.scans.latest()

    def at(self, **shift: float) -> datetime:
        self.force.clock.move(**shift)
        return self.force.clock.at


@pytest.fixture
def bench(tmp_path: Path) -> Iterator[Bench]:
    with a_bench(tmp_path) as bench:
        yield bench


@contextmanager
def a_bench(folder: Path) -> Iterator[Bench]:
    """A force in this folder with a bench in its store."""
    force = a_force(folder)
    _device, token = force.device()
    case = force.case()
    items = force.items(case, 2)
    codes = force.labels(items)
    with force.app().test_client() as client:
        bench = Bench(force, client, token, "", items, codes, force.place_code(force.shelf))
        bench.operator = bench.turn("property_officer")
        force.clock.move(minutes=1)
        yield bench
    force.services.store.close()
