"""What each store holds."""

from flask import Blueprint, render_template, request

from ...current import person, services
from ...domain.people import Action
from ...domain.submissions import RISK_NAMES
from ...guard import Door, access
from ...services import packing, places
from ...services import stores as store_contents
from ..navigation import OFFERS, Offer

bp = Blueprint("stores", __name__)
OFFERS.append(Offer("stores.mine", "Store contents", "What each store holds, place by place.", (Action.SEE_STORE,), 40))


@bp.get("/stores")
@access(Door.SIGNED_IN, Action.SEE_STORE)
def mine() -> str:
    """The stores whose contents this person may see."""
    return render_template("stores.html", stores=places.my_stores(services(), person()))


@bp.get("/stores/<int:store>")
@access(Door.SIGNED_IN, Action.SEE_STORE)
def contents(store: int) -> str:
    """What the store, or one place in it, holds."""
    place = request.args.get("place", type=int)
    after = request.args.get("after", 0, type=int)
    shown = store_contents.contents(services(), person(), store, place, after)
    return render_template("store.html", contents=shown, after=after)


@bp.get("/stores/submissions/<int:number>")
@access(Door.SIGNED_IN, Action.SUBMIT)
def pack(number: int) -> str:
    """What goes to the laboratory under this number, and where each of it lies."""
    return render_template(
        "submissions/pack.html", packing=packing.see(services(), person(), number), RISK_NAMES=RISK_NAMES
    )
