"""The API's description as a page of our own: it works offline, under the strict policy, and with a screen reader."""

import json
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, current_app, render_template

from ...guard import Door, access

bp = Blueprint("api_docs", __name__)
_METHODS = ("get", "post", "put", "delete")


@dataclass(frozen=True, slots=True)
class Operation:
    """One thing the API does: its method and path, what it takes, and what it answers by status."""

    method: str
    path: str
    summary: str
    description: str
    takes: str
    answers: list[tuple[str, str]]

    @property
    def anchor(self) -> str:
        """Its id on the page."""
        return f"{self.method}-{self.path.strip('/').replace('/', '-').replace('{', '').replace('}', '')}".lower()


@bp.get("/docs/api")
@access(Door.PUBLIC)
def page() -> str:
    """Every operation, and every shape that goes in or out."""
    described: dict[str, Any] = current_app.api_doc  # type: ignore[attr-defined]  # the application is flask-openapi3's
    operations = [
        _operation(method, path, about[method])
        for path, about in sorted(described["paths"].items())
        for method in _METHODS
        if method in about
    ]
    schemas = sorted(described.get("components", {}).get("schemas", {}).items())
    shapes = [(name, json.dumps(shape, indent=2, ensure_ascii=False)) for name, shape in schemas]
    return render_template("api_docs.html", operations=operations, shapes=shapes, version=described["openapi"])


def _operation(method: str, path: str, about: dict[str, Any]) -> Operation:
    answers = [(status, _shape(answer)) for status, answer in sorted(about.get("responses", {}).items())]
    return Operation(
        method.upper(),
        path,
        about.get("summary", ""),
        about.get("description", ""),
        _shape(about.get("requestBody", {})),
        answers,
    )


def _shape(part: dict[str, Any]) -> str:
    """The name of the JSON shape that a body or an answer has, empty where it has none."""
    content = part.get("content", {}).get("application/json", {})
    reference = str(content.get("schema", {}).get("$ref", ""))
    return reference.rpartition("/")[2]
