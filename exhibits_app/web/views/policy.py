"""The time limits in force, and setting others."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain import escalation
from ...domain.errors import BadInput
from ...domain.people import Action
from ...guard import Door, access
from ...services import policy
from ...statuses import status_of
from ..forms import blame, mistakes
from ..navigation import OFFERS, Offer
from ..policy_form import PolicyForm

bp = Blueprint("policy", __name__)
OFFERS.append(
    Offer("policy.limits", "Time limits", "How long each kind of exhibit may wait.", (Action.SEE_POLICY,), 60)
)


@bp.get("/policy")
@access(Door.SIGNED_IN, Action.SEE_POLICY)
def limits() -> str:
    """The policy in force, and every version."""
    return render_template("policy.html", limits=policy.in_force(services(), person()), words=escalation)


@bp.get("/policy/change")
@access(Door.SIGNED_IN, Action.SET_POLICY)
def change() -> str:
    """The newest version, to change."""
    return _page(PolicyForm.of(*policy.latest(services(), person())))


@bp.post("/policy/change")
@access(Door.SIGNED_IN, Action.SET_POLICY)
def changed() -> AnyResponse | tuple[str, int] | str:
    """What other limits would change, or, once that was seen, keeping them."""
    form = PolicyForm.of(*policy.latest(services(), person()))
    try:
        if "save" not in request.form:
            return _page(form, policy.preview(services(), person(), form.given()))
        made = policy.save(services(), person(), form.given())
    except BadInput as refusal:
        if not blame(form, refusal):
            raise
        return _page(form), status_of(refusal)
    flash(f"Version {made.version} of the time limits is set.")
    return redirect(url_for("policy.limits"))


def _page(form: PolicyForm, preview: policy.Preview | None = None) -> str:
    return render_template("policy_change.html", form=form, errors=mistakes(form), preview=preview, words=escalation)
