"""One box for whatever is in someone's hand: a label's code, a property or exhibit reference, or a seal."""

import re
from dataclasses import dataclass, field

from labels import payload

from ..domain import words
from ..domain.errors import LabelRefusal, NotACode, NotFound, RevokedLabel, WrongKindOfCode
from ..domain.people import Action, Person, Target, may
from ..domain.places import Place
from ..domain.submissions import number_of
from ..domain.text import NAME_LIMIT, optional
from . import boxes, exhibits, packing
from .codes import check_live, parse, require_kind, unknown
from .context import Services
from .ports import IssuedLabel, ListedItem, Work

# As long as a code and with a digit: then it is worth saying why it is none.
_LIKE_A_CODE = re.compile(r"(?=.*[0-9])[0-9A-Za-z](?:[- ]?[0-9A-Za-z]){9}")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `warning` is a sentence that must be read first, such as STOP for a revoked label.

    `box` and `place` are set when the label of one was scanned that this person may see, `case` for the reference of
    one, `submission` for the number of one that they may read and `packing` for one that they pack.
    `also` holds words that mean the same as one that was typed and were looked for too.
    `older` is where to look on for items with these words, 0 at the end.
    """

    items: list[ListedItem]
    warning: str = ""
    older: int = 0
    case: int | None = None
    box: int | None = None
    place: Place | None = None
    submission: int | None = None
    packing: int | None = None
    also: dict[str, list[str]] = field(default_factory=dict)


def search(services: Services, by: Person, text: str, before: int = 0) -> Found:
    """Items that this person may see: of this code, number, reference or seal, else with these words, newest first.

    With `before`, items with these words and lower register numbers. Raises BadInput for a text that cannot be searched
    for.
    """
    wanted = optional(text, "q", "the search", NAME_LIMIT)
    if not wanted:
        return Found([])
    try:
        code = parse(wanted)
    except NotACode as refusal:
        return _of_words(services, by, wanted, before, refusal)
    return _of_code(services, by, code)


def _of_words(services: Services, by: Person, wanted: str, before: int, refusal: NotACode) -> Found:
    """What is not a code: a reference or a seal, a case, or words."""
    exact = [] if before else exhibits.find(services, by, wanted)
    if exact:
        return Found(exact)
    form = number_of(wanted)
    way = packing.way_in(services, by, form) if form else None
    if way is not None:
        return Found([], submission=form) if way else Found([], packing=form)
    case = None if before else _case(services, by, wanted)
    if case is not None:
        return Found([], case=case)
    items, older = exhibits.told(services, by, wanted, before)
    like_a_code = not items and not older and _LIKE_A_CODE.fullmatch(wanted)
    return Found(items, refusal.sentence() if like_a_code else "", older, also=words.also(wanted))


def _case(services: Services, by: Person, reference: str) -> int | None:
    with services.store.read() as work:
        try:
            case = work.cases.by_reference(reference)
        except NotFound:
            return None
    return case.id if may(by, Action.SEE_CASE, case.target) else None


def _of_code(services: Services, by: Person, code: str) -> Found:
    """The item of a label. What the label stands for is named only to those who may see it."""
    with services.store.read() as work:
        label = work.labels.find(code)
        if label is None:
            return Found([], unknown(work, code).sentence())
        other = _no_item(work, by, label)
    if other is not None:
        return other
    items: list[ListedItem] = []
    try:
        require_kind(code, payload.CodeType.ITEM)
        items = _subject(services, by, label)
        name = items[0].exhibit.ref if items else "an item"
        with services.store.read() as work:
            check_live(work, label, code, name)
    except (RevokedLabel, WrongKindOfCode) as refusal:
        return Found(items, refusal.sentence())
    except LabelRefusal as refusal:
        return Found([], refusal.sentence())
    return Found(items)


def _no_item(work: Work, by: Person, label: IssuedLabel | None) -> Found | None:
    """The box or the place in a store that a good label stands for, scanned before or not, if it is theirs to see."""
    if label is None or label.subject is None or label.state not in {"live", "printed"}:
        return None
    if label.kind == payload.CodeType.BOX.value:
        box = _box(work, by, label.subject)
        return None if box is None else Found([], box=box)
    if label.kind == payload.CodeType.PLACE.value:
        place = work.places.find(label.subject)
        store = place.store or place.id
        seen = place.inside and may(by, Action.SEE_STORE, Target(store=store))
        return Found([], place=place) if seen else None
    return None


def _box(work: Work, by: Person, box_id: int) -> int | None:
    try:
        return boxes.find(work, by, box_id).id
    except NotFound:
        return None


def _subject(services: Services, by: Person, label: IssuedLabel | None) -> list[ListedItem]:
    if label is None or label.subject is None:
        return []
    try:
        return exhibits.chosen(services, by, [label.subject])
    except NotFound:
        return []
