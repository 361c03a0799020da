"""The witness over HTTP, as C2SP tlog-witness has it: one address, one answer for each fault."""

from collections.abc import Iterable
from typing import Final
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

import structlog
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound
from werkzeug.wrappers import Request, Response

from ..domain.errors import CannotSign
from ..domain.ledger_faults import LedgerFault
from ..domain.note import MOST_BYTES
from ..domain.public_log import MalformedBundle
from ..domain.witness import (
    EntriesNotThere,
    MemoryGone,
    NotConsistent,
    NotSignedByTheLog,
    OtherRootSeen,
    OtherSizeSeen,
    RulesBroken,
    UnknownLog,
)
from ..services import witness as service
from ..services.witness import Witness

PATH: Final = "/add-checkpoint"
SIZE: Final = "text/x.tlog.size"
PLAIN: Final = "text/plain; charset=utf-8"
# Whatever else is wrong with a request is wrong with its form: 400.
STATUSES: Final[dict[type[LedgerFault], int]] = {
    UnknownLog: 404,
    NotSignedByTheLog: 403,
    OtherSizeSeen: 409,
    OtherRootSeen: 409,
    NotConsistent: 422,
    RulesBroken: 422,
    EntriesNotThere: 503,
    MalformedBundle: 503,
    MemoryGone: 500,
}

log = structlog.get_logger("exhibits.witness")


def create_app(witness: Witness) -> WSGIApplication:
    """The witness as a WSGI application."""

    def app(environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        request = Request(environ)
        request.max_content_length = MOST_BYTES + 4_096
        try:
            answer: Response | HTTPException = _answer(witness, request)
        except HTTPException as refused:
            answer = refused
        return answer(environ, start_response)

    return app


def _answer(witness: Witness, request: Request) -> Response:
    if request.path != PATH:
        raise NotFound("A witness answers at /add-checkpoint alone.")
    if request.method != "POST":
        raise MethodNotAllowed(["POST"])
    try:
        line = service.add_checkpoint(witness, request.get_data())
    except OtherSizeSeen as fault:
        return Response(f"{fault.seen}\n", 409, content_type=SIZE)
    except LedgerFault as fault:
        log.warning("not cosigned", code=fault.code, says=str(fault))
        return Response(f"{fault}\n", STATUSES.get(type(fault), 400), content_type=PLAIN)
    except CannotSign as refusal:
        log.warning("cannot sign", says=refusal.sentence())
        return Response(f"{refusal.sentence()}\n", 500, content_type=PLAIN)
    log.info("cosigned", line=line.strip())
    return Response(line, content_type=PLAIN)
