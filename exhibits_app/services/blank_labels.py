"""Series of blank labels: ordering and printing one, handing it on, accounting for every number, closing it."""

from dataclasses import dataclass, replace
from datetime import datetime

from labels import fields, payload

from ..domain.blank_labels import (
    MOST_LABELS,
    BlankState,
    Holder,
    Series,
    check_declared,
    in_words,
    serials,
)
from ..domain.errors import (
    MissingValue,
    NoRight,
    NotAccountedFor,
    NotAChoice,
    NotFound,
    SeriesIsClosed,
    SeriesIsPrinted,
)
from ..domain.people import Action, Person, Target, may, require
from ..domain.text import LINE_LIMIT, NAME_LIMIT, choice, required, whole_number
from .context import Services
from .label_stock import offered, shelf
from .labels import fresh_code
from .ports import Work
from .ports.blank_labels import SeriesNote
from .print_release import Drawn, Order, release
from .reprints import Reprint

_NO_TEAM = -1  # The id of no team: only a right for the whole force reaches it.
_DECLARED = frozenset({BlankState.VOID.value, BlankState.LOST.value})
# What is written on a blank label by hand, at the scene.
TO_WRITE = (("Ref", "Seal"), ("Date", "Time"), ("By",), ("Place",))


@dataclass(frozen=True, slots=True)
class OrderForm:
    """A series as somebody ordered it. `holder` is "person:3" or "team:2"; empty for oneself."""

    count: str | int
    stock: str
    purpose: str
    holder: str = ""


def order(services: Services, by: Person, form: OrderForm) -> int:
    """Give a new series its number. It is printed after that, so that one which fails to print is on record too.

    Raises BadInput, NoRight.
    """
    require(by, Action.ORDER_BLANKS)
    count = whole_number(form.count, "count", "how many labels", 1, MOST_LABELS)
    stock = choice(form.stock, "stock", "the label stock", set(offered(services, "item")))
    purpose = required(form.purpose, "purpose", "what they are for, like Scene kit 3", NAME_LIMIT)
    now = services.clock.now()

    def change(work: Work) -> int:
        holder = holder_of(work, form.holder or f"person:{by.id}")
        if holder.person != by.id and not keeps(by, holder):
            raise NoRight(Action.KEEP_BLANKS.value)
        series = Series(work.blanks.next_number(), count, stock, purpose, holder, now, by.id)
        work.blanks.add(series)
        work.blanks.note(SeriesNote(series.number, now, by.id, "ordered", words=f"for {holder.name}"))
        return series.number

    return services.store.write(change)


def print_series(services: Services, by: Person, number: int) -> int:
    """Draw, read back and keep the labels of a series that was ordered, then issue their codes; gives the printing.

    The labels are drawn before anything is written, so nobody's scan waits for a thousand of them. Raises
    SeriesIsPrinted, SeriesIsClosed, LabelNotReleased, NoRight, NotFound.
    """
    with services.store.read() as work:
        series = _to_print(by, work.blanks.find(number))
        on = shelf(work).known[series.stock]
        codes = [fresh_code(services, work, payload.CodeType.ITEM.value) for _ in range(series.count)]
    drawn = {at: Drawn(_drawn(services, series, at, code), Target()) for at, code in enumerate(codes, start=1)}

    def issue(work: Work, job: int, now: datetime, _reprint: Reprint | None) -> None:
        current = _to_print(by, work.blanks.hold(number))
        work.blanks.issue(number, codes, now, job)
        work.blanks.save(replace(current, job=job))
        work.blanks.note(SeriesNote(number, now, by.id, "printed", f"1-{series.count}"))

    order = Order("", on, 1, "", None)
    return release(services, by, order, drawn, issue).job


def declare(services: Services, by: Person, number: int, numbers: str, state: str, reason: str) -> None:
    """Say that labels are void or lost, and why. One that was lost and is found can only become void.

    Raises BadInput, NumberStands, NoRight, NotFound.
    """
    to = BlankState(choice(state, "state", "what became of them", _DECLARED))
    why = required(reason, "reason", "what happened to them", LINE_LIMIT)
    now = services.clock.now()

    def change(work: Work) -> None:
        series = _to_account(by, work.blanks.hold(number))
        if not numbers.strip():
            raise MissingValue("numbers", "the numbers of the labels")
        wanted = set(serials(numbers, series.count))
        listed = [one.code for one in work.blanks.labels(number, None, 0, MOST_LABELS) if one.serial in wanted]
        blanks = list(work.blanks.hold_labels(listed).values())
        check_declared(blanks, to)
        work.blanks.declare(listed, to, now, by.id, why)
        work.blanks.note(SeriesNote(number, now, by.id, to.value, in_words(wanted), why))

    services.store.write(change)


