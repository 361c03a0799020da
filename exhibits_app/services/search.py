"""One box for whatever is in someone's hand: a label's code, a property or exhibit reference, or a seal."""

import re
from dataclasses import dataclass

from labels import payload

from ..domain.errors import LabelRefusal, NotACode, NotFound, RevokedLabel, WrongKindOfCode
from ..domain.people import Person
from ..domain.text import NAME_LIMIT, optional
from . import exhibits
from .codes import check_live, parse, require_kind
from .context import Services
from .ports import IssuedLabel, ListedItem

# As long as a code and with a digit: then it is worth saying why it is none.
_LIKE_A_CODE = re.compile(r"(?=.*[0-9])[0-9A-Za-z](?:[- ]?[0-9A-Za-z]){9}")


@dataclass(frozen=True, slots=True)
class Found:
    """What a search found. `warning` is a sentence that must be read first, such as STOP for a revoked label."""

    items: list[ListedItem]
    warning: str = ""


def search(services: Services, by: Person, text: str) -> Found:
    """Items that this person may see. Raises BadInput for a text that cannot be searched for."""
    wanted = optional(text, "q", "the search", NAME_LIMIT)
    if not wanted:
        return Found([])
    try:
        code = parse(wanted)
    except NotACode as refusal:
        items = exhibits.find(services, by, wanted)
        return Found(items, "" if items or not _LIKE_A_CODE.fullmatch(wanted) else refusal.sentence())
    return _of_code(services, by, code)


def _of_code(services: Services, by: Person, code: str) -> Found:
    """The item of a label. What the label stands for is named only to those who may see it."""
    with services.store.read() as work:
        label = work.labels.find(code)
    items: list[ListedItem] = []
    try:
        require_kind(code, payload.CodeType.ITEM)
        items = _subject(services, by, label)
        name = items[0].exhibit.ref if items else "an item"
        check_live(label, code, name)
    except (RevokedLabel, WrongKindOfCode) as refusal:
        return Found(items, refusal.sentence())
    except LabelRefusal as refusal:
        return Found([], refusal.sentence())
    return Found(items)


def _subject(services: Services, by: Person, label: IssuedLabel | None) -> list[ListedItem]:
    if label is None or label.subject is None:
        return []
    try:
        return exhibits.chosen(services, by, [label.subject])
    except NotFound:
        return []
