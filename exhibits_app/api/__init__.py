"""The JSON interface under /api/v1, for the store-room page and the scan client."""

from flask import Request, Response, current_app, g, request
from flask_openapi3.openapi import OpenAPI
from pydantic import ValidationError
from werkzeug.exceptions import HTTPException

from ..answers import error
from ..current import services
from ..domain.errors import DeviceUnknown, NoRight, Refusal
from ..guard import Door, access_of
from ..services.devices import by_token
from ..services.ports import Device
from ..services.signin import fingerprint
from ..statuses import status_of
from .laboratory import bp as laboratory_bp
from .mending import bp as mending_bp
from .printing import bp as printing_bp
from .routes import bp, description
from .submissions import bp as submissions_bp

DEVICE_COOKIE = "exhibits_device"
PAGE_HEADER = "X-Exhibits-Device"
CHECKED_IN_THEIR_TRANSACTION = {"api.record_acts"}


def register(app: OpenAPI) -> None:
    """Add the API to the application."""
    app.extensions["exhibits_devices"] = {}
    app.register_api(bp)
    app.register_api(laboratory_bp)
    app.register_api(mending_bp)
    app.register_api(printing_bp)
    app.register_api(submissions_bp)
    app.register_blueprint(description)


def invalid(fault: ValidationError) -> Response:
    """The answer to a body of the wrong shape: where and what, without repeating what was sent."""
    first = fault.errors(include_url=False, include_input=False, include_context=False)[0]
    where = ".".join(str(part) for part in first["loc"]) or "the body"
    return error("bad_request", f"{where}: {first['msg']}. Correct it and send it again.", 422)


def _let_in() -> None:
    """Only an enrolled device gets in, at a route that says so."""
    view = _view()
    access = access_of(view)
    if access is None or access.door is not Door.DEVICE:
        raise NoRight("use this address")
    g.device = _enrolled(token_of(request))


def _enrolled(token: str | None) -> Device:
    """The live device of this token.

    Recording looks again in its own transaction (`still_enrolled`), so that for it a token seen before needs no
    transaction more; everything else asks the store each time.
    """
    key = fingerprint(token) if token else ""
    if request.endpoint in CHECKED_IN_THEIR_TRANSACTION and key in _seen():
        return _seen()[key]
    with services().store.read() as work:
        device = by_token(work, token)
    _seen()[key] = device
    return device


def _seen() -> dict[str, Device]:
    """Devices by the fingerprints of tokens that were good once: no more than were ever enrolled."""
    kept: dict[str, Device] = current_app.extensions["exhibits_devices"]
    return kept


def token_of(asked: Request) -> str | None:
    """The device token: a bearer token, or the page's cookie with the header that no foreign form can send."""
    scheme, _, token = asked.headers.get("Authorization", "").partition(" ")
    if scheme.lower() == "bearer":
        return token.strip()
    if asked.headers.get(PAGE_HEADER) == "page":
        return asked.cookies.get(DEVICE_COOKIE)
    raise DeviceUnknown


def _view() -> object:
    view = current_app.view_functions.get(request.endpoint or "")
    return getattr(view, "__wrapped__", view)


def _refused(refusal: Refusal) -> Response:
    return error(refusal.code, refusal.sentence(), status_of(refusal))


def _broken(fault: HTTPException) -> Response:
    code = (fault.name or "error").lower().replace(" ", "_")
    return error(code, f"{fault.description}", fault.code or 500)


# The blueprints are one for all applications of a process, so that their hooks are added once, here.
for each in (bp, laboratory_bp, mending_bp, printing_bp, submissions_bp):
    each.before_request(_let_in)
    each.register_error_handler(Refusal, _refused)
    each.register_error_handler(HTTPException, _broken)
