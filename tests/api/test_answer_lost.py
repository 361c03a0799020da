"""The connection is cut between a commit and its answer: the client asks again, and the act is on record once."""

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from sqlalchemy.engine import make_url

from exhibits_app.clock import SystemIds
from scanner.client import Service
from scanner.errors import NoAnswer
from tests.support.cutting import CuttingNetwork, cutting
from tests.support.force import Force, a_force
from tests.support.serving import running

BEFORE_THE_SERVICE, BEFORE_THE_DATABASE = "service", "database"


class Bench:
    """An enrolled device before a force whose network can be cut."""

    def __init__(self, force: Force) -> None:
        self.force = force
        (self.code,) = force.labels(force.items(force.case()))
        device, self.token = force.device()
        self.operator = force.turn(device, "property_officer")
        ids = [SystemIds().event_id() for _ in range(2)]
        self.act = {
            "id": ids[0], "kind": "BOOK_IN", "device_seq": 1, "occurred_at": force.clock.now().isoformat(),
            "operator": self.operator, "to": force.place_code(force.shelf),
            "items": [{"scan": ids[1], "code": self.code}],
        }  # fmt: skip

    def events(self) -> list[str]:
        with self.force.services.store.read() as work:
            return [event.kind for event in work.ledger.events_of(1)]


@pytest.fixture(params=["sqlite", "postgresql"])
def bench(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Bench]:
    """Over each database."""
    url = "" if request.param == "sqlite" else request.getfixturevalue("postgresql_database")
    bench = Bench(a_force(tmp_path, url))
    yield bench
    bench.force.services.store.close()


def asked(port: int, bench: Bench) -> Service:
    return Service(f"http://127.0.0.1:{port}", bench.token, now=bench.force.clock.now().timestamp)


def once(network: CuttingNetwork, service: Service, bench: Bench) -> str:
    """What the client hears when it asks again because its first answer never came."""
    with pytest.raises(NoAnswer):
        service.acts([bench.act])
    assert network.cuts == 1
    status: str = service.acts([bench.act])[0]["status"]
    return status


def test_an_act_whose_answer_was_lost_is_recorded_once(bench: Bench):
    with running(bench.force.app()) as address, cutting(urlsplit(address).port or 0) as network:
        network.cut_the_answer_to(b"POST /api/v1/acts")
        with asked(network.port, bench) as service:
            status = once(network, service, bench)

    assert status == "already_recorded"
    assert bench.events().count("book_in") == 1


def test_an_act_whose_commit_was_never_heard_of_by_the_service_is_recorded_once(
    tmp_path: Path, postgresql_database: str
):
    url = make_url(postgresql_database)
    with cutting(url.port or 0) as network:
        bench = Bench(a_force(tmp_path, url.set(port=network.port).render_as_string()))
        with running(bench.force.app()) as address, asked(urlsplit(address).port or 0, bench) as service:
            network.cut_the_answer_to(b"COMMIT")
            status = once(network, service, bench)

        assert status == "already_recorded"
        assert bench.events().count("book_in") == 1
        bench.force.services.store.close()
