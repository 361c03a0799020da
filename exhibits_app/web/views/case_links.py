"""The links of a case: what is recorded, recording one, and withdrawing one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovSubmitInput, GovTextInput
from werkzeug.wrappers import Response as AnyResponse
from wtforms import StringField, SubmitField

from ...current import person, services
from ...domain.errors import BadInput, RegisterRefusal
from ...domain.people import Action, may
from ...guard import Door, access
from ...services import case_links, cases
from ...statuses import status_of
from ..forms import blame, mistakes

bp = Blueprint("case_links", __name__)


class LinkForm(FlaskForm):
    """A link with another case."""

    reference = StringField("The other case", widget=GovTextInput(), description="Its reference, like 01AB/1234/26.")
    reason = StringField(
        "What links them", widget=GovTextInput(), description="The fact and where it is recorded, in a sentence."
    )
    submit = SubmitField("Record the link", widget=GovSubmitInput())


@bp.get("/cases/<int:case_id>/links")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def listed(case_id: int) -> str:
    """The links of the case, and the form for another."""
    return _page(case_id, LinkForm(formdata=None))


@bp.post("/cases/<int:case_id>/links")
@access(Door.SIGNED_IN, Action.RECOMMEND)
def keep(case_id: int) -> AnyResponse | tuple[str, int]:
    """Record a link: decisions against submitting in both cases are to be made again."""
    form = LinkForm()
    try:
        other, again = case_links.link(services(), person(), case_id, form.reference.data or "", form.reason.data or "")
    except (BadInput, RegisterRefusal) as refusal:
        if not blame(form, refusal):
            raise
        return _page(case_id, form), status_of(refusal)
    opened = f"{again} {'decision is' if again == 1 else 'decisions are'} to be made again." if again else ""
    flash(f"The link with case {other.reference} is recorded under your name. {opened}".strip())
    return redirect(url_for("case_links.listed", case_id=case_id))


@bp.post("/cases/<int:case_id>/links/withdrawal")
@access(Door.SIGNED_IN, Action.RECOMMEND)
def withdraw(case_id: int) -> AnyResponse | tuple[str, int]:
    """Say why a link does not stand; what it reopened stays open."""
    given = request.form
    try:
        case_links.withdraw(services(), person(), case_id, given.get("link", 0, int), given.get("withdrawal", ""))
    except BadInput as refusal:
        return _page(case_id, LinkForm(formdata=None), refusal.sentence()), status_of(refusal)
    flash("The link is withdrawn. It stays on record with your reason; what it reopened is still to be decided.")
    return redirect(url_for("case_links.listed", case_id=case_id))


def _page(case_id: int, form: LinkForm, fault: str = "") -> str:
    case = cases.see_case(services(), person(), case_id)
    return render_template(
        "case_links.html",
        case=case,
        form=form,
        errors=mistakes(form),
        fault=fault,
        chosen=request.form.get("link", 0, int),
        links=case_links.of_case(services(), person(), case),
        may_link=may(person(), Action.RECOMMEND, case.target),
    )
