"""Printing labels: every printing a new code, the old one revoked, and all of it on record."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from labels import errors as label_errors
from labels import fields, payload, sheet, stock
from labels.commands import command_labels

from ..domain.cases import HAZARD_NAMES, Case
from ..domain.errors import ChangedMeanwhile, LabelNotReleased, MissingValue, NotFound
from ..domain.events import Envelope, Labelled
from ..domain.exhibit import Exhibit
from ..domain.people import Action, Person, Target, may, require
from ..domain.show import clock, day
from ..domain.text import whole_number
from . import label_stock, label_templates, paper
from .boxes import find as find_box
from .context import Services
from .ports import Held, IssuedLabel, Work
from .recording import Happening, record

MOST_COPIES = 5
_PURPOSES = {"S": "place", "B": "box", "P": "badge"}


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished printing: the PDF and what it holds."""

    job: int
    pdf: bytes
    codes: tuple[str, ...]


def print_item_labels(
    services: Services,
    by: Person,
    register_nos: Sequence[int],
    stock_name: str,
    start_at: int | str = 1,
    copies: int | str = 1,
) -> Printed:
    """Render and issue one label for each item, once however often it is named. Reprinting revokes the label before.

    `start_at` is the first free label of the first sheet, from 1; on a roll it says nothing. `copies` of each label
    carry its one code. Raises BadInput, NoRight, NotFound, LabelNotReleased, and ChangedMeanwhile when what stands on
    a label changed while it was drawn.
    """
    on = _stock(services, "item", stock_name)
    first = 1 if on.is_roll else whole_number(start_at, "start_at", "the first free label", 1, on.per_page)
    each = whole_number(copies, "copies", "how many of each label", 1, MOST_COPIES)

    def one(work: Work, held: Held, code: str) -> fields.Label:
        if held.exhibit is None:
            raise NotFound("item")
        return item_fields(services, held, case_to_print(work, by, held.exhibit), code)

    with services.store.read() as work:
        held_items = _all_held(work, register_nos)
        labels = {number: one(work, held, fresh_code(services, work, "E")) for number, held in held_items.items()}

    def issue(work: Work, job: int, now: datetime) -> None:
        act = services.ids.event_id()
        happenings = []
        for number, held in _all_held(work, register_nos).items():
            code = labels[number].code
            if one(work, held, code) != labels[number]:
                raise ChangedMeanwhile
            old = _replace(work, "E", number, code, job, now)
            envelope = Envelope(services.ids.event_id(), now, now, by.ref, act)
            happenings.append(Happening(held, envelope, Labelled(code, stock_name, old)))
        record(work, services.ids, work.policies.current(now), happenings)

    return release(services, by, stock_name, labels, issue, first, each)


def print_place_labels(services: Services, by: Person, places: Sequence[int], stock_name: str) -> Printed:
    """Issue and render the labels of places. Raises NoRight, NotFound."""
    require(by, Action.MANAGE_PLACES)

    def one(work: Work, place_id: int, code: str) -> fields.PlaceLabel:
        place = work.places.find(place_id)
        return fields.PlaceLabel(code=code, force_name=services.force_name, name=place.name)

    return _print(services, by, "S", places, stock_name, one)


def print_box_labels(services: Services, by: Person, boxes: Sequence[int], stock_name: str) -> Printed:
    """Issue and render the labels of boxes. Raises NoRight, NotFound."""

    def one(work: Work, box_id: int, code: str) -> fields.PlaceLabel:
        box = find_box(work, by, box_id)
        require(by, Action.HANDLE, Target(store=box.custody.id) if box.in_store else Target())
        return fields.PlaceLabel(code=code, force_name=services.force_name, name=box.name)

    return _print(services, by, "B", boxes, stock_name, one)


def print_badges(services: Services, by: Person, people: Sequence[int], stock_name: str) -> Printed:
    """Issue and render badges. Raises NoRight, NotFound."""
    require(by, Action.MANAGE_PEOPLE)

    def one(work: Work, person_id: int, code: str) -> fields.BadgeLabel:
        person = work.accounts.person(person_id)
        return fields.BadgeLabel(
            code=code,
            force_name=services.force_name,
            name=person.name,
            rank=f"{person.rank} {person.number}".strip(),
        )

    return _print(services, by, "P", people, stock_name, one)


def command_sheet(services: Services, by: Person) -> bytes:
    """The commands that a handheld gives, as an A4 PDF to lay beside the counter. The same in every force."""
    require(by, Action.MANAGE_PLACES)
    return sheet.render_pdf(command_labels(), stock.STOCKS["L7163"], title=f"Commands, {services.force_name}")


