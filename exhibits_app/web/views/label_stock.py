"""What labels are printed on: which stocks are offered for what, and the force's own."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labels.stock import RESOLUTIONS, Stock
from labels.stock_file import PAGES

from ...current import person, services
from ...domain.errors import BadInput, LabelRefusal
from ...domain.people import Action
from ...guard import Door, access
from ...services import label_stock
from ...statuses import status_of
from .. import stock_form
from ..navigation import OFFERS, Offer

bp = Blueprint("label_stock", __name__, url_prefix="/label-stock")
OFFERS.append(
    Offer("label_stock.listed", "Label stock", "The sheets and rolls that labels go on.", (Action.MANAGE_LABELS,), 48)
)


@bp.get("")
@access(Door.SIGNED_IN, Action.MANAGE_LABELS)
def listed() -> str:
    """Every stock, and what it is offered for."""
    return _list({})


@bp.post("")
@access(Door.SIGNED_IN, Action.MANAGE_LABELS)
def offer() -> AnyResponse | tuple[str, int]:
    """Offer what is ticked."""
    wanted = {purpose: request.form.getlist(purpose) for purpose in label_stock.PURPOSES}
    try:
        seen = request.form.get("seen", 0, int)
        label_stock.offer(services(), person(), wanted, request.form.get("note", ""), seen)
    except (BadInput, LabelRefusal) as refusal:
        return _list({stock_form.part_of(refusal): refusal.sentence()}), status_of(refusal)
    flash("The pages that print labels offer what you ticked.")
    return redirect(url_for("label_stock.listed"))


@bp.get("/new")
@access(Door.SIGNED_IN, Action.MANAGE_LABELS)
def new() -> str:
    """The form for a stock of the force's own."""
    return _form({}, None)


@bp.post("/new")
@access(Door.SIGNED_IN, Action.MANAGE_LABELS)
def add() -> AnyResponse | tuple[str, int]:
    """Show the outline of the described stock, or keep it."""
    form, name = request.form, request.form.get("name", "")
    try:
        values = stock_form.typed(form)
        if "save" not in form:
            return _form({}, label_stock.draft(services(), person(), name, values)), 200
        seen = form.get("seen", 0, int)
        stock = label_stock.add(services(), person(), name, values, form.get("note", ""), seen)
    except (BadInput, LabelRefusal) as refusal:
        return _form({stock_form.part_of(refusal): refusal.sentence()}, None), status_of(refusal)
    fits = " and ".join(label_stock.PURPOSE_NAMES[one].lower() for one in label_stock.suits(stock))
    flash(f"{stock.name} is kept and offered for {fits}.")
    return redirect(url_for("label_stock.listed"))


def _list(faults: dict[str, str]) -> str:
    shelf = label_stock.see(services(), person())
    offered = {one: request.form.getlist(one) if faults else shelf.offered[one] for one in label_stock.PURPOSES}
    return render_template(
        "label_designs/stock.html",
        shelf=shelf,
        rows=[(name, label_stock.described(one), label_stock.suits(one)) for name, one in shelf.known.items()],
        purposes=label_stock.PURPOSE_NAMES,
        offered=offered,
        faults=faults,
        given=request.form,
    )


def _form(faults: dict[str, str], stock: Stock | None) -> str:
    return render_template(
        "label_designs/new_stock.html",
        faults=faults,
        stock=stock,
        suits=[label_stock.PURPOSE_NAMES[one].lower() for one in label_stock.suits(stock)] if stock else [],
        described=label_stock.described(stock) if stock else "",
        shelf=label_stock.see(services(), person()),
        given=request.form,
        fields=stock_form.FIELDS,
        pages=[*PAGES, stock_form.OTHER],
        resolutions=RESOLUTIONS,
    )
