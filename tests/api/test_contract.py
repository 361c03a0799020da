"""Whatever is sent to the API is answered as its description says, and never by a fault of ours."""

import os
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_headers_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from .conftest import Bench, a_bench

CHECKS = [
    not_a_server_error, content_type_conformance, response_headers_conformance, response_schema_conformance,
    status_code_conformance,
]  # fmt: skip
# `make bench-soak ONLY=contract` sends many more, other ones each time.
MANY = int(os.environ.get("CONTRACT_EXAMPLES", "0"))
QUIETLY = settings(
    max_examples=MANY or 6,
    derandomize=not MANY,
    deadline=None,
    database=None,
    suppress_health_check=list(HealthCheck),
)


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    with a_bench(tmp_path_factory.mktemp("contract")) as bench:
        yield bench


def operations(bench: Bench) -> list[Any]:
    """Every operation of the description."""
    app = bench.client.application
    description = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", app, headers=bench.headers)
    return [found.ok() for found in description.get_all_operations()]


def known(bench: Bench) -> dict[str, list[Any]]:
    """Values that there are, so that what is sent gets past the first look-up."""
    turns = [bench.operator, bench.turn("supervisor")]
    return {
        "code": [*bench.codes, bench.shelf], "to": [bench.shelf], "operator": turns, "witness": turns,
        "badge": [bench.force.badge("property_officer")], "register_no": bench.items,
        "kind": ["BOOK_IN", "MOVE", "SIGN_OUT", "SUBMIT", "SIGHTING", "OPEN", "SPLIT", "FOUND", "CONSUME", "MISSING"],
    }  # fmt: skip


def with_known(sent: Any, values: dict[str, list[Any]], draw: Any) -> Any:
    """What is sent, with some of its values replaced by values that there are."""
    if isinstance(sent, list):
        return [with_known(one, values, draw) for one in sent]
    if not isinstance(sent, dict):
        return sent
    return {
        name: draw(st.sampled_from(values[name]))
        if name in values and draw(st.booleans())
        else with_known(value, values, draw)
        for name, value in sent.items()
    }


def test_every_answer_is_a_described_one(bench: Bench):
    values, statuses = known(bench), Counter[int]()
    for operation in operations(bench):
        sent = st.one_of(*(operation.as_strategy(generation_mode=mode) for mode in GenerationMode))

        @QUIETLY
        @given(case=sent, data=st.data())
        def ask(case: Any, data: Any) -> None:
            case.body = with_known(case.body, values, data.draw)
            case.path_parameters = with_known(case.path_parameters, values, data.draw)
            case.headers = {**(case.headers or {}), **bench.headers}
            answer = case.call()
            case.validate_response(answer, checks=CHECKS)
            statuses[answer.status_code] += 1

        ask()

    # It reaches what is behind the first look: answers of all of these kinds are among them.
    assert {200, 404, 422} <= set(statuses), statuses
