"""What laboratories and examiners report: a result, what a hit reopens in its case, and that an end was seen."""

from collections.abc import Iterable
from dataclasses import dataclass, replace

from ..domain import laboratory
from ..domain.advice import CLOSED
from ..domain.cases import Case
from ..domain.errors import NotFound
from ..domain.events import Envelope, Reopened, ResultRecorded
from ..domain.exhibit import Exhibit
from ..domain.laboratory import HIT, OUTCOME_NAMES, Report
from ..domain.people import Action, Person, may, require
from ..domain.places import Place, PlaceKind
from .context import Services
from .ports import Held, Work
from .recording import Happening, record

# No case has more; the same bound as when a case becomes graver.
MOST_IN_A_CASE = 100_000


@dataclass(frozen=True, slots=True)
class Told:
    """A result as somebody typed it; the laboratory by its id as a place, None for another examiner."""

    report: Report
    laboratory: int | None


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a result led to: whether its own decision is open again, and the exhibits whose decisions are.

    Of linked cases that this person may not see nothing is told.
    """

    again: bool
    reopened: tuple[int, ...]


def record_result(services: Services, by: Person, register_no: int, told: Told) -> Outcome:
    """Record a result, and after a hit have every decision not to submit in the case and in linked ones made again.

    All in one act. Raises CustodyRefusal, BadInput, NoRight, NotFound.
    """
    now = services.clock.now()

    def change(work: Work) -> Outcome:
        case = _case(work, by, register_no, Action.RECORD_RESULT)
        hit = told.report.outcome == HIT
        cases = [case, *_linked(work, case)] if hit else []
        held = work.items.hold_all({register_no, *(number for one in cases for number in _closed_in(work, one))})
        exhibit = _there(held.get(register_no))
        body = laboratory.result(exhibit, _laboratory(work, told.laboratory), told.report, now)
        said = Envelope(services.ids.event_id(), now, now, by.ref, services.ids.event_id())
        others = [one for number, one in held.items() if number != register_no]
        again = _again(services, said, case, exhibit, body, others) if hit else []
        record(work, services.ids, work.policies.current(now), [Happening(held[register_no], said, body), *again])
        after = _there(held[register_no])
        open_again = exhibit.reopened_at != after.reopened_at
        known = {one.id for one in cases if may(by, Action.SEE_CASE, one.target)}
        mine = [one.held.register_no for one in again if one.held.exhibit and one.held.exhibit.case.id in known]
        return Outcome(open_again, tuple(mine))

    return services.store.write(change)


def see_end(services: Services, by: Person, register_no: int, note: str = "") -> None:
    """Record that this person has seen that the item was used up. Raises CustodyRefusal, NoRight, NotFound."""
    now = services.clock.now()

    def change(work: Work) -> None:
        _case(work, by, register_no, Action.DECIDE_SUBMIT)
        held = work.items.hold(register_no)
        body = laboratory.see_end(_there(held), note)
        envelope = Envelope(services.ids.event_id(), now, now, by.ref, services.ids.event_id())
        record(work, services.ids, work.policies.current(now), [Happening(held, envelope, body)])

    services.store.write(change)


def laboratories(services: Services) -> list[Place]:
    """The laboratories that a result can come from, by name."""
    with services.store.read() as work:
        return [place for place in work.places.all() if place.kind is PlaceKind.LAB]


def _closed_in(work: Work, case: Case) -> list[int]:
    items = work.items.in_case(case.id, 0, MOST_IN_A_CASE)
    return [one.exhibit.register_no for one in items if one.exhibit.forensic in CLOSED]


def _linked(work: Work, case: Case) -> list[Case]:
    """The cases that somebody linked with this one, as long as the link stands."""
    links = [one.other(case.id) for one in work.case_links.of_case(case.id) if one.stands]
    return [work.cases.find(other) for other in dict.fromkeys(links)]


def _again(
    services: Services, said: Envelope, case: Case, source: Exhibit, body: ResultRecorded, others: Iterable[Held]
) -> list[Happening]:
    """The decisions that stand against submitting: each is to be made again, and says because of what.

    The history of an item does not name a restricted case to those who read another.
    """
    found = f"{OUTCOME_NAMES[body.outcome].lower()}, {body.source}, report {body.report}"
    here = f"{source.ref}: {found}"
    there = "a hit in a linked restricted case" if case.restricted else f"{source.ref} in {case.reference}: {found}"
    return [
        Happening(
            held,
            replace(said, id=services.ids.event_id()),
            Reopened("result", here if held.exhibit.case.id == case.id else there),
        )
        for held in others
        if held.exhibit is not None and held.exhibit.forensic in CLOSED
    ]


def _laboratory(work: Work, place: int | None) -> Place | None:
    try:
        return work.places.find(place) if place else None
    except NotFound:
        return None


def _case(work: Work, by: Person, register_no: int, action: Action) -> Case:
    """The item's case. Raises NotFound unless they may know of it, NoRight unless they may do this."""
    case = work.cases.find(work.items.find(register_no).exhibit.case.id)
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("item")
    require(by, action, case.target)
    return case


def _there(held: Held | None) -> Exhibit:
    if held is None or held.exhibit is None:
        raise NotFound("item")
    return held.exhibit
