"""Boxes that an act on a page puts items into or takes them out of, one item at a time."""

from collections.abc import Iterable
from datetime import datetime

from labels.payload import CodeType

from ..domain.boxes import Box, manifest_sha256
from ..domain.custody.boxes import check_joins
from ..domain.errors import LabelRefusal, NotAChoice
from ..domain.exhibit import Exhibit
from ..domain.people import PersonRef
from .codes import check_live, parse, require_kind
from .ports import Manifest, Work

JOINING = frozenset({"PUT_IN", "TAKE_OUT"})


def box_named(work: Work, code: str) -> Box | None:
    """The box whose label was typed, locked. Raises NotAChoice, with the label's own fault as its reason."""
    if not code.strip():
        return None
    try:
        clean = parse(code)
        require_kind(clean, CodeType.BOX)
        label = check_live(work, work.labels.find(clean), clean, "a box")
    except LabelRefusal:
        raise NotAChoice("box", "a box whose label is good, by its code") from None
    return work.boxes.hold_all([label.subject or 0])[label.subject or 0]


def check_joining(work: Work, kind: str, exhibit: Exhibit, into: Box | None) -> set[int]:
    """The boxes that the item leaves and goes into. Raises BoxShut, BoxElsewhere."""
    if kind not in JOINING:
        return set()
    leaves = {exhibit.box.id} if exhibit.box else set()
    boxes = work.boxes.hold_all(leaves) | ({into.id: into} if into else {})
    for box in boxes.values():
        check_joins(exhibit.ref, exhibit.custody, exhibit.where, box)
    return set(boxes)


def keep_manifests(
    work: Work, joined: Iterable[int], kind: str, act: str, at: datetime, now: datetime, by: PersonRef
) -> None:
    """What the boxes hold now, after the items' events are recorded."""
    boxes = set(joined)
    if not boxes:
        return
    lies = work.boxes.items_in(boxes)
    manifests = []
    for box in sorted(boxes):
        items = tuple(number for number, where in lies.items() if where == box)
        manifests.append(Manifest(box, act, act, kind, at, now, by, items, manifest_sha256(items)))
    work.boxes.add_manifests(manifests)
