"""The time limits in force."""

from flask import Blueprint, render_template

from ...current import person, services
from ...domain.people import Action
from ...guard import Door, access
from ...services import policy
from ..navigation import OFFERS, Offer

bp = Blueprint("policy", __name__)
OFFERS.append(
    Offer("policy.limits", "Time limits", "How long each kind of exhibit may wait.", (Action.SEE_POLICY,), 60)
)


@bp.get("/policy")
@access(Door.SIGNED_IN, Action.SEE_POLICY)
def limits() -> str:
    """The policy in force, read-only."""
    return render_template("policy.html", limits=policy.in_force(services(), person()))
