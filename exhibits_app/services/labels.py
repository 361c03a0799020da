"""Printing labels: every printing a new code, the old one revoked, and all of it on record."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime

from labels import fields, payload, sheet, stock, verify

from ..domain.cases import HAZARD_NAMES, Case
from ..domain.errors import NotAChoice, NotFound
from ..domain.events import Envelope, Labelled
from ..domain.exhibit import Exhibit
from ..domain.people import Action, Person, may, require
from ..domain.show import clock, day
from ..domain.text import whole_number
from .context import Services
from .ports import Held, IssuedLabel, Work
from .recording import Happening, record

STOCKS = {"L7160": "A4 sheet, 21 labels (L7160)", "thermal-100x50": "Thermal printer, 100 x 50 mm"}

COMMAND_WORDS = {
    "BOOK_IN": "Items come into this store for the first time",
    "MOVE": "Items go to another place in the store",
    "SIGN_OUT": "A named person takes items away",
    "SIGN_IN": "Items come back into the store",
    "SUBMIT": "Items go to a laboratory or courier",
    "SIGHTING": "You have seen the items, nothing moves",
    "CONFIRM": "Record what is on the screen",
    "UNDO": "Take the last scan back",
    "CANCEL": "Take back all that is not yet confirmed",
}


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished printing: the PDF and what it holds."""

    job: int
    pdf: bytes
    codes: tuple[str, ...]


def print_item_labels(
    services: Services, by: Person, register_nos: Sequence[int], stock_name: str, start_at: int | str = 1
) -> Printed:
    """Issue and render one label for each item. Reprinting revokes the label before.

    `start_at` is the first free label of the first sheet, from 1. Raises BadInput, NoRight, NotFound.
    """
    _check_stock(stock_name)
    first = whole_number(start_at, "start_at", "the first free label", 1, stock.STOCKS[stock_name].per_page)
    now = services.clock.now()

    def change(work: Work) -> tuple[int, list[fields.Label]]:
        job = work.labels.add_job(stock_name, now, by.id, len(register_nos))
        held_items = work.items.hold_all(register_nos)
        happenings: list[Happening] = []
        labels: list[fields.Label] = []
        act = services.ids.event_id()
        for register_no in register_nos:
            held = held_items.get(register_no)
            if held is None or held.exhibit is None:
                raise NotFound("item")
            case = _case(work, by, held.exhibit)
            code, old = _reissue(services, work, "E", register_no, job, now)
            envelope = Envelope(services.ids.event_id(), now, now, by.ref, act)
            happenings.append(Happening(held, envelope, Labelled(code, stock_name, old)))
            labels.append(item_fields(services, held, case, code))
        record(work, services.ids, work.policies.current(now), happenings)
        return job, labels

    return _finish(services, stock_name, first, *services.store.write(change))


def print_place_labels(services: Services, by: Person, places: Sequence[int], stock_name: str) -> Printed:
    """Issue and render the labels of places. Raises NoRight, NotFound."""
    require(by, Action.MANAGE_PLACES)

    def one(work: Work, place_id: int, code: str) -> fields.PlaceLabel:
        place = work.places.find(place_id)
        return fields.PlaceLabel(code=code, force_name=services.force_name, name=place.name)

    return _print(services, by, "S", places, stock_name, one)


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
    sheet_of = [fields.CommandLabel(code, COMMAND_WORDS.get(name, "")) for name, code in payload.COMMANDS.items()]
    return sheet.render_pdf(sheet_of, stock.STOCKS["L7163"], title=f"Commands, {services.force_name}")


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
    _check_stock(stock_name)
    now = services.clock.now()

    def change(work: Work) -> tuple[int, list[fields.Label]]:
        job = work.labels.add_job(stock_name, now, by.id, len(subjects))
        labels: list[fields.Label] = []
        for subject in subjects:
            code, _old = _reissue(services, work, kind, subject, job, now)
            labels.append(one(work, subject, code))
        return job, labels

    return _finish(services, stock_name, 1, *services.store.write(change))


def _finish(services: Services, stock_name: str, start_at: int, job: int, labels: Sequence[fields.Label]) -> Printed:
    """Render outside the transaction, so that nobody's scan waits for a PDF; a job without a hash has failed.

    The PDF is kept, so that opening it once more issues no codes and revokes none.
    """
    check = verify.check_drawing if services.read_labels_back else None
    pdf = sheet.render_pdf(labels, stock.STOCKS[stock_name], start_at=start_at, on_label=check)
    sha256 = services.files.put(pdf)
    services.store.write(lambda work: work.labels.finish_job(job, sha256))
    return Printed(job, pdf, tuple(label.code for label in labels))


def _reissue(
    services: Services, work: Work, kind: str, subject: int, job: int, now: datetime
) -> tuple[str, str | None]:
    """A fresh code for the thing, and the one it replaces. A code that was drawn before is drawn again."""
    old = work.labels.live_of(kind, subject)
    if old is not None:
        work.labels.revoke(old.code, now, "replaced by a newer label")
    code = fresh_code(services, work, kind)
    work.labels.issue(IssuedLabel(code, kind, subject, "live", now), job)
    return code, old.code if old else None


def fresh_code(services: Services, work: Work, kind: str) -> str:
    """A code that was never issued here."""
    while True:
        code = payload.issue(payload.CodeType(kind), services.ids.random)
        if work.labels.find(code) is None:
            return code


def _case(work: Work, by: Person, exhibit: Exhibit) -> Case:
    case = work.cases.find(exhibit.case.id)
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("item")
    require(by, Action.PRINT_LABEL, case.target)
    return case


def _check_stock(stock_name: str) -> None:
    if stock_name not in STOCKS:
        raise NotAChoice("stock", "the label stock")