def item_fields(services: Services, held: Held, case: Case, code: str) -> fields.ItemLabel:
    """What stands on an item's label. A restricted case prints no title."""
    exhibit = held.exhibit
    if exhibit is None:
        raise NotFound("item")
    return fields.ItemLabel(
        code=code,
        force_name=services.force_name,
        property_ref=f"{exhibit.register_no:,}".replace(",", " "),
        exhibit_ref=exhibit.ref,
        case_ref=case.reference,
        case_title=None if case.restricted else case.title,
        description=exhibit.description,
        seized_at=f"{clock(exhibit.seized_at)} {day(exhibit.seized_at)}",
        seized_by=exhibit.seized_by.name,
        seal=exhibit.seal.number,
        hazards=tuple(HAZARD_NAMES[hazard] for hazard in exhibit.hazards),
        category=exhibit.category,
    )


def _print(
    services: Services,
    by: Person,
    kind: str,
    subjects: Sequence[int],
    stock_name: str,
    one: Callable[[Work, int, str], fields.Label],
) -> Printed:
    _stock(services, _PURPOSES[kind], stock_name)
    with services.store.read() as work:
        labels = {subject: one(work, subject, fresh_code(services, work, kind)) for subject in subjects}

    def issue(work: Work, job: int, now: datetime) -> None:
        for subject, label in labels.items():
            _replace(work, kind, subject, label.code, job, now)

    return release(services, by, stock_name, labels, issue)


def release(
    services: Services,
    by: Person,
    stock_name: str,
    labels: Mapping[int, fields.Label],
    issue: Callable[[Work, int, datetime], None],
    start_at: int = 1,
    copies: int = 1,
) -> Printed:
    """Render and keep the PDF, and only then issue the codes on it: what was never printed revokes nothing.

    Nobody's scan waits for a PDF; and as the PDF is kept, opening it once more issues no codes and revokes none.
    """
    if not labels:
        raise MissingValue("item", "at least one thing to print a label for")
    now = services.clock.now()
    check = services.check_label if services.read_labels_back else None
    with services.store.read() as work:
        foot, look, on = paper.latest(work), label_templates.in_force(work), label_stock.shelf(work).known[stock_name]
    copied = (label for label in labels.values() for _ in range(copies))
    try:
        pdf = sheet.render_pdf(copied, on, start_at=start_at, on_label=check, stamp=foot, template=look.template)
    except label_errors.LabelRefusal as refusal:
        raise LabelNotReleased(str(refusal)) from refusal
    sha256 = services.files.put(pdf)

    def change(work: Work) -> int:
        job = work.labels.add_job(stock_name, now, by.id, len(labels), look.version)
        issue(work, job, now)
        work.labels.finish_job(job, sha256)
        return job

    return Printed(services.store.write(change), pdf, tuple(label.code for label in labels.values()))


def _replace(work: Work, kind: str, subject: int, code: str, job: int, now: datetime) -> str | None:
    """Make this the thing's live label; gives the code that it replaces. Raises ChangedMeanwhile for a used code."""
    old = work.labels.live_of(kind, subject)
    if old is not None:
        work.labels.revoke(old.code, now, "replaced by a newer label")
    work.labels.issue(IssuedLabel(code, kind, subject, "live", now), job)
    return old.code if old else None


def _all_held(work: Work, register_nos: Sequence[int]) -> dict[int, Held]:
    """The items by number, each once and in the order they were named. Raises NotFound."""
    found = work.items.hold_all(register_nos)
    if not set(register_nos) <= set(found):
        raise NotFound("item")
    return {number: found[number] for number in dict.fromkeys(register_nos)}


def fresh_code(services: Services, work: Work, kind: str) -> str:
    """A code that was never issued here."""
    while True:
        code = payload.issue(payload.CodeType(kind), services.ids.random)
        if work.labels.find(code) is None:
            return code


def case_to_print(work: Work, by: Person, exhibit: Exhibit) -> Case:
    """The case, for whoever may print labels in it, or whose store has the item that was identified anew."""
    case = work.cases.find(exhibit.case.id)
    relabelled = exhibit.in_store and exhibit.code is None and not case.restricted
    if relabelled and may(by, Action.RELABEL, Target(store=exhibit.custody.id)):
        return case
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("item")
    require(by, Action.PRINT_LABEL, case.target)
    return case


def _stock(services: Services, purpose: str, name: str) -> stock.Stock:
    """The stock, if it is offered for the purpose. Raises NotAChoice."""
    with services.store.read() as work:
        return label_stock.choose(work, purpose, name)
