"""The ledger as a whole, for those who check it."""

from dataclasses import dataclass

from ..domain.people import Action, Person, require
from .context import Services


@dataclass(frozen=True, slots=True)
class LedgerFacts:
    """The ledger's name in every entry, how many entries it has, and how many items they are about."""

    origin: str
    entries: int
    items: int


def facts(services: Services, by: Person) -> LedgerFacts:
    """What the ledger holds at this moment. Raises NoRight."""
    require(by, Action.SEE_LEDGER)
    with services.store.read() as work:
        return LedgerFacts(work.ledger.origin(), work.ledger.size(), work.items.count())
