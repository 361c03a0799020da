"""What stands beside the ledger and follows from its entries: put back with them after a restore.

Cases and places are only named by entries. One that is missing is made again with that name alone: its title, team,
supervisor and members are not in the ledger, and somebody has to enter them.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import datetime

from ..domain.entry import SystemEntry
from ..domain.errors import NotFound
from ..domain.events import CaseRef, Event, Photographed, Seized
from ..domain.places import PlaceRef
from . import made, replayed_boxes, replayed_labels, submission_marks
from .context import Services
from .ports import Photo, Work
from .ports.ledger_tree import Anchor
from .recording import keep_seals

Events = Iterable[Sequence[Event]]


def before(work: Work, chains: Events, cases: list[str], places: list[str]) -> None:
    """Cases and places that the items refer to; the names of those that were missing are added to the lists."""
    for event in _all(chains):
        for named in _named(event):
            if isinstance(named, CaseRef) and work.copies.restore_case(named, event.envelope.recorded_at):
                cases.append(named.reference)
            if isinstance(named, PlaceRef) and work.copies.restore_place(named):
                places.append(named.name)


def after(services: Services, work: Work, chains: Events) -> None:
    """Seals that were used, labels that were issued and revoked, photographs, decisions, and boxes."""
    for event in sorted(_all(chains), key=lambda one: (one.envelope.recorded_at, one.seq)):
        keep_seals(work, [event])
        if isinstance(event.body, Seized) and event.body.seal and work.items.seal_user(event.body.seal) is None:
            work.items.use_seal(event.body.seal, event.register_no, event.envelope.recorded_at)
        replayed_labels.after(work, event)
        submission_marks.reserve(work, event)
        if isinstance(event.body, Photographed):
            _photograph(services, work, event, event.body)
    made.keep(work, _all(chains), ())
    replayed_boxes.after(work, list(_all(chains)))
    submission_marks.follow(work, _all(chains))


def system_entry(work: Work, entry: SystemEntry, size: int, known: set[str]) -> None:
    """A key that signs from then on, or a checkpoint that was given to somebody outside."""
    at = datetime.fromisoformat(entry.at)
    key = entry.data.get("key")
    if entry.type == "key" and isinstance(key, str) and key not in known:
        known.add(key)
        work.checkpoints.add_key(key, size, at)
    if entry.type != "anchor":
        return
    kind, root, anchored = (entry.data.get(name) for name in ("kind", "root", "size"))
    if isinstance(kind, str) and isinstance(root, str) and isinstance(anchored, int):
        says = "put back from the mirror after a restore"
        work.checkpoints.add_anchor(Anchor(kind, anchored, bytes.fromhex(root), at, says))


def _all(chains: Events) -> Iterator[Event]:
    for chain in chains:
        yield from chain


def _named(event: Event) -> Iterator[object]:
    for field in fields(event.body):
        value = getattr(event.body, field.name)
        yield from value if isinstance(value, tuple) else (value,)


def _photograph(services: Services, work: Work, event: Event, body: Photographed) -> None:
    """Its bytes are in the files, which are not in the database; where they are gone too, its size is not known."""
    try:
        size = len(services.files.get(body.sha256))
    except NotFound:
        size = 0
    envelope = event.envelope
    work.items.add_photo(
        event.register_no,
        Photo(
            body.sha256, body.media_type, body.width, body.height, size, "", envelope.recorded_at, envelope.actor.id,
            body.caption or "",
        ),
    )  # fmt: skip
