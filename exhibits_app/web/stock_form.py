"""The form of a label stock: what was typed as the values that a stock is made of."""

from collections.abc import Mapping
from typing import Final

from ..domain.errors import BadInput, DesignRefused, MissingValue, NotAChoice, Refusal

OTHER: Final = "Another size"
SHEET, ROLL, CONTINUOUS = "sheet", "roll", "continuous"
# The measures in millimetres by name, with the words for them and the kinds of stock that have them.
FIELDS: Final = {
    "width": ("Width of a label", (SHEET, ROLL, CONTINUOUS)),
    "height": ("Height of a label", (SHEET, ROLL)),
    "shortest": ("Shortest label", (CONTINUOUS,)),
    "longest": ("Longest label", (CONTINUOUS,)),
    "page_width": ("Width of the sheet", (SHEET,)),
    "page_height": ("Height of the sheet", (SHEET,)),
    "left": ("From the sheet's left edge to the first label", (SHEET,)),
    "top": ("From the sheet's upper edge to the first label", (SHEET,)),
    "pitch_x": ("From one label's left edge to the next one's", (SHEET,)),
    "pitch_y": ("From one label's upper edge to the next one's", (SHEET,)),
    "margin": ("Margin inside a label that stays white", (SHEET, ROLL, CONTINUOUS)),
    "bar_height": ("Height of the Code 128 bars, 0 for none", (SHEET, ROLL, CONTINUOUS)),
}
_NEEDED: Final = frozenset({"width", "height", "shortest", "longest"})
_LONGEST: Final = 12  # characters of a number


def typed(form: Mapping[str, str]) -> dict[str, object]:
    """The values for `labels.stock_file.stock_from`; what was left empty is left to it.

    Raises MissingValue, NotAChoice, DesignRefused for what is no number.
    """
    kind = form.get("form", "")
    if kind not in (SHEET, ROLL, CONTINUOUS):
        raise NotAChoice("form", "whether it is a sheet or a roll")
    values: dict[str, object] = {}
    for name, (words, kinds) in FIELDS.items():
        if kind not in kinds or (name.startswith("page_") and form.get("page") != OTHER):
            continue
        given = form.get(name, "").strip()
        if given:
            values[name] = _millimetres(name, words, given)
        elif name in _NEEDED or name.startswith("page_"):
            raise MissingValue(name, f"in millimetres: {words[0].lower()}{words[1:]}")
    if kind == SHEET:
        values |= {"columns": _count("columns", form), "rows": _count("rows", form)}
        if form.get("page") != OTHER:
            values["page"] = form.get("page", "")
    dpi = form.get("dpi", "")
    return values | {"dpi": int(dpi) if dpi.isdecimal() and len(dpi) <= 4 else 0}


def part_of(refusal: Refusal) -> str:
    """The field or part of the page that a refusal is about."""
    if isinstance(refusal, BadInput):
        return refusal.field
    return refusal.part if isinstance(refusal, DesignRefused) else "name"


def _millimetres(name: str, words: str, given: str) -> float:
    text = given.removesuffix("mm").strip().replace(",", ".")
    whole, _, rest = text.partition(".")
    if len(text) > _LONGEST or not (whole + rest).isdecimal() or not whole:
        raise DesignRefused(name, f"{words}: enter a number of millimetres, such as 38.1.")
    return float(text)


def _count(name: str, form: Mapping[str, str]) -> int:
    given = form.get(name, "").strip()
    if not given.isdecimal() or len(given) > 3:
        raise DesignRefused(name, f"Enter how many {name} of labels a sheet has, as a whole number.")
    return int(given)
