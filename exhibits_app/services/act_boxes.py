"""A box among what an act scanned: everything recorded in it is taken with it, the whole box or none of it.

Every item in it gets an event of its own, inferred from the box, with the SHA-256 of what the box was said to hold.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from uuid import UUID, uuid5

from ..domain.box_words import told
from ..domain.boxes import Box, box_at, check_no_cycle, family, manifest_sha256
from ..domain.custody import Asked
from ..domain.custody.boxes import HANDED, KINDS, box_after, carried, check_box, check_inner_seen, check_joins
from ..domain.errors import BoxEmpty, BoxHeldUp, DuplicateScan, NotForABox, Refusal, SealUsedBefore
from ..domain.events import (
    FOUND_IN_BOX,
    LEFT_SHUT_BOX,
    NOT_IN_BOX,
    Accepted,
    Basis,
    Body,
    BoxOpened,
    BoxRef,
    BoxSealed,
    DiscrepancyRaised,
    Moved,
    PutIn,
    Sighted,
    SignedOut,
    TakenOut,
)
from ..domain.exhibit import Exhibit, SealKind
from .act_asked import asked_of, body_of, envelope_of, happened_at
from .act_shapes import LIVE, BoxTaken, Judged, Resolved, ScannedItem
from .kinds import check_any_rights, check_box_rights, seal_user
from .ports import Held, Manifest, Work
from .recording import Happening


@dataclass(slots=True)
class Boxes:
    """The boxes that an act is about, locked, with those inside them; and which items may be in them.

    `joined` collects the boxes that items went into or came out of one by one.
    """

    held: dict[int, Box] = field(default_factory=dict)
    parents: dict[int, int] = field(default_factory=dict)
    items: set[int] = field(default_factory=set)
    known: dict[str, int] = field(default_factory=dict)
    taken: set[int] = field(default_factory=set)
    joined: set[int] = field(default_factory=set)


def load(work: Work, resolved: Resolved, scanned: dict[str, int]) -> Boxes:
    """Lock the boxes of the act, `scanned` by scan id and the one that it goes to, and find what may lie in them."""
    into = {resolved.box.id} if resolved.box else set()
    if not scanned and not into:
        return Boxes()
    wanted = set(scanned.values())
    parents = work.boxes.parents_below(wanted)
    held = work.boxes.hold_all(wanted | into | set(parents))
    items = set(work.boxes.items_in(wanted | set(parents)))
    late = any(_late(resolved, item, held[scanned[item.scan]]) for item in resolved.act.items if item.scan in scanned)
    if late:
        items |= work.boxes.ever_in(wanted | set(parents))
    if resolved.box:
        resolved.box = held[resolved.box.id]
    return Boxes(held, parents, items, work.boxes.known_scans(list(scanned)))


def judge_box(
    work: Work, resolved: Resolved, each: Judged, box: Box, boxes: Boxes, held: dict[int, Held], seen: set[int]
) -> BoxTaken:
    """What becomes of the box and of everything in it. Raises a Refusal: then nothing of it is recorded."""
    kind, item = resolved.act.kind, each.item
    asked = asked_of(resolved, item, box)
    late = _late(resolved, item, box)
    _check(work, resolved, box, boxes, asked, late=late)
    if box.id in boxes.taken:
        raise DuplicateScan(box.name)
    within = family(box.id, boxes.parents)
    inside = {number: held[number] for number in sorted(boxes.items - seen) if number in held}
    inside = {number: one for number, one in inside.items() if _lies_in(work, one, within, asked, late)}
    if kind in HANDED and not inside:
        raise BoxEmpty(box.name)
    sha256 = manifest_sha256(inside)
    scan = _Scan(work, resolved, item, box, asked, BoxRef(box.id, box.name, sha256, len(inside)), late)
    happenings = _happenings(scan, inside.values())
    seen |= set(inside)
    after = box_after(kind, box, asked, resolved.box)
    inner = tuple(carried(boxes.held[one], after) for one in sorted(within - {box.id}))
    boxes.held |= {one.id: one for one in (after, *inner)}
    boxes.taken |= within
    sentence = told(kind, box, asked, len(inside), resolved.box)
    manifest = Manifest(
        box.id, item.scan, resolved.act.id, kind, asked.at, resolved.now, asked.actor, tuple(inside), sha256, sentence
    )
    seal = (asked.new_seal or asked.seal or "") if kind == "SEAL" else ""
    return BoxTaken(box, (after, *inner) if after is not box else (), happenings, manifest, sentence, seal)


def as_seen_in(box: Box | None, happening: Happening) -> tuple[Happening, ...]:
    """What to record of an item that was seen in this box: one that was not recorded there is put there, as found."""
    held, body, envelope = happening.held, happening.body, happening.envelope
    exhibit = held.exhibit
    if box is None or exhibit is None or not isinstance(body, Sighted):
        return (happening,)
    if exhibit.box is not None and exhibit.box.id == box.id:
        return (happening,)
    raised = DiscrepancyRaised(FOUND_IN_BOX, box.name, exhibit.box.name if exhibit.box else exhibit.where)
    besides = Happening(held, replace(envelope, id=derived(envelope.id, "found")), raised)
    if (exhibit.custody.kind, exhibit.custody.id) != (box.custody.kind, box.custody.id):
        return happening, besides
    return Happening(held, replace(envelope, box=None), PutIn(box.ref, body.place, body.seal)), besides


def left_shut_box(work: Work, happening: Happening) -> tuple[Happening, ...]:
    """What is odd about an item that was scanned elsewhere by itself, while its box is on record as shut."""
    held, body = happening.held, happening.body
    exhibit = held.exhibit
    if exhibit is None or exhibit.box is None or happening.envelope.late or isinstance(body, PutIn | TakenOut):
        return ()
    place = getattr(body, "place", None)
    elsewhere = place is not None and (exhibit.place is None or place.id != exhibit.place.id)
    if not elsewhere and not isinstance(body, SignedOut | Accepted):
        return ()
    box = work.boxes.find(exhibit.box.id)
    if not box.closed:
        return ()
    raised = DiscrepancyRaised(LEFT_SHUT_BOX, "scanned by itself", f"in {box.name}, {box.shut}")
    return (Happening(held, replace(happening.envelope, id=derived(happening.envelope.id, "left")), raised),)


def check_joining(work: Work, resolved: Resolved, exhibit: Exhibit, boxes: Boxes, *, late: bool) -> None:
    """What the box says to an item that goes in, comes out or is seen in it. Raises BoxShut, BoxElsewhere."""
    kind = resolved.act.kind
    if kind == "SIGHTING" and resolved.box is not None:
        if not late:
            check_joins(exhibit.ref, resolved.box.custody, "", resolved.box)
        boxes.joined.add(resolved.box.id)
    if kind not in {"PUT_IN", "TAKE_OUT"}:
        return
    before = {exhibit.box.id} if exhibit.box else set()
    into = {resolved.box.id} if resolved.box else set()
    for number in sorted(before | into):
        box = boxes.held.get(number) or work.boxes.find(number)
        if not late:
            check_joins(exhibit.ref, exhibit.custody, exhibit.where, box)
        boxes.joined.add(number)


def keep_boxes(work: Work, resolved: Resolved, judged: Iterable[Judged], boxes: Boxes) -> None:
    """Keep what became of the boxes, after the items' events are recorded, and what each is said to hold now."""
    taken = [each.box for each in judged if each.box is not None]
    after = {box.id: box for one in taken for box in one.after}
    if after:
        work.boxes.save(list(after.values()))
    manifests = [one.manifest for one in taken]
    for one in taken:
        if one.seal and seal_user(work, one.seal) is None:
            work.boxes.use_seal(one.seal, one.box.id, resolved.now)
    manifests += _joined(work, resolved, boxes)
    if manifests:
        work.boxes.add_manifests(manifests)


