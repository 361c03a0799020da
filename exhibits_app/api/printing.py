"""The API's routes for printings: which there are, what became of their labels, and confirming one."""

from typing import Any

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models import Tag

from labels.payload import printed

from ..current import services
from ..domain.show import iso
from ..guard import Door, access
from ..services import print_steps, printings
from ..services.ports import PrintJob
from .mending_shapes import OfOperator
from .printing_shapes import ConfirmedOut, ConfirmIn, OnePrintingOut, PrintingPath, PrintingsOut, PrintingsQuery
from .shapes import ErrorOut
from .turns import turn_now

ERRORS: dict[Any, Any] = dict.fromkeys((401, 403, 404, 422, 429, 503), ErrorOut)
printing = Tag(name="Printing", description="Printings, and the first scan of their labels")

bp = APIBlueprint(
    "printing_api",
    __name__,
    url_prefix="/api/v1",
    abp_responses=ERRORS,
    abp_security=[{"device": []}],
    abp_tags=[printing],
)


@bp.get("/printings", summary="Printings, newest first", responses={200: PrintingsOut})
@access(Door.DEVICE)
def listed(query: PrintingsQuery) -> Response:
    """The operator's own, and those of the teams and stores that they supervise."""
    found = printings.listed(services(), turn_now(query.operator), query.before)
    rows = [_job(row.job, row.maker) | {"waiting": row.waiting, "overdue": row.overdue} for row in found.rows]
    return jsonify(ok=True, printings=rows, next_before=found.next_before)


@bp.get("/printings/<int:printing>", summary="One printing", responses={200: OnePrintingOut})
@access(Door.DEVICE)
def one(path: PrintingPath, query: OfOperator) -> Response:
    """Its labels, which of them were scanned, and every step of its life."""
    found = printings.see(services(), turn_now(query.operator), path.printing)
    labels = [
        {"code": line.label.code, "printed": printed(line.label.code), "of": line.name, "state": line.label.state,
         "confirmed_at": iso(line.label.activated_at) if line.label.activated_at else None,
         "confirmed_by": line.seen_by or None}
        for line in found.labels
    ]  # fmt: skip
    steps = [
        {"at": iso(line.step.at), "by": line.who if line.step.person else None, "step": line.step.step,
         "state": line.step.state.value, "says": line.step.says}
        for line in found.steps
    ]  # fmt: skip
    return jsonify(ok=True, printing=_job(found.job, found.maker), labels=labels, steps=steps)


@bp.post("/labels/confirm", summary="Confirm a printed label", responses={200: ConfirmedOut})
@access(Door.DEVICE)
def confirm(body: ConfirmIn) -> Response:
    """It counts from now on, and the label that it replaces is revoked. Scanning it twice changes nothing."""
    done = print_steps.confirm(services(), turn_now(body.operator), body.code, body.printing)
    return jsonify(ok=True, printing=done.job, code=done.code, sentence=done.sentence, waiting=done.waiting)


def _job(job: PrintJob, maker: str) -> dict[str, Any]:
    return {
        "printing": job.id,
        "state": job.state.value,
        "labels": job.count,
        "stock": job.stock,
        "printer": job.printer or None,
        "made_at": iso(job.made_at),
        "made_by": maker,
        "reprints": job.reprints,
        "reason": job.reason or None,
    }
