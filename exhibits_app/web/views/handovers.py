"""Handovers: answering what is offered to me, seeing what I offered, and what I hold."""

from flask import Blueprint, render_template, request, url_for

from ...current import person, services
from ...domain.errors import BadInput
from ...domain.people import Action
from ...guard import Door, access
from ...services import handovers, happenings
from ...services.typed_acts import Particulars
from ...statuses import status_of
from ..act_specs import SPECS
from ..navigation import OFFERS, Offer
from .record import verdict_page

ANSWERS = {"accept": "ACCEPT", "reject": "REJECT"}

bp = Blueprint("handovers", __name__, url_prefix="/handovers")
OFFERS.append(
    Offer("handovers.mine", "Handovers", "Accept what is offered to you, see what you hold.", (Action.HAND_OVER,), 15)
)


@bp.get("")
@access(Door.SIGNED_IN, Action.HAND_OVER)
def mine() -> str:
    """What is offered to me, what I offered, what I hold."""
    return _page({})


@bp.post("")
@access(Door.SIGNED_IN, Action.HAND_OVER)
def answer() -> str | tuple[str, int]:
    """Accept the offers that are ticked, or turn them down; every item gets its verdict."""
    given = request.form
    kind = ANSWERS.get(given.get("answer", ""), "")
    faults = {}
    if not given.getlist("item", int):
        faults["item"] = "Tick the items that you answer for."
    if not kind:
        faults["answer"] = "Choose whether you accept them or turn them down."
    elif kind == "REJECT" and not given.get("reason", "").strip():
        faults["reason"] = "Enter why you turn them down."
    if faults:
        return _page(faults), 422
    wanted = Particulars(reason=given.get("reason", "") if kind == "REJECT" else "")
    try:
        verdicts = happenings.happen(services(), person(), given.getlist("item", int), kind, wanted)
    except BadInput as refusal:
        return _page({refusal.field: refusal.sentence()}), status_of(refusal)
    return verdict_page(SPECS[kind], verdicts, url_for("handovers.mine"), "Back to handovers")


def _page(faults: dict[str, str]) -> str:
    found = handovers.mine(services(), person(), request.args.get("after", 0, int))
    return render_template(
        "handovers.html",
        mine=found,
        me=person(),
        given=request.form,
        ticked=set(request.form.getlist("item", int)),
        faults=faults,
        errors=[{"text": sentence, "href": f"#{name}"} for name, sentence in faults.items()],
    )