def hand_on(services: Services, by: Person, number: int, holder: str) -> None:
    """Somebody else answers for the labels from now on. Raises NotAChoice, SeriesIsClosed, NoRight, NotFound."""
    now = services.clock.now()

    def change(work: Work) -> None:
        series = _to_account(by, work.blanks.hold(number))
        if series.closed_at:
            raise SeriesIsClosed(number)
        new = holder_of(work, holder)
        said = f"from {series.holder.name} to {new.name}"
        work.blanks.save(replace(series, holder=new))
        work.blanks.note(SeriesNote(number, now, by.id, "handed_on", words=said))

    services.store.write(change)


def close(services: Services, by: Person, number: int) -> None:
    """Every number is accounted for. Raises NotAccountedFor, SeriesIsClosed, NoRight, NotFound."""
    now = services.clock.now()

    def change(work: Work) -> None:
        series = _to_account(by, work.blanks.hold(number))
        if series.closed_at:
            raise SeriesIsClosed(number)
        unused = work.blanks.labels(number, BlankState.UNUSED, 0, MOST_LABELS)
        if unused:
            raise NotAccountedFor(number, in_words(one.serial for one in unused))
        work.blanks.save(replace(series, closed_at=now))
        work.blanks.note(SeriesNote(number, now, by.id, "closed"))

    services.store.write(change)


def keeps(by: Person, holder: Holder) -> bool:
    """Whether the person keeps account of other people's labels where this holder is."""
    return _reaches(by, Action.KEEP_BLANKS, holder)


def accounts_for(by: Person, series: Series) -> bool:
    """Whether the person may say what became of the labels: who holds them, or a supervisor over them."""
    return (series.holder.includes(by) and may(by, Action.ORDER_BLANKS)) or keeps(by, series.holder)


def sees(by: Person, series: Series) -> bool:
    """Whether the person may look at the series."""
    mine = series.ordered_by == by.id and may(by, Action.ORDER_BLANKS)
    return mine or accounts_for(by, series) or _reaches(by, Action.SEE_BLANKS, series.holder)


def holder_of(work: Work, given: str) -> Holder:
    """Who is to hold a series: somebody who may order blank labels, or a team. Raises NotAChoice."""
    kind, _, text = given.partition(":")
    number = int(text) if text.isascii() and text.isdigit() else 0
    if kind == "team" and number in (teams := work.teams.all()):
        return Holder(teams[number], team=number, within=number)
    if kind == "person":
        try:
            person = work.accounts.person(number)
        except NotFound:
            raise NotAChoice("holder", "who is to have them") from None
        if may(person, Action.ORDER_BLANKS):
            return Holder(person.called, person=number, within=person.team)
    raise NotAChoice("holder", "who is to have them")


def _reaches(by: Person, action: Action, holder: Holder) -> bool:
    """Whether the right reaches this holder: for the force, for their team, or for one's own team."""
    if not may(by, action):
        return False
    own = holder.within is not None and holder.within == by.team
    return own or may(by, action, Target(team=_NO_TEAM if holder.within is None else holder.within))


def _to_account(by: Person, series: Series) -> Series:
    if not sees(by, series):
        raise NotFound("series")
    if not accounts_for(by, series):
        raise NoRight(Action.KEEP_BLANKS.value)
    return series


def _to_print(by: Person, series: Series) -> Series:
    """The series, for whoever ordered it or answers for it, when it is not printed yet."""
    if series.ordered_by != by.id or not may(by, Action.ORDER_BLANKS):
        _to_account(by, series)
    if series.closed_at:
        raise SeriesIsClosed(series.number)
    if series.job is not None:
        raise SeriesIsPrinted(series.number)
    return series


def _drawn(services: Services, series: Series, serial: int, code: str) -> fields.BlankLabel:
    return fields.BlankLabel(
        code, series.called(serial).capitalize(), series.purpose, TO_WRITE, force_name=services.force_name
    )