def not_seen(box: Box, exhibit: Exhibit) -> DiscrepancyRaised | None:
    """What is to be raised of an item that nobody saw while the box was checked; None for one that was seen."""
    since = box.counting_since
    if since is None or exhibit.box is None or exhibit.box.id != box.id:
        return None
    if exhibit.last_sighted_at is not None and exhibit.last_sighted_at >= since:
        return None
    return DiscrepancyRaised(NOT_IN_BOX, "not there", box.name)


def derived(scan: str, what: str) -> str:
    """The id of an event that follows from a scan: the same scan gives the same id."""
    return str(uuid5(UUID(scan), what))


@dataclass(frozen=True, slots=True)
class _Scan:
    """A scan of a box, with all that the events of the items in it say."""

    work: Work
    resolved: Resolved
    item: ScannedItem
    box: Box
    asked: Asked
    ref: BoxRef
    late: bool


def _late(resolved: Resolved, item: ScannedItem, box: Box) -> bool:
    at = happened_at(resolved, item)
    return resolved.now - at > LIVE or at < box.last_at


def _check(work: Work, resolved: Resolved, box: Box, boxes: Boxes, asked: Asked, *, late: bool) -> None:
    kind = resolved.act.kind
    if kind not in KINDS:
        raise NotForABox(box.name, kind.replace("_", " "))
    check_box_rights(resolved.operators, kind, box, resolved.place)
    if kind in {"PUT_IN", "SIGHTING"} and resolved.box is not None:
        check_no_cycle(box, resolved.box, work.boxes.parents_below([box.id]))
    if late:
        return
    check_box(kind, box, asked, resolved.box)
    if kind == "SEAL":
        check_inner_seen(box, boxes.held.values())
    number = (asked.new_seal or asked.seal) if kind == "SEAL" else None
    user = seal_user(work, number) if number else None
    if number and user is not None:
        raise SealUsedBefore(box.name, number, user)


