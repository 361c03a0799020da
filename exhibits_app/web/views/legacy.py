"""Legacy stock: what is not graded in yet, and planning when it is."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSelect, GovTextInput
from werkzeug.wrappers import Response as AnyResponse
from wtforms import SelectField, StringField

from ...current import person, services
from ...domain.errors import BadInput
from ...domain.people import Action
from ...domain.typed_times import moment
from ...guard import Door, access
from ...services import grading
from ...services.grading import Proposed
from ...statuses import status_of
from ..forms import blame, mistakes
from ..navigation import OFFERS, Offer

EVERY_TEAM = "every"

bp = Blueprint("legacy", __name__, url_prefix="/legacy")
OFFERS.append(
    Offer("legacy.stock", "Legacy stock", "What came from a previous system and is graded in.", (Action.SEE_BOARD,), 56)
)


class PlanForm(FlaskForm):
    """How legacy stock is graded in. Its fields are named as the service's refusals name them."""

    team = SelectField("Whose stock", widget=GovSelect())
    per_week = StringField("How many items a week", widget=GovTextInput())
    starts = StringField("When the first portion is graded in", widget=GovTextInput())
    reason = StringField("Why it is planned so", widget=GovTextInput())

    def given(self) -> grading.Form:
        """The form for the service."""
        team = None if self.team.data == EVERY_TEAM else int(self.team.data or 0)
        return grading.Form(team, self.per_week.data or "", moment(self.starts.data), self.reason.data or "")


@bp.get("")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def stock() -> str:
    """What waits, and the plans."""
    return _page(grading.page(services(), person()), PlanForm())


@bp.post("")
@access(Door.SIGNED_IN, Action.PLAN_GRADING)
def plan() -> AnyResponse | tuple[str, int] | str:
    """What a plan would do, or, once that was seen, keeping it."""
    view, form = grading.page(services(), person()), PlanForm()
    _offer(view, form)
    try:
        if "save" not in request.form:
            return _page(view, form, grading.preview(services(), person(), form.given()))
        made = grading.make(services(), person(), form.given())
    except BadInput as refusal:
        if not blame(form, refusal):
            raise
        return _page(view, form), status_of(refusal)
    flash(f"Planned for {len(made)} {'team' if len(made) == 1 else 'teams'}. The worker gives each item its day.")
    return redirect(url_for("legacy.stock"))


def _page(view: grading.View, form: PlanForm, proposed: list[Proposed] | None = None) -> str:
    _offer(view, form)
    return render_template("legacy.html", view=view, form=form, errors=mistakes(form), proposed=proposed)


def _offer(view: grading.View, form: PlanForm) -> None:
    form.team.choices = {EVERY_TEAM: "Every team"} | {str(team): name for team, name in view.teams.items()}
