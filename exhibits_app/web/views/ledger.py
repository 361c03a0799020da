"""What the ledger holds, how far it is signed, and who outside could tell if it were rewritten."""

from flask import Blueprint, render_template

from ...current import person, services
from ...domain.people import Action
from ...domain.show import how_long
from ...guard import Door, access
from ...services import ledger
from ..navigation import OFFERS, Offer

bp = Blueprint("ledger", __name__)
OFFERS.append(
    Offer("ledger.overview", "Ledger", "The record that nothing is ever removed from.", (Action.SEE_LEDGER,), 72)
)


@bp.get("/ledger")
@access(Door.SIGNED_IN, Action.SEE_LEDGER)
def overview() -> str:
    """Its state."""
    return render_template("ledger.html", ledger=ledger.facts(services(), person()), how_long=how_long)
