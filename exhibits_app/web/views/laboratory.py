"""What a laboratory reports of an item, made of it, used up or sent back instead of it."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput, CustodyRefusal, RegisterRefusal
from ...domain.people import Action
from ...guard import Door, access
from ...services import act_choices, dividing, people, results, wrong_items
from ...services.dividing import SplitForm
from ...services.typed_acts import Particulars
from ...statuses import status_of
from .. import laboratory_form
from ..act_form import Choices
from ..act_spec import Spec
from ..act_specs import SPECS
from .divide import ROWS, parts_of, split_fault

REFUSED = (BadInput, CustodyRefusal, RegisterRefusal)
Answer = AnyResponse | str | tuple[str, int]

bp = Blueprint("laboratory", __name__, url_prefix="/items/<int:register_no>")


@bp.get("/result")
@access(Door.SIGNED_IN, Action.RECORD_RESULT)
def result(register_no: int) -> str:
    """The form of a result."""
    return _page(SPECS["RESULT"], register_no, MultiDict(), {})


@bp.post("/result")
@access(Door.SIGNED_IN, Action.RECORD_RESULT)
def keep_result(register_no: int) -> Answer:
    """Record the result; say what a hit opened again."""
    spec = SPECS["RESULT"]
    act_choices.ready(services(), person(), [register_no], spec.kind)
    try:
        outcome = results.record_result(services(), person(), register_no, laboratory_form.told(request.form))
    except REFUSED as refusal:
        return _page(spec, register_no, request.form, laboratory_form.fault_of(refusal, spec)), status_of(refusal)
    flash(_told(outcome))
    return redirect(url_for("items.item", register_no=register_no))


@bp.get("/wrong-item")
@access(Door.SIGNED_IN, Action.SUBMIT)
def wrong_item(register_no: int) -> str:
    """The form for another item that came instead."""
    return _page(SPECS["WRONG_ITEM"], register_no, MultiDict(), {})


@bp.post("/wrong-item")
@access(Door.SIGNED_IN, Action.SUBMIT)
def keep_wrong_item(register_no: int) -> Answer:
    """Record what came and what did not."""
    spec = SPECS["WRONG_ITEM"]
    act_choices.ready(services(), person(), [register_no], spec.kind)
    try:
        done = wrong_items.record_wrong_item(services(), person(), register_no, laboratory_form.came(request.form))
    except REFUSED as refusal:
        return _page(spec, register_no, request.form, laboratory_form.fault_of(refusal, spec)), status_of(refusal)
    unknown = "What came is nothing on record: have it registered in this case as found property, with a label."
    flash(f"{done.came} is put on record as here." if done.came else unknown)
    flash("A supervisor is to settle the discrepancy. The item that was expected is still waited for.")
    return redirect(url_for("items.item", register_no=register_no))


@bp.get("/used-up")
@access(Door.SIGNED_IN, Action.DECIDE_SUBMIT)
def end(register_no: int) -> str:
    """The form with which somebody says that they have seen that nothing is left."""
    return _page(SPECS["SEE_END"], register_no, MultiDict(), {})


@bp.post("/used-up")
@access(Door.SIGNED_IN, Action.DECIDE_SUBMIT)
def keep_end(register_no: int) -> Answer:
    """Record that they have."""
    spec = SPECS["SEE_END"]
    act_choices.ready(services(), person(), [register_no], spec.kind)
    try:
        results.see_end(services(), person(), register_no, request.form.get("note", ""))
    except REFUSED as refusal:
        return _page(spec, register_no, request.form, laboratory_form.fault_of(refusal, spec)), status_of(refusal)
    flash("It is on record that you have seen it.")
    return redirect(url_for("items.item", register_no=register_no))


@bp.get("/laboratory-parts")
@access(Door.SIGNED_IN, Action.SUBMIT)
def parts(register_no: int) -> str:
    """The form of the parts that a laboratory made."""
    return _parts_page(register_no, MultiDict(), {})


@bp.post("/laboratory-parts")
@access(Door.SIGNED_IN, Action.SUBMIT)
def keep_parts(register_no: int) -> Answer:
    """Record the parts, then offer their labels."""
    act_choices.ready(services(), person(), [register_no], "LAB_PARTS")
    given = request.form
    form = SplitForm(parts_of(given), given.get("left", ""), given.get("lost", ""), given.get("producer", type=int))
    said = Particulars(reason=given.get("reason", ""))
    try:
        made = dividing.record_made(services(), person(), register_no, form, given.get("place", type=int), said)
    except REFUSED as refusal:
        return _parts_page(register_no, given, split_fault(refusal, "place")), status_of(refusal)
    flash(f"{'1 part is' if len(made) == 1 else f'{len(made)} parts are'} registered. They need labels when they come.")
    return redirect(url_for("items.item", register_no=register_no))


def _told(outcome: results.Outcome) -> str:
    many = len(outcome.reopened)
    if many:
        said = "1 decision not to submit is" if many == 1 else f"{many:,} decisions not to submit are"
        return f"The hit is recorded. {said} to be made again in this case."
    return "The result is recorded." + (" The item is to be decided again." if outcome.again else "")


def _page(spec: Spec, register_no: int, given: MultiDict[str, str], faults: dict[str, str]) -> str:
    exhibits, _gone = act_choices.ready(services(), person(), [register_no], spec.kind)
    choices: dict[str, Choices] = {}
    if spec.kind == "RESULT":
        spec = laboratory_form.fit(spec, exhibits[0])
        labs = [(str(place.id), place.name) for place in results.laboratories(services())]
        choices["laboratory"] = [("", "No laboratory chosen"), *labs]
        here = str(exhibits[0].place.id) if exhibits[0].place else ""
        given = given or MultiDict({"laboratory": here} if here in dict(labs) else {})
    if spec.kind == "WRONG_ITEM":
        inside = act_choices.places_for(services(), person(), "LAB_RETURN", "inside")
        choices["place"] = [("", "Choose a place"), *((str(place.id), place.name) for place in inside)]
    return render_template(
        "acts/form.html",
        spec=spec,
        exhibits=exhibits,
        leaver=None,
        questions=laboratory_form.questions(spec, choices),
        given=given,
        faults=faults,
        errors=[{"text": sentence, "href": f"#{name}"} for name, sentence in faults.items()],
        case_id=0,
    )


def _parts_page(register_no: int, given: MultiDict[str, str], faults: dict[str, str]) -> str:
    (exhibit,), _gone = act_choices.ready(services(), person(), [register_no], "LAB_PARTS")
    return render_template(
        "acts/laboratory_parts.html",
        exhibit=exhibit,
        given=given,
        faults=faults,
        errors=[{"text": sentence, "href": f"#{name}"} for name, sentence in faults.items()],
        everyone=people.colleagues(services()),
        laboratories=results.laboratories(services()),
        rows=max(ROWS, len(parts_of(given))),
    )
