"""Whether everything that must run does, for administrators; and for a proxy whether this process answers."""

from flask import Blueprint, Response, render_template

from ...current import person, services
from ...domain.people import Action
from ...guard import Door, access
from ...services import health
from ..navigation import OFFERS, Offer

bp = Blueprint("health", __name__)
OFFERS.append(Offer("health.page", "Health", "Whether everything that must run does.", (Action.SEE_HEALTH,), 71))


@bp.get("/live")
@access(Door.PUBLIC)
def live() -> Response:
    """That this process answers, and nothing more: anyone may ask."""
    return Response("alive\n", mimetype="text/plain")


@bp.get("/health")
@access(Door.SIGNED_IN, Action.SEE_HEALTH)
def page() -> str:
    """Every part with what it says, the worst first."""
    checks = health.page(services(), person())
    return render_template("health.html", checks=checks, worst=health.worst(checks).value, now=services().clock.now())
