"""The forms of what laboratories and examiners say and send back: their questions, and what was answered."""

from collections.abc import Mapping
from dataclasses import replace

from werkzeug.datastructures import MultiDict

from ..domain.errors import NotALaboratory, Refusal, ReportDateUnfit
from ..domain.exhibit import Exhibit
from ..domain.laboratory import OUTCOME_NAMES, Report, is_of_laboratory
from ..domain.typed_times import start_of_day
from ..services.results import Told
from ..services.typed_acts import Particulars
from ..services.wrong_items import Came
from .act_faults import field_of
from .act_form import Choices, Question
from .act_spec import Ask, Spec

_KINDS = {"outcome": "radios", "laboratory": "select", "place": "select", "note": "long", "words": "long",
          "reason": "long"}  # fmt: skip
# What the list can be narrowed to besides: how far an item is, by where it stands.
FAR = {"submitted": "Not confirmed by the laboratory", "at lab": "Received, no result yet", "consumed": "Used up"}


def questions(spec: Spec, choices: Mapping[str, Choices]) -> list[Question]:
    """The questions in their order; `choices` are those of the places, by field."""
    own: dict[str, Choices] = {"outcome": tuple(OUTCOME_NAMES.items()), **choices}
    return [Question(ask, _KINDS.get(ask.field, "text"), own.get(ask.field, ())) for ask in spec.asks]


def fit(spec: Spec, exhibit: Exhibit) -> Spec:
    """The form of a result: a laboratory that it was submitted to must be chosen, and nobody else be named."""
    if not is_of_laboratory(exhibit):
        return spec
    asks = [one for one in spec.asks if one.field != "examiner"]
    laboratory = Ask("laboratory", "The laboratory", must="Choose the laboratory.")
    return replace(spec, asks=tuple(laboratory if one.field == "laboratory" else one for one in asks))


def told(given: MultiDict[str, str]) -> Told:
    """The result for the service; a date that cannot be read is none."""
    at = start_of_day(given.get("reported_at"))
    report = Report(
        given.get("outcome", ""), given.get("report", ""), at, given.get("note", ""), given.get("examiner", "")
    )
    return Told(report, given.get("laboratory", type=int))


def came(given: MultiDict[str, str]) -> Came:
    """What came, for the service."""
    particulars = Particulars(
        place=given.get("place", type=int), seal=given.get("seal", ""), reason=given.get("reason", "")
    )
    return Came(given.get("item", ""), given.get("words", ""), particulars)


def fault_of(refusal: Refusal, spec: Spec) -> dict[str, str]:
    """The refusal beside the field that it is about."""
    if isinstance(refusal, NotALaboratory):
        return {"laboratory": refusal.sentence()}
    if isinstance(refusal, ReportDateUnfit):
        return {"reported_at": refusal.sentence()}
    return {field_of(refusal, [ask.field for ask in spec.asks]): refusal.sentence()}


def as_asked(given: MultiDict[str, str]) -> dict[str, str]:
    """The filters of the list as they were asked for, to be shown again and to be carried to the next page."""
    names = ("lab", "category", "case", "far", "overdue")
    return {name: given[name] for name in names if given.get(name)}
