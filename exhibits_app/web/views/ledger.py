"""What the ledger holds, how far it is signed, who outside could tell if it were rewritten, and its paper."""

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput, NotAPaperCheckpoint
from ...domain.people import Action
from ...domain.show import how_long
from ...guard import Door, access
from ...services import ledger, ledger_paper, paper
from ...statuses import status_of
from ..navigation import OFFERS, Offer
from ..pdf import pdf

PAGE = 20

bp = Blueprint("ledger", __name__)
receipts = Blueprint("receipts", __name__)
receipts.add_app_template_test(paper.has_receipt, "with_receipt")
OFFERS.append(
    Offer("ledger.overview", "Ledger", "The record that nothing is ever removed from.", (Action.SEE_LEDGER,), 72)
)


@bp.get("/ledger")
@access(Door.SIGNED_IN, Action.SEE_LEDGER)
def overview() -> str:
    """Its state, and the checkpoints of a page: those of a size below `below`, or the newest."""
    return _page({})


@bp.get("/ledger/checkpoints/<int:size>")
@access(Door.SIGNED_IN, Action.SEE_LEDGER)
def checkpoint(size: int) -> Response:
    """A signed checkpoint as a file, to be kept by somebody outside."""
    answer = Response(ledger.checkpoint_file(services(), person(), size), mimetype="text/plain")
    answer.headers["Content-Disposition"] = f'attachment; filename="checkpoint-{size}.txt"'
    return answer


@bp.get("/ledger/daily.pdf")
@access(Door.SIGNED_IN, Action.SEE_LEDGER)
def daily() -> Response:
    """The checkpoint as of now on a sheet, to be signed by hand and filed outside."""
    return pdf(paper.daily(services(), person()), "ledger-checkpoint.pdf")


@bp.post("/ledger/filed")
@access(Door.SIGNED_IN, Action.SEE_LEDGER)
def filed() -> AnyResponse | tuple[str, int]:
    """Put on record that a signed sheet is filed outside, once it fits the log."""
    given = {name: request.form.get(name, "") for name in ("text", "where")}
    try:
        anchor = ledger_paper.file(services(), person(), given["text"], given["where"])
    except (BadInput, NotAPaperCheckpoint) as refusal:
        field = refusal.field if isinstance(refusal, BadInput) else "text"
        return _page({field: refusal.sentence()}, given), status_of(refusal)
    flash(f"The sheet fits the log and is on record: the first {anchor.size:,} entries cannot be rewritten unnoticed.")
    return redirect(url_for("ledger.overview"))


@receipts.get("/items/<int:register_no>/entries/<int:seq>/receipt.pdf")
@access(Door.SIGNED_IN, Action.SEE_CASE, Action.SEE_STORE)
def receipt(register_no: int, seq: int) -> Response:
    """The receipt for the act in which the item changed hands."""
    return pdf(paper.receipt(services(), person(), register_no, seq), f"receipt-{register_no}-{seq + 1}.pdf")


def _page(faults: dict[str, str], given: dict[str, str] | None = None) -> str:
    page = ledger.checkpoints(services(), person(), request.args.get("below", None, int), PAGE)
    return render_template(
        "ledger.html",
        ledger=ledger.facts(services(), person()),
        how_long=how_long,
        page=page,
        faults=faults,
        given=given or {},
        errors=[{"text": sentence, "href": f"#{name}"} for name, sentence in faults.items()],
    )
