"""The API's page: every operation and every shape it names, for anyone, without script."""

from pathlib import Path

from tests.support.force import a_force
from tests.support.pages import fetch


def test_the_page_describes_every_operation_and_every_shape_that_it_links_to(tmp_path: Path) -> None:
    force = a_force(tmp_path)
    with force.app().test_client() as client:
        described = client.get("/api/v1/openapi.json").json
        page = fetch(client, "/docs/api")
    force.services.store.close()

    for path, operations in described["paths"].items():
        for method in operations:
            assert f"{method.upper()} {path}" in page.text
    ids = {element.get("id") for element in page.all()}
    anchors = [link[1:] for link in page.links.values() if link.startswith("#shape-")]
    assert anchors
    assert set(anchors) <= ids
