"""An item: its state, its history, the decision about it, and its photographs."""

from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.advice import CLOSED
from ...domain.errors import BadInput, DecisionRefusal, FileRefusal, FileTooLarge
from ...domain.exhibit import Exhibit
from ...domain.people import Action, may
from ...guard import Door, access
from ...services import colleagues, deciding, exhibits, photos, scan_pictures
from ...statuses import status_of
from ..draining import drain
from ..forms import blame, mistakes
from ..item_forms import AcknowledgeForm, AdviceForm, DecisionForm, GradeForm, PhotographForm, ReopenForm, field_of
from .record import offered

WHO = (Action.SEE_CASE, Action.SEE_STORE)
LARGEST = "20 MB"

bp = Blueprint("items", __name__)


@bp.get("/items/<int:register_no>")
@access(Door.SIGNED_IN, *WHO)
def item(register_no: int) -> str:
    """The item's page. `too_large` is where an upload that was stopped on its way comes back to."""
    form = PhotographForm()
    if "too_large" in request.args:
        blame(form, FileTooLarge("The photograph", LARGEST), "photograph")
    return page(register_no, photograph=form)


@bp.post("/items/<int:register_no>/decision")
@access(Door.SIGNED_IN, Action.DECIDE_SUBMIT, Action.DECIDE_AGAINST)
def decide(register_no: int) -> AnyResponse | tuple[str, int]:
    """Record a forensic decision; who came from the overdue board goes on there."""
    form = DecisionForm.answering(exhibits.chosen(services(), person(), [register_no])[0].exhibit)
    try:
        deciding.decide(services(), person(), register_no, form.choice())
    except (BadInput, DecisionRefusal) as refusal:
        if not blame(form, refusal, field_of(refusal)):
            raise
        return page(register_no, decision=form), status_of(refusal)
    flash("The decision is recorded under your name.")
    if request.args.get("back") == "board" and may(person(), Action.SEE_BOARD):
        return redirect(url_for("board.overdue"))
    return redirect(url_for("items.item", register_no=register_no))


@bp.post("/items/<int:register_no>/photographs")
@access(Door.SIGNED_IN, Action.REGISTER)
def add_photograph(register_no: int) -> AnyResponse | tuple[str, int]:
    """Keep a photograph of the item."""
    form = PhotographForm()
    try:
        photos.add_photograph(services(), person(), register_no, form.upload())
    except (BadInput, FileRefusal) as refusal:
        if not blame(form, refusal, "" if isinstance(refusal, BadInput) else "photograph"):
            raise
        return page(register_no, photograph=form), status_of(refusal)
    flash("The photograph is kept, and its fingerprint is in the item's history.")
    return redirect(url_for("items.item", register_no=register_no, _anchor="photographs"))


@bp.get("/items/<int:register_no>/photographs/<sha256>")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def photograph(register_no: int, sha256: str) -> Response:
    """A photograph as it was sent, or with `small` a thumbnail; never kept by the browser."""
    data, media_type = photos.see_photograph(services(), person(), register_no, sha256, "small" in request.args)
    return Response(data, mimetype=media_type, headers={"Content-Disposition": "inline"})


@bp.get("/items/<int:register_no>/scans/<scan>/picture")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def scan_picture(register_no: int, scan: str) -> Response:
    """What the camera saw when this scan was read; never kept by the browser."""
    data = scan_pictures.see(services(), person(), register_no, scan)
    return Response(data, mimetype="image/jpeg", headers={"Content-Disposition": "inline"})


@bp.errorhandler(RequestEntityTooLarge)
def too_large(_fault: RequestEntityTooLarge) -> AnyResponse | tuple[str, int]:
    """An upload that is over the limit is not even read; the sentence about it belongs beside its field."""
    drain()
    register_no = (request.view_args or {})["register_no"]
    return redirect(url_for("items.item", register_no=register_no, too_large=1, _anchor="photographs"), 303)


def page(register_no: int, **given: FlaskForm) -> str:
    """The item's page; `given` are forms that come back with a mistake, by their name on the page."""
    view = exhibits.see(
        services(),
        person(),
        register_no,
        recorded=request.args.get("view") == "recorded",
        begin=None if "whole" in request.args else request.args.get("entry", 0, int),
    )
    exhibit = view.exhibit
    forms: dict[str, Any] = {
        "decision": DecisionForm.answering(exhibit, formdata=None),
        "photograph": PhotographForm(formdata=None),
        "advised": AdviceForm(formdata=None, data={"owner": _owner(exhibit)}),
        "graded": GradeForm(formdata=None),
        "reopening": ReopenForm(formdata=None),
        "acknowledging": AcknowledgeForm(formdata=None),
    } | given
    forms["acknowledging"].offer(view)
    return render_template(
        "item.html",
        view=view,
        exhibit=exhibit,
        **forms,
        errors=[mistake for form in forms.values() for mistake in mistakes(form)],
        closed=exhibit.forensic in CLOSED,
        allowed=lambda action: may(person(), action, view.case.target),
        acts=offered(register_no),
    )


def _owner(exhibit: Exhibit) -> str:
    """Who sees that a recommendation is answered unless another is named: the OIC, or whoever writes it down."""
    return colleagues.called(services(), exhibit.case.oic.id if exhibit.case.oic else None) or person().called
