"""Registering the items of one search, and what is said while they are typed."""

from flask import Blueprint, Response, jsonify, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.cases import PACKAGING, POWERS, Case
from ...domain.errors import BadInput, LabelRefusal, NobodyIsCalled, RegisterRefusal, SeveralAreCalled
from ...domain.people import Action
from ...domain.text import SEAL_LIMIT
from ...guard import Door, access
from ...services import cases, colleagues, exhibits, register
from ...statuses import status_of
from ..forms import blame, mistakes
from ..register_form import BLANK_ROWS, ItemRow, RegisterForm
from ..security import uses_camera

bp = Blueprint("register", __name__)


@bp.get("/cases/<int:case_id>/register")
@access(Door.SIGNED_IN, Action.REGISTER)
@uses_camera
def new(case_id: int) -> str:
    """The page on which the items of one search are typed."""
    suggestion = register.suggest_reference(services(), person(), case_id, person().id)
    return _page(cases.see_case(services(), person(), case_id), RegisterForm.first(suggestion))


@bp.post("/cases/<int:case_id>/register")
@access(Door.SIGNED_IN, Action.REGISTER)
@uses_camera
def keep(case_id: int) -> AnyResponse | str | tuple[str, int]:
    """Register the items, all or none; or show more blank rows."""
    case = cases.see_case(services(), person(), case_id)
    if "more" in request.form:
        return _page(case, RegisterForm.typed(more=BLANK_ROWS))
    form = RegisterForm.typed()
    try:
        done = register.register(services(), person(), case_id, form.search(), form.rows())
    except (BadInput, LabelRefusal, RegisterRefusal) as refusal:
        return _again(case, form, refusal)
    return redirect(url_for("register.registered", case_id=case_id, item=[one.register_no for one in done]))


@bp.get("/cases/<int:case_id>/registered")
@access(Door.SIGNED_IN, Action.REGISTER)
def registered(case_id: int) -> str:
    """What was just registered, and what comes next."""
    case = cases.see_case(services(), person(), case_id)
    items = exhibits.chosen(services(), person(), request.args.getlist("item", int)[: register.MOST_ITEMS])
    return render_template("registered.html", case=case, items=items, now=services().clock.now())


@bp.get("/cases/<int:case_id>/register/check")
@access(Door.SIGNED_IN, Action.REGISTER)
def check(case_id: int) -> Response:
    """What is wrong with a reference, a seal or a label, for the page to say while it is being typed."""
    found = register.check_item(
        services(),
        person(),
        case_id,
        _producer() or person().id,
        request.args.get("reference", "")[: register.REFERENCE_LIMIT],
        request.args.get("seal", "")[:SEAL_LIMIT],
        request.args.get("label", "")[:SEAL_LIMIT],
    )
    return jsonify({"warnings": found})


@bp.get("/cases/<int:case_id>/register/next")
@access(Door.SIGNED_IN, Action.REGISTER)
def suggest(case_id: int) -> Response:
    """The next free reference of a producer."""
    producer = _producer()
    suggestion = register.suggest_reference(services(), person(), case_id, producer or person().id)
    return jsonify({"reference": suggestion if producer else ""})


def _producer() -> int | None:
    """Who was typed as producer so far; None where that fits nobody or several."""
    try:
        return colleagues.chosen(services(), request.args.get("producer", person().called), "producer", "the producer")
    except BadInput:
        return None


def _page(case: Case, form: RegisterForm) -> str:
    return render_template(
        "register.html",
        case=case,
        form=form,
        errors=mistakes(form),
        blank_row=ItemRow(prefix="items-__ROW__-"),
        powers=POWERS,
        packaging=PACKAGING,
        most=register.MOST_ITEMS,
    )


def _again(case: Case, form: RegisterForm, refusal: BadInput | LabelRefusal | RegisterRefusal) -> tuple[str, int]:
    """The page with everything that was typed and every row's first fault beside its field."""
    nameless = isinstance(refusal, NobodyIsCalled | SeveralAreCalled)
    found = [] if nameless else register.faults(services(), person(), case.id, form.search(), form.rows())
    found = found or [refusal]
    if not all(blame(form, one) for one in found):
        raise refusal
    return _page(case, form), status_of(refusal)
