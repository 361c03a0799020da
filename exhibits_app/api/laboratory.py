"""The API's routes for laboratories: what is where, results, what was made there, and what came instead."""

from typing import Any

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models import Tag

from ..current import services
from ..domain.laboratory import Report
from ..domain.show import iso
from ..guard import Door, access
from ..paging import after_of, place_of
from ..services import at_laboratories, dividing, results, wrong_items
from ..services.at_laboratories import Line
from ..services.ports import AwayLine
from ..services.typed_acts import Particulars
from .laboratory_shapes import OutList, OutQuery, PartsMadeIn, ResultIn, ResultOut, WrongItemIn
from .mending_shapes import ItemPath, SplitOut
from .shapes import DoneOut, ErrorOut
from .turns import turn_now

ERRORS: dict[Any, Any] = dict.fromkeys((401, 403, 404, 409, 422, 429, 503), ErrorOut)
laboratories = Tag(name="Laboratories", description="What is out for examination, and what comes of it")

bp = APIBlueprint(
    "laboratory_api",
    __name__,
    url_prefix="/api/v1",
    abp_responses=ERRORS,
    abp_security=[{"device": []}],
    abp_tags=[laboratories],
)


@bp.get("/laboratories", summary="What is at which laboratory", responses={200: OutList})
@access(Door.DEVICE)
def out(query: OutQuery) -> Response:
    """What is out for examination or on the way there, the longest out first, 50 a page."""
    now = services().clock.now()
    wanted = AwayLine(lab=query.lab, overdue_at=now if query.overdue else None)
    found = at_laboratories.page(services(), turn_now(query.operator), wanted, after_of(query.after))
    then = place_of(found.next_after) if found.next_after else ""
    return jsonify(ok=True, items=[_line(line) for line in found.lines], next=then)


@bp.post("/items/<int:register_no>/results", summary="Record the result of an examination", responses={201: ResultOut})
@access(Door.DEVICE)
def result(path: ItemPath, body: ResultIn) -> tuple[Response, int]:
    """A hit reopens the decisions not to submit in the case; what was not examined is to be decided again."""
    told = results.Told(Report(body.outcome, body.report, body.reported_at, body.note, body.examiner), body.laboratory)
    outcome = results.record_result(services(), turn_now(body.operator), path.register_no, told)
    return jsonify(ok=True, again=outcome.again, reopened=outcome.reopened), 201


@bp.post("/items/<int:register_no>/laboratory-parts", summary="Parts a laboratory made", responses={201: SplitOut})
@access(Door.DEVICE)
def parts(path: ItemPath, body: PartsMadeIn) -> tuple[Response, int]:
    """Swabs, extracts and parts, each an item of its own that is as far in its examination as its parent."""
    made = tuple(dividing.PartForm(one.description, one.quantity or "", one.reference, one.seal) for one in body.parts)
    form = dividing.SplitForm(made, body.left, body.lost)
    by, given = turn_now(body.operator), Particulars(reason=body.reason)
    numbers = dividing.record_made(services(), by, path.register_no, form, body.laboratory, given)
    return jsonify(ok=True, parts=numbers), 201


@bp.post("/items/<int:register_no>/wrong-item", summary="Another item came instead", responses={201: DoneOut})
@access(Door.DEVICE)
def wrong_item(path: ItemPath, body: WrongItemIn) -> tuple[Response, int]:
    """Both are put on record; the item that was expected is still waited for."""
    given = Particulars(place=body.place, seal=body.seal, reason=body.reason)
    came = wrong_items.Came(body.item, body.words, given)
    wrong_items.record_wrong_item(services(), turn_now(body.operator), path.register_no, came)
    return jsonify(ok=True), 201


def _line(line: Line) -> dict[str, Any]:
    """What the page shows of it, and no more."""
    exhibit, shown, due = line.exhibit, not line.row.hidden, line.row.item.due_at
    return {
        "register_no": exhibit.register_no,
        "ref": exhibit.reference if shown else None,
        "place": exhibit.custody.id,
        "place_name": exhibit.custody.name,
        "since": iso(line.since),
        "submission": exhibit.submission if shown else None,
        "number": (line.number or None) if shown else None,
        "standing": line.told if line.row.readable else None,
        "due_at": iso(due) if due else None,
        "due": line.row.item.due_kind,
    }
