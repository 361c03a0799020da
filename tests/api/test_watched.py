"""The log and the metrics say how the service does, and nothing of anybody: no name, code, description or secret."""

import io
import json
import logging
import threading
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
import structlog

from exhibits_app import logs
from exhibits_app.bootstrap import create_app
from exhibits_app.guard import Door, access
from exhibits_app.store import SqlStore
from exhibits_app.store.machine import LocalMachine
from tests.api.conftest import Bench, a_bench
from tests.support.force import PASSWORD, sign_in

DESCRIPTION = "Sheet with the name Quillfeather sewn in"
SEAL = "S7719443"
TOKEN = "a token for the monitoring"


@pytest.fixture
def log() -> Iterator[io.StringIO]:
    """All that is logged, down to the last request, as JSON."""
    root, hook = logging.getLogger(), threading.excepthook
    handlers, level = root.handlers[:], root.level
    stream = io.StringIO()
    logs.configure("json", "debug", stream)
    yield stream
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()
    root.handlers[:], threading.excepthook = handlers, hook
    root.setLevel(level)


@pytest.fixture(scope="module")
def standing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    """A bench that nothing changes."""
    with a_bench(tmp_path_factory.mktemp("standing")) as bench:
        yield bench


@access(Door.PUBLIC)
def broken(word: str) -> str:
    """A fault of ours, whose words quote what somebody typed."""
    raise LookupError(f"{word} {DESCRIPTION}") from ValueError(PASSWORD)


def an_app(bench: Bench, **settings: Any) -> Any:
    """The application with a route that breaks, as it runs for people: its faults are answered, not raised."""
    store = bench.force.services.store
    assert isinstance(store, SqlStore)
    services = replace(bench.force.services, machine=LocalMachine(store, {}))
    app: Any = create_app(services, bench.force.settings.model_copy(update=settings))
    app.config.update(WTF_CSRF_ENABLED=False)
    app.add_url_rule("/broken/<word>", "broken", broken)
    return app


def drive(bench: Bench, app: Any) -> None:
    """Pages and acts with mistakes, each with something in it that no log may hold."""
    bench.client = client = app.test_client()
    bench.force.items(bench.force.case(reference="02CD/7/26"), 1, description=DESCRIPTION, seal=SEAL)
    client.post("/sign-in", data={"name": "officer", "password": PASSWORD + " wrong"})
    sign_in(client, "officer")
    code = bench.codes[0]
    for address in ("/items/1", "/items/3", f"/search?q={code}", f"/broken/{code}", f"/{code}", "/people", "/cases"):
        client.get(address)
    client.get(f"/api/v1/codes/{code}", headers=bench.headers)
    client.get(f"/api/v1/codes/{code}", headers={"Authorization": f"Bearer {bench.token}x"})
    client.post(
        "/api/v1/operators", json={"badge": bench.force.badge("officer"), "pin": "000111"}, headers=bench.headers
    )
    bench.verdicts(bench.act("BOOK_IN", code, to=bench.shelf))
    bench.verdicts(bench.act("BOOK_IN", code, to="E-0000-0000-0"))
    bench.send(bench.act(f"INVENTED {code}", code))


def secrets_of(bench: Bench) -> list[str]:
    """What no log may hold."""
    with bench.force.services.store.read() as work:
        people = work.accounts.all()
    names = [word for one in people for word in (one.person.name, one.email)]
    own = [*bench.codes, *(code.replace("-", "") for code in bench.codes), bench.token, bench.operator, bench.shelf]
    return [*names, *own, PASSWORD, "000111", "Quillfeather", "02CD/7/26", SEAL, "Mill Lane", "INVENTED"]


def test_the_log_names_routes_and_faults_and_nothing_of_anybody(bench: Bench, log: io.StringIO) -> None:
    drive(bench, an_app(bench, log_level="debug"))
    logging.getLogger("some.library").warning("it failed", exc_info=KeyError(DESCRIPTION))

    said = log.getvalue()
    lines = [json.loads(line) for line in said.splitlines()]
    requests = [line for line in lines if line["event"] == "request"]

    assert [secret for secret in secrets_of(bench) if secret.casefold() in said.casefold()] == []
    assert {"/items/<int:register_no>", "/api/v1/codes/<string:code>", "/api/v1/acts", "(none)"} <= {
        line["route"] for line in requests
    }
    assert [line["level"] for line in requests if line["status"] in {401, 403}] == ["info"] * 4
    (fault,) = [line for line in lines if line["event"] == "a request failed"]
    (answered,) = [line for line in requests if line["status"] == 500]
    assert fault["fault"] == ["LookupError", "ValueError"]
    assert fault["at"][-1].startswith("test_watched.py:")
    assert fault["request_id"] == answered["request_id"]
    assert [line["fault"] for line in lines if line["event"] == "it failed"] == [["KeyError"]]


def test_a_fault_tells_the_person_the_number_that_the_log_has(bench: Bench, log: io.StringIO) -> None:
    answer = an_app(bench).test_client().get("/broken/x")

    assert answer.status_code == 500
    assert answer.headers["X-Request-Id"] in answer.text
    assert answer.headers["X-Request-Id"] in log.getvalue()


def test_metrics_count_by_route_kind_and_verdict_and_name_nobody(bench: Bench, log: io.StringIO) -> None:
    app = an_app(bench, metrics=True, metrics_token=TOKEN)
    drive(bench, app)

    said = app.test_client().get("/metrics", headers={"Authorization": f"Bearer {TOKEN}"}).text

    assert [secret for secret in secrets_of(bench) if secret.casefold() in said.casefold()] == []
    for line in (
        'exhibits_requests_total{method="GET",route="/items/<int:register_no>",status="200"} 2.0',
        'exhibits_verdicts_total{code="",kind="BOOK_IN",verdict="recorded"} 1.0',
        'exhibits_acts_total{kind="(unknown)"} 1.0',
        'exhibits_messages{state="waiting"} 0.0',
        "exhibits_ledger_read_only 0.0",
        "exhibits_writer_queue 0.0",
        'exhibits_writer_group_size_bucket{le="64"}',
        "exhibits_database_connections_most 71.0",
    ):
        assert line in said, said


@pytest.mark.parametrize(
    ("settings", "headers", "remote", "status"),
    [
        ({}, {}, "127.0.0.1", 404),
        ({"metrics": True}, {}, "127.0.0.1", 200),
        ({"metrics": True}, {}, "10.0.0.7", 404),
        ({"metrics": True}, {"X-Forwarded-For": "10.0.0.7"}, "127.0.0.1", 404),
        ({"metrics": True}, {"Host": "exhibits.force.test"}, "127.0.0.1", 404),
        ({"metrics": True, "metrics_token": TOKEN}, {}, "127.0.0.1", 404),
        ({"metrics": True, "metrics_token": TOKEN}, {"Authorization": "Bearer other"}, "127.0.0.1", 404),
        ({"metrics": True, "metrics_token": TOKEN}, {"Authorization": f"Bearer {TOKEN}"}, "10.0.0.7", 200),
    ],
)
def test_metrics_are_off_unless_set_and_then_for_the_token_or_for_this_machine(
    standing: Bench, settings: dict[str, Any], headers: dict[str, str], remote: str, status: int
) -> None:
    client = an_app(standing, **settings).test_client()

    answer = client.get("/metrics", headers=headers, environ_base={"REMOTE_ADDR": remote})

    assert answer.status_code == status
