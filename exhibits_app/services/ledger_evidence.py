"""Evidence bundles for people with the right to hand them out; the log of reads says what was withheld, and why."""

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass

from ..domain import disclosure
from ..domain.cases import Case
from ..domain.errors import NotFound, NotProvable
from ..domain.fact_names import fact_name, kind_name
from ..domain.people import Action, Person, may, require
from ..domain.text import PROSE_LIMIT, optional, required
from . import ledger_bundle, ledger_values
from .cases import note_read
from .context import Services
from .ports import Work

OF_ITEM = "evidence bundle"
OF_CASE = "evidence bundle of case"
EVERY = 2**31 - 1
_NAMED = 40  # So many withheld values are named in the log of reads; of the others, how many.


@dataclass(frozen=True, slots=True)
class Named:
    """The values of one name over all items of a case: `called` is like "Seizure: who found it"."""

    name: str
    called: str
    count: int


@dataclass(frozen=True, slots=True)
class CaseValues:
    """A case with the names of the values that its items' events disclose."""

    case: Case
    items: int
    names: tuple[Named, ...]


@dataclass(frozen=True, slots=True)
class LogName:
    """What somebody who checks a bundle must be told from elsewhere; no key before the first."""

    origin: str
    key: str | None


def log_name(services: Services) -> LogName:
    """The log's origin and its newest verifier key."""
    with services.store.read() as work:
        keys = work.checkpoints.all_keys()
        return LogName(work.ledger.origin(), keys[-1].key if keys else None)


def of_item(services: Services, by: Person, register_no: int, withheld: Collection[str], reason: str) -> bytes:
    """The .zip of one item without the values of these digests. Raises NotFound, NoRight, MissingValue, NotProvable.

    A reason is needed where anything is withheld.
    """
    said = _reason(reason, bool(withheld))
    seen = ledger_values.see(services, by, register_no, Action.HAND_OUT_EVIDENCE)
    chosen = [
        (value.digest, f"{value.called} (entry {event.seq + 1}, {event.called.lower()})")
        for event in seen.events
        for value in event.values
        if value.digest in set(withheld)
    ]
    if len(chosen) != len(set(withheld)):
        raise NotProvable("one of the values is not on record any more; open the page again")
    digests = frozenset(digest for digest, _ in chosen)
    packed = ledger_bundle.make(services, [register_no], digests=digests, reason=said)
    note_read(services, by, OF_ITEM, register_no, note([called for _, called in chosen], said))
    return packed


def values_of_case(services: Services, by: Person, case_id: int) -> CaseValues:
    """What the items of the case disclose, by name. Raises NotFound, NoRight."""
    with services.store.read() as work:
        case = _allowed(work, by, case_id)
        numbers = _items(work, case)
        counted = Counter(
            disclosure.read(told).name
            for number in numbers
            for entry in work.ledger.of_item(number, limit=EVERY)
            for told in entry.disclosures
        )
    named = (Named(name, _called(name), count) for name, count in counted.items())
    return CaseValues(case, len(numbers), tuple(sorted(named, key=lambda one: one.called)))


def of_case(services: Services, by: Person, case_id: int, withheld: Collection[str], reason: str) -> bytes:
    """The .zip of every item of the case without the values of these names. Raises as `of_item`."""
    said = _reason(reason, bool(withheld))
    with services.store.read() as work:
        numbers = _items(work, _allowed(work, by, case_id))
    if not numbers:
        raise NotProvable("the case has no exhibits")
    packed = ledger_bundle.make(services, numbers, frozenset(withheld), reason=said)
    note_read(services, by, OF_CASE, case_id, note([_called(name) for name in withheld], said))
    return packed


def log_command(services: Services, numbers: Sequence[int], withheld: Sequence[str], reason: str, user: str) -> None:
    """Log that whoever holds this account on the machine took a bundle of these items."""
    said = f"{note([_called(name) for name in withheld], reason)} Taken by the account {user}."
    for number in numbers:
        note_read(services, None, OF_ITEM, number, said)


def note(withheld: Sequence[str], reason: str) -> str:
    """What the log of reads says of a bundle."""
    if not withheld:
        return "Nothing was withheld."
    more = f" and {len(withheld) - _NAMED:,} more" if len(withheld) > _NAMED else ""
    return f"Withheld: {'; '.join(withheld[:_NAMED])}{more}. Reason: {reason or 'none was given'}"


def _reason(reason: str, needed: bool) -> str:
    if needed:
        return required(reason, "reason", "why these values are withheld", PROSE_LIMIT)
    return optional(reason, "reason", "the reason", PROSE_LIMIT)


def _called(name: str) -> str:
    kind, _, _ = name.rpartition(".")
    return f"{kind_name(kind)}: {fact_name(name)}" if kind else f"Every event: {fact_name(name)}"


def _allowed(work: Work, by: Person, case_id: int) -> Case:
    case = work.cases.find(case_id)
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("case")
    require(by, Action.HAND_OUT_EVIDENCE, case.target)
    return case


def _items(work: Work, case: Case) -> list[int]:
    return [listed.exhibit.register_no for listed in work.items.in_case(case.id, 0, 100_000)]
