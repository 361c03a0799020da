"""Forensic submissions of the play, one in each state, so that whoever looks at the pages sees what they are for."""

from collections.abc import Callable, Iterator

from ...domain.exhibit import CustodyKind, Exhibit, Forensic
from ...domain.people import Person
from ...domain.submissions import called
from .. import happenings, submission_pages, submission_steps, submissions
from ..context import Services
from ..submissions import Form, LineForm, first_form
from ..typed_acts import Particulars
from .cast import Cast

MOST_CASES = 60  # So many cases are looked at for exhibits that wait to be sent.
FATES = ("sent", "authorised", "offered", "draft", "refused")
ASKED = {
    "TOX-D": (("toxicology",), "Which substances are there, and how much of each?"),
    "DRUG": (("drugs",), "What is it, how pure is it, and what does it weigh?"),
    "DTH-DRUG": (("drugs",), "What is in it?"),
    "DIG": (("digital",), "Messages and calls of the week before."),
    "DTH-DIG": (("digital",), "Who was called last, and what was written?"),
    "DTH-DOC": (("documents",), "Is it in the hand of the deceased?"),
}
OTHERWISE = (("dna", "body-fluids"), "Is there blood on it, and whose DNA?")


def send_away(services: Services, cast: Cast, tick: Callable[[], None]) -> None:
    """Build submissions of exhibits that wait to be sent; `tick` moves the clock on before each step."""
    waiting = _waiting(services, cast)
    for fate, (builder, inspector, case, going) in zip(FATES, waiting, strict=False):
        tick()
        number = submissions.build(services, builder, case, _form(services, case, builder, cast, going))
        if fate != "draft":
            tick()
            submission_steps.offer(services, builder, number)
        if fate == "refused":
            tick()
            submission_steps.refuse(services, inspector, number, "Say what is disputed, then ask for less.")
        if fate in {"authorised", "sent"}:
            tick()
            seen = submission_pages.see(services, inspector, number).digest
            submission_steps.authorise(services, inspector, number, seen)
        if fate == "sent":
            tick()
            _send(services, cast, number, going[:1])


def _waiting(services: Services, cast: Cast) -> Iterator[tuple[Person, Person, int, list[Exhibit]]]:
    """Cases with exhibits in a store that are to be submitted, with who may build and who may authorise."""
    with services.store.read() as work:
        cases = work.cases.visible_to(0, frozenset(), True, False, "", 0, MOST_CASES)
        items = {one.id: [item.exhibit for item in work.items.in_case(one.id)] for one in cases}
    for case in cases:
        going = [one for one in items[case.id] if _may_go(one)]
        if going and case.team in cast.teams:
            team = cast.teams.index(case.team)
            yield cast.supervisors[team], cast.inspectors[team], case.id, going


def _may_go(exhibit: Exhibit) -> bool:
    return exhibit.forensic is Forensic.TO_SUBMIT and exhibit.custody.kind is CustodyKind.STORE


def _form(services: Services, case: int, builder: Person, cast: Cast, going: list[Exhibit]) -> Form:
    first = first_form(submissions.candidates(services, builder, case)[0], going)
    toxic = any(one.category in {"TOX-D", "RTA"} for one in going)
    return Form(
        {one.register_no: LineForm(*ASKED.get(one.category, OTHERWISE)) for one in going},
        laboratory=str(cast.labs[1 if toxic else 0].id),
        grade=first.grade or "F2",
        contact=first.contact,
        circumstances="Found at home by a neighbour. Who was there before, and what was taken, is not known.",
        risks=first.risks,
    )


def _send(services: Services, cast: Cast, number: int, going: list[Exhibit]) -> None:
    courier = cast.labs[2].id
    for one in going:
        given = Particulars(place=courier, submission=called(number))
        happenings.happen(services, cast.staff[one.custody.id][0], [one.register_no], "SUBMIT", given)
