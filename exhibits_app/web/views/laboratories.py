"""What is at which laboratory, or on the way there, since when."""

from flask import Blueprint, Response, render_template, request

from ...current import person, services
from ...domain.cases import CASE_CATEGORY_NAMES, ITEM_CATEGORY_NAMES
from ...domain.people import Action
from ...guard import Door, access
from ...paging import after_of, place_of
from ...services import at_laboratories, board
from ...services.ports import AwayLine
from ..downloads import xlsx
from ..laboratory_form import FAR, as_asked
from ..navigation import OFFERS, Offer

bp = Blueprint("laboratories", __name__)
OFFERS.append(
    Offer(
        "laboratories.out", "At laboratories", "What is out for examination, since when, and what of it is overdue.",
        (Action.SEE_BOARD,), 22,
    )
)  # fmt: skip


@bp.get("/laboratories")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def out() -> str:
    """What is out, the longest out first."""
    asked = as_asked(request.args)
    shown = at_laboratories.page(services(), person(), _wanted(), after_of(request.args.get("after")))
    return render_template(
        "laboratories/list.html",
        shown=shown,
        asked=asked,
        choices=at_laboratories.choices(services(), person()),
        far=FAR,
        next={**asked, "after": place_of(shown.next_after)} if shown.next_after else None,
        age_of=board.age,
    )


@bp.get("/laboratories.xlsx")
@access(Door.SIGNED_IN, Action.SEE_BOARD)
def sheet() -> Response:
    """The same for a spreadsheet."""
    return xlsx(at_laboratories.sheet(services(), person(), _wanted()), "at-laboratories")


def _wanted() -> AwayLine:
    """What was asked for; a value that does not exist asks for nothing."""
    given = request.args
    category, kind, far = given.get("category", ""), given.get("case", ""), given.get("far", "")
    return AwayLine(
        lab=given.get("lab", type=int),
        category=category if category in ITEM_CATEGORY_NAMES else None,
        kind_of_case=kind if kind in {one.value for one in CASE_CATEGORY_NAMES} else None,
        forensic=far if far in FAR else None,
        overdue_at=services().clock.now() if given.get("overdue") else None,
    )
