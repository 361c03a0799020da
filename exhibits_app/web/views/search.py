"""One box for whatever is in someone's hand."""

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput
from ...domain.people import Action
from ...guard import Door, access
from ...services import search
from ...statuses import status_of
from ..navigation import OFFERS, Offer
from ..security import uses_camera

WHO = (Action.SEE_CASE, Action.SEE_STORE)

bp = Blueprint("search", __name__)
OFFERS.append(
    Offer("search.index", "Find an item", "By the code on its label, its reference, its seal or words.", WHO, 15)
)


@bp.get("/search")
@access(Door.SIGNED_IN, *WHO)
@uses_camera
def index() -> AnyResponse | str | tuple[str, int]:
    """Items by code, reference, seal or words, or the box or place of a code; a single hit opens at once."""
    text, before = request.args.get("q", "").strip(), request.args.get("before", 0, type=int)
    try:
        found = search.search(services(), person(), text, before)
    except BadInput as refusal:
        fault = refusal.sentence()
        return render_template("search.html", text=text, found=search.Found([]), fault=fault), status_of(refusal)
    opens = _opens(found, before)
    return redirect(opens) if opens else render_template("search.html", text=text, found=found, before=before, fault="")


def _opens(found: search.Found, before: int) -> str | None:
    """The page of the one thing that was found."""
    if found.box is not None:
        return url_for("boxes.one", box_id=found.box)
    if found.case is not None:
        return url_for("cases.see", case_id=found.case)
    if found.submission is not None:
        return url_for("submissions.one", number=found.submission)
    if found.packing is not None:
        return url_for("stores.pack", number=found.packing)
    if found.place is not None:
        within = found.place.store
        return url_for("stores.contents", store=within or found.place.id, place=within and found.place.id)
    if len(found.items) == 1 and not (found.warning or found.older or before):
        return url_for("items.item", register_no=found.items[0].exhibit.register_no)
    return None
