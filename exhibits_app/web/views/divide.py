"""Taking parts from an item, identifying one that lost its label, and making found property an exhibit."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.cases import ITEM_CATEGORY_NAMES
from ...domain.custody import BY_TWO
from ...domain.custody.naming import FOUND_PROPERTY
from ...domain.errors import BadInput, CustodyRefusal, LabelRefusal, Refusal, RegisterRefusal, TooManyAttempts
from ...domain.people import Action
from ...guard import Door, access
from ...services import act_choices, dividing, exhibits, naming, people
from ...services.dividing import PartForm, SplitForm
from ...services.naming import PromoteForm
from ...services.typed_acts import Particulars
from ...statuses import status_of
from .. import act_form
from ..act_faults import field_of

ROWS = 4
REFUSED = (BadInput, CustodyRefusal, RegisterRefusal, TooManyAttempts)
RELABEL_FIELDS = ("seal", "identity", "text", "reason", "witness_name")
UNREADABLE = "Enter when it happened as a date and time, like 21/11/2026 14:30."

bp = Blueprint("divide", __name__)


@bp.get("/items/<int:register_no>/split")
@access(Door.SIGNED_IN, Action.SPLIT)
def split(register_no: int) -> str:
    """The form that takes parts from an item."""
    return _split_page(register_no, MultiDict(), {})


@bp.post("/items/<int:register_no>/split")
@access(Door.SIGNED_IN, Action.SPLIT)
def keep_split(register_no: int) -> AnyResponse | tuple[str, int]:
    """Divide the item, then offer labels for its parts."""
    act_choices.ready(services(), person(), [register_no], "SPLIT")
    given = request.form
    wanted = act_form.particulars(given, for_leaver=False)
    if given.get("occurred_at", "").strip() and wanted.occurred_at is None:
        return _split_page(register_no, given, {"occurred_at": UNREADABLE}), 422
    form = SplitForm(parts_of(given), given.get("left", ""), given.get("lost", ""), given.get("producer", type=int))
    try:
        parts = dividing.split(services(), person(), register_no, form, wanted, act_form.second(given))
    except REFUSED as refusal:
        return _split_page(register_no, given, split_fault(refusal)), status_of(refusal)
    flash(f"{'1 part is' if len(parts) == 1 else f'{len(parts)} parts are'} registered. Print their labels next.")
    return redirect(url_for("labels.choose", item=parts))


@bp.get("/items/<int:register_no>/relabel")
@access(Door.SIGNED_IN, Action.RELABEL)
def relabel(register_no: int) -> str:
    """The form that identifies an item without its label."""
    return _relabel_page(register_no, MultiDict(), {})


@bp.post("/items/<int:register_no>/relabel")
@access(Door.SIGNED_IN, Action.RELABEL)
def keep_relabel(register_no: int) -> AnyResponse | tuple[str, int]:
    """Identify the item; its label before is revoked."""
    act_choices.ready(services(), person(), [register_no], "RELABEL")
    given = request.form
    wanted = Particulars(
        seal=given.get("seal", ""), identity=given.get("identity", ""), text=given.get("text", ""),
        reason=given.get("reason", ""),
    )  # fmt: skip
    try:
        naming.relabel(services(), person(), register_no, wanted, act_form.second(given), given.get("label", ""))
    except (*REFUSED, LabelRefusal) as refusal:
        field = refusal.field if isinstance(refusal, LabelRefusal) else field_of(refusal, RELABEL_FIELDS)
        fault = {field: refusal.sentence()}
        return _relabel_page(register_no, given, fault), status_of(refusal)
    then = "It bears the new one." if given.get("label", "").strip() else "Print the new label and put it on now."
    flash(f"It is identified, and its old label is revoked. {then}")
    return redirect(url_for("items.item", register_no=register_no))


@bp.get("/items/<int:register_no>/promote")
@access(Door.SIGNED_IN, Action.REGISTER)
def promote(register_no: int) -> str:
    """The form that makes found property an exhibit."""
    return _promote_page(register_no, MultiDict(), {})


@bp.post("/items/<int:register_no>/promote")
@access(Door.SIGNED_IN, Action.REGISTER)
def keep_promote(register_no: int) -> AnyResponse | tuple[str, int]:
    """Make it an exhibit."""
    act_choices.ready(services(), person(), [register_no], "PROMOTE")
    given = request.form
    form = PromoteForm(
        given.get("category", ""), given.get("reference", ""), given.get("producer", type=int), given.get("case", ""),
        given.get("reason", ""), bool(given.get("keep_both")),
    )  # fmt: skip
    try:
        reference = naming.promote(services(), person(), register_no, form)
    except REFUSED as refusal:
        fault = {field_of(refusal, ("category", "reference", "case", "reason")): refusal.sentence()}
        return _promote_page(register_no, given, fault), status_of(refusal)
    flash(f"It is exhibit {reference} now. Its deadlines still run from when it came into police hands.")
    return redirect(url_for("items.item", register_no=register_no))


def parts_of(given: MultiDict[str, str]) -> tuple[PartForm, ...]:
    """The rows of parts that were typed, to the last that was."""
    rows = [
        PartForm(
            given.get(f"parts-{row}-description", ""),
            given.get(f"parts-{row}-quantity", ""),
            given.get(f"parts-{row}-reference", ""),
            given.get(f"parts-{row}-seal", ""),
            bool(given.get("keep_both")),
        )
        for row in range(dividing.MOST_PARTS)
    ]
    used = [row for row, part in enumerate(rows) if part.description.strip() or str(part.quantity).strip()]
    return tuple(rows[: used[-1] + 1]) if used else ()


def split_fault(refusal: Refusal, *more: str) -> dict[str, str]:
    """The refusal beside the field that it is about; `more` are fields of a form that has others."""
    own = ["left", "lost", "reason", "witness_name", "occurred_at", *more]
    cells = [
        f"parts-{row}-{name}"
        for row in range(dividing.MOST_PARTS)
        for name in ("description", "quantity", "reference", "seal")
    ]
    return {field_of(refusal, own + cells): refusal.sentence()}


def _split_page(register_no: int, given: MultiDict[str, str], faults: dict[str, str]) -> str:
    (exhibit,), _ = act_choices.ready(services(), person(), [register_no], "SPLIT")
    rows = max(ROWS, len(parts_of(given)))
    return _page("acts/split.html", exhibit, given, faults, rows=rows, by_two=exhibit.category in BY_TWO)


def _relabel_page(register_no: int, given: MultiDict[str, str], faults: dict[str, str]) -> str:
    act_choices.ready(services(), person(), [register_no], "RELABEL")
    view = exhibits.see(services(), person(), register_no)
    return _page("acts/relabel.html", view.exhibit, given, faults, photos=view.photos)


def _promote_page(register_no: int, given: MultiDict[str, str], faults: dict[str, str]) -> str:
    (exhibit,), _ = act_choices.ready(services(), person(), [register_no], "PROMOTE")
    categories = {code: name for code, name in ITEM_CATEGORY_NAMES.items() if code != FOUND_PROPERTY}
    return _page("acts/promote.html", exhibit, given, faults, categories=categories)


def _page(template: str, exhibit: object, given: MultiDict[str, str], faults: dict[str, str], **more: object) -> str:
    return render_template(
        template,
        exhibit=exhibit,
        given=given,
        faults=faults,
        errors=[{"text": sentence, "href": f"#{name}"} for name, sentence in faults.items()],
        everyone=people.colleagues(services()),
        **more,
    )
