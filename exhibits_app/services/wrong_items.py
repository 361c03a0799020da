"""The laboratory sent back another item: what came is put on record, and what was expected is still waited for."""

from dataclasses import dataclass, replace

from ..domain.custody import wrong_item as rules
from ..domain.errors import MissingValue, NotFound
from ..domain.exhibit import Exhibit
from ..domain.people import Action, Person, may
from ..domain.text import LINE_LIMIT, optional
from .context import Services
from .corrections import other_item
from .exhibits import may_see
from .happenings import envelope
from .kinds import check_rights
from .ports import Held, Work
from .recording import Happening, keep_seals, record
from .typed_acts import Named, Particulars, asked_of


@dataclass(frozen=True, slots=True)
class Came:
    """What came, as somebody typed it: the code or property reference of a known item, or words for an unknown one.

    `given` says where it was put, the seal that was read on it, and anything to add.
    """

    item: str
    words: str
    given: Particulars


@dataclass(frozen=True, slots=True)
class Recorded:
    """What was put on record: the known item that came, as this person may know of it, or None; and the case."""

    came: str | None
    case: int


def record_wrong_item(services: Services, by: Person, expected: int, came: Came) -> Recorded:
    """Record both sides in one act: what came is here, what was expected is not.

    Raises CustodyRefusal, BadInput, NoRight, NotFound. Nothing moves from one holder to another but what had been
    out for examination itself.
    """
    now = services.clock.now()
    words = optional(came.words, "words", "what came", LINE_LIMIT)
    if not (came.item.strip() or words):
        raise MissingValue("item", "the code or property reference of what came, or say below what it is")

    def change(work: Work) -> Recorded:
        _require_seen(work, by, expected)
        other = _known(work, came.item) if came.item.strip() else None
        held = work.items.hold_all({expected} | ({other} if other else set()))
        waited = _there(held[expected])
        arrived = _there(held[other]) if other else None
        happenings = [_still_away(services, work, by, held[expected], waited, arrived, words, came.given)]
        if other and arrived:
            happenings += _arrived(services, work, by, held[other], arrived, waited, came.given)
        same = happenings[0].envelope.act
        together = [replace(one, envelope=replace(one.envelope, act=same)) for one in happenings]
        keep_seals(work, record(work, services.ids, work.policies.current(now), together))
        return Recorded(_called(work, by, arrived) if arrived else None, waited.case.id)

    return services.store.write(change)


def _still_away(
    services: Services,
    work: Work,
    by: Person,
    held: Held,
    waited: Exhibit,
    arrived: Exhibit | None,
    words: str,
    given: Particulars,
) -> Happening:
    now = services.clock.now()
    named = Named.of(work, given, {})
    check_rights(work, by, "WRONG_ITEM", waited, named.place)
    told = f"property reference {arrived.register_no}" if arrived else f"something unknown: {words}"
    body = rules.still_away(waited, arrived.register_no if arrived else None, told)
    asked = asked_of(by, given, named, waited, at=now, now=now)
    return Happening(held, envelope(services, by, asked, services.ids.event_id(), given, now), body)


def _arrived(
    services: Services, work: Work, by: Person, held: Held, arrived: Exhibit, waited: Exhibit, given: Particulars
) -> list[Happening]:
    now = services.clock.now()
    asked = asked_of(by, given, Named.of(work, given, {}), arrived, at=now, now=now)
    bodies = rules.came(arrived, asked, f"property reference {waited.register_no}")
    return [Happening(held, envelope(services, by, asked, "", given, now), body) for body in bodies]


def _require_seen(work: Work, by: Person, expected: int) -> None:
    """Looked at without a lock: both items are locked together, in the order of their numbers.

    Whoever unpacks what laboratories send may say what was not in the bag, though they have not the item in store.
    """
    exhibit = work.items.find(expected).exhibit
    case = work.cases.find(exhibit.case.id)
    unpacks = not case.restricted and may(by, Action.SUBMIT)
    if not (unpacks or may_see(by, case, exhibit)):
        raise NotFound("item")


def _known(work: Work, text: str) -> int:
    try:
        return other_item(work, text)
    except NotFound:
        raise MissingValue("item", "a code or property reference that is on record, or leave it empty") from None


def _called(work: Work, by: Person, arrived: Exhibit) -> str:
    """Its reference for those who may know of its case, else the number alone: the label was in their hands."""
    knows = may_see(by, work.cases.find(arrived.case.id), arrived)
    return arrived.ref if knows else f"property reference {arrived.register_no}"


def _there(held: Held) -> Exhibit:
    if held.exhibit is None:
        raise NotFound("item")
    return held.exhibit
