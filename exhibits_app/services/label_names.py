"""What a label is of, in the words that the person who asks may know."""

from labels.payload import CodeType

from ..domain.people import Action, Person, Target, may
from .ports import IssuedLabel, Work

UNNAMED = "an item that you may not see"


def name_of(work: Work, by: Person, label: IssuedLabel) -> str:
    """What the label is of. An item of a case that this person may not see has no name."""
    if label.subject is None:
        return "nothing yet"
    if label.kind == CodeType.ITEM.value:
        return _item(work, by, label.subject)
    if label.kind == CodeType.PLACE.value:
        return work.places.find(label.subject).name
    if label.kind == CodeType.BOX.value:
        return work.boxes.find(label.subject).name
    return f"the badge of {work.accounts.person(label.subject).called}"


def _item(work: Work, by: Person, register_no: int) -> str:
    exhibit = work.items.find(register_no).exhibit
    case = work.cases.find(exhibit.case.id)
    in_store = exhibit.in_store and not case.restricted
    if may(by, Action.SEE_CASE, case.target) or (
        in_store and may(by, Action.RELABEL, Target(store=exhibit.custody.id))
    ):
        return f"{exhibit.ref} in {exhibit.case.reference}"
    return UNNAMED
