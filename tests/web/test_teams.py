"""The teams page: adding a team, and refusing one that is there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from tests.support.force import a_force, sign_in
from tests.support.pages import fetch


@pytest.fixture
def client(tmp_path: Path) -> Iterator[FlaskClient]:
    force = a_force(tmp_path)
    with force.app().test_client() as client:
        sign_in(client, "administrator")
        yield client
    force.services.store.close()


def test_a_team_that_was_added_is_listed(client: FlaskClient) -> None:
    answer = client.post("/teams", data={"name": "Major  Crime"})

    assert answer.status_code == 302
    assert "Major Crime" in fetch(client, "/teams").text


@pytest.mark.parametrize(
    ("name", "status", "sentence"),
    [
        ("cid ilford", 409, "There is already a team cid ilford."),
        ("", 422, "Enter the team"),
        ("x" * 10_000, 422, "200 characters or fewer"),
    ],
)
def test_a_team_that_cannot_be_added_says_why_beside_the_field(
    client: FlaskClient, name: str, status: int, sentence: str
) -> None:
    answer = client.post("/teams", data={"name": name})

    assert answer.status_code == status
    assert sentence in answer.get_data(as_text=True)
