"""The gap detector: where the account of an item is broken or weak, since when, for how long, and between whom."""

from collections.abc import Collection
from datetime import datetime

from ..intervals import Step
from . import custody, observed
from .gap import BY_SILENCE, Gap, GapKind, Look

__all__ = ["BY_SILENCE", "Gap", "GapKind", "detect"]


def detect(walked: list[Step], now: datetime, gone: Collection[int] = frozenset(), ref: str | None = None) -> list[Gap]:
    """Every gap of an item up to `now`, by start. `gone` are the ids of people who have left the force.

    `ref` is what the sentences call the item, for readers who may not know its exhibit reference.
    """
    look = Look(walked, max(now, walked[-1].at), ref or walked[-1].after.ref)
    found = [
        *custody.lost(look),
        *custody.offered(look),
        *custody.unseen(look),
        *custody.received_late(look),
        *custody.held_by_leavers(look, gone),
        *observed.discrepant(look),
        *observed.seal_on_seal(look),
        *observed.opened(look),
        *observed.unwitnessed(look),
    ]
    return sorted(found, key=lambda gap: (gap.start, gap.kind.value, gap.events))
