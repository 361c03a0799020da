"""Blank labels: ordering a series, accounting for its numbers, handing it on, and putting a label on an item."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput, LabelRefusal, Refusal
from ...domain.people import Action
from ...guard import Door, access
from ...services import blank_binding, blank_labels, exhibits, label_stock, series_pages
from ...services.blank_labels import OrderForm
from ...statuses import status_of
from ..navigation import OFFERS, Offer
from ..security import uses_camera

WHO = (Action.ORDER_BLANKS, Action.SEE_BLANKS)
SAID = (BadInput, LabelRefusal)

bp = Blueprint("blank_labels", __name__)
OFFERS.append(
    Offer("blank_labels.listed", "Blank labels", "Labels printed ahead for the scene, each accounted for.", WHO, 30)
)


@bp.get("/blank-labels")
@access(Door.SIGNED_IN, *WHO)
def listed() -> str:
    """The series that this person sees: open ones, the oldest first, or closed ones."""
    closed = "closed" in request.args
    rows, next_after = series_pages.page(
        services(), person(), closed=closed, after=request.args.get("after", 0, type=int)
    )
    return render_template("blank_labels/list.html", rows=rows, next_after=next_after, closed=closed)


@bp.get("/blank-labels/new")
@access(Door.SIGNED_IN, Action.ORDER_BLANKS)
def new() -> str:
    """The form that orders a series."""
    return _order_page({})


@bp.post("/blank-labels/new")
@access(Door.SIGNED_IN, Action.ORDER_BLANKS)
def order() -> AnyResponse | tuple[str, int]:
    """Give the series its number and print it."""
    given = request.form
    form = OrderForm(given.get("count", ""), given.get("stock", ""), given.get("purpose", ""), given.get("holder", ""))
    try:
        number = blank_labels.order(services(), person(), form)
    except BadInput as refusal:
        return _order_page({refusal.field: refusal.sentence()}), status_of(refusal)
    return _printed(number)


@bp.get("/blank-labels/<int:number>")
@access(Door.SIGNED_IN, *WHO)
def one(number: int) -> str:
    """One series with every number accounted for."""
    return _one(number, {})


@bp.post("/blank-labels/<int:number>/print")
@access(Door.SIGNED_IN, Action.ORDER_BLANKS, Action.KEEP_BLANKS)
def print_them(number: int) -> AnyResponse | tuple[str, int]:
    """Print a series whose printing failed before."""
    return _printed(number)


@bp.post("/blank-labels/<int:number>/account")
@access(Door.SIGNED_IN, Action.ORDER_BLANKS, Action.KEEP_BLANKS)
def account(number: int) -> AnyResponse | tuple[str, int]:
    """Say which labels are void or lost."""
    given = request.form
    try:
        blank_labels.declare(
            services(), person(), number, given.get("numbers", ""), given.get("state", ""), given.get("reason", "")
        )
    except SAID as refusal:
        return _refused(number, refusal, "numbers")
    flash("It is on record. Whoever scans one of these labels is told.")
    return redirect(url_for("blank_labels.one", number=number))


@bp.post("/blank-labels/<int:number>/hand-on")
@access(Door.SIGNED_IN, Action.ORDER_BLANKS, Action.KEEP_BLANKS)
def hand_on(number: int) -> AnyResponse | tuple[str, int]:
    """Somebody else answers for the labels from now on."""
    try:
        blank_labels.hand_on(services(), person(), number, request.form.get("holder", ""))
    except SAID as refusal:
        return _refused(number, refusal, "holder")
    flash(f"Series {number} is handed on. Whoever has it now answers for its labels.")
    return redirect(url_for("blank_labels.listed"))


@bp.post("/blank-labels/<int:number>/close")
@access(Door.SIGNED_IN, Action.ORDER_BLANKS, Action.KEEP_BLANKS)
def close(number: int) -> AnyResponse | tuple[str, int]:
    """Close a series whose every number is accounted for."""
    try:
        blank_labels.close(services(), person(), number)
    except SAID as refusal:
        return _refused(number, refusal, "close")
    flash(f"Series {number} is closed: every label is accounted for.")
    return redirect(url_for("blank_labels.listed"))


@bp.get("/items/<int:register_no>/blank-label")
@access(Door.SIGNED_IN, Action.PRINT_LABEL, Action.RELABEL)
@uses_camera
def choose(register_no: int) -> str:
    """Which blank label is put on an item that has none."""
    return _bind_page(register_no, "")


@bp.post("/items/<int:register_no>/blank-label")
@access(Door.SIGNED_IN, Action.PRINT_LABEL, Action.RELABEL)
@uses_camera
def bind(register_no: int) -> AnyResponse | tuple[str, int]:
    """The item bears the label from now on."""
    try:
        blank_binding.put_on_item(services(), person(), register_no, request.form.get("label", ""))
    except SAID as refusal:
        return _bind_page(register_no, refusal.sentence()), status_of(refusal)
    flash("The label is on the item: scanning it leads here from now on.")
    return redirect(url_for("items.item", register_no=register_no))


def _printed(number: int) -> AnyResponse | tuple[str, int]:
    try:
        job = blank_labels.print_series(services(), person(), number)
    except LabelRefusal as refusal:
        return _refused(number, refusal, "print")
    return redirect(url_for("printing.one", job=job))


def _refused(number: int, refusal: Refusal, otherwise: str) -> tuple[str, int]:
    """The page of the series with what was typed, and the fault beside its field."""
    field = refusal.field if isinstance(refusal, BadInput) else otherwise
    return _one(number, {field: refusal.sentence()}), status_of(refusal)


def _order_page(errors: dict[str, str]) -> str:
    return render_template(
        "blank_labels/order.html",
        errors=errors,
        given=request.form,
        stocks=label_stock.offered(services(), "item"),
        holders=series_pages.holders(services(), person()),
    )


def _one(number: int, errors: dict[str, str]) -> str:
    state, after = request.args.get("state", ""), request.args.get("after", 0, type=int)
    view = series_pages.see(services(), person(), number, state, after)
    return render_template(
        "blank_labels/one.html",
        view=view,
        series=view.series,
        errors=errors,
        given=request.form,
        state=state,
        holders=series_pages.holders(services(), person(), all_of_them=True) if view.may_account else {},
    )


def _bind_page(register_no: int, fault: str) -> str:
    view = exhibits.see(services(), person(), register_no)
    return render_template("blank_labels/bind.html", exhibit=view.exhibit, given=request.form, fault=fault)
