"""The work list of discrepancies, and settling one."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.custody.settling import FINDINGS
from ...domain.errors import BadInput, CustodyRefusal, ParticularNeeded, Refusal, SealUsedBefore
from ...domain.people import Action
from ...guard import Door, access
from ...services import discrepancies
from ...services.discrepancies import KINDS, Found
from ...services.ports import DiscrepancyLine
from ...services.ports.mending import After
from ...statuses import status_of
from ..navigation import OFFERS, Offer

bp = Blueprint("discrepancies", __name__)


def _waiting() -> int:
    return discrepancies.waiting(services(), person())


OFFERS.append(
    Offer(
        "discrepancies.listed",
        "Discrepancies",
        "Where the record and the eye disagree, until somebody says why.",
        (Action.SEE_DISCREPANCIES,),
        22,
        _waiting,
    )
)


@bp.get("/discrepancies")
@access(Door.SIGNED_IN, Action.SEE_DISCREPANCIES)
def listed() -> str:
    """What is open, the longest open first."""
    kind = request.args.get("kind", "")
    wanted = DiscrepancyLine(
        store=request.args.get("store", type=int),
        team=request.args.get("team", type=int),
        kind=kind if kind in KINDS else None,
    )
    shown = discrepancies.page(services(), person(), wanted, _after(request.args.get("after")))
    return render_template("discrepancies/list.html", shown=shown, kinds=KINDS, wanted=wanted, link=_link)


@bp.get("/items/<int:register_no>/discrepancies")
@access(Door.SIGNED_IN, Action.SETTLE)
def form(register_no: int) -> str:
    """One discrepancy, to say what became of it."""
    return _page(register_no, request.args, {})


@bp.post("/items/<int:register_no>/discrepancies")
@access(Door.SIGNED_IN, Action.SETTLE)
def settle(register_no: int) -> AnyResponse | tuple[str, int]:
    """Say what became of it."""
    given = request.form
    found = Found(
        given.get("event", ""),
        given.get("kind", ""),
        given.get("finding", ""),
        given.get("reason", ""),
        given.get("seal", ""),
    )
    try:
        discrepancies.see(services(), person(), register_no, found.event, found.kind)
        discrepancies.settle(services(), person(), register_no, found)
    except (BadInput, ParticularNeeded, SealUsedBefore) as refusal:
        return _page(register_no, given, {_field(refusal): refusal.sentence()}), status_of(refusal)
    except CustodyRefusal as refusal:
        return _page(register_no, given, {"finding": refusal.sentence()}), status_of(refusal)
    flash(f"The discrepancy ({found.kind}) is settled, and your finding is in the history.")
    return redirect(url_for("items.item", register_no=register_no))


def _field(refusal: Refusal) -> str:
    return refusal.field if isinstance(refusal, (BadInput, ParticularNeeded)) else "seal"


def _page(register_no: int, given: Any, faults: dict[str, str]) -> str:
    shown = discrepancies.see(services(), person(), register_no, given.get("event", ""), given.get("kind", ""))
    return render_template("discrepancies/form.html", shown=shown, findings=FINDINGS, faults=faults, given=given)


def _after(text: str | None) -> After | None:
    """Where the page before ended, as `_link` wrote it; anything else begins at the top."""
    parts = (text or "").split("-")
    if len(parts) != 3 or not all(part.isascii() and part.isdigit() and len(part) < 17 for part in parts):
        return None
    seconds, micros = divmod(int(parts[0]), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=micros), int(parts[1]), int(parts[2])


def _link(after: After) -> str:
    """The address of the next page with the same filters."""
    at, number, position = after
    kept: dict[str, Any] = {name: request.args[name] for name in ("store", "team", "kind") if request.args.get(name)}
    kept["after"] = f"{int(at.timestamp()) * 1_000_000 + at.microsecond}-{number}-{position}"
    return url_for("discrepancies.listed", **kept)
