"""Stores, the places in them, and the organisations outside."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput, PlaceNotEmpty
from ...domain.people import Action
from ...domain.places import SUITS_WORDS, PlaceKind
from ...guard import Door, access
from ...services import closing as closing_places
from ...services import label_stock, labels, places
from ...statuses import status_of
from ..navigation import OFFERS, Offer
from ..pdf import pdf
from ..print_form import SAID, again_of, fault_of

bp = Blueprint("places", __name__, url_prefix="/places")
OFFERS.append(
    Offer("places.listed", "Places", "Stores, shelves and laboratories, and their labels.", (Action.MANAGE_PLACES,), 46)
)


@bp.get("")
@access(Door.SIGNED_IN, Action.MANAGE_PLACES)
def listed() -> str:
    """Every place as a tree, with the form to add one."""
    return _page({})


@bp.post("")
@access(Door.SIGNED_IN, Action.MANAGE_PLACES)
def add() -> AnyResponse | tuple[str, int]:
    """Add a place."""
    given = request.form
    suits = frozenset(given.getlist("suits"))
    try:
        place = places.add_place(
            services(), person(), given.get("name", ""), given.get("kind", ""), given.get("parent", type=int), suits
        )
    except BadInput as refusal:
        return _page({refusal.field: refusal.sentence()}), 422
    flash(f"{place.name} is added. Print its label and put it where a scanner can reach it.")
    return redirect(url_for("places.listed"))


@bp.post("/labels")
@access(Door.SIGNED_IN, Action.MANAGE_PLACES)
def print_labels() -> AnyResponse | tuple[str, int]:
    """Print labels of the places ticked; the ones before are good until these are scanned."""
    wanted = [int(number) for number in request.form.getlist("place") if number.isdigit()]
    if not wanted:
        return _page({"place": "Tick the places whose labels you want to print."}), 422
    given = request.form
    try:
        done = labels.print_place_labels(
            services(),
            person(),
            wanted,
            given.get("stock", ""),
            printer=given.get("printer", ""),
            again=again_of(given),
        )
    except SAID as refusal:
        return _page(fault_of(refusal)), status_of(refusal)
    return redirect(url_for("printing.one", job=done.job))


@bp.get("/commands.pdf")
@access(Door.SIGNED_IN, Action.MANAGE_PLACES)
def commands() -> AnyResponse:
    """The sheet of command codes for the counter."""
    return pdf(labels.command_sheet(services(), person()), "commands.pdf")


@bp.get("/<int:number>/close")
@access(Door.SIGNED_IN, Action.MANAGE_PLACES)
def closing(number: int) -> str:
    """What stands in the way of closing a place."""
    return render_template("places/close.html", found=closing_places.look(services(), person(), number))


@bp.post("/<int:number>/close")
@access(Door.SIGNED_IN, Action.MANAGE_PLACES)
def close(number: int) -> AnyResponse | tuple[str, int]:
    """Close a place and what is in it."""
    try:
        place = closing_places.close(services(), person(), number)
    except PlaceNotEmpty as refusal:
        found = closing_places.look(services(), person(), number)
        return render_template("places/close.html", found=found, refused=refusal.sentence()), status_of(refusal)
    flash(f"{place.name} is closed. Nothing new goes there; what happened there stays in every history.")
    return redirect(url_for("places.listed"))


def _page(errors: dict[str, str]) -> str:
    return render_template(
        "places/list.html",
        branches=places.tree(services()),
        kinds=list(PlaceKind),
        suits_words=SUITS_WORDS,
        stocks=label_stock.offered(services(), "place"),
        errors=errors,
        given=request.form,
    )
