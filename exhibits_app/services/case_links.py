"""Linking cases: what was decided not to be submitted in either is to be decided again."""

from dataclasses import dataclass

from ..domain.advice import CLOSED
from ..domain.cases import Case
from ..domain.errors import AlreadyLinked, NotAChoice, NotFound
from ..domain.events import Envelope, Reopened
from ..domain.linking import CaseLink
from ..domain.people import Action, Person, may, require
from ..domain.text import LINE_LIMIT, NAME_LIMIT, required
from .context import Services
from .ports import Work
from .recording import Happening, record

# No case has more; the same bound as when a case becomes graver.
MOST_IN_A_CASE = 100_000


@dataclass(frozen=True, slots=True)
class Linked:
    """A link as the readers of one of its cases see it: of a restricted case of others (`hidden`) no words."""

    link: CaseLink
    other: Case
    hidden: bool
    readable: bool
    may_withdraw: bool


def of_case(services: Services, by: Person, case: Case) -> list[Linked]:
    """The links of a case that this person sees, withdrawn ones too, the oldest first."""
    with services.store.read() as work:
        return [_shown(work, by, case, link) for link in work.case_links.of_case(case.id)]


def link(services: Services, by: Person, case_id: int, reference: str, reason: str) -> tuple[Case, int]:
    """Record that the two cases are linked; the other case, and how many decisions are open again in both.

    Whoever links may have decisions made again in both. Raises BadInput, AlreadyLinked, NoRight, NotFound.
    """
    now = services.clock.now()
    said = required(reason, "reason", "what links the cases", LINE_LIMIT)
    wanted = required(reference, "reference", "the reference of the other case", NAME_LIMIT)

    def change(work: Work) -> tuple[Case, int]:
        mine, other = _case(work, by, case_id), _named(work, by, wanted)
        if mine.id == other.id:
            raise NotAChoice("reference", "another case than this one")
        if any(one.stands and one.other(mine.id) == other.id for one in work.case_links.of_case(mine.id)):
            raise AlreadyLinked(other.reference)
        low, high = sorted((mine.id, other.id))
        work.case_links.add(CaseLink(0, low, high, by.ref, now, said))
        envelope = Envelope(services.ids.event_id(), now, now, by.ref, services.ids.event_id())
        happenings = [
            *_again(services, work, mine, other, envelope, said),
            *_again(services, work, other, mine, envelope, said),
        ]
        if happenings:
            record(work, services.ids, work.policies.current(now), happenings)
        return other, len(happenings)

    return services.store.write(change)


def withdraw(services: Services, by: Person, case_id: int, link_id: int, reason: str) -> None:
    """Say why a link does not stand. What it reopened stays open. Raises BadInput, NoRight, NotFound."""
    now = services.clock.now()
    said = required(reason, "withdrawal", "why the link does not stand", LINE_LIMIT)

    def change(work: Work) -> None:
        _case(work, by, case_id)
        found = next((one for one in work.case_links.of_case(case_id) if one.id == link_id and one.stands), None)
        if found is None:
            raise NotFound("link")
        _case(work, by, found.other(case_id))
        work.case_links.end(found.id, by.ref, now, said)

    services.store.write(change)


def _again(services: Services, work: Work, case: Case, other: Case, envelope: Envelope, reason: str) -> list[Happening]:
    """The decisions of the case that stand against submitting. The history of an item does not name a restricted case
    to those who read the other."""
    told = "linked with a restricted case" if other.restricted else f"linked with case {other.reference}: {reason}"
    items = work.items.in_case(case.id, 0, MOST_IN_A_CASE)
    numbers = [one.exhibit.register_no for one in items if one.exhibit.forensic in CLOSED]
    return [
        Happening(held, _anew(services, envelope), Reopened("case-linked", told))
        for held in work.items.hold_all(numbers).values()
        if held.exhibit is not None and held.exhibit.forensic in CLOSED
    ]


def _anew(services: Services, envelope: Envelope) -> Envelope:
    return Envelope(services.ids.event_id(), envelope.occurred_at, envelope.recorded_at, envelope.actor, envelope.act)


def _case(work: Work, by: Person, case_id: int) -> Case:
    """The case. Raises NotFound unless this person may know of it, NoRight unless they may have it decided again."""
    case = work.cases.find(case_id)
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("case")
    require(by, Action.RECOMMEND, case.target)
    return case


def _named(work: Work, by: Person, reference: str) -> Case:
    """The other case as somebody typed it. Raises NotAChoice for one that is not or that they may not know of."""
    try:
        return _case(work, by, work.cases.by_reference(reference).id)
    except NotFound:
        raise NotAChoice("reference", "the reference of a case that you may see") from None


def _shown(work: Work, by: Person, case: Case, one: CaseLink) -> Linked:
    other = work.cases.find(one.other(case.id))
    readable = may(by, Action.SEE_CASE, other.target)
    allowed = one.stands and all(may(by, Action.RECOMMEND, each.target) for each in (case, other))
    return Linked(one, other, other.restricted and not readable, readable, readable and allowed)
