"""Cases: finding one, opening one, seeing what is in it, changing it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovRadioInput, GovSelect, GovSubmitInput, GovTextInput
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, RadioField, SelectField, StringField, SubmitField

from ...current import person, services
from ...domain.cases import CASE_CATEGORY_NAMES, Case
from ...domain.errors import BadInput, CaseReferenceTaken, RegisterRefusal
from ...domain.people import Action, PersonRef, may
from ...guard import Door, access
from ...services import case_links, cases, codes, colleagues, people, printings
from ...statuses import status_of
from ..forms import blame, mistakes
from ..navigation import OFFERS, Offer
from ..person_field import PersonField
from .record import for_many

PAGE = 50

bp = Blueprint("cases", __name__)
bp.add_app_template_filter(codes.headline, "headline")
OFFERS.append(Offer("cases.index", "Cases", "Open a case, register items in it, print labels.", (Action.SEE_CASE,), 10))


class CaseForm(FlaskForm):
    """A case as it is opened or changed."""

    reference = StringField(
        "Case reference", widget=GovTextInput(), description="The crime or incident reference, like 01AB/1234/26."
    )
    title = StringField("What the case is about, in a few words", widget=GovTextInput())
    category = RadioField("Kind of case", widget=GovRadioInput())
    oic = PersonField("Officer in the case (OIC)")
    supervisor = PersonField("Supervisor", "Collar or staff number, or name. Leave it empty if nobody is named yet.")
    team = SelectField("Team", widget=GovSelect(), coerce=int)
    restricted = BooleanField(
        "Restricted: only the OIC, the supervisor and people named for this case may see it", widget=GovCheckboxInput()
    )
    submit = SubmitField("Save the case", widget=GovSubmitInput())

    @classmethod
    def of(cls, case: Case | None) -> "CaseForm":
        """The form with its lists, filled in from a case, or for a new one with the person who opens it as OIC."""
        form = cls(data=_particulars(case))
        form.category.choices = {value.value: name for value, name in CASE_CATEGORY_NAMES.items()}
        form.team.choices = {0: "No team"} | people.list_teams(services())
        return form

    def given(self, case: Case | None = None) -> cases.CaseForm:
        """The form for the service; `case` is as it was before. Raises BadInput for a person who is not known."""
        return cases.CaseForm(
            reference=self.reference.data or "",
            title=self.title.data or "",
            category=self.category.data or "",
            oic=self.oic.chosen(case.oic.id if case and case.oic else None),
            supervisor=self.supervisor.chosen(case.supervisor.id if case and case.supervisor else None),
            team=self.team.data,
            restricted=self.restricted.data,
        )


def _particulars(case: Case | None) -> dict[str, object]:
    if case is None:
        return {"oic": person().called, "team": person().team or 0, "supervisor": ""}
    return {
        "reference": case.reference,
        "title": case.title,
        "category": case.category.value,
        "oic": _called(case.oic),
        "supervisor": _called(case.supervisor),
        "team": case.team or 0,
        "restricted": case.restricted,
    }


def _called(who: PersonRef | None) -> str:
    return colleagues.called(services(), who.id if who else None, left=True)


@bp.get("/cases")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def index() -> str:
    """Cases newest first: one's own, or all that one may see."""
    text, after = request.args.get("q", ""), request.args.get("after", 0, int)
    mine = request.args.get("whose", "mine" if may(person(), Action.OPEN_CASE) else "all") == "mine" and not text
    fault = ""
    found: list[Case] = []
    try:
        found = cases.list_cases(services(), person(), text, after, PAGE + 1, mine)
    except BadInput as refusal:
        fault = refusal.sentence()
    return render_template(
        "cases.html", cases=found[:PAGE], more=len(found) > PAGE, text=text, mine=mine, after=after, fault=fault
    )


@bp.get("/cases/new")
@access(Door.SIGNED_IN, Action.OPEN_CASE)
def new() -> str:
    """The form that opens a case."""
    return _form(CaseForm.of(None), None)


@bp.post("/cases/new")
@access(Door.SIGNED_IN, Action.OPEN_CASE)
def open_case() -> AnyResponse | tuple[str, int]:
    """Open a case and go to it."""
    form = CaseForm.of(None)
    try:
        case = cases.open_case(services(), person(), form.given())
    except (BadInput, RegisterRefusal) as refusal:
        return _again(form, None, refusal)
    flash(f"Case {case.reference} is open. Register what was seized next.")
    return redirect(url_for("cases.see", case_id=case.id))


@bp.get("/cases/<int:case_id>")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def see(case_id: int) -> str:
    """A case with its items."""
    case = cases.see_case(services(), person(), case_id)
    items = cases.items_of(services(), case, request.args.get("after", 0, int), PAGE + 1)
    return render_template(
        "case.html",
        case=case,
        items=items[:PAGE],
        more=len(items) > PAGE,
        team=people.list_teams(services()).get(case.team or 0),
        now=services().clock.now(),
        allowed=lambda action: may(person(), action, case.target),
        acts=for_many(),
        links=case_links.of_case(services(), person(), case),
        unseen=printings.unseen_of(services(), [one.exhibit.register_no for one in items[:PAGE]]),
        unseen_too_long=lambda label: printings.unseen_too_long(services(), label),
    )


@bp.get("/cases/<int:case_id>/change")
@access(Door.SIGNED_IN, Action.EDIT_CASE)
def change(case_id: int) -> str:
    """The form that changes a case."""
    case = cases.see_case(services(), person(), case_id)
    return _form(CaseForm.of(case), case)


@bp.post("/cases/<int:case_id>/change")
@access(Door.SIGNED_IN, Action.EDIT_CASE)
def keep(case_id: int) -> AnyResponse | tuple[str, int]:
    """Keep the changed case."""
    case = cases.see_case(services(), person(), case_id)
    form = CaseForm.of(case)
    try:
        cases.change_case(services(), person(), case_id, form.given(case))
    except (BadInput, RegisterRefusal) as refusal:
        return _again(form, case, refusal)
    flash("The case is changed. Deadlines still run from the seizure.")
    return redirect(url_for("cases.see", case_id=case_id))


def _form(form: CaseForm, case: Case | None) -> str:
    return render_template("case_form.html", form=form, case=case, errors=mistakes(form))


def _again(form: CaseForm, case: Case | None, refusal: BadInput | RegisterRefusal) -> tuple[str, int]:
    if not blame(form, refusal, "reference" if isinstance(refusal, CaseReferenceTaken) else ""):
        raise refusal
    return _form(form, case), status_of(refusal)
