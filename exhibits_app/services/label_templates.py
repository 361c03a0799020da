"""How the force's labels look: its templates in versions, each tried on every stock before anyone prints by it."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from labels import errors as label_errors
from labels.stock import Stock
from labels.template import DEFAULT, FIELDS, Template, template_from
from labels.template_check import Tried, check_template, tried

from ..domain.errors import ChangedMeanwhile, DesignRefused, NotFound
from ..domain.people import Action, Person, require
from ..domain.text import LINE_LIMIT, required
from .context import Services
from .ports import Work
from .ports.label_designs import Design

SUBJECT = "template"


@dataclass(frozen=True, slots=True)
class InForce:
    """The template that labels are drawn by and its version; 0 is the one that the system brings."""

    version: int
    template: Template


@dataclass(frozen=True, slots=True)
class Version:
    """One version on the list: when and by whom it was kept, and why."""

    number: int
    made_at: datetime
    made_by: str
    note: str


def in_force(work: Work) -> InForce:
    """What labels are drawn by now."""
    found = work.label_designs.current(SUBJECT)
    return InForce(0, DEFAULT) if found is None else InForce(found.version, _template(found.content))


@lru_cache(maxsize=8)
def _template(content: str) -> Template:
    return template_from(json.loads(content))


def versions(services: Services, by: Person) -> list[Version]:
    """Every version, the one in force first. Raises NoRight."""
    require(by, Action.MANAGE_LABELS)
    with services.store.read() as work:
        kept = work.label_designs.all(SUBJECT)
        names = {number: work.accounts.person(number).called for number in {one.made_by for one in kept}}
    return [Version(one.version, one.made_at, names[one.made_by], one.note) for one in kept]


def version(services: Services, by: Person, number: int | None = None) -> InForce:
    """The version of that number, or the one in force. Raises NoRight, NotFound."""
    require(by, Action.MANAGE_LABELS)
    with services.store.read() as work:
        if number is None:
            return in_force(work)
        kept = {one.version: one.content for one in work.label_designs.all(SUBJECT)}
    if number not in kept and number != 0:
        raise NotFound("template")
    return InForce(number, _template(kept[number]) if number else DEFAULT)


def draft(values: Mapping[str, object]) -> Template:
    """The template of these values. Raises DesignRefused at the part that it is about."""
    try:
        return template_from(values)
    except label_errors.LabelRefusal as refusal:
        raise _refused(refusal) from refusal


def preview(by: Person, template: Template, stock: Stock, kind: str) -> list[Tried]:
    """Invented labels of one kind, drawn on that stock and read back. No record is read for them. Raises NoRight."""
    require(by, Action.MANAGE_LABELS)
    return list(tried(template, stock, kind))


def keep(services: Services, by: Person, template: Template, stocks: Iterable[Stock], note: str, seen: int) -> int:
    """Print by this template from now on; gives its version. `seen` is the version that it was edited beside.

    Raises NoRight, MissingValue, DesignRefused where a sample does not fit or does not read back on one of the stocks,
    and ChangedMeanwhile.
    """
    require(by, Action.MANAGE_LABELS)
    said = required(note, "note", "what you changed and why, for whoever looks at it later", LINE_LIMIT)
    try:
        check_template(template, stocks)
    except label_errors.LabelRefusal as refusal:
        raise _refused(refusal) from refusal
    made = Design(SUBJECT, seen + 1, json.dumps(template.data()), services.clock.now(), by.id, said)

    def change(work: Work) -> None:
        require(by, Action.MANAGE_LABELS)
        if in_force(work).version != seen:
            raise ChangedMeanwhile
        work.label_designs.add(made)

    services.store.write(change)
    return made.version


def _refused(refusal: label_errors.LabelRefusal) -> DesignRefused:
    """The refusal at the part of the page that it is about."""
    where = refusal.where if isinstance(refusal, label_errors.TemplateRefused) else ""
    part = "logo" if "logo" in where else next((kind for kind in FIELDS if kind in where), "item")
    return DesignRefused(part, refusal.sentence)
