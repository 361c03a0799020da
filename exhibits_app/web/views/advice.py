"""Recommendations, grades, reopened decisions and acknowledged deadlines on an item's page."""

from collections.abc import Callable

from flask import Blueprint, flash, redirect, request, url_for
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput
from ...domain.people import Action
from ...guard import Door, access
from ...services import acknowledging, deciding
from ...statuses import status_of
from ..forms import blame
from ..item_forms import AcknowledgeForm, AdviceForm, GradeForm, ReopenForm
from .items import page

bp = Blueprint("advice", __name__)


@bp.post("/items/<int:register_no>/recommendations")
@access(Door.SIGNED_IN, Action.RECOMMEND)
def recommend(register_no: int) -> AnyResponse | tuple[str, int]:
    """Record that somebody recommends an examination."""
    form = AdviceForm()

    def keep() -> None:
        deciding.recommend(services(), person(), register_no, form.given())

    return _kept(register_no, keep, "advised", form, "The recommendation is recorded. It is to be answered by name.")


@bp.post("/items/<int:register_no>/recommendations/<uuid:event>")
@access(Door.SIGNED_IN, Action.DECIDE_SUBMIT)
def answer(register_no: int, event: object) -> AnyResponse:
    """Answer a recommendation where the item goes to a laboratory anyway."""
    deciding.answer(services(), person(), register_no, str(event), request.form.get("answer", ""))
    flash("The answer is recorded under your name.")
    return redirect(url_for("items.item", register_no=register_no))


@bp.post("/items/<int:register_no>/grade")
@access(Door.SIGNED_IN, Action.DECIDE_SUBMIT)
def grade(register_no: int) -> AnyResponse | tuple[str, int]:
    """Give the item its forensic grade."""
    form = GradeForm()

    def keep() -> None:
        deciding.grade(services(), person(), register_no, form.grade.data or "")

    return _kept(register_no, keep, "graded", form, "The grade is recorded.")


@bp.post("/items/<int:register_no>/reopen")
@access(Door.SIGNED_IN, Action.RECOMMEND)
def reopen(register_no: int) -> AnyResponse | tuple[str, int]:
    """Have a decision not to submit made again."""
    form = ReopenForm()

    def keep() -> None:
        deciding.reopen(services(), person(), register_no, form.cause.data or "", form.note.data or "")

    return _kept(register_no, keep, "reopening", form, "It is to be decided again.")


@bp.post("/items/<int:register_no>/acknowledgement")
@access(Door.SIGNED_IN, Action.ACKNOWLEDGE)
def acknowledge(register_no: int) -> AnyResponse | tuple[str, int]:
    """Say that a deadline is known of, and why it waits."""
    form = AcknowledgeForm()

    def keep() -> None:
        clock, days, reason = form.clock.data or "", form.days.data or "", form.reason.data or ""
        acknowledging.acknowledge(services(), person(), register_no, clock, days, reason)

    return _kept(register_no, keep, "acknowledging", form, "The deadline is acknowledged under your name. It runs on.")


def _kept(
    register_no: int, keep: Callable[[], None], name: str, form: FlaskForm, said: str
) -> AnyResponse | tuple[str, int]:
    try:
        keep()
    except BadInput as refusal:
        if not blame(form, refusal):
            raise
        return page(register_no, **{name: form}), status_of(refusal)
    flash(said)
    return redirect(url_for("items.item", register_no=register_no))
