"""Reports of a month's decisions: refused for cost, and by who decided."""

from datetime import UTC, datetime
from typing import Any

from flask import Blueprint, Response, render_template, request, url_for

from ...current import person, services
from ...domain.advice import ADVISER_NAMES
from ...domain.cases import ITEM_CATEGORY_NAMES
from ...domain.decisions import DECISION_NAMES, REASON_NAMES
from ...domain.months import Month
from ...domain.people import Action
from ...guard import Door, access
from ...services import decision_reports as reports
from ...services import decision_sheet
from ...services.ports import Sort
from ..downloads import xlsx
from ..navigation import OFFERS, Offer

bp = Blueprint("decision_reports", __name__)
OFFERS.append(
    Offer(
        "decision_reports.cost",
        "Decisions by month",
        "What was refused for cost, and what was decided against advice, late or to wait.",
        (Action.SEE_DECISIONS,),
        55,
    )
)


@bp.get("/decisions/cost")
@access(Door.SIGNED_IN, Action.SEE_DECISIONS)
def cost() -> str:
    """What was refused for cost in a month, with its sums."""
    return _page("decisions/cost.html", _wanted(Sort.COST))


@bp.get("/decisions/people")
@access(Door.SIGNED_IN, Action.SEE_DECISIONS)
def people() -> str:
    """What each person decided in a month."""
    shown = reports.deciders(services(), person(), _wanted(Sort.ALL))
    return render_template("decisions/people.html", shown=shown, months=_months(), link=_link)


@bp.get("/decisions")
@access(Door.SIGNED_IN, Action.SEE_DECISIONS)
def listed() -> str:
    """The decisions of a month behind one of the numbers."""
    return _page("decisions/list.html", _wanted(_sort()))


@bp.get("/decisions.xlsx")
@access(Door.SIGNED_IN, Action.SEE_DECISIONS)
def sheet() -> Response:
    """The same decisions for a spreadsheet."""
    wanted = _wanted(_sort())
    return xlsx(decision_sheet.sheet(services(), person(), wanted), f"decisions-{wanted.sort}-{wanted.month}")


def _page(template: str, wanted: reports.Wanted) -> str:
    return render_template(
        template,
        shown=reports.page(services(), person(), wanted, _after(request.args.get("after", ""))),
        sums=reports.sums(services(), person(), wanted),
        months=_months(),
        link=_link,
        sort_name=reports.SORTS[wanted.sort],
        why_reopened=decision_sheet.why_reopened,
        DECISION_NAMES=DECISION_NAMES,
        REASON_NAMES=REASON_NAMES,
        ADVISER_NAMES=ADVISER_NAMES,
    )


def _sort() -> Sort:
    sort = request.args.get("sort", "")
    return Sort(sort) if sort in reports.SORTS else Sort.ALL


def _wanted(sort: Sort) -> reports.Wanted:
    given = request.args
    category = given.get("category", "")
    return reports.Wanted(
        Month.read(given.get("month", "")) or Month.of(services().clock.now()),
        sort,
        given.get("team", type=int),
        given.get("person", type=int),
        category if category in ITEM_CATEGORY_NAMES else None,
    )


def _months() -> list[Month]:
    return reports.months_back(services(), person())


def _link(endpoint: str, wanted: reports.Wanted, **given: Any) -> str:
    """The address of a report with what it is narrowed to and this instead; an empty value narrows nothing."""
    kept = {name: getattr(wanted, name) for name in ("month", "sort", "team", "person", "category")} | given
    if endpoint not in ("decision_reports.listed", "decision_reports.sheet"):
        del kept["sort"]
    if kept.get("after"):
        at, event = kept["after"]
        kept["after"] = f"{int(at.timestamp()) * 1_000_000 + at.microsecond}-{event}"
    return url_for(endpoint, **{name: value for name, value in kept.items() if value not in (None, "", "all")})


def _after(text: str) -> tuple[datetime, str] | None:
    """Where the page before ended, as `_link` wrote it; anything else begins at the top."""
    micros, _, event = text.partition("-")
    if not (micros.isascii() and micros.isdigit() and event and len(micros) < 17):
        return None
    seconds, rest = divmod(int(micros), 1_000_000)
    return datetime.fromtimestamp(seconds, UTC).replace(microsecond=rest), event
