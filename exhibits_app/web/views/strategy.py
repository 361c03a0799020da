"""The forensic strategy review: a case's exhibits one by one, or several in one go with one decision each."""

from dataclasses import replace

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput, DecisionRefusal
from ...domain.people import Action
from ...guard import Door, access
from ...services import deciding, exhibits
from ...statuses import status_of
from ..forms import blame, mistakes
from ..item_forms import DecisionForm, field_of

bp = Blueprint("strategy", __name__)


@bp.get("/cases/<int:case_id>/strategy")
@access(Door.SIGNED_IN, Action.DECIDE_SUBMIT, Action.DECIDE_AGAINST)
def begin(case_id: int) -> AnyResponse | str:
    """Go to the next exhibit that waits for a decision, or say that none does."""
    at = deciding.walk(services(), person(), case_id, request.args.get("after", 0, type=int))
    if at.next is None:
        return render_template("strategy/done.html", case=at.case)
    return redirect(url_for("strategy.one", case_id=case_id, register_no=at.next))


@bp.get("/cases/<int:case_id>/strategy/<int:register_no>")
@access(Door.SIGNED_IN, Action.DECIDE_SUBMIT, Action.DECIDE_AGAINST)
def one(case_id: int, register_no: int) -> str:
    """One exhibit of the walk."""
    return _page(case_id, register_no)


@bp.post("/cases/<int:case_id>/strategy/<int:register_no>")
@access(Door.SIGNED_IN, Action.DECIDE_SUBMIT, Action.DECIDE_AGAINST)
def decide(case_id: int, register_no: int) -> AnyResponse | tuple[str, int]:
    """Record the decision and go on to the next."""
    form = DecisionForm.answering(exhibits.chosen(services(), person(), [register_no])[0].exhibit)
    try:
        deciding.decide(services(), person(), register_no, form.choice())
    except (BadInput, DecisionRefusal) as refusal:
        if not blame(form, refusal, field_of(refusal)):
            raise
        return _page(case_id, register_no, form), status_of(refusal)
    flash("The decision is recorded under your name.")
    return redirect(url_for("strategy.begin", case_id=case_id, after=register_no))


@bp.get("/cases/<int:case_id>/decide")
@access(Door.SIGNED_IN, Action.DECIDE_SUBMIT, Action.DECIDE_AGAINST)
def several(case_id: int) -> AnyResponse | str:
    """The exhibits that were ticked, to decide about in one go."""
    return _several(case_id, request.args.getlist("item", type=int), DecisionForm(formdata=None), [])


@bp.post("/cases/<int:case_id>/decide")
@access(Door.SIGNED_IN, Action.DECIDE_SUBMIT, Action.DECIDE_AGAINST)
def decide_several(case_id: int) -> AnyResponse | str:
    """Record one decision for each exhibit, in its own words; those refused stay on the page with their reason."""
    form, chosen = DecisionForm(), request.form.getlist("item", type=int)
    _case, items = deciding.waiting(services(), person(), case_id, chosen)
    common = form.choice()
    choices = {}
    for number in (listed.exhibit.register_no for listed in items):
        own = request.form.get(f"rationale-{number}", "").strip()
        choices[number] = replace(common, rationale=f"{common.rationale.strip()} {own}".strip())
    done = deciding.decide_many(services(), person(), choices)
    refused = [one for one in done if one.refusal is not None]
    kept = len(done) - len(refused)
    flash(f"{kept} {'decision is' if kept == 1 else 'decisions are'} recorded under your name.")
    if not refused:
        return redirect(url_for("cases.see", case_id=case_id))
    return _several(case_id, [one.register_no for one in refused], form, refused)


def _page(case_id: int, register_no: int, form: DecisionForm | None = None) -> str:
    view = exhibits.see(services(), person(), register_no)
    at = deciding.walk(services(), person(), case_id, register_no)
    form = form or DecisionForm.answering(view.exhibit, formdata=None)
    return render_template(
        "strategy/one.html", view=view, exhibit=view.exhibit, walk=at, decision=form, errors=mistakes(form)
    )


def _several(
    case_id: int, numbers: list[int], form: DecisionForm, refused: list[deciding.Decided]
) -> AnyResponse | str:
    case, items = deciding.waiting(services(), person(), case_id, numbers)
    if not items:
        flash("Tick items that wait for a decision.")
        return redirect(url_for("cases.see", case_id=case_id))
    return render_template("strategy/several.html", case=case, items=items, decision=form, refused=refused)
