"""The store-room page: an enrolled terminal for handheld scanners, driven by static/store-room."""

from flask import Blueprint, make_response, render_template, request
from werkzeug.wrappers import Response as AnyResponse

from ...current import services
from ...domain.errors import SignInRefusal
from ...domain.people import Action
from ...guard import Door, access
from ...services.devices import by_token
from ..navigation import OFFERS, Offer
from ..offline import PAGE_VERSION, SHELLS, version_of
from ..security import DEVICE_COOKIE

bp = Blueprint("store_room", __name__)
OFFERS.append(
    Offer("store_room.page", "Store room", "Scan items in, on and out with a handheld.", (Action.BOOK_IN,), 20)
)

# The commands that are buttons, too: those of every hour first, the others behind "More".
KINDS = ("BOOK_IN", "MOVE", "SIGN_OUT", "SIGN_IN", "SUBMIT", "SIGHTING")
MORE = {
    "From hand to hand": ("OFFER", "ACCEPT", "REJECT"),
    "Seals and boxes": ("SEAL", "OPEN", "VIEW", "PUT_IN", "TAKE_OUT"),
    "Out and back": ("COLLECT", "RECEIVE", "LAB_RECEIPT", "LAB_RETURN", "TO_COURT", "FROM_COURT"),
    "Lost and found": ("UNACCOUNTED", "FOUND"),
}


@bp.get("/store-room")
@access(Door.PUBLIC)
def page() -> AnyResponse | str:
    """The scanning page on an enrolled device; on any other, the sentence that says how to enrol it."""
    return counter("store-room", "Store room")


def counter(page: str, name: str) -> AnyResponse | str:
    """The page, one of those that devices keep, at which an enrolled device scans."""
    try:
        with services().store.read() as work:
            device = by_token(work, request.cookies.get(DEVICE_COOKIE))
    except SignInRefusal as refusal:
        return render_template("store_room_closed.html", refusal=refusal, name=name)
    idle = int(services().limits.turn_idle.total_seconds())
    facts = {"page": page, "name": name, "device": device, "kinds": KINDS, "more": MORE, "idle_seconds": idle}
    answer = make_response(render_template(SHELLS[page].templates[0], **facts))
    answer.headers[PAGE_VERSION] = version_of(page)
    return answer
