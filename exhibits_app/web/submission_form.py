"""The form of a submission: what a page sends, and what it shows of what is kept."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from werkzeug.datastructures import MultiDict

from ..domain.show import london
from ..domain.submissions import Content, Line
from ..domain.typed_times import start_of_day
from ..services.submissions import Form, LineForm

_TEXTS = ("laboratory", "grade", "contact", "circumstances", "urgency", "handling", "cost")


@dataclass(frozen=True, slots=True)
class Filled:
    """The values of the form's fields, typed or kept."""

    texts: dict[str, str]
    risks: tuple[str, ...]
    lines: dict[int, LineForm]

    def line(self, number: int) -> LineForm:
        """What is asked about the exhibit."""
        return self.lines.get(number, LineForm())


def typed(given: MultiDict[str, str]) -> Form:
    """The form as it was sent; what is asked about all stands for each exhibit that has nothing of its own."""
    numbers = [number for number in given.getlist("item", type=int) if number]
    return Form(
        {number: _line(given, number) for number in numbers},
        **{name: given.get(name, "") for name in _TEXTS},
        needed_by=_day(given.get("needed_by", "").strip()),
        risks=tuple(given.getlist("risks")),
    )


def as_typed(given: MultiDict[str, str]) -> Filled:
    """What was sent, to show again beside what is wrong with it."""
    texts = {name: given.get(name, "") for name in (*_TEXTS, "needed_by", "questions-all")}
    numbers = given.getlist("item", type=int)
    return Filled(texts, tuple(given.getlist("risks")), {number: _line(given, number, own=True) for number in numbers})


def as_kept(content: Content) -> Filled:
    """What is kept."""
    texts = {
        "laboratory": str(content.laboratory.id) if content.laboratory else "",
        "grade": content.grade,
        "contact": content.contact,
        "circumstances": content.circumstances,
        "needed_by": shown_day(content.needed_by),
        "urgency": content.urgency,
        "handling": content.handling,
        "cost": "" if content.cost is None else str(content.cost),
        "questions-all": "",
    }
    return Filled(texts, content.risks, {line.register_no: _kept(line) for line in content.lines})


def shown_day(iso: str) -> str:
    """A kept date as one types it: "28/11/2026"."""
    return f"{date.fromisoformat(iso):%d/%m/%Y}" if iso else ""


def kept_line(lines: Sequence[Line], number: int) -> LineForm:
    """What is asked about the exhibit, where it is on the form already."""
    return next((_kept(line) for line in lines if line.register_no == number), LineForm())


def _kept(line: Line) -> LineForm:
    return LineForm(line.examinations, line.questions)


def _line(given: MultiDict[str, str], number: int, *, own: bool = False) -> LineForm:
    examinations = tuple(given.getlist(f"examinations-{number}"))
    questions = given.get(f"questions-{number}", "")
    if own:
        return LineForm(examinations, questions)
    common = tuple(given.getlist("examinations-all"))
    return LineForm(examinations or common, questions if questions.strip() else given.get("questions-all", ""))


def _day(text: str) -> str:
    """The date as ISO text; what cannot be read stays as it is, and is refused as such."""
    at = start_of_day(text)
    return london(at).date().isoformat() if at else text
