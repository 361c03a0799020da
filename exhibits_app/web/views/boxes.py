"""Boxes: opening a record of one, what is in it, its label, and checking it against its manifest."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput, CustodyRefusal, LabelRefusal, NotFound, Refusal, RegisterRefusal
from ...domain.people import Action
from ...guard import Door, access
from ...services import box_check, boxes, label_stock, labels, places
from ...statuses import status_of
from .. import print_form
from ..navigation import OFFERS, Offer
from ..print_form import again_of

WHO = (Action.SEE_STORE, Action.HANDLE)
SAID = (BadInput, CustodyRefusal, LabelRefusal, RegisterRefusal)

bp = Blueprint("boxes", __name__, url_prefix="/boxes")
OFFERS.append(Offer("boxes.listed", "Boxes", "Boxes that are moved as one, and what is in them.", WHO, 42))


@bp.get("")
@access(Door.SIGNED_IN, *WHO)
def listed() -> str:
    """The boxes of the stores that this person sees, and their own."""
    return _list({})


@bp.post("")
@access(Door.SIGNED_IN, Action.HANDLE)
def add() -> AnyResponse | tuple[str, int]:
    """Open the record of an empty box."""
    place = request.form.get("place", type=int)
    try:
        box = boxes.open_box(services(), person(), request.form.get("name", ""), place)
    except SAID as refusal:
        return _list(_fault(refusal, "name")), status_of(refusal)
    flash(f"{box.name} is on record, empty. Print its label and stick it on.")
    return redirect(url_for("boxes.one", box_id=box.id))


@bp.get("/<int:box_id>")
@access(Door.SIGNED_IN, *WHO)
def one(box_id: int) -> str:
    """A box with what is in it, and what it was said to hold at every act on it."""
    return _one(box_id, {})


@bp.post("/<int:box_id>/label")
@access(Door.SIGNED_IN, Action.HANDLE)
def print_label(box_id: int) -> AnyResponse | tuple[str, int]:
    """Print its label; the one before is good until this one is scanned."""
    given = request.form
    try:
        done = labels.print_box_labels(
            services(), person(), [box_id], given.get("stock", ""),
            printer=given.get("printer", ""), again=again_of(given),
        )  # fmt: skip
    except print_form.SAID as refusal:
        return _one(box_id, print_form.fault_of(refusal)), status_of(refusal)
    return redirect(url_for("printing.one", job=done.job))


@bp.post("/<int:box_id>/close")
@access(Door.SIGNED_IN, Action.HANDLE)
def close(box_id: int) -> AnyResponse | tuple[str, int]:
    """Close it without a seal."""
    try:
        box = boxes.close(services(), person(), box_id)
    except SAID as refusal:
        return _one(box_id, _fault(refusal, "close")), status_of(refusal)
    flash(f"{box.name} is closed.")
    return redirect(url_for("boxes.one", box_id=box_id))


@bp.post("/<int:box_id>/open")
@access(Door.SIGNED_IN, Action.HANDLE)
def begin(box_id: int) -> AnyResponse | tuple[str, int]:
    """Open it, and begin to check what is in it."""
    try:
        box_check.begin(services(), person(), box_id, request.form.get("reason", ""))
    except SAID as refusal:
        return _one(box_id, _fault(refusal, "reason")), status_of(refusal)
    return redirect(url_for("boxes.check", box_id=box_id))


@bp.get("/<int:box_id>/reconcile")
@access(Door.SIGNED_IN, *WHO)
def check(box_id: int) -> str | AnyResponse:
    """What was expected in the box and what was seen; a box that is not being checked has its own page."""
    box = boxes.see(services(), person(), box_id).box
    if box.counting_since is None:
        return redirect(url_for("boxes.one", box_id=box_id))
    return _check(box_id, {})


@bp.post("/<int:box_id>/reconcile")
@access(Door.SIGNED_IN, Action.HANDLE)
def confirm(box_id: int) -> AnyResponse | tuple[str, int]:
    """Record that an item was seen in the box."""
    try:
        told = box_check.confirm(services(), person(), box_id, request.form.get("item", ""))
    except (*SAID, NotFound) as refusal:
        boxes.see(services(), person(), box_id)
        return _check(box_id, _fault(refusal, "item")), status_of(refusal)
    flash(told)
    return redirect(url_for("boxes.check", box_id=box_id))


@bp.post("/<int:box_id>/reconcile/end")
@access(Door.SIGNED_IN, Action.HANDLE)
def finish(box_id: int) -> AnyResponse | tuple[str, int]:
    """End the check; what nobody saw is a discrepancy."""
    try:
        missing = box_check.finish(services(), person(), box_id, request.form.get("seal", ""))
    except SAID as refusal:
        return _check(box_id, _fault(refusal, "seal")), status_of(refusal)
    listed = ", ".join(str(number) for number in missing)
    flash(f"Not in the box: property reference {listed}." if missing else "Everything was in the box.")
    return redirect(url_for("boxes.one", box_id=box_id))


def _fault(refusal: Refusal, otherwise: str) -> dict[str, str]:
    """The sentence by the field that it belongs to."""
    return {getattr(refusal, "field", "") or otherwise: refusal.sentence()}


def _list(errors: dict[str, str]) -> str:
    store = request.args.get("store", type=int)
    after = request.args.get("after", 0, type=int)
    shown = boxes.boxes(services(), person(), store, after)
    mine = {one.id for one in shown.stores}
    inside = [one for one in places.list_places(services()) if one.inside and (one.store or one.id) in mine]
    return render_template(
        "boxes/list.html", shown=shown, store=store, after=after, places=inside, errors=errors, given=request.form
    )


def _one(box_id: int, errors: dict[str, str]) -> str:
    after = request.args.get("after", 0, type=int)
    view = boxes.see(services(), person(), box_id, after)
    return render_template(
        "boxes/one.html",
        view=view,
        box=view.box,
        stocks=label_stock.offered(services(), "box"),
        errors=errors,
        given=request.form,
        after=after,
    )


def _check(box_id: int, errors: dict[str, str]) -> str:
    shown = box_check.see(services(), person(), box_id)
    return render_template("boxes/check.html", check=shown, box=shown.box, errors=errors, given=request.form)
