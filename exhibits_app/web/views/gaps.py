"""Gaps in the accounts of items: of one, of a case, of a store."""

from flask import Blueprint, render_template, request

from ...current import person, services
from ...domain.people import Action
from ...guard import Door, access
from ...services import gaps

bp = Blueprint("gaps", __name__)


@bp.get("/items/<int:register_no>/gaps")
@access(Door.SIGNED_IN, Action.SEE_CASE, Action.SEE_STORE)
def item(register_no: int) -> str:
    """The gaps of one item."""
    page = gaps.of_item(services(), person(), register_no)
    return render_template("gaps/item.html", page=page, register_no=register_no)


@bp.get("/cases/<int:case_id>/gaps")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def case(case_id: int) -> str:
    """The gaps of the items of a case."""
    after = request.args.get("after", 0, int)
    found, page = gaps.of_case(services(), person(), case_id, after)
    return render_template("gaps/case.html", case=found, page=page, after=after)


@bp.get("/stores/<int:store>/gaps")
@access(Door.SIGNED_IN, Action.SEE_STORE)
def store(store: int) -> str:
    """The gaps of what a store holds."""
    after = request.args.get("after", 0, int)
    place, page = gaps.of_store(services(), person(), store, after)
    return render_template("gaps/store.html", store=place, page=page, after=after)
