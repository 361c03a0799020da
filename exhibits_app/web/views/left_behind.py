"""What people still hold who have left."""

from flask import Blueprint, render_template, request

from ...current import person, services
from ...domain.people import Action
from ...guard import Door, access
from ...services import left_behind
from ..navigation import OFFERS, Offer

bp = Blueprint("left_behind", __name__)


def _waiting() -> int:
    return left_behind.waiting(services(), person())


OFFERS.append(
    Offer(
        "left_behind.listed",
        "Held by leavers",
        "Items that somebody still holds who has left.",
        (Action.ACT_FOR_LEAVER,),
        24,
        _waiting,
    )
)


@bp.get("/leavers")
@access(Door.SIGNED_IN, Action.ACT_FOR_LEAVER)
def listed() -> str:
    """The items by property reference."""
    rows, next_after = left_behind.page(services(), person(), request.args.get("after", 0, type=int))
    return render_template("left_behind.html", rows=rows, next_after=next_after)
