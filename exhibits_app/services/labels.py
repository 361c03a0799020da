"""Printing labels: every printing a new code that counts from its first scan, and all of it on record."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from labels import fields, payload, sheet, stock
from labels.commands import command_labels

from ..domain.cases import HAZARD_NAMES, Case
from ..domain.errors import ChangedMeanwhile, NotFound
from ..domain.events import Envelope, Labelled
from ..domain.exhibit import Exhibit
from ..domain.people import Action, Person, Target, may, require
from ..domain.show import clock, day
from ..domain.text import whole_number
from . import label_stock
from .boxes import find as find_box
from .context import Services
from .label_life import print_new, revoke_all
from .ports import Held, Work
from .print_release import Draw, Drawn, Order, Printed, release
from .recording import Happening, record
from .reprints import Again, Reprint

MOST_COPIES = 5
PURPOSES = {"E": "item", "S": "place", "B": "box", "P": "badge"}


def print_item_labels(
    services: Services,
    by: Person,
    register_nos: Sequence[int],
    stock_name: str,
    start_at: int | str = 1,
    copies: int | str = 1,
    *,
    printer: str = "",
    again: Again | None = None,
) -> Printed:
    """Render and issue one label for each item, once however often it is named.

    A label counts from its first scan; the one before stays good until then. On a sheet `start_at` is the first free
    label, from 1; `copies` carry one code; `printer` is empty for a file to download; `again` says why, which is asked
    for when an item has a label. Raises BadInput, NoRight, NotFound, LabelNotReleased, PrinterUnknown, what
    `reprints.allow` raises, and ChangedMeanwhile when what stands on a label changed while it was drawn.
    """

    on = _stock(services, "item", stock_name)
    first = 1 if on.is_roll else whole_number(start_at, "start_at", "the first free label", 1, on.per_page)
    each = whole_number(copies, "copies", "how many of each label", 1, MOST_COPIES)
    with services.store.read() as work:
        drawn = {
            number: _drawn_item(services, work, by, held, fresh_code(services, work, "E"))
            for number, held in _all_held(work, register_nos).items()
        }

    def issue(work: Work, job: int, now: datetime, reprint: Reprint | None) -> None:
        act = services.ids.event_id()
        happenings = []
        for number, held in _all_held(work, register_nos).items():
            code = drawn[number].label.code
            if _drawn_item(services, work, by, held, code).label != drawn[number].label:
                raise ChangedMeanwhile
            old = print_new(work, "E", number, code, job, now)
            happenings.append(_labelled(services, by, act, now, held, Labelled(code, on.name, old), reprint))
        record(work, services.ids, work.policies.current(now), happenings)

    return release(services, by, Order("E", on, first, printer, again, each), drawn, issue)


def _labelled(
    services: Services, by: Person, act: str, now: datetime, held: Held, body: Labelled, reprint: Reprint | None
) -> Happening:
    """A printed label that awaits its first scan; one that replaces another says why, and who authorised it."""
    again = reprint if body.replaces else None
    authoriser = again.authoriser.ref if again and again.authoriser else None
    said = again.why.told if again else None
    envelope = Envelope(services.ids.event_id(), now, now, by.ref, act, reason=said)
    return Happening(held, envelope, replace(body, awaits_scan=True, authorised_by=authoriser))


def _drawn_item(services: Services, work: Work, by: Person, held: Held, code: str) -> Drawn:
    """What stands on the item's label now. The store supervises the labels of what was identified anew there."""
    exhibit = held.exhibit
    if exhibit is None:
        raise NotFound("item")
    case = case_to_print(work, by, exhibit)
    inside = exhibit.custody.id if exhibit.in_store else None
    target = Target(store=inside) if inside is not None and exhibit.code is None else case.target
    return Drawn(item_fields(services, held, case, code), target, inside)


def print_place_labels(
    services: Services,
    by: Person,
    places: Sequence[int],
    stock_name: str,
    *,
    printer: str = "",
    again: Again | None = None,
) -> Printed:
    """Issue and render the labels of places. Raises NoRight, NotFound, and as `print_item_labels` does."""
    require(by, Action.MANAGE_PLACES)

    def one(work: Work, place_id: int, code: str) -> Drawn:
        place = work.places.find(place_id)
        label = fields.PlaceLabel(code=code, force_name=services.force_name, name=place.name)
        store = (place.store or place.id) if place.inside else None
        return Drawn(label, Target(store=store), store)

    return _print(services, by, Order("S", _stock(services, PURPOSES["S"], stock_name), 1, printer, again), places, one)


def print_box_labels(
    services: Services,
    by: Person,
    boxes: Sequence[int],
    stock_name: str,
    *,
    printer: str = "",
    again: Again | None = None,
) -> Printed:
    """Issue and render the labels of boxes. Raises NoRight, NotFound, and as `print_item_labels` does."""

    def one(work: Work, box_id: int, code: str) -> Drawn:
        box = find_box(work, by, box_id)
        store = box.custody.id if box.in_store else None
        require(by, Action.HANDLE, Target(store=store))
        label = fields.PlaceLabel(code=code, force_name=services.force_name, name=box.name)
        return Drawn(label, Target(store=store), store)

    return _print(services, by, Order("B", _stock(services, PURPOSES["B"], stock_name), 1, printer, again), boxes, one)


def print_badges(
    services: Services,
    by: Person,
    people: Sequence[int],
    stock_name: str,
    *,
    printer: str = "",
    again: Again | None = None,
) -> Printed:
    """Issue and render badges. One that was lost is revoked at once: it opens a store's terminal.

    Raises NoRight, NotFound, and as `print_item_labels` does.
    """
    require(by, Action.MANAGE_PEOPLE)

    def one(work: Work, person_id: int, code: str) -> Drawn:
        person = work.accounts.person(person_id)
        label = fields.BadgeLabel(
            code=code,
            force_name=services.force_name,
            name=person.name,
            rank=f"{person.rank} {person.number}".strip(),
        )
        return Drawn(label, Target(team=person.team))

    on = _stock(services, PURPOSES["P"], stock_name)
    return _print(services, by, Order("P", on, 1, printer, again), people, one)


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


def _print(services: Services, by: Person, order: Order, subjects: Sequence[int], one: Draw) -> Printed:
    """Labels of what has no chain in the ledger."""
    with services.store.read() as work:
        drawn = {subject: one(work, subject, fresh_code(services, work, order.kind)) for subject in subjects}

    def issue(work: Work, job: int, now: datetime, reprint: Reprint | None) -> None:
        for subject, each in drawn.items():
            if order.kind == "P" and reprint is not None and reprint.why.reason == "lost":
                revoke_all(work, "P", subject, by.id, now, "the badge was lost")
            print_new(work, order.kind, subject, each.label.code, job, now)

    return release(services, by, order, drawn, issue)


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
