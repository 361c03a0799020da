"""The rules of a laboratory that sends back another item: what came is here, what was expected is still there."""

from ..errors import ThatIsTheItem
from ..events import Body, DiscrepancyRaised, Sighted
from ..exhibit import Exhibit
from ..laboratory import away_since
from .asked import Asked, check_time, store_place
from .outside import check_out, returned

WRONG = "wrong item back"


def still_away(exhibit: Exhibit, came: int | None, seen: str) -> DiscrepancyRaised:
    """What is raised on the item that was expected: it stays where it is recorded, and its clocks run on.

    `came` is the register number of what came, `seen` what it is called. Raises NotSentOut, ThatIsTheItem.
    """
    if came == exhibit.register_no:
        raise ThatIsTheItem(exhibit.ref)
    check_out(exhibit)
    return DiscrepancyRaised(WRONG, seen, exhibit.where)


def came(exhibit: Exhibit, asked: Asked, instead_of: str = "") -> tuple[Body, DiscrepancyRaised]:
    """What is recorded of a known item that came without being expected: that it is here, and that this is odd.

    One that was out for examination too has come back; any other was sighted, and nobody changes who answers for it.
    Raises PlaceNeeded, NotAStorePlace, PlaceClosed, OccurredInTheFuture.
    """
    check_time(exhibit, asked)
    place = store_place(exhibit, asked).ref
    here: Body = returned(exhibit, asked, place) if is_out(exhibit) else Sighted(place, asked.seal)
    seen = f"from the laboratory instead of {instead_of}" if instead_of else "from the laboratory"
    return here, DiscrepancyRaised(WRONG, seen, exhibit.where)


def is_out(exhibit: Exhibit) -> bool:
    """Whether it is out for examination itself."""
    return away_since(exhibit) is not None and not exhibit.disposed
