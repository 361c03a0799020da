"""Handing evidence out, with some values withheld, and erasing values on authority."""

from collections.abc import Sequence

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import AuthoriserIsActor, BadInput, LedgerRefusal, MayNotAuthorise, Refusal, SignInRefusal
from ...domain.people import Action
from ...guard import Door, access
from ...services import ledger_erasure, ledger_evidence, ledger_values, signin
from ...services.ledger_erasure import Wanted
from ...statuses import status_of

bp = Blueprint("evidence", __name__)
_SECOND: tuple[type[Refusal], ...] = (AuthoriserIsActor, MayNotAuthorise)


@bp.get("/items/<int:register_no>/evidence")
@access(Door.SIGNED_IN, Action.HAND_OUT_EVIDENCE)
def item(register_no: int) -> str:
    """The values of the item, to choose what is withheld from."""
    return _item_page(register_no)


@bp.post("/items/<int:register_no>/evidence")
@access(Door.SIGNED_IN, Action.HAND_OUT_EVIDENCE)
def of_item(register_no: int) -> Response | tuple[str, int]:
    """The evidence bundle of the item, as a file."""
    withheld, reason = request.form.getlist("withhold"), request.form.get("reason", "")
    try:
        packed = ledger_evidence.of_item(services(), person(), register_no, withheld, reason)
    except (BadInput, LedgerRefusal) as refusal:
        return _item_page(register_no, withheld, _fault(refusal)), status_of(refusal)
    return _zip(packed, f"evidence-{register_no}.zip")


@bp.get("/cases/<int:case_id>/evidence")
@access(Door.SIGNED_IN, Action.HAND_OUT_EVIDENCE)
def case(case_id: int) -> str:
    """The names of the values of the case's items, to choose what is withheld from."""
    return _case_page(case_id)


@bp.post("/cases/<int:case_id>/evidence")
@access(Door.SIGNED_IN, Action.HAND_OUT_EVIDENCE)
def of_case(case_id: int) -> Response | tuple[str, int]:
    """The evidence bundle of all items of the case, as a file."""
    withheld, reason = request.form.getlist("withhold"), request.form.get("reason", "")
    try:
        packed = ledger_evidence.of_case(services(), person(), case_id, withheld, reason)
    except (BadInput, LedgerRefusal) as refusal:
        return _case_page(case_id, withheld, _fault(refusal)), status_of(refusal)
    return _zip(packed, f"evidence-case-{case_id}.zip")


@bp.get("/items/<int:register_no>/erase")
@access(Door.SIGNED_IN, Action.ERASE)
def erasable(register_no: int) -> str:
    """The values of the item that can be erased."""
    return _erase_page(register_no)


@bp.post("/items/<int:register_no>/erase")
@access(Door.SIGNED_IN, Action.ERASE)
def erase(register_no: int) -> AnyResponse | tuple[str, int]:
    """Erase the chosen values, once the second person has signed in for it."""
    given = {name: request.form.get(name, "") for name in ("authority", "reason", "authoriser")}
    chosen = request.form.getlist("erase")
    try:
        ledger_values.see(services(), person(), register_no, Action.ERASE)
        second = signin.second_person(services(), given["authoriser"], request.form.get("password", ""))
        wanted = Wanted(chosen, given["authority"], given["reason"])
        count = ledger_erasure.erase(services(), person(), second, register_no, wanted)
    except (BadInput, LedgerRefusal, SignInRefusal) as refusal:
        return _erase_page(register_no, chosen, _fault(refusal), given), status_of(refusal)
    flash(f"{'1 value is' if count == 1 else f'{count} values are'} erased, and the ledger says by whose authority.")
    return redirect(url_for("items.item", register_no=register_no, _anchor="history"))


def _fault(refusal: Refusal) -> dict[str, str]:
    """The sentence, under the field that it is about."""
    if isinstance(refusal, BadInput) and refusal.field in {"authority", "reason"}:
        return {refusal.field: refusal.sentence()}
    second = isinstance(refusal, (SignInRefusal, *_SECOND))
    return {"authoriser" if second else "chosen": refusal.sentence()}


def _errors(faults: dict[str, str]) -> list[dict[str, str]]:
    return [{"text": sentence, "href": f"#{name}"} for name, sentence in faults.items()]


def _item_page(register_no: int, chosen: Sequence[str] = (), faults: dict[str, str] | None = None) -> str:
    seen = ledger_values.see(services(), person(), register_no, Action.HAND_OUT_EVIDENCE)
    return render_template(
        "evidence/item.html",
        seen=seen,
        chosen=set(chosen),
        faults=faults or {},
        errors=_errors(faults or {}),
        reason=request.form.get("reason", ""),
        log=ledger_evidence.log_name(services()),
    )


def _case_page(case_id: int, chosen: Sequence[str] = (), faults: dict[str, str] | None = None) -> str:
    return render_template(
        "evidence/case.html",
        seen=ledger_evidence.values_of_case(services(), person(), case_id),
        chosen=set(chosen),
        faults=faults or {},
        errors=_errors(faults or {}),
        reason=request.form.get("reason", ""),
        log=ledger_evidence.log_name(services()),
    )


def _erase_page(
    register_no: int,
    chosen: Sequence[str] = (),
    faults: dict[str, str] | None = None,
    given: dict[str, str] | None = None,
) -> str:
    return render_template(
        "evidence/erase.html",
        seen=ledger_values.see(services(), person(), register_no, Action.ERASE),
        chosen=set(chosen),
        faults=faults or {},
        errors=_errors(faults or {}),
        given=given or {},
    )


def _zip(packed: bytes, name: str) -> Response:
    response = Response(packed, mimetype="application/zip")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
