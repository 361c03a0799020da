"""What a browser needs to keep a page: its service worker and its manifest. Nothing in them is of any case."""

from flask import Blueprint, Response, abort, jsonify

from ...guard import Door, access
from .. import offline

bp = Blueprint("offline", __name__, url_prefix="/offline")


@bp.get("/<page>/worker.js")
@access(Door.PUBLIC)
def worker(page: str) -> Response:
    """The service worker of that page; its scope is the page and nothing else."""
    _known(page)
    answer = Response(offline.worker_of(page), mimetype="text/javascript")
    answer.headers["Service-Worker-Allowed"] = offline.SHELLS[page].path
    answer.headers["Cache-Control"] = "no-cache"
    return answer


@bp.get("/<page>/manifest.webmanifest")
@access(Door.PUBLIC)
def manifest(page: str) -> Response:
    """The manifest of that page."""
    _known(page)
    answer = jsonify(offline.manifest_of(page))
    answer.mimetype = "application/manifest+json"
    answer.headers["Cache-Control"] = "no-cache"
    return answer


def _known(page: str) -> None:
    if page not in offline.SHELLS:
        abort(404)
