"""The phone page: the same counter as the store room's, with a camera in place of a handheld scanner."""

from flask import Blueprint, current_app
from werkzeug.wrappers import Response as AnyResponse

from ...domain.people import Action
from ...guard import Door, access
from ..navigation import OFFERS, Offer
from ..security import runs_wasm, uses_camera
from .store_room import counter

WHO = (Action.BOOK_IN, Action.SIGHT)

bp = Blueprint("phone", __name__)
OFFERS.append(Offer("phone.page", "Phone", "Scan items with the camera of a phone.", WHO, 21))


@bp.get("/phone")
@access(Door.PUBLIC)
@uses_camera
def page() -> AnyResponse | str:
    """The scanning page with a camera, on an enrolled phone; on any other, the sentence that says how to enrol it."""
    return counter("phone", "Phone")


@bp.get("/phone/reader.js")
@access(Door.PUBLIC)
@runs_wasm
def reader() -> AnyResponse:
    """What reads the camera's pictures. Below the page's address, so that the page's service worker keeps it too."""
    return current_app.send_static_file("camera/worker.js")
