"""The API's routes for what is not a scan: dividing, naming, correcting, settling, and the history to do it by."""

from typing import Any

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models import Tag

from ..current import services
from ..domain.show import iso
from ..guard import Door, access
from ..services import corrections, discrepancies, dividing, exhibits, naming
from ..services.typed_acts import Particulars, Second
from .mending_shapes import (
    CorrectIn,
    HistoryOut,
    ItemPath,
    OfOperator,
    PromoteIn,
    PromoteOut,
    RelabelIn,
    SettleIn,
    SplitIn,
    SplitOut,
)
from .shapes import DoneOut, ErrorOut
from .turns import turn_now

ERRORS: dict[Any, Any] = dict.fromkeys((401, 403, 404, 409, 422, 429, 503), ErrorOut)
mending = Tag(name="Mending", description="What is not a scan; sent once, by somebody who is there")

bp = APIBlueprint(
    "mending_api",
    __name__,
    url_prefix="/api/v1/items/<int:register_no>",
    abp_responses=ERRORS,
    abp_security=[{"device": []}],
    abp_tags=[mending],
)


@bp.get("/history", summary="What happened to an item", responses={200: HistoryOut})
@access(Door.DEVICE)
def history(path: ItemPath, query: OfOperator) -> Response:
    """The events in the order of their timeline, told as sentences, with the discrepancies that are open."""
    view = exhibits.see(services(), turn_now(query.operator), path.register_no)
    events = [
        {"event": line.event.envelope.id, "kind": line.event.kind, "told": line.told,
         "recorded_at": iso(line.event.envelope.recorded_at)}
        for line in reversed(view.lines)
    ]  # fmt: skip
    found = [
        {"event": one.event, "discrepancy": one.kind, "seen": one.seen, "recorded": one.recorded}
        for one in view.exhibit.discrepancies
    ]
    return jsonify(ok=True, events=events, discrepancies=found)


@bp.post("/split", summary="Take parts from an item", responses={201: SplitOut})
@access(Door.DEVICE)
def split(path: ItemPath, body: SplitIn) -> tuple[Response, int]:
    """Parts, residue and loss together are what there was; the parts keep case, hazards, holds and clock."""
    parts = tuple(dividing.PartForm(**part.model_dump()) for part in body.parts)
    form = dividing.SplitForm(parts, body.left, body.lost)
    given = Particulars(seal=body.seal, reason=body.reason)
    made = dividing.split(services(), turn_now(body.operator), path.register_no, form, given, _second(body.witness))
    return jsonify(ok=True, parts=made), 201


@bp.post("/relabel", summary="Identify an item that has lost its label", responses={200: DoneOut})
@access(Door.DEVICE)
def relabel(path: ItemPath, body: RelabelIn) -> Response:
    """Known by two ways that do not depend on each other; its old label is revoked, and a new one is printed."""
    given = Particulars(seal=body.seal, identity=body.photograph, text=body.description, reason=body.reason)
    naming.relabel(services(), turn_now(body.operator), path.register_no, given, _second(body.witness))
    return jsonify(ok=True)


@bp.post("/promote", summary="Make found property an exhibit", responses={200: PromoteOut})
@access(Door.DEVICE)
def promote(path: ItemPath, body: PromoteIn) -> Response:
    """History and clock are kept."""
    form = naming.PromoteForm(
        body.category, body.reference, case=body.case, reason=body.reason, keep_both=body.keep_both
    )
    reference = naming.promote(services(), turn_now(body.operator), path.register_no, form)
    return jsonify(ok=True, reference=reference)


@bp.post("/corrections", summary="Correct an event", responses={201: DoneOut})
@access(Door.DEVICE)
def correct(path: ItemPath, body: CorrectIn) -> tuple[Response, int]:
    """The original stays; old and grave events need a second person."""
    wanted = corrections.Wanted(
        body.event, body.mistake, body.reason, body.place, body.occurred_at, body.person, body.seal, body.item
    )
    second = turn_now(body.witness) if body.witness else None
    corrections.correct(services(), turn_now(body.operator), path.register_no, wanted, second)
    return jsonify(ok=True), 201


@bp.post("/findings", summary="Settle a discrepancy", responses={201: DoneOut})
@access(Door.DEVICE)
def settle(path: ItemPath, body: SettleIn) -> tuple[Response, int]:
    """Say what became of it, by somebody whose own scan did not raise it."""
    found = discrepancies.Found(body.event, body.discrepancy, body.finding, body.reason, body.seal)
    discrepancies.settle(services(), turn_now(body.operator), path.register_no, found)
    return jsonify(ok=True), 201


def _second(session: str | None) -> Second:
    return Second(witness=turn_now(session)) if session else Second()
