"""The rules of what an item is: known again without its label, and found property that becomes an exhibit."""

from ..cases import ITEM_CATEGORY_NAMES
from ..errors import NotAChoice, NotFoundProperty, TwoWaysNeeded
from ..events import CaseRef, Promoted, Relabelled
from ..exhibit import Exhibit
from ..people import PersonRef
from .asked import Asked, check_act, check_seal

FOUND_PROPERTY = "NON"


def relabel(exhibit: Exhibit, asked: Asked) -> Relabelled:
    """Known by two ways that do not depend on each other; the label before is worth nothing from now on.

    Of `asked`, `seal` is the number read on the bag, `identity` the SHA-256 of the photograph that it was held
    against, `text` what a serial number or the description says, `witness` a second person who knows it.
    """
    check_act(exhibit, asked)
    check_seal(exhibit, asked)
    ways = (
        f"seal {asked.seal}" if asked.seal else "",
        f"photograph {asked.identity[:12]}" if asked.identity else "",
        f"serial number or description ({asked.text})" if asked.text else "",
        asked.witness.name if asked.witness else "",
    )
    known = tuple(way for way in ways if way)
    if len(known) < 2:
        raise TwoWaysNeeded(exhibit.ref)
    return Relabelled(known, exhibit.code)


def promote(
    exhibit: Exhibit, asked: Asked, reference: str, producer: PersonRef, category: str, case: CaseRef
) -> Promoted:
    """Found property or safekeeping becomes an exhibit. Its history and its clocks go on from the seizure."""
    check_act(exhibit, asked)
    if exhibit.category != FOUND_PROPERTY:
        raise NotFoundProperty(exhibit.ref)
    if category not in ITEM_CATEGORY_NAMES or category == FOUND_PROPERTY:
        raise NotAChoice("category", "a category for the exhibit")
    return Promoted(reference, producer, category, case)
