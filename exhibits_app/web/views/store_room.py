"""The store-room page: an enrolled terminal for handheld scanners, driven by static/store-room."""

from flask import Blueprint, render_template, request

from ...current import services
from ...domain.errors import SignInRefusal
from ...guard import Door, access
from ...services.devices import by_token
from ..security import DEVICE_COOKIE

bp = Blueprint("store_room", __name__)

KINDS = ("BOOK_IN", "MOVE", "SIGN_OUT", "SIGN_IN", "SUBMIT", "SIGHTING")


@bp.get("/store-room")
@access(Door.PUBLIC)
def page() -> str:
    """The scanning page on an enrolled device; on any other, the sentence that says how to enrol it."""
    try:
        with services().store.read() as work:
            device = by_token(work, request.cookies.get(DEVICE_COOKIE))
    except SignInRefusal as refusal:
        return render_template("store_room_closed.html", refusal=refusal)
    idle = int(services().limits.turn_idle.total_seconds())
    return render_template("store_room.html", device=device, kinds=KINDS, idle_seconds=idle)
