"""Who fits what was typed so far into a field that names somebody."""

from flask import Blueprint, Response, jsonify, request

from ...current import services
from ...domain.people import Action
from ...domain.text import NAME_LIMIT
from ...guard import Door, access
from ...services import colleagues

WHO = (Action.SEE_CASE, Action.SEE_BOARD, Action.HAND_OVER)

bp = Blueprint("colleagues", __name__)


@bp.get("/colleagues")
@access(Door.SIGNED_IN, *WHO)
def like() -> Response:
    """What some who fit are called, for the browser."""
    found = colleagues.like(services(), request.args.get("q", "")[:NAME_LIMIT])
    return jsonify({"people": [one.called for one in found]})
