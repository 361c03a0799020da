"""The start page: what this person can do here."""

from flask import Blueprint, render_template

from ...guard import Door, access

bp = Blueprint("start", __name__)


@bp.get("/")
@access(Door.SIGNED_IN)
def start() -> str:
    """What this person can do here."""
    return render_template("start.html")
