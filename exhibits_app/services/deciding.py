"""Deciding what examination exhibits get: one at a time, many in one go with one decision each, and a case's walk."""

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass

from ..domain import advice, decisions
from ..domain.cases import Case
from ..domain.errors import BadInput, DecisionRefusal, NoRight, NotAChoice, NotFound, Refusal
from ..domain.events import Body, Envelope
from ..domain.exhibit import Exhibit, Forensic
from ..domain.people import Action, Person, PersonRef, may, require
from .context import Services
from .ports import ListedItem, Work
from .recording import Happening, record

MOST_IN_A_CASE = 10_000


@dataclass(frozen=True, slots=True)
class Advice:
    """A recommendation as somebody typed it; `owner` is the id of whoever must see that it is answered."""

    role: str
    adviser: str
    examination: str
    owner: int


@dataclass(frozen=True, slots=True)
class Decided:
    """What became of the decision about one exhibit of many: recorded, or refused with its reason."""

    register_no: int
    reference: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Walk:
    """Where somebody is in walking a case's undecided exhibits: this one, the next, and how many are left."""

    case: Case
    left: int
    next: int | None


def decide(services: Services, by: Person, register_no: int, choice: decisions.Choice) -> None:
    """Record a forensic decision. Raises DecisionRefusal, BadInput, NoRight, NotFound."""

    def body(work: Work, exhibit: Exhibit, case: Case) -> Body:
        if not may(by, Action.DECIDE_AGAINST, case.target):
            require(by, Action.DECIDE_SUBMIT, case.target)
        now = services.clock.now()
        policy = work.policies.current(now)
        return decisions.decide(exhibit, choice, by=by, target=case.target, policy=policy, now=now)

    _record(services, by, register_no, body)


def decide_many(services: Services, by: Person, choices: Mapping[int, decisions.Choice]) -> list[Decided]:
    """Record one decision for each of these exhibits; one that is refused holds up no other. Raises NotFound."""
    outcome = []
    for register_no, choice in choices.items():
        with services.store.read() as work:
            reference = work.items.find(register_no).exhibit.ref
        try:
            decide(services, by, register_no, choice)
        except (DecisionRefusal, BadInput, NoRight) as refusal:
            outcome.append(Decided(register_no, reference, refusal))
        else:
            outcome.append(Decided(register_no, reference, None))
    return outcome


def recommend(services: Services, by: Person, register_no: int, given: Advice) -> None:
    """Record that somebody recommends an examination. Raises BadInput, NoRight, NotFound."""

    def body(work: Work, _exhibit: Exhibit, case: Case) -> Body:
        require(by, Action.RECOMMEND, case.target)
        return advice.recommend(given.role, given.adviser, given.examination, _owner(work, given.owner))

    _record(services, by, register_no, body)


def answer(services: Services, by: Person, register_no: int, recommendation: str, said: str) -> None:
    """Answer a recommendation where the exhibit goes to a laboratory anyway. Raises DecisionRefusal, NoRight."""

    def body(_work: Work, exhibit: Exhibit, case: Case) -> Body:
        require(by, Action.DECIDE_SUBMIT, case.target)
        return advice.answer(exhibit, recommendation, said)

    _record(services, by, register_no, body)


def grade(services: Services, by: Person, register_no: int, given: str) -> None:
    """Give the exhibit its forensic grade. Raises NotAChoice, NoRight, NotFound."""

    def body(_work: Work, exhibit: Exhibit, case: Case) -> Body:
        require(by, Action.DECIDE_SUBMIT, case.target)
        return advice.grade(exhibit, given)

    _record(services, by, register_no, body)


def reopen(services: Services, by: Person, register_no: int, cause: str, note: str) -> None:
    """Have a decision not to submit made again. Raises NothingToReopen, NotAChoice, NoRight, NotFound."""

    def body(_work: Work, exhibit: Exhibit, case: Case) -> Body:
        require(by, Action.RECOMMEND, case.target)
        return advice.reopen(exhibit, cause, note)

    _record(services, by, register_no, body)


def walk(services: Services, by: Person, case_id: int, after: int = 0) -> Walk:
    """The next exhibit of the case that nobody has decided about, or whose recommendations nobody answered.

    Those after `after` come first, then the others. Raises NotFound, NoRight.
    """
    with services.store.read() as work:
        case = work.cases.find(case_id)
        _require_seen(by, case)
        require(by, Action.DECIDE_SUBMIT, case.target)
        waiting = [one.exhibit.register_no for one in _waiting(work, case_id)]
    later = [number for number in waiting if number > after]
    return Walk(case, len(waiting), next(iter(later or waiting), None))


def waiting(
    services: Services, by: Person, case_id: int, register_nos: Collection[int]
) -> tuple[Case, list[ListedItem]]:
    """Those of these exhibits of the case that wait for a decision, to decide in one go. Raises NotFound, NoRight."""
    with services.store.read() as work:
        case = work.cases.find(case_id)
        _require_seen(by, case)
        require(by, Action.DECIDE_SUBMIT, case.target)
        chosen = set(register_nos)
        return case, [one for one in _waiting(work, case_id) if one.exhibit.register_no in chosen]


def _waiting(work: Work, case_id: int) -> list[ListedItem]:
    items = work.items.in_case(case_id, 0, MOST_IN_A_CASE)
    return [one for one in items if _waits(one.exhibit)]


def _waits(exhibit: Exhibit) -> bool:
    if exhibit.disposed:
        return False
    return exhibit.forensic is Forensic.UNDECIDED or bool(exhibit.open_recommendations)


def _record(services: Services, by: Person, register_no: int, body_of: Callable[[Work, Exhibit, Case], Body]) -> None:
    """Record one event of the register in this person's name, for those who may see the exhibit's case."""
    now = services.clock.now()

    def change(work: Work) -> None:
        held = work.items.hold(register_no)
        if held.exhibit is None:
            raise NotFound("item")
        case = work.cases.find(held.exhibit.case.id)
        _require_seen(by, case)
        body = body_of(work, held.exhibit, case)
        envelope = Envelope(services.ids.event_id(), now, now, by.ref, services.ids.event_id())
        record(work, services.ids, work.policies.current(now), [Happening(held, envelope, body)])

    services.store.write(change)


def _owner(work: Work, person: int) -> PersonRef:
    try:
        return work.accounts.person(person).ref
    except NotFound:
        raise NotAChoice("owner", "who must see that it is answered") from None


def _require_seen(by: Person, case: Case) -> None:
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("item")
