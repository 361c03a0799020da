"""Teams: which there are, and adding one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput, TeamNameTaken
from ...domain.people import Action
from ...guard import Door, access
from ...services import teams
from ...statuses import status_of

bp = Blueprint("teams", __name__, url_prefix="/teams")


@bp.get("")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def listed() -> str:
    """Every team, with the form to add one."""
    return _page("", "")


@bp.post("")
@access(Door.SIGNED_IN, Action.MANAGE_PEOPLE)
def add() -> AnyResponse | tuple[str, int]:
    """Add a team."""
    name = request.form.get("name", "")
    try:
        teams.add_team(services(), person(), name)
    except (BadInput, TeamNameTaken) as refusal:
        return _page(name, refusal.sentence()), status_of(refusal)
    flash(f"The team {name.strip()} is added. Choose it for people and for cases.")
    return redirect(url_for("teams.listed"))


def _page(name: str, fault: str) -> str:
    return render_template("teams.html", teams=teams.list_teams(services(), person()), name=name, fault=fault)
