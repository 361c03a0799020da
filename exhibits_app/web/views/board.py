"""The overdue board: what nobody has decided about or sent, the longest overdue first."""

from dataclasses import replace
from datetime import datetime
from typing import Any

from flask import Blueprint, Response, g, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.cases import ITEM_CATEGORY_NAMES
from ...domain.clocks import CLOCK_NAMES, DECIDING, ClockKind
from ...domain.errors import BadInput
from ...domain.people import Action
from ...guard import Door, access
from ...paging import after_of, place_of
from ...services import ageing, board, board_sheet, colleagues, people, trend
from ...services import unanswered as recommended
from ...services.ports import ItemLine
from .. import chart
from ..downloads import xlsx
from ..navigation import OFFERS, Offer

# The board of every step of custody together; one step alone goes by its own name.
CUSTODY = "custody"

bp = Blueprint("board", __name__)
OFFERS.append(
    Offer(
        "board.overdue", "Overdue board", "Exhibits that wait for a decision or a submission.", (Action.SEE_BOARD,), 20
    )
)


@bp.before_request
def by_officer() -> AnyResponse | None:
    """An officer who was typed: on to the board of theirs. Whom nothing fits is told beside the field."""
    typed = request.args.get("officer")
    if typed is None:
        return None
    try:
        officer = colleagues.chosen(services(), typed, "officer", "the officer in the case", left=True)
    except BadInput as refusal:
        g.officer_fault = refusal.sentence()
        return None
    return redirect(_link(request.endpoint or "", oic=officer or ""))


@bp.get("/board")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def overdue() -> str:
    """What is overdue now."""
    return _page(soon=False)


@bp.get("/board/soon")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def soon() -> str:
    """What falls due in the next days."""
    return _page(soon=True)


@bp.get("/board/recommendations")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def unanswered() -> str:
    """What was recommended and nobody answered."""
    wanted = replace(_wanted(), of_custody=False, kind=None)
    return render_template(
        "board/unanswered.html",
        shown=recommended.page(services(), person(), wanted, after_of(request.args.get("after"))),
        wanted=wanted,
        choices=board.choices(services(), person(), wanted),
        link=_link,
        age_of=board.age,
        filtered=wanted != ItemLine(),
    )


@bp.get("/board/ageing")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def ages() -> str:
    """How long decisions have been overdue, by team, store, category or officer."""
    by, team = request.args.get("by", ""), request.args.get("team", type=int)
    sort = by if by in ageing.SORTS else ageing.TEAM
    return render_template(
        "board/ageing.html",
        shown=ageing.of_board(services(), person(), sort, team),
        sort=sort,
        sorts=ageing.SORTS,
        spans=[name for name, _ in board.SPANS],
        teams=people.list_teams(services()),
        team=team,
        link=_link,
        now=services().clock.now(),
    )


@bp.get("/board.xlsx")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def overdue_sheet() -> Response:
    """What is overdue now, for a spreadsheet."""
    return xlsx(board_sheet.sheet(services(), person(), _wanted(), span=_span()), "overdue-board")


@bp.get("/board/soon.xlsx")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def soon_sheet() -> Response:
    """What falls due in the next days, for a spreadsheet."""
    return xlsx(board_sheet.sheet(services(), person(), _wanted(), soon=True), "due-soon")


def _page(*, soon: bool) -> str:
    wanted, span = _wanted(), None if soon else _span()
    shown = board.overdue(services(), person(), wanted, after_of(request.args.get("after")), soon=soon, span=span)
    past = trend.of_board(services(), person(), wanted)
    return render_template(
        "board/board.html",
        board=shown,
        soon=soon,
        wanted=wanted,
        choices=board.choices(services(), person(), wanted),
        bars=chart.bars(shown.ageing),
        chart=chart,
        trend=past,
        days=chart.days([count for _, count in past.days]) if past else [],
        link=_link,
        age=board.age,
        filtered=wanted != ItemLine() or span is not None,
        deciding=DECIDING,
        span=span,
    )


def _wanted() -> ItemLine:
    category, owed = request.args.get("category", ""), request.args.get("owed", "")
    kind = ClockKind(owed) if owed in CLOCK_NAMES else None
    return ItemLine(
        store=request.args.get("store", type=int),
        team=request.args.get("team", type=int),
        oic=request.args.get("oic", type=int),
        category=category if category in ITEM_CATEGORY_NAMES else None,
        of_custody=owed == CUSTODY or (kind is not None and kind not in DECIDING),
        kind=kind,
    )


def _span() -> int | None:
    """The span of the ageing chart that is asked for."""
    span = request.args.get("age", -1, int)
    return span if 0 <= span < len(board.SPANS) else None


def _link(endpoint: str, after: tuple[datetime, int] | None = None, **given: Any) -> str:
    """The address of this board with the same filters, and with these values instead; none where one is ""."""
    kept: dict[str, Any] = {
        name: request.args[name]
        for name in ("store", "team", "oic", "category", "owed", "age")
        if request.args.get(name)
    } | given
    kept = {name: value for name, value in kept.items() if value != ""}
    if after is not None:
        kept["after"] = place_of(after)
    return url_for(endpoint, **kept)
