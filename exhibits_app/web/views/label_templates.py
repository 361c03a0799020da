"""How the labels of the force look: the versions of its template, and the form that shows what it would print."""

import base64
import json
from dataclasses import dataclass, field

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from labels.raster import paint, png
from labels.stock import Stock
from labels.template import FIELDS, Template
from labels.template_check import Tried

from ...current import person, services
from ...domain.errors import BadInput, DesignRefused
from ...domain.people import Action
from ...guard import Door, access
from ...services import label_stock, label_templates
from ...statuses import status_of
from .. import template_form
from ..navigation import OFFERS, Offer

bp = Blueprint("label_templates", __name__, url_prefix="/label-templates")
OFFERS.append(
    Offer("label_templates.listed", "Label templates", "What stands on labels, and where.", (Action.MANAGE_LABELS,), 47)
)


@bp.get("")
@access(Door.SIGNED_IN, Action.MANAGE_LABELS)
def listed() -> str:
    """Every version with its author and note."""
    return render_template("label_designs/templates.html", versions=label_templates.versions(services(), person()))


@bp.get("/edit")
@access(Door.SIGNED_IN, Action.MANAGE_LABELS)
def edit() -> str:
    """The form with a version (`from`; without, the one in force) and its labels."""
    begun = label_templates.version(services(), person(), request.args.get("from", type=int))
    now = label_templates.version(services(), person())
    return _page(_Form(begun.template, now.version, begun.version))


@bp.post("/edit")
@access(Door.SIGNED_IN, Action.MANAGE_LABELS)
def keep() -> AnyResponse | tuple[str, int]:
    """Show the labels as typed, or print by this template from now on."""
    seen, begun = request.form.get("seen", 0, int), request.form.get("begun", 0, int)
    form = _Form(None, seen, begun)
    try:
        form.template = label_templates.draft(template_form.typed(request.form, _picture()))
        if "save" not in request.form:
            return _page(form), 200
        stocks = label_stock.see(services(), person()).all_offered
        made = label_templates.keep(services(), person(), form.template, stocks, request.form.get("note", ""), seen)
    except (BadInput, DesignRefused) as refusal:
        name = refusal.field if isinstance(refusal, BadInput) else refusal.part
        form.faults = {name: refusal.sentence()}
        return _page(form), status_of(refusal)
    flash(f"Labels are printed by version {made} from now on.")
    return redirect(url_for("label_templates.listed"))


@bp.get("/<int:version>/template.json")
@access(Door.SIGNED_IN, Action.MANAGE_LABELS)
def file(version: int) -> Response:
    """The version as a file for `exhibits-label --template`."""
    found = label_templates.version(services(), person(), version)
    answer = Response(json.dumps(found.template.data(), indent=1), mimetype="application/json")
    answer.headers["Content-Disposition"] = f'attachment; filename="label-template-{version}.json"'
    return answer


@dataclass(slots=True)
class _Form:
    """What the page shows: the template, None where it could not be understood, and what is wrong."""

    template: Template | None
    seen: int
    begun: int
    faults: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class _Picture:
    """One drawn label: its dots for an `img`, its size in mm, what stands on it in words, and the verdict."""

    tried: Tried
    source: str
    size: tuple[float, float]
    words: str


def _page(form: _Form) -> str:
    shelf = label_stock.see(services(), person())
    kind = request.values.get("kind", "item")
    kind = kind if kind in FIELDS else "item"
    stock = shelf.known.get(request.values.get("stock", "")) or shelf.all_offered[0]
    shown = label_templates.preview(person(), form.template, stock, kind) if form.template else []
    logo = base64.b64encode(form.template.logo.png).decode() if form.template and form.template.logo else ""
    return render_template(
        "label_designs/edit.html",
        form=form,
        kind=kind,
        stock=stock,
        stocks={name: label_stock.described(one) for name, one in shelf.known.items()},
        pictures=[_picture_of(one, stock) for one in shown],
        words=template_form,
        kinds={one: _lines(form, one) for one in FIELDS},
        logo=logo if form.template else request.form.get("logo-kept", ""),
        given=_given(form),
    )


def _lines(form: _Form, kind: str) -> list[template_form.Line]:
    if request.method == "GET" and form.template:
        return template_form.lines_of(form.template, kind)
    return template_form.lines_typed(request.form, kind)


def _given(form: _Form) -> dict[str, str]:
    """What stands in the other fields: as typed, else as the template has it."""
    if request.method == "POST" or form.template is None:
        return request.form.to_dict()
    return template_form.rest_of(form.template)


def _picture_of(one: Tried, stock: Stock) -> _Picture:
    if one.drawing is None:
        return _Picture(one, "", (stock.width, stock.height), "")
    dots = png(paint(one.drawing), stock.dpi)
    scale = stock.width / one.drawing.width
    words = " ".join(word.text for word in one.drawing.words)
    size = (stock.width, one.drawing.height * scale)
    return _Picture(one, "data:image/png;base64," + base64.b64encode(dots).decode(), size, words)


def _picture() -> bytes:
    """The uploaded logo; empty when none was chosen."""
    upload = request.files.get("logo-file")
    return upload.read() if upload and upload.filename else b""
