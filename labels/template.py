"""What stands on a label as data that a force may edit: which fields, in which order and size, and what goes first."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from labels.errors import TemplateRefused
from labels.logo import Logo, logo_from_png
from labels.text import cleaned

FORMAT = 1
LONGEST_LINE = 80  # characters of the fixed line
# Size against the body text. No class reaches the headline's, which has to be found from two metres.
SIZES = MappingProxyType({"tiny": 0.7, "small": 0.8, "smallish": 0.9, "normal": 1.0, "largish": 1.1, "large": 1.2})
LEAVES = MappingProxyType({"first": 1, "second": 2, "third": 3, "never": 0})

# The fields of each kind of label, and those that no template can leave off, shrink or let go.
FIELDS = MappingProxyType(
    {
        "item": ("force", "reference", "title", "description", "seizure", "seal", "line"),
        "place": ("force", "within", "name", "line"),
        "badge": ("force", "rank", "name", "line"),
    }
)
FIXED = MappingProxyType({"item": "reference", "place": "name", "badge": "name"})


def _one_of(value: str, known: tuple[str, ...], what: str) -> None:
    if value not in known:
        raise TemplateRefused(what, f"must be one of {', '.join(known)}")


@dataclass(frozen=True, slots=True)
class Placed:
    """One field where it stands. `leaves` says when it goes where room is short: first, second, third or never."""

    field: str
    size: str = "normal"
    leaves: str = "never"

    def __post_init__(self) -> None:
        _one_of(self.size, tuple(SIZES), f"the size of {self.field}")
        _one_of(self.leaves, tuple(LEAVES), f"when {self.field} leaves")


@dataclass(frozen=True, slots=True)
class KindTemplate:
    """The fields of one kind of label from top to bottom, the force's own line of text, and two switches.

    `reference` stands for the exhibit reference, the code as text and the case and property references. They, the
    hazards and the symbols are on every item's label. Raises TemplateRefused.
    """

    kind: str
    fields: tuple[Placed, ...]
    line: str = ""
    category: bool = True
    logo: bool = True

    def __post_init__(self) -> None:
        names = [placed.field for placed in self.fields]
        for name in names:
            _one_of(name, FIELDS[self.kind], f"a field of the {self.kind} label")
        if twice := sorted({name for name in names if names.count(name) > 1}):
            raise TemplateRefused(f"the {self.kind} label", f"has {twice[0]} twice")
        if FIXED[self.kind] not in names:
            raise TemplateRefused(f"the {self.kind} label", f"has no {FIXED[self.kind]}, which every label must show")
        if len(self.line) > LONGEST_LINE or self.line != cleaned(self.line):
            raise TemplateRefused(
                f"the line of the {self.kind} label",
                f"must be plain text of at most {LONGEST_LINE} characters, without signs that could draw a symbol",
            )
        if self.line and "line" not in names:
            raise TemplateRefused(f"the line of the {self.kind} label", "has no place among its fields")

    def without(self, field: str) -> KindTemplate:
        """The same without one field."""
        left = tuple(placed for placed in self.fields if placed.field != field)
        return replace(self, fields=left, line="" if field == "line" else self.line)


@dataclass(frozen=True, slots=True)
class Template:
    """How the labels of a force look. Command labels are the same in every force and have no template."""

    item: KindTemplate
    place: KindTemplate
    badge: KindTemplate
    logo: Logo | None = None

    def of(self, kind: str) -> KindTemplate:
        """The part for item, place or badge."""
        return {"item": self.item, "place": self.place, "badge": self.badge}[kind]

    def without(self, kind: str, field: str) -> Template:
        """The same without one field of that kind of label."""
        parts = {one: self.of(one) for one in FIELDS}
        parts[kind] = parts[kind].without(field)
        return Template(**parts, logo=self.logo)

    def logo_of(self, kind: str | None) -> Logo | None:
        """The logo of that kind of label, or None."""
        return self.logo if kind is not None and self.of(kind).logo else None

    def data(self) -> dict[str, object]:
        """All of it as plain values for JSON; `template_from` makes the same template of them."""
        kinds = {kind: _kind_data(self.of(kind)) for kind in FIELDS}
        logo = self.logo and {"png": base64.b64encode(self.logo.png).decode(), "height_mm": self.logo.height_mm}
        return {"format": FORMAT, **kinds, **({"logo": logo} if logo else {})}


DEFAULT = Template(
    KindTemplate(
        "item",
        (
            Placed("force", "small", "first"),
            Placed("reference"),
            Placed("title", "normal", "first"),
            Placed("description", "largish"),
            Placed("seizure", "smallish", "second"),
            Placed("seal", "normal", "third"),
        ),
    ),
    KindTemplate("place", (Placed("force", "tiny", "first"), Placed("within", "smallish"), Placed("name"))),
    KindTemplate("badge", (Placed("force", "tiny", "first"), Placed("rank"), Placed("name"))),
)


def template_from(values: object) -> Template:
    """A template from the values of a JSON or TOML file; a kind that is not there stays as the system brings it.

    Raises TemplateRefused, LogoRefused.
    """
    given = _table(values, "the template", ("format", *FIELDS, "logo"))
    if given.get("format") != FORMAT:
        raise TemplateRefused("the template", f"must say which format it has: format = {FORMAT}")
    parts = {kind: _kind(kind, given[kind]) if kind in given else DEFAULT.of(kind) for kind in FIELDS}
    return Template(**parts, logo=_logo(given["logo"]) if "logo" in given else None)


def _kind_data(kind: KindTemplate) -> dict[str, object]:
    fields = [{"field": one.field, "size": one.size, "leaves": one.leaves} for one in kind.fields]
    category = {"category": kind.category} if kind.kind == "item" else {}
    return {"fields": fields, "line": kind.line, **category, "logo": kind.logo}


def _kind(kind: str, values: object) -> KindTemplate:
    given = _table(values, f"[{kind}]", ("fields", "line", "logo", *(("category",) if kind == "item" else ())))
    listed = given.get("fields")
    if not isinstance(listed, list):
        raise TemplateRefused(f"[{kind}]", "has no list of fields")
    line, category, logo = given.get("line", ""), given.get("category", True), given.get("logo", True)
    if not isinstance(line, str) or not isinstance(category, bool) or not isinstance(logo, bool):
        raise TemplateRefused(f"[{kind}]", "has a line that is not text, or a switch that is not true or false")
    return KindTemplate(kind, tuple(_placed(kind, one) for one in listed), line, category, logo)


def _placed(kind: str, values: object) -> Placed:
    given = _table(values, f"a field of [{kind}]", ("field", "size", "leaves"))
    name, size, leaves = given.get("field"), given.get("size", "normal"), given.get("leaves", "never")
    if not isinstance(name, str) or not isinstance(size, str) or not isinstance(leaves, str):
        raise TemplateRefused(f"a field of [{kind}]", "must have its name, size and when it leaves as text")
    _one_of(size, tuple(SIZES), f"the size of {name[:24]} on the {kind} label")
    _one_of(leaves, tuple(LEAVES), f"when {name[:24]} leaves the {kind} label")
    return Placed(name, size, leaves)


def _logo(values: object) -> Logo:
    given = _table(values, "[logo]", ("png", "height_mm"))
    height = given.get("height_mm", 6.0)
    if isinstance(height, bool) or not isinstance(height, int | float):
        raise TemplateRefused("[logo]", "has a height that is not a number of millimetres")
    try:
        data = base64.b64decode(str(given.get("png", "")), validate=True)
    except (binascii.Error, ValueError) as fault:
        raise TemplateRefused("[logo]", "has no picture in base64") from fault
    return logo_from_png(data, float(height))


def _table(values: object, what: str, known: tuple[str, ...]) -> Mapping[str, object]:
    if not isinstance(values, Mapping):
        raise TemplateRefused(what, "is not a table of names and values")
    if strange := sorted(str(name) for name in set(values) - set(known)):
        why = f"has “{strange[0][:24]}”, which is nothing that can be set; known are {', '.join(known)}"
        raise TemplateRefused(what, why)
    return values
