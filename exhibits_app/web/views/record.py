"""Recording what happened to an item, or one act for several items of a case, by people without a scanner."""

from collections.abc import Sequence

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.exceptions import NotFound as NoSuchPage
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput, NoRight, Refusal, TooManyAttempts
from ...domain.exhibit import Exhibit
from ...domain.people import Action, PersonRef, may
from ...guard import Door, access
from ...services import act_choices, happenings, people
from ...services.kinds import ACTIONS
from ...statuses import status_of
from .. import act_form
from ..act_faults import WHOLE, field_of
from ..act_form import Choices, Faults, Question
from ..act_spec import Spec
from ..act_specs import BY_PATH, GROUPS, SPECS

# Whoever may do any kind of act; which of them, and to which item, the service decides.
DOERS = tuple(dict.fromkeys(action for action, _reach in ACTIONS.values()))

bp = Blueprint("record", __name__)


@bp.get("/items/<int:register_no>/record/<kind>")
@access(Door.SIGNED_IN, *DOERS)
def form(register_no: int, kind: str) -> str:
    """The form of one act for one item."""
    spec = _spec(kind)
    exhibits, gone = act_choices.ready(services(), person(), [register_no], spec.kind)
    return _page(spec, exhibits, gone, MultiDict(), {})


@bp.post("/items/<int:register_no>/record/<kind>")
@access(Door.SIGNED_IN, *DOERS)
def keep(register_no: int, kind: str) -> AnyResponse | tuple[str, int]:
    """Record the act, or say beside each field what is wrong."""
    spec, given = _spec(kind), request.form
    exhibits, gone = act_choices.ready(services(), person(), [register_no], spec.kind)
    faults = act_form.faults(_questions(spec, exhibits), given)
    if faults:
        return _page(spec, exhibits, gone, given, faults), 422
    try:
        (verdict,) = _happen(spec, [register_no], given, gone)
    except (BadInput, TooManyAttempts) as refusal:
        return _again(spec, exhibits, gone, given, refusal)
    if isinstance(verdict.refusal, NoRight):
        raise verdict.refusal
    if verdict.refusal:
        return _again(spec, exhibits, gone, given, verdict.refusal)
    flash(f"Recorded: {verdict.told}")
    return redirect(url_for("items.item", register_no=register_no))


@bp.get("/cases/<int:case_id>/record")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def many(case_id: int) -> AnyResponse | str:
    """The form of one act for the items that were ticked on the case's page."""
    spec, numbers = _of_many(request.args)
    if spec is None or not numbers:
        flash("Tick the items, and choose what happened to them.")
        return redirect(url_for("cases.see", case_id=case_id))
    exhibits, gone = act_choices.ready(services(), person(), numbers, spec.kind)
    return _page(spec, exhibits, gone, MultiDict(), {}, case_id)


@bp.post("/cases/<int:case_id>/record")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def keep_many(case_id: int) -> AnyResponse | str | tuple[str, int]:
    """Record the act for each item that allows it, and give every item's verdict."""
    given = request.form
    spec, numbers = _of_many(given)
    if spec is None or not numbers:
        return many(case_id)
    exhibits, gone = act_choices.ready(services(), person(), numbers, spec.kind)
    faults = act_form.faults(_questions(spec, exhibits), given)
    if faults:
        return _page(spec, exhibits, gone, given, faults, case_id), 422
    try:
        verdicts = _happen(spec, numbers, given, gone)
    except (BadInput, TooManyAttempts) as refusal:
        return _again(spec, exhibits, gone, given, refusal, case_id)
    return verdict_page(spec, verdicts, url_for("cases.see", case_id=case_id), "Back to the case")


def verdict_page(spec: Spec, verdicts: Sequence[happenings.Verdict], back: str, back_text: str) -> str:
    """What became of each item of an act."""
    return render_template("acts/verdicts.html", spec=spec, verdicts=verdicts, back_href=back, back_text=back_text)


def offered(register_no: int) -> list[tuple[str, list[tuple[Spec, PersonRef | None]]]]:
    """What the item's page offers to record now, by group: each kind with the leaver for whom it would be done."""
    able = happenings.possible(services(), person(), register_no)
    kinds = [(spec, able[kind]) for kind, spec in SPECS.items() if kind in able]
    groups = [(group, [one for one in kinds if one[0].group == group]) for group in GROUPS]
    return [(group, members) for group, members in groups if members]


def for_many() -> list[Spec]:
    """The kinds of act that a case's page offers for several items at once."""
    return [spec for kind, spec in SPECS.items() if spec.many and may(person(), ACTIONS[kind][0])]


def _spec(path: str) -> Spec:
    spec = BY_PATH.get(path)
    if spec is None or spec.page != "record.form":
        raise NoSuchPage
    return spec


def _of_many(given: MultiDict[str, str]) -> tuple[Spec | None, list[int]]:
    spec = BY_PATH.get(given.get("kind", ""))
    return (spec if spec and spec.many else None), given.getlist("item", int)[: happenings.MOST_ITEMS]


def _happen(
    spec: Spec, numbers: Sequence[int], given: MultiDict[str, str], gone: PersonRef | None
) -> list[happenings.Verdict]:
    wanted = act_form.particulars(given, for_leaver=gone is not None)
    return happenings.happen(services(), person(), numbers, spec.kind, wanted, act_form.second(given))


def _questions(spec: Spec, exhibits: Sequence[Exhibit]) -> list[Question]:
    choices: dict[str, Choices] = {}
    if spec.places:
        places = act_choices.places_for(services(), person(), spec.kind, spec.places)
        choices["place"] = [("", "Choose a place"), *((str(place.id), place.name) for place in places)]
    asked = {ask.field for ask in spec.asks}
    if "bound_for" in asked:
        stores = [(str(store.id), store.name) for store in act_choices.stores(services())]
        choices["bound_for"] = [("", "Not known"), *stores]
    if "receiver" in asked:
        everyone = [(str(one.id), one.called) for one in people.colleagues(services()) if one.id != person().id]
        choices["receiver"] = [("", "Choose a person"), *everyone]
    return act_form.questions(spec, exhibits, choices)


def _again(
    spec: Spec,
    exhibits: Sequence[Exhibit],
    gone: PersonRef | None,
    given: MultiDict[str, str],
    refusal: Refusal,
    case_id: int = 0,
) -> tuple[str, int]:
    has = {question.ask.field for question in _questions(spec, exhibits)}
    faults = {field_of(refusal, has): refusal.sentence()}
    return _page(spec, exhibits, gone, given, faults, case_id), status_of(refusal)


def _page(
    spec: Spec,
    exhibits: Sequence[Exhibit],
    gone: PersonRef | None,
    given: MultiDict[str, str],
    faults: Faults,
    case_id: int = 0,
) -> str:
    asked = _questions(spec, exhibits)
    order = [WHOLE, *(question.ask.field for question in asked)]
    return render_template(
        "acts/form.html",
        spec=spec,
        exhibits=exhibits,
        leaver=gone,
        questions=asked,
        given=given,
        faults=faults,
        errors=[{"text": faults[name], "href": f"#{name}"} for name in order if name in faults],
        case_id=case_id,
    )
