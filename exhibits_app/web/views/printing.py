"""Printings: the list of them, and what people do to one: confirm it, send it again, void it, print it again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import BadInput, LabelRefusal
from ...domain.people import Action
from ...guard import Door, access
from ...services import label_stock, print_steps, printings
from ...services.labels import PURPOSES
from ...services.print_again import print_again
from ...statuses import status_of
from ..navigation import OFFERS, Offer
from ..print_form import SAID, again_of, fault_of
from ..security import uses_camera

WHO = (
    Action.PRINT_LABEL,
    Action.RELABEL,
    Action.HANDLE,
    Action.MANAGE_PLACES,
    Action.MANAGE_PEOPLE,
    Action.SEE_PRINTING,
)

bp = Blueprint("printing", __name__, url_prefix="/printing")
OFFERS.append(Offer("printing.listed", "Printing", "Labels that were printed, and what became of them.", WHO, 40))


@bp.get("")
@access(Door.SIGNED_IN, *WHO)
def listed() -> str:
    """One's own printings, and those of the teams and stores that this person supervises."""
    shown = printings.listed(services(), person(), request.args.get("before", 0, int))
    return render_template("printing/list.html", shown=shown, hours=_hours())


@bp.get("/<int:job>")
@access(Door.SIGNED_IN, *WHO)
def one(job: int) -> str:
    """A printing: its PDF, its labels and every step of its life."""
    return _one(job, {})


@bp.post("/<int:job>/send")
@access(Door.SIGNED_IN, *WHO)
def send(job: int) -> AnyResponse:
    """Send one that failed once more."""
    print_steps.send_again(services(), person(), job)
    flash("It waits for the printer again.")
    return redirect(url_for("printing.one", job=job))


@bp.post("/<int:job>/void")
@access(Door.SIGNED_IN, *WHO)
def void(job: int) -> AnyResponse | tuple[str, int]:
    """Void the labels that nobody has scanned."""
    try:
        gone = print_steps.void(services(), person(), job, request.form.get("reason", ""), request.form.getlist("code"))
    except (BadInput, LabelRefusal) as refusal:
        return _one(job, {"reason": refusal.sentence()}), status_of(refusal)
    flash("1 label is void. Destroy it." if gone == 1 else f"{gone} labels are void. Destroy those that came out.")
    return redirect(url_for("printing.one", job=job))


@bp.get("/<int:job>/confirm")
@access(Door.SIGNED_IN, *WHO)
@uses_camera
def confirming(job: int) -> str:
    """A large field to scan the labels of a printing into."""
    return _confirm(job, "")


@bp.post("/<int:job>/confirm")
@access(Door.SIGNED_IN, *WHO)
@uses_camera
def confirm(job: int) -> AnyResponse | tuple[str, int]:
    """Confirm the label that was scanned, and go on to the next."""
    text = request.form.get("code", "").strip()
    try:
        done = print_steps.confirm(services(), person(), text, job)
    except LabelRefusal as refusal:
        sentence = refusal.sentence() if text else "Scan a label of this printing, or type the code on it."
        return _confirm(job, sentence, text), status_of(refusal)
    flash(done.sentence)
    return redirect(url_for("printing.confirming" if done.waiting else "printing.one", job=job))


@bp.get("/<int:job>/again")
@access(Door.SIGNED_IN, *WHO)
def choose_again(job: int) -> str:
    """Which of its labels are printed again, why and on what."""
    return _again(job, {})


@bp.post("/<int:job>/again")
@access(Door.SIGNED_IN, *WHO)
def again(job: int) -> AnyResponse | tuple[str, int]:
    """Print them again, as a printing of its own."""
    given = request.form
    stock = given.get("stock", "")
    first = given.get("start_at", "1")
    try:
        done = print_again(
            services(), person(), job, given.getlist("code"), stock, first,
            printer=given.get("printer", ""), again=again_of(given),
        )  # fmt: skip
    except SAID as refusal:
        return _again(job, fault_of(refusal)), status_of(refusal)
    return redirect(url_for("printing.one", job=done.job))


def _one(job: int, faults: dict[str, str]) -> str:
    shown = printings.see(services(), person(), job)
    return render_template(
        "printing/one.html",
        shown=shown,
        job=shown.job,
        load=label_stock.what_to_load(services(), shown.job.stock),
        faults=faults,
        given=request.form,
        hours=_hours(),
        case_id=request.args.get("case", 0, int),
    )


def _confirm(job: int, fault: str, text: str = "") -> str:
    shown = printings.see(services(), person(), job)
    return render_template("printing/confirm.html", shown=shown, job=shown.job, fault=fault, text=text)


def _again(job: int, faults: dict[str, str]) -> str:
    shown = printings.see(services(), person(), job)
    return render_template(
        "printing/again.html", shown=shown, job=shown.job, stocks=_stocks(shown), faults=faults, given=request.form
    )


def _hours() -> int:
    return int(services().limits.unseen_label.total_seconds()) // 3600


def _stocks(shown: printings.JobView) -> dict[str, str]:
    """The stocks that are offered for what these labels are of."""
    kinds = {line.label.kind for line in shown.labels}
    return label_stock.offered(services(), PURPOSES[min(kinds, default="E")])
