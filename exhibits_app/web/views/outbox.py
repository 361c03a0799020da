"""Messages that were not sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.people import Action
from ...guard import Door, access
from ...services import outbox
from ..navigation import OFFERS, Offer

bp = Blueprint("outbox", __name__, url_prefix="/outbox")


def _given_up() -> int:
    return outbox.given_up(services(), person())


OFFERS.append(
    Offer(
        "outbox.listed",
        "Messages not sent",
        "Alerts that wait or were given up.",
        (Action.MANAGE_PEOPLE,),
        48,
        _given_up,
    )
)


@bp.get("")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def listed() -> str:
    """What was given up, and what waits."""
    after = request.args.get("after", 0, type=int)
    return render_template("outbox.html", unsent=outbox.page(services(), person(), after))


@bp.post("/<int:number>/again")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def again(number: int) -> AnyResponse:
    """Try a message that was given up once more."""
    tried = outbox.again(services(), person(), number)
    flash("The message goes with the next round of the worker." if tried else "That message is not given up any more.")
    return redirect(url_for("outbox.listed"))
