"""Alarms about what devices sent."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput
from ...domain.people import Action
from ...guard import Door, access
from ...services import act_alarms
from ..navigation import OFFERS, Offer

bp = Blueprint("act_alarms", __name__, url_prefix="/alarms")
WHO = (Action.MANAGE_DEVICES, Action.SETTLE)


def _waiting() -> int:
    return act_alarms.waiting(services(), person())


OFFERS.append(Offer("act_alarms.listed", "Alarms", "What no honest device sends.", WHO, 47, _waiting))


@bp.get("")
@access(Door.SIGNED_IN, *WHO)
def listed() -> str:
    """The alarms, newest first."""
    return _page({})


@bp.post("/<int:number>")
@access(Door.SIGNED_IN, *WHO)
def close(number: int) -> AnyResponse | tuple[str, int]:
    """Say what came of an alarm."""
    try:
        act_alarms.close(services(), person(), number, request.form.get("finding", ""))
    except BadInput as refusal:
        return _page({number: refusal.sentence()}), 422
    flash("What came of the alarm is kept with it.")
    return redirect(url_for("act_alarms.listed"))


def _page(errors: dict[int, str]) -> str:
    lines, next_after = act_alarms.page(services(), person(), request.args.get("after", 0, type=int))
    return render_template("act_alarms.html", lines=lines, next_after=next_after, errors=errors)