def _lies_in(work: Work, held: Held, within: frozenset[int], asked: Asked, late: bool) -> bool:
    """Whether the item lay in one of these boxes when the box was scanned."""
    box = held.exhibit.box if held.exhibit else None
    if late:
        box = box_at(work.ledger.events_of(held.register_no), asked.at)
    return box is not None and box.id in within


def _happenings(scan: _Scan, inside: Iterable[Held]) -> tuple[Happening, ...]:
    """What is recorded for each item. Raises BoxHeldUp when one of them cannot go with the box."""
    happenings: list[Happening] = []
    refusals: list[Refusal] = []
    for held in inside:
        if held.exhibit is None:
            continue
        try:
            happenings += _of_item(scan, held, held.exhibit)
        except Refusal as refusal:
            refusals.append(refusal)
    if refusals:
        raise BoxHeldUp(scan.box.name, refusals[0].sentence(), len(refusals))
    return tuple(happenings)


def _of_item(scan: _Scan, held: Held, exhibit: Exhibit) -> list[Happening]:
    late = scan.late or scan.asked.at < exhibit.last_event_at
    envelope = replace(
        envelope_of(scan.resolved, scan.item, late),
        id=derived(scan.item.scan, str(exhibit.register_no)),
        basis=Basis.CONTAINER_SCAN,
        box=scan.ref,
        condition=None,
    )
    happenings = [Happening(held, envelope, _body(scan, exhibit, late=late))]
    seal, kind = scan.asked.seal, scan.resolved.act.kind
    if seal and kind != "SEAL" and seal != scan.box.seal.number:
        raised = DiscrepancyRaised("wrong seal on its box", seal, scan.box.seal.number or "unsealed")
        other = replace(envelope, id=derived(scan.item.scan, f"{exhibit.register_no} seal"))
        happenings.append(Happening(held, other, raised))
    return happenings


def _body(scan: _Scan, exhibit: Exhibit, *, late: bool) -> Body:
    kind, box, resolved = scan.resolved.act.kind, scan.box, scan.resolved
    number = scan.asked.new_seal or scan.asked.seal
    if kind == "SEAL" and number:
        return not_seen(box, exhibit) or BoxSealed(scan.ref, number)
    if kind == "OPEN":
        return BoxOpened(scan.ref, box.seal.number or None)
    if kind in {"SIGHTING", "PUT_IN", "TAKE_OUT", "SEAL"}:
        place = resolved.place.ref if resolved.place else None
        elsewhere = place is not None and exhibit.place is not None and exhibit.place.id != place.id
        return Moved(place) if kind == "PUT_IN" and place and elsewhere else Sighted(place)
    if kind in {"BOOK_IN", "SIGN_IN"}:  # What is in the box may have been in a store before, or not.
        kind = "BOOK_IN" if exhibit.first_booked_in_at is None else "SIGN_IN"
    sealed = box.closed and box.seal.kind is SealKind.SEALED
    asked = replace(scan.asked, seal=None, new_seal=None, box=None, in_sealed_box=sealed)
    check_any_rights(scan.work, resolved.operators, kind, exhibit, resolved.place)
    return body_of(kind, exhibit, asked, late=late)


def _joined(work: Work, resolved: Resolved, boxes: Boxes) -> list[Manifest]:
    """What the boxes hold that items went into or came out of one by one."""
    lies = work.boxes.items_in(boxes.joined) if boxes.joined else {}
    manifests = []
    for box in sorted(boxes.joined):
        items = tuple(number for number, where in lies.items() if where == box)
        act = resolved.act
        manifests.append(
            Manifest(
                box, act.id, act.id, act.kind, act.occurred_at + act.corrected, resolved.now, resolved.operator.ref,
                items, manifest_sha256(items),
            )
        )  # fmt: skip
    return manifests
