"""What is on offer to a person, what they offered and nobody answered, and what they hold."""

from dataclasses import dataclass
from datetime import datetime

from ..domain.people import Person
from .context import Services
from .ports import ListedItem

# More than this many offers at once are answered in several goes.
MOST_OFFERS = 100


@dataclass(frozen=True, slots=True)
class Mine:
    """Offers, the oldest items first, and one page of what the person holds."""

    to_me: list[ListedItem]
    by_me: list[ListedItem]
    held: list[ListedItem]
    next_after: int | None
    now: datetime


def mine(services: Services, by: Person, after: int = 0, limit: int = 50) -> Mine:
    """A person's handovers; what they hold continues after the register number `after`."""
    with services.store.read() as work:
        held = work.items.held_by(by.id, after, limit + 1)
        return Mine(
            work.items.offered_to(by.id, 0, MOST_OFFERS),
            work.items.offered_by(by.id, 0, MOST_OFFERS),
            held[:limit],
            held[limit - 1].exhibit.register_no if len(held) > limit else None,
            services.clock.now(),
        )
