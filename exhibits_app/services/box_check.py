"""Checking what is in a box against what it was said to hold when it was opened: on a page, item by item."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain.box_words import told
from ..domain.boxes import Box, family, manifest_sha256
from ..domain.custody import Asked
from ..domain.custody.boxes import box_after, check_box, check_inner_seen
from ..domain.errors import BoxShut, NotAChoice, NotFound, NothingToCount, SealUsedBefore
from ..domain.events import Basis, Body, BoxOpened, BoxRef, BoxSealed, Envelope, Sighted
from ..domain.exhibit import Exhibit
from ..domain.history import sentence
from ..domain.people import Person
from ..domain.text import SEAL_LIMIT, optional
from .act_boxes import as_seen_in, not_seen
from .boxes import find, hold, is_hidden
from .codes import check_live, parse
from .context import Services
from .kinds import is_store_staff, seal_user
from .ports import Held, Manifest, Work
from .recording import Happening, record


@dataclass(frozen=True, slots=True)
class Expected:
    """An item on the manifest of the opening: whether it was seen in the box since, or has left it.

    `hidden` is for one of a restricted case that this person does not belong to.
    """

    exhibit: Exhibit
    seen: bool
    left: bool
    hidden: bool


@dataclass(frozen=True, slots=True)
class Check:
    """A check under way: what was expected, and the property references of what is in it besides."""

    box: Box
    since: datetime
    expected: list[Expected]
    found: list[int]

    @property
    def missing(self) -> int:
        """How many are recorded in the box and were not seen yet."""
        return sum(not one.seen and not one.left for one in self.expected)


def begin(services: Services, by: Person, box_id: int, reason: str) -> Box:
    """Open the box and begin to check it. Raises BadInput, CustodyRefusal, NoRight, NotFound."""
    why = optional(reason, "reason", "the reason")

    def change(work: Work) -> Box:
        box, asked = _asked(services, work, by, box_id, reason=why or None)
        check_box("OPEN", box, asked)
        within = family(box.id, work.boxes.parents_below([box.id]))
        inside = work.items.hold_all(work.boxes.items_in(within))
        ref = BoxRef(box.id, box.name, manifest_sha256(inside), len(inside))
        seal = box.seal.number or None
        _record(services, work, asked, ref, [(held, BoxOpened(ref, seal)) for held in inside.values()])
        return _keep(services, work, "OPEN", box, asked, box_after("OPEN", box, asked), inside)

    return services.store.write(change)


def see(services: Services, by: Person, box_id: int) -> Check:
    """How far the check of the box is. Raises NotFound, NothingToCount when none is under way."""
    with services.store.read() as work:
        box = find(work, by, box_id)
        opening = work.boxes.opening(box.id)
        if box.counting_since is None or opening is None:
            raise NothingToCount(box.name)
        lies = {number for number, where in work.boxes.items_in([box.id]).items() if where == box.id}
        expected = [_expected(work, by, box, held) for held in work.items.hold_all(opening.items).values()]
        found = sorted(lies - set(opening.items))
        return Check(box, box.counting_since, [one for one in expected if one is not None], found)


def confirm(services: Services, by: Person, box_id: int, item: str) -> str:
    """Record that this item, by its code or property reference, was seen in the box; gives the sentence that says so.

    Raises BadInput, LabelRefusal, BoxShut, NothingToCount, NoRight, NotFound.
    """

    def change(work: Work) -> str:
        box, asked = _asked(services, work, by, box_id)
        if box.closed:
            raise BoxShut(box.name, box.name, box.shut)
        if box.counting_since is None:
            raise NothingToCount(box.name)
        held = work.items.hold(_number(work, item))
        envelope = _envelope(services, asked, box.ref, Basis.MANUAL)
        seen = as_seen_in(box, Happening(held, envelope, Sighted(box.place)))
        events = record(work, services.ids, work.policies.current(asked.now), seen)
        return f"{sentence(events[0], held.exhibit.ref if held.exhibit else '')}."

    return services.store.write(change)


def finish(services: Services, by: Person, box_id: int, seal: str = "") -> list[int]:
    """End the check, and with a seal number close the box under it. What nobody saw is not in the box any more.

    Gives the property references of what was not seen. Raises BadInput, SealUsedBefore, NothingToCount,
    InnerBoxNotSeen, NoRight, NotFound.
    """
    number = optional(seal, "seal", "the seal number", SEAL_LIMIT).upper()

    def change(work: Work) -> list[int]:
        box, asked = _asked(services, work, by, box_id, new_seal=number or None)
        if box.counting_since is None:
            raise NothingToCount(box.name)
        if number:
            _check_seal(work, box, asked, number)
        within = family(box.id, work.boxes.parents_below([box.id]))
        check_inner_seen(box, work.boxes.hold_all(within).values())
        inside = work.items.hold_all(work.boxes.items_in(within))
        gone = {held.register_no: one for held in inside.values() if (one := _gone(box, held)) is not None}
        stays = {number: held for number, held in inside.items() if number not in gone}
        ref = BoxRef(box.id, box.name, manifest_sha256(stays), len(stays))
        raised: list[tuple[Held, Body]] = [(inside[one], body) for one, body in gone.items()]
        _record(services, work, asked, ref, raised, Basis.MANUAL)
        if number:
            _record(services, work, asked, ref, [(held, BoxSealed(ref, number)) for held in stays.values()])
            work.boxes.use_seal(number, box.id, asked.now)
        after = box_after("SEAL", box, asked) if number else replace(box, counting_since=None, last_at=asked.at)
        _keep(services, work, "SEAL" if number else "CHECK", box, asked, after, stays)
        return sorted(gone)

    return services.store.write(change)


def _expected(work: Work, by: Person, box: Box, held: Held) -> Expected | None:
    exhibit = held.exhibit
    if exhibit is None:
        return None
    here = exhibit.box is not None
    return Expected(exhibit, here and not_seen(box, exhibit) is None, not here, is_hidden(work, by, exhibit))


def _gone(box: Box, held: Held) -> Body | None:
    return not_seen(box, held.exhibit) if held.exhibit else None


def _asked(
    services: Services, work: Work, by: Person, box_id: int, reason: str | None = None, new_seal: str | None = None
) -> tuple[Box, Asked]:
    box = hold(work, by, box_id)
    now = services.clock.now()
    return box, Asked(by.ref, now, now, store_staff=is_store_staff(by, box), reason=reason, new_seal=new_seal)


def _check_seal(work: Work, box: Box, asked: Asked, number: str) -> None:
    check_box("SEAL", box, asked)
    user = seal_user(work, number)
    if user is not None:
        raise SealUsedBefore(box.name, number, user)


def _number(work: Work, text: str) -> int:
    """The property reference that was typed, or that of the item whose code was scanned."""
    clean = text.strip()
    if clean.isascii() and clean.isdigit() and len(clean) < 16:
        return int(clean)
    if not clean:
        raise NotAChoice("item", "an item: scan its label")
    code = parse(clean)
    label = check_live(work, work.labels.find(code), code, "an item")
    if label.kind != "E" or label.subject is None:
        raise NotFound("item")
    return label.subject


def _envelope(services: Services, asked: Asked, box: BoxRef, basis: Basis) -> Envelope:
    event = services.ids.event_id()
    return Envelope(event, asked.at, asked.now, asked.actor, event, basis, reason=asked.reason, box=box)


def _record(
    services: Services,
    work: Work,
    asked: Asked,
    box: BoxRef,
    told_of: Iterable[tuple[Held, Body]],
    basis: Basis = Basis.CONTAINER_SCAN,
) -> None:
    act = services.ids.event_id()
    happenings = [
        Happening(held, replace(_envelope(services, asked, box, basis), act=act), body) for held, body in told_of
    ]
    if happenings:
        record(work, services.ids, work.policies.current(asked.now), happenings)


def _keep(services: Services, work: Work, kind: str, box: Box, asked: Asked, after: Box, inside: Iterable[int]) -> Box:
    items = tuple(inside)
    work.boxes.save([after])
    event, said = services.ids.event_id(), told(kind, box, asked, len(items))
    work.boxes.add_manifests(
        [Manifest(box.id, event, event, kind, asked.at, asked.now, asked.actor, items, manifest_sha256(items), said)]
    )
    return after
