"""Around every request: an id for it, a line in the log when something is remarkable, and its place in the metrics.

The log and the metrics name the route's template and never the address, in which references and secrets stand.
"""

from time import perf_counter
from typing import Final

import structlog
from flask import Flask, Response, current_app, g, request
from uuid_utils import uuid7

from .metrics import EXTENSION, Meters

REQUEST_ID: Final = "X-Request-Id"
# A request that took longer, in seconds, is in the log.
SLOW: Final = 1.0
# Who was not let in is in the log, without who they said they were.
SHUT_OUT: Final = frozenset({401, 403, 429})
SERVER_FAULT: Final = 500
METHODS: Final = frozenset({"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS"})

log = structlog.get_logger("exhibits.requests")


def register(app: Flask) -> None:
    """Add it to the application, before all other hooks."""
    app.before_request(_begin)
    app.after_request(_end)


def request_id() -> str:
    """What the log calls the request at hand; empty outside of one."""
    return str(g.get("request_id", ""))


def _begin() -> None:
    g.began = perf_counter()
    g.request_id = str(uuid7())
    structlog.contextvars.clear_contextvars()
    structlog.contextvars.bind_contextvars(request_id=g.request_id)


def _end(response: Response) -> Response:
    seconds = perf_counter() - g.get("began", perf_counter())
    route = request.url_rule.rule if request.url_rule else "(none)"
    method = request.method if request.method in METHODS else "(other)"
    response.headers[REQUEST_ID] = request_id()
    meters: Meters | None = app_meters()
    if meters is not None:
        meters.answered(method, route, response.status_code, seconds)
        meters.recorded(g.get("recorded", ()))
    _tell(response.status_code, seconds, {"method": method, "route": route})
    return response


def app_meters() -> Meters | None:
    """The application's meters; None where metrics are off."""
    found = current_app.extensions.get(EXTENSION)
    return found if isinstance(found, Meters) else None


def _tell(status: int, seconds: float, facts: dict[str, str]) -> None:
    if status >= SERVER_FAULT:
        say = log.error
    elif seconds >= SLOW:
        say = log.warning
    elif status in SHUT_OUT:
        say = log.info
    elif current_app.config["LOG_REQUESTS"]:
        say = log.debug
    else:
        return
    device = g.get("device")
    say("request", **facts, status=status, ms=round(seconds * 1000, 1), device=device.id if device else None)
