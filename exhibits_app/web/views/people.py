"""People: who there is, what they may do, and how they sign in the first time."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovCheckboxInput, GovSelect, GovSubmitInput, GovTextInput
from werkzeug.wrappers import Response as AnyResponse
from wtforms import BooleanField, SelectField, StringField, SubmitField

from ...current import person, services
from ...domain.errors import BadInput, RegisterRefusal, SignInNameTaken
from ...domain.people import RANKS, ROLE_NAMES, Action, Grant
from ...guard import Door, access
from ...services import label_stock, labels, people
from ...statuses import status_of
from ..forms import blame
from ..navigation import OFFERS, Offer
from ..print_form import SAID, again_of, fault_of

bp = Blueprint("people", __name__, url_prefix="/people")
OFFERS.append(
    Offer("people.listed", "People", "Add people, give and end roles, print badges.", (Action.MANAGE_PEOPLE,), 44)
)


class PersonForm(FlaskForm):
    """A person's particulars."""

    name = StringField("Full name", widget=GovTextInput())
    rank = SelectField(
        "Rank", choices={rank: rank for rank in RANKS}, validate_choice=False, default="PC", widget=GovSelect()
    )
    number = StringField("Collar or staff number", widget=GovTextInput())
    team = SelectField("Team", validate_choice=False, widget=GovSelect())
    sign_in_name = StringField("Sign-in name", widget=GovTextInput())
    email = StringField("E-mail address", widget=GovTextInput())
    active = BooleanField("May sign in", default=True, widget=GovCheckboxInput())
    submit = SubmitField("Save", widget=GovSubmitInput())

    def fill_teams(self) -> "PersonForm":
        """Offer the teams there are."""
        self.team.choices = {"": "No team"} | {str(one): name for one, name in people.list_teams(services()).items()}
        return self

    def typed(self) -> people.PersonForm:
        """What was typed, for the service to check."""
        return people.PersonForm(
            name=self.name.data or "",
            sign_in_name=self.sign_in_name.data or "",
            rank=self.rank.data or "",
            number=self.number.data or "",
            email=self.email.data or "",
            team=int(self.team.data) if (self.team.data or "").isdigit() else None,
            active=bool(self.active.data),
        )


@bp.get("")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def listed() -> str:
    """Everyone, with a search."""
    text = request.args.get("q", "")[:200]
    found = people.list_people(services(), person(), text, request.args.get("after", 0, type=int), limit=51)
    return render_template("people/list.html", people=found[:50], more=len(found) > 50, text=text)


@bp.get("/new")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def new() -> str:
    """The form for one more person."""
    return render_template("people/form.html", form=PersonForm().fill_teams(), who=None)


@bp.post("/new")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def add() -> AnyResponse | tuple[str, int]:
    """Add a person."""
    form = PersonForm().fill_teams()
    try:
        added = people.add_person(services(), person(), form.typed())
    except (BadInput, RegisterRefusal) as refusal:
        return _again(form, refusal, None)
    flash(f"{added.person.called} is added. Give them a role, then a sign-in link.")
    return redirect(url_for("people.one", number=added.person.id))


@bp.get("/<int:number>")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def one(number: int) -> str:
    """One person."""
    return _one(number, {})


@bp.get("/<int:number>/change")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def change(number: int) -> str:
    """The form with a person's particulars."""
    who = people.see_person(services(), person(), number).account
    known = who.person
    form = PersonForm(
        name=known.name, rank=known.rank, number=known.number, team=str(known.team or ""),
        sign_in_name=who.sign_in_name, email=who.email, active=known.active,
    )  # fmt: skip
    return render_template("people/form.html", form=form.fill_teams(), who=known)


@bp.post("/<int:number>/change")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def save(number: int) -> AnyResponse | tuple[str, int]:
    """Save a person's particulars."""
    form = PersonForm().fill_teams()
    try:
        people.change_person(services(), person(), number, form.typed())
    except (BadInput, RegisterRefusal) as refusal:
        return _again(form, refusal, number)
    held = 0 if form.active.data else len(people.see_person(services(), person(), number).holds)
    flash("The change is saved." + (f" {_items(held)} listed below, for supervisors to hand on." if held else ""))
    return redirect(url_for("people.one", number=number))


@bp.post("/<int:number>/roles")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def give_role(number: int) -> AnyResponse:
    """Give a role."""
    wanted = _grant()
    people.grant(services(), person(), number, wanted)
    flash(f"The role {ROLE_NAMES[wanted.role]} is given.")
    return redirect(url_for("people.one", number=number))


@bp.post("/<int:number>/roles/end")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def end_role(number: int) -> AnyResponse:
    """End a role."""
    old = _grant()
    people.end_grant(services(), person(), number, old)
    flash(f"The role {ROLE_NAMES[old.role]} has ended. That it was held stays on record.")
    return redirect(url_for("people.one", number=number))


@bp.post("/<int:number>/link")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def link(number: int) -> str:
    """Make a one-time sign-in link. It is shown here and kept nowhere, so no redirect could show it."""
    secret = people.first_link(services(), person(), number)
    shown = people.see_person(services(), person(), number)
    address = url_for("sign_in.first", secret=secret, _external=True)
    return render_template("people/link.html", shown=shown, address=address, life=services().limits.link_life)


@bp.post("/<int:number>/badge")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def badge(number: int) -> AnyResponse | tuple[str, int]:
    """Print a badge; the one before is good until this one is scanned, unless it was lost."""
    given = request.form
    try:
        done = labels.print_badges(
            services(), person(), [number], given.get("stock", ""),
            printer=given.get("printer", ""), again=again_of(given),
        )  # fmt: skip
    except SAID as refusal:
        return _one(number, fault_of(refusal)), status_of(refusal)
    return redirect(url_for("printing.one", job=done.job))


def _one(number: int, faults: dict[str, str]) -> str:
    return render_template(
        "people/one.html",
        shown=people.see_person(services(), person(), number),
        scopes=people.scopes(services()),
        stocks=label_stock.offered(services(), "badge"),
        faults=faults,
        given=request.form,
    )


def _items(held: int) -> str:
    """What somebody who has left still holds, counted as far as it is listed."""
    most = "at least " if held == people.MOST_HELD else ""
    return f"They still hold {most}{held} {'item' if held == 1 else 'items'},"


def _grant() -> Grant:
    given = request.form
    return people.wanted_grant(services(), given.get("role", ""), given.get("scope", ""), given.get("case", ""))


def _again(form: PersonForm, refusal: BadInput | RegisterRefusal, number: int | None) -> tuple[str, int]:
    """The form once more with the refusal beside its field."""
    field = "sign_in_name" if isinstance(refusal, SignInNameTaken) else ""
    if not blame(form, refusal, field):
        raise refusal
    who = people.see_person(services(), person(), number).account.person if number else None
    return render_template("people/form.html", form=form, who=who), 422
