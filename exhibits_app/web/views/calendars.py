"""The calendar of somebody's deadlines, for the program that has its secret address: no session, no cookie."""

from flask import Blueprint, Response, request

from ...current import services
from ...guard import Door, access
from ...services import calendars

bp = Blueprint("calendars", __name__)


@bp.get("/calendar/<secret>.ics")
@access(Door.PUBLIC)
def feed(secret: str) -> Response:
    """The calendar; nothing but "not modified" when it is as the program has it."""
    found = calendars.feed(services(), secret)
    answer = Response(found.ics, mimetype="text/calendar")
    answer.set_etag(found.etag)
    answer.headers["Cache-Control"] = "private, no-cache"
    answer.make_conditional(request)
    return answer
