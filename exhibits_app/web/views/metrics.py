"""Metrics for Prometheus: off unless set, and then for whoever has the token, or without one for this machine alone."""

from hmac import compare_digest
from ipaddress import ip_address

from flask import Blueprint, Response, current_app, request
from prometheus_client import CONTENT_TYPE_LATEST

from ...domain.errors import NotFound
from ...guard import Door, access
from ..metrics import EXTENSION

bp = Blueprint("metrics", __name__)


@bp.get("/metrics")
@access(Door.PUBLIC)
def scrape() -> Response:
    """Everything, as Prometheus reads it. Whoever may not ask is told that there is nothing."""
    meters = current_app.extensions.get(EXTENSION)
    if meters is None or not _may_ask(str(current_app.config["METRICS_TOKEN"])):
        raise NotFound("page")
    return Response(meters.text(), content_type=CONTENT_TYPE_LATEST)


def _may_ask(token: str) -> bool:
    """Whether the token is right, or, without one, whether the request came from this machine and through no proxy:
    what a proxy here passes on comes from this machine too."""
    if token:
        given = request.headers.get("Authorization", "")
        return compare_digest(given.encode(), f"Bearer {token}".encode())
    forwarded = {"Forwarded", "X-Forwarded-For", "X-Real-Ip", "Via"} & set(request.headers.keys())
    return not forwarded and _is_here(request.remote_addr) and _is_here(request.host.rsplit(":", 1)[0])


def _is_here(address: str | None) -> bool:
    try:
        return address == "localhost" or ip_address((address or "").strip("[]")).is_loopback
    except ValueError:
        return False
