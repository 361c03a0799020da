"""Correcting an event of an item's history."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.errors import (
    BadInput,
    CustodyRefusal,
    MissingValue,
    NotAStorePlace,
    NotFound,
    OccurredBeforeSeizure,
    OccurredInTheFuture,
    ParticularNeeded,
    Refusal,
    SealUsedBefore,
    SecondPersonNeeded,
    SignInRefusal,
    WitnessIsActor,
    WrongOutsidePlace,
)
from ...domain.events import Mistake
from ...domain.people import Action, Person
from ...domain.typed_times import moment
from ...guard import Door, access
from ...services import corrections, signin
from ...services.corrections import Wanted
from ...statuses import status_of

bp = Blueprint("corrections", __name__)

WORDS = {
    Mistake.ITEM: "It happened to another item",
    Mistake.PLACE: "It was another place",
    Mistake.TIME: "It was another time",
    Mistake.PERSON: "It was another person",
    Mistake.SEAL: "It was another seal",
    Mistake.NOTHING: "It did not happen",
}
_FIELDS: dict[type[Refusal], str] = {
    NotFound: "item",
    OccurredBeforeSeizure: "item",
    OccurredInTheFuture: "occurred_at",
    NotAStorePlace: "place",
    WrongOutsidePlace: "place",
    SealUsedBefore: "seal",
    SecondPersonNeeded: "second",
    WitnessIsActor: "second",
}


@bp.get("/items/<int:register_no>/events/<event>/correct")
@access(Door.SIGNED_IN, Action.CORRECT)
def form(register_no: int, event: str) -> str:
    """What is wrong with the event, and what is right."""
    return _page(register_no, event, {})


@bp.post("/items/<int:register_no>/events/<event>/correct")
@access(Door.SIGNED_IN, Action.CORRECT)
def correct(register_no: int, event: str) -> AnyResponse | tuple[str, int]:
    """Record the correction, once the second person has signed in for it where one is needed."""
    try:
        corrections.choices(services(), person(), register_no, event)
        corrections.correct(services(), person(), register_no, _wanted(event), _second())
    except (BadInput, CustodyRefusal, SignInRefusal, NotFound) as refusal:
        if isinstance(refusal, NotFound) and not request.form.get("item"):
            raise
        return _page(register_no, event, {_field(refusal): refusal.sentence()}), status_of(refusal)
    flash("The correction is recorded. What was recorded before stays in the history, struck through.")
    return redirect(url_for("items.item", register_no=register_no, _anchor="history"))


def _wanted(event: str) -> Wanted:
    given = request.form
    mistake = given.get("mistake", "")
    at = moment(given.get("occurred_at")) if mistake == Mistake.TIME else None
    if mistake == Mistake.TIME and at is None:
        raise MissingValue("occurred_at", "when it really was, like 21/11/2026 14:30")
    return Wanted(
        event,
        mistake,
        given.get("reason", ""),
        place=given.get("place", type=int) if mistake == Mistake.PLACE else None,
        occurred_at=at,
        person=given.get("person", type=int) if mistake == Mistake.PERSON else None,
        seal=given.get("seal", "") if mistake == Mistake.SEAL else "",
        item=given.get("item", "") if mistake == Mistake.ITEM else "",
    )


def _second() -> Person | None:
    name = request.form.get("second", "")
    return signin.second_person(services(), name, request.form.get("password", "")) if name.strip() else None


def _field(refusal: Refusal) -> str:
    if isinstance(refusal, (BadInput, ParticularNeeded)):
        return refusal.field
    return "second" if isinstance(refusal, SignInRefusal) else _FIELDS.get(type(refusal), "mistake")


def _page(register_no: int, event: str, faults: dict[str, str]) -> str:
    shown = corrections.choices(services(), person(), register_no, event)
    given: dict[str, Any] = request.form.to_dict()
    return render_template("corrections/form.html", shown=shown, faults=faults, given=given, words=WORDS)
