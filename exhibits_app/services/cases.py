"""Cases: opening one, changing it, seeing it."""

from dataclasses import dataclass, replace

from ..domain.advice import CLOSED
from ..domain.cases import CASE_CATEGORY_NAMES, Case, CaseCategory, raised
from ..domain.errors import NotFound
from ..domain.events import Envelope, Reclassified, Reopened
from ..domain.people import Action, Person, PersonRef, Role, ScopeKind, may, require
from ..domain.text import LINE_LIMIT, NAME_LIMIT, choice, optional, required
from .context import Services
from .ports import ListedItem, Work
from .recording import Happening, record

_CATEGORIES = frozenset(category.value for category in CASE_CATEGORY_NAMES)


@dataclass(frozen=True, slots=True)
class CaseForm:
    """A case as someone typed it. People and the team are ids; team None is one's own, 0 is none."""

    reference: str
    title: str
    category: str
    oic: int | None = None
    supervisor: int | None = None
    team: int | None = None
    restricted: bool = False


def open_case(services: Services, by: Person, form: CaseForm) -> Case:
    """Open a case. Raises BadInput, CaseReferenceTaken, NoRight."""
    require(by, Action.OPEN_CASE)
    now = services.clock.now()

    def change(work: Work) -> Case:
        return work.cases.add(_checked(work, form, by), now, by.id)

    return services.store.write(change)


def change_case(services: Services, by: Person, case_id: int, form: CaseForm) -> Case:
    """Change a case; a new category or OIC is written into the chain of every item in it. Restarts no clock.

    In a graver case some items are of a graver category, and may be overdue at once; what was decided not to be
    submitted is to be decided again. Raises BadInput,
    CaseReferenceTaken, NoRight, NotFound.
    """

    def change(work: Work) -> Case:
        old = work.cases.find(case_id)
        _require_seen(by, Action.EDIT_CASE, old)
        new = replace(_checked(work, form, by), id=old.id, members=old.members)
        work.cases.save(new)
        if new.ref != old.ref:
            _tell_items(services, work, new, by)
        return new

    return services.store.write(change)


def see_case(services: Services, by: Person, case_id: int) -> Case:
    """The case, when this person may see it; that they read it is logged. Raises NotFound otherwise."""
    with services.store.read() as work:
        case = work.cases.find(case_id)
    _require_seen(by, Action.SEE_CASE, case)
    note_read(services, by, "case", case.id)
    return case


def list_cases(
    services: Services, by: Person, text: str = "", after: int = 0, limit: int = 50, mine: bool = False
) -> list[Case]:
    """The cases this person may see, newest first; with `mine` only those that they belong to."""
    require(by, Action.SEE_CASE)
    seeing = [grant for grant in by.grants if not mine and may(replace(by, grants=(grant,)), Action.SEE_CASE)]
    everything = any(grant.kind is ScopeKind.FORCE for grant in seeing)
    teams = frozenset(grant.scope for grant in seeing if grant.kind is ScopeKind.TEAM and grant.scope is not None)
    silent = not mine and by.has_role(Role.PROFESSIONAL_STANDARDS)
    wanted = optional(text, "q", "the search", NAME_LIMIT)
    with services.store.read() as work:
        return work.cases.visible_to(by.id, teams, everything, silent, wanted, after, limit)


def items_of(services: Services, case: Case, after: int = 0, limit: int = 50) -> list[ListedItem]:
    """Items of a case that was seen through `see_case`."""
    with services.store.read() as work:
        return work.items.in_case(case.id, after, limit)


def note_read(services: Services, by: Person | None, what: str, subject: int, note: str = "") -> None:
    """Log that this person read the content of a case or an item; None: somebody at the command line."""
    now = services.clock.now()
    reader = by.id if by else None
    services.store.write(lambda work: work.accounts.log_read(reader, what, subject, now, note))


def _require_seen(by: Person, action: Action, case: Case) -> None:
    """Raise NotFound for a case that is not this person's to know of, NoRight for one they may see but not change."""
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("case")
    require(by, action, case.target)


def _checked(work: Work, form: CaseForm, by: Person) -> Case:
    return Case(
        id=0,
        reference=required(form.reference, "reference", "the case reference", 60).upper(),
        title=required(form.title, "title", "what the case is about, in a few words", LINE_LIMIT),
        category=CaseCategory(choice(form.category, "category", "the kind of case", _CATEGORIES)),
        oic=_named(work, form.oic) or by.ref,
        supervisor=_named(work, form.supervisor),
        team=(by.team if form.team is None else form.team) or None,
        restricted=form.restricted,
    )


def _named(work: Work, person: int | None) -> PersonRef | None:
    return work.accounts.person(person).ref if person else None


def _tell_items(services: Services, work: Work, case: Case, by: Person) -> None:
    now = services.clock.now()
    act = services.ids.event_id()
    numbers = [listed.exhibit.register_no for listed in work.items.in_case(case.id, 0, 100_000)]
    happenings = []
    for held in work.items.hold_all(numbers).values():
        if held.exhibit is None:
            continue
        envelope = Envelope(services.ids.event_id(), now, now, by.ref, act)
        category = raised(held.exhibit.category, case.category)
        graver = category != held.exhibit.category or case.is_graver_than(held.exhibit.case.category)
        happenings.append(Happening(held, envelope, Reclassified(category, case.ref)))
        if graver and held.exhibit.forensic in CLOSED:
            again = replace(envelope, id=services.ids.event_id())
            happenings.append(Happening(held, again, Reopened("case-raised")))
    if happenings:
        record(work, services.ids, work.policies.current(now), happenings)
