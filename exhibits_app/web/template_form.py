"""The form of a label template: what was typed as the values of a template, and a template as what the form shows."""

import base64
from collections.abc import Mapping
from dataclasses import dataclass

from labels.logo import LEAST_MM, MOST_MM
from labels.template import FIELDS, FIXED, LEAVES, SIZES, Template

from ..domain.text import whole_number

FORMAT = 1
MOST_ORDER = 99
FIELD_NAMES = {
    "force": "The force's name",
    "reference": "References and the code",
    "title": "Title of the case",
    "description": "Description",
    "seizure": "When, by whom and where it was seized",
    "seal": "Seal",
    "within": "The store or site that it is in",
    "name": "Name",
    "rank": "Rank and number",
    "line": "Your line of text",
}
KIND_NAMES = {"item": "Items", "place": "Places and boxes", "badge": "Badges"}
SIZE_NAMES = dict(
    zip(SIZES, ("Tiny", "Small", "A little smaller", "As the rest", "A little larger", "Large"), strict=True)
)
LEAVE_NAMES = dict(zip(LEAVES, ("First", "Second", "Third", "Never"), strict=True))


@dataclass(frozen=True, slots=True)
class Line:
    """One field on the form: where it stands (empty: nowhere), how large, and when it goes."""

    field: str
    order: str
    size: str
    leaves: str
    fixed: bool


def lines_of(template: Template, kind: str) -> list[Line]:
    """The fields of a kind of label as the form shows them, those that stand on the label first."""
    part = template.of(kind)
    shown = [
        Line(one.field, str(index), one.size, one.leaves, one.field == FIXED[kind])
        for index, one in enumerate(part.fields, 1)
    ]
    placed = {one.field for one in part.fields}
    return shown + [Line(name, "", "normal", "first", False) for name in FIELDS[kind] if name not in placed]


def rest_of(template: Template) -> dict[str, str]:
    """The rest of the form's fields: lines of text, ticks, the logo's height."""
    given = {f"{kind}-line": template.of(kind).line for kind in FIELDS}
    given |= {f"{kind}-logo": "on" for kind in FIELDS if template.of(kind).logo}
    if template.item.category:
        given["item-category"] = "on"
    return given | {"logo-height": f"{template.logo.height_mm:g}" if template.logo else "6"}


def lines_typed(form: Mapping[str, str], kind: str) -> list[Line]:
    """The same as it was typed, right or wrong, for the page that says what is wrong."""
    return [
        Line(
            name,
            form.get(f"{kind}-{name}-order", ""),
            form.get(f"{kind}-{name}-size", "normal"),
            form.get(f"{kind}-{name}-leaves", "first"),
            name == FIXED[kind],
        )
        for name in sorted(FIELDS[kind], key=lambda name: _rank(form.get(f"{kind}-{name}-order", "")))
    ]


def _rank(order: str) -> int:
    """Where a field is shown on the form: those without a number last."""
    return int(order) if order.strip().isdecimal() else MOST_ORDER + 1


def typed(form: Mapping[str, str], picture: bytes) -> dict[str, object]:
    """The values of the template that the form describes; `picture` is the uploaded logo, empty for none.

    Raises NotANumber, MissingValue for an order that cannot be counted by.
    """
    kinds: dict[str, object] = {kind: _kind(kind, form) for kind in FIELDS}
    logo = _logo(form, picture)
    return {"format": FORMAT, **kinds, **({"logo": logo} if logo else {})}


def _kind(kind: str, form: Mapping[str, str]) -> dict[str, object]:
    numbered: list[tuple[int, str]] = []
    for name in FIELDS[kind]:
        given = form.get(f"{kind}-{name}-order", "").strip()
        if given or name == FIXED[kind]:
            what = f"where “{FIELD_NAMES[name]}” stands"
            numbered.append((whole_number(given, f"{kind}-{name}-order", what, 1, MOST_ORDER), name))
    line = " ".join(form.get(f"{kind}-line", "").split())
    values: dict[str, object] = {
        "fields": [_field(kind, name, form) for _, name in sorted(numbered) if name != "line" or line],
        "line": line,
        "logo": f"{kind}-logo" in form,
    }
    return values | ({"category": "item-category" in form} if kind == "item" else {})


def _field(kind: str, name: str, form: Mapping[str, str]) -> dict[str, object]:
    if name == FIXED[kind]:
        return {"field": name}
    return {
        "field": name,
        "size": form.get(f"{kind}-{name}-size", "normal"),
        "leaves": form.get(f"{kind}-{name}-leaves", "first"),
    }


def _logo(form: Mapping[str, str], picture: bytes) -> dict[str, object] | None:
    """The new picture, else the one that stood on the page; a height that is no number is told by the library."""
    png = base64.b64encode(picture).decode() if picture else form.get("logo-kept", "")
    if not png or "logo-none" in form:
        return None
    height = whole_number(form.get("logo-height"), "logo-height", "the height of the logo", int(LEAST_MM), int(MOST_MM))
    return {"png": png, "height_mm": height}
