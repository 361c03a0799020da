"""The API's routes for forensic submissions: which there are, and one with what has left and what has not."""

from datetime import datetime
from typing import Any

from flask import Response, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models import Tag

from ..current import services
from ..domain.cases import Case
from ..domain.show import iso
from ..domain.submissions import Submission, SubmissionState
from ..guard import Door, access
from ..services import submission_pages
from ..services.submission_pages import Shown
from .mending_shapes import OfOperator
from .shapes import ErrorOut
from .submission_shapes import OneSubmissionOut, SubmissionPath, SubmissionsOut, SubmissionsQuery
from .turns import turn_now

ERRORS: dict[Any, Any] = dict.fromkeys((401, 403, 404, 422, 429, 503), ErrorOut)
submissions = Tag(name="Submissions", description="What goes to a laboratory, on whose authority; to read alone")

bp = APIBlueprint(
    "submissions_api",
    __name__,
    url_prefix="/api/v1/submissions",
    abp_responses=ERRORS,
    abp_security=[{"device": []}],
    abp_tags=[submissions],
)


@bp.get("", summary="Submissions, newest first", responses={200: SubmissionsOut})
@access(Door.DEVICE)
def listed(query: SubmissionsQuery) -> Response:
    """Those of the cases that the operator may see."""
    states = (SubmissionState(query.state),) if query.state else submission_pages.OPEN_STATES
    rows, before = submission_pages.page(
        services(), turn_now(query.operator), states, query.before, limit=50, case=query.case
    )
    told = [
        _one(row.submission, row.case) | {"exhibits": row.exhibits, "sent": row.sent, "due_at": _at(row.due)}
        for row in rows
    ]
    return jsonify(ok=True, submissions=told, next_before=before)


@bp.get("/<int:number>", summary="One submission", responses={200: OneSubmissionOut})
@access(Door.DEVICE)
def one(path: SubmissionPath, query: OfOperator) -> Response:
    """What it asks about each exhibit, what has left when, and what is still here."""
    view = submission_pages.see(services(), turn_now(query.operator), path.number)
    content = view.submission.content
    return jsonify(
        ok=True,
        submission=_one(view.submission, view.case),
        contact=content.contact,
        circumstances=content.circumstances,
        risks=list(content.risks),
        handling=content.handling,
        content=view.digest,
        exhibits=[_exhibit(line) for line in view.lines],
    )


def _one(submission: Submission, case: Case) -> dict[str, Any]:
    content, by = submission.content, submission.authorised_by
    return {
        "number": submission.number,
        "submission": submission.called,
        "version": submission.version,
        "state": submission.state.value,
        "case": case.reference,
        "laboratory": content.laboratory.name if content.laboratory else None,
        "grade": content.grade or None,
        "needed_by": content.needed_by or None,
        "built_by": submission.built_by.name,
        "built_at": iso(submission.built_at),
        "authorised_by": by.name if by else None,
        "authorised_at": _at(submission.authorised_at),
    }


def _exhibit(shown: Shown) -> dict[str, Any]:
    line = shown.line
    return {
        "register_no": line.register_no,
        "reference": line.reference,
        "description": line.description,
        "seal": line.seal or None,
        "examinations": list(line.examinations),
        "questions": line.questions,
        "where": shown.exhibit.where,
        "sent_at": _at(shown.sent_at),
        "due_at": _at(shown.clock.due) if shown.clock else None,
        "cannot_go": shown.why or None,
    }


def _at(at: datetime | None) -> str | None:
    return iso(at) if at else None
