"""Printing labels: choosing items and stock, and the PDF of a printing."""

from flask import Blueprint, Response, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.people import Action
from ...guard import Door, access
from ...services import cases, exhibits, label_stock, labels, printings, register
from ...statuses import status_of
from ..pdf import pdf
from ..print_form import SAID, again_of, fault_of
from .printing import WHO

bp = Blueprint("labels", __name__)


@bp.get("/labels")
@access(Door.SIGNED_IN, Action.PRINT_LABEL, Action.RELABEL)
def choose() -> str:
    """Which items (`item` for each, or `new` for all of a case that have none), and on which stock."""
    chosen = request.args.getlist("item", int)
    case_id = request.args.get("case", 0, int)
    if "new" in request.args and case_id:
        case = cases.see_case(services(), person(), case_id)
        chosen = printings.unlabelled(services(), case.id, register.MOST_ITEMS)
    return _page(chosen, case_id, {})


@bp.post("/labels")
@access(Door.SIGNED_IN, Action.PRINT_LABEL, Action.RELABEL)
def print_them() -> AnyResponse | tuple[str, int]:
    """Issue the codes, then go to the page with the PDF: loading that again issues nothing."""
    chosen, case_id = request.form.getlist("item", int), request.form.get("case", 0, int)
    stock, start_at = request.form.get("stock", ""), request.form.get("start_at", "")
    copies = request.form.get("copies", "1")
    try:
        done = labels.print_item_labels(
            services(), person(), chosen[: register.MOST_ITEMS], stock, start_at, copies,
            printer=request.form.get("printer", ""), again=again_of(request.form),
        )  # fmt: skip
    except SAID as refusal:
        return _page(chosen, case_id, fault_of(refusal), stock), status_of(refusal)
    return redirect(url_for("printing.one", job=done.job, case=case_id or None))


@bp.get("/labels/<int:job>/labels.pdf")
@access(Door.SIGNED_IN, *WHO)
def file(job: int) -> Response:
    """The PDF, once more byte for byte; with `save` to keep it as a file."""
    answer = pdf(printings.open_pdf(services(), person(), job).pdf, f"labels-{job}.pdf")
    if "save" in request.args:
        answer.headers["Content-Disposition"] = f'attachment; filename="labels-{job}.pdf"'
    return answer


def _page(chosen: list[int], case_id: int, faults: dict[str, str], stock: str = "") -> str:
    items = exhibits.chosen(services(), person(), chosen[: register.MOST_ITEMS])
    return render_template(
        "labels.html",
        items=items,
        unseen=printings.unseen_of(services(), [one.exhibit.register_no for one in items]),
        given=request.form,
        case_id=case_id,
        faults=faults,
        errors=[{"text": sentence, "href": f"#{name}"} for name, sentence in faults.items()],
        stocks=label_stock.offered(services(), "item"),
        stock=stock,
    )
