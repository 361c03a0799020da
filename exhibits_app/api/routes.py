"""The API's routes: each parses, calls one service, and answers."""

from typing import Any

import msgspec
from flask import Blueprint, Response, current_app, g, jsonify
from flask_openapi3.blueprint import APIBlueprint
from flask_openapi3.models import Tag

from labels.payload import printed

from ..current import device, services
from ..domain.show import iso
from ..guard import Door, access
from ..services import acts, codes, devices, scan_pictures
from ..services.act_shapes import Verdict
from ..services.devices import Turn
from .shapes import (
    ActsIn,
    ActsOut,
    ClockOut,
    CodeOut,
    CodePath,
    DoneOut,
    ErrorOut,
    OperatorOut,
    PictureIn,
    PictureName,
    ScanPath,
    SessionPath,
    TurnIn,
    to_act,
)

ERRORS: dict[Any, Any] = dict.fromkeys((401, 403, 404, 409, 413, 422, 429, 503), ErrorOut)

bp = APIBlueprint(
    "api",
    __name__,
    url_prefix="/api/v1",
    abp_responses=ERRORS,
    abp_security=[{"device": []}],
)
scanning = Tag(name="Scanning", description="Acts, codes and turns at a device")


@bp.get("/clock", summary="What time the server has", tags=[scanning], responses={200: ClockOut})
@access(Door.DEVICE)
def clock() -> Response:
    """For measuring the offset of a device's clock; and whether the force wants pictures of scans."""
    return jsonify(ok=True, now=iso(services().clock.now()), pictures=services().limits.scan_pictures)


@bp.post("/operators", summary="Begin a turn, or switch to one", tags=[scanning], responses={201: OperatorOut})
@access(Door.DEVICE)
def begin_turn(body: TurnIn) -> tuple[Response, int]:
    """With badge and PIN begin a turn at this device; with the badge alone switch to a live one."""
    turn = devices.begin_turn(services(), device(), body.badge, body.pin)
    return jsonify(ok=True, operator=_turn(turn)), 201


@bp.delete("/operators/<string:session>", summary="End a turn", tags=[scanning], responses={200: DoneOut})
@access(Door.DEVICE)
def end_turn(path: SessionPath) -> Response:
    """End a turn at this device."""
    devices.end_turn(services(), device(), path.session)
    return jsonify(ok=True)


@bp.get("/codes/<string:code>", summary="What a code is", tags=[scanning], responses={200: CodeOut})
@access(Door.DEVICE)
def look_up(path: CodePath) -> Response:
    """What this code stands for, and its present state."""
    found = codes.look_up(services(), path.code)
    return jsonify(
        ok=True,
        code=found.code,
        printed=printed(found.code),
        type=found.type,
        state=found.state,
        subject=found.subject,
        sentence=found.sentence,
    )


@bp.post("/acts", summary="Record acts", tags=[scanning], responses={200: ActsOut})
@access(Door.DEVICE)
def record_acts(body: ActsIn) -> Response:
    """Record one act or a queue of them; each item gets a verdict of its own. Idempotent by act id and scan id."""
    answers = acts.perform(services(), device(), [to_act(act) for act in body.acts])
    g.recorded = [(act.kind, answer) for act, answer in zip(body.acts, answers, strict=True)]
    return _answered(answers)


@bp.post("/acts/check", summary="Check acts", tags=[scanning], responses={200: ActsOut})
@access(Door.DEVICE)
def check_acts(body: ActsIn) -> Response:
    """The verdicts that recording would give now; nothing is recorded."""
    return _answered(acts.check(services(), device(), [to_act(act) for act in body.acts]))


@bp.post("/scans/<string:scan>/picture", summary="Hand over a picture", tags=[scanning], responses={200: DoneOut})
@access(Door.DEVICE)
def take_picture(path: ScanPath, query: PictureName, raw: PictureIn) -> Response:
    """The picture that a recorded scan of this device was read from: a JPEG of at most 64 kB. Idempotent."""
    data = raw.stream.read(scan_pictures.MOST_BYTES + 1)
    scan_pictures.keep(services(), device(), scan_pictures.Sent(path.scan, query.sha256, data))
    return jsonify(ok=True)


def _answered(verdicts: list[Verdict]) -> Response:
    """What became of each act, written by msgspec: an act of fifty answers with some 12 kB."""
    return Response(msgspec.json.encode({"ok": True, "acts": verdicts}), mimetype="application/json")


def _turn(turn: Turn) -> dict[str, str]:
    return {
        "session": turn.session.id,
        "name": turn.person.name,
        "rank": turn.person.rank,
        "called": turn.person.called,
        "expires_at": iso(turn.session.expires_at),
    }


description = Blueprint("api_description", __name__)


@description.get("/api/v1/openapi.json")
@access(Door.PUBLIC)
def openapi() -> Response:
    """The OpenAPI 3.1 description of this API."""
    return jsonify(current_app.api_doc)  # type: ignore[attr-defined]  # the application is flask-openapi3's
