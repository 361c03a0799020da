"""Labels that an act scans for the first time: they count from now on, and what they replace does no more."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from .act_asked import happened_at
from .act_shapes import Judged, Resolved
from .context import Services
from .label_life import activate, activation
from .ports import Work
from .recording import Happening


def tell_first_scans(services: Services, work: Work, resolved: Resolved, judged: Sequence[Judged]) -> None:
    """Put the activation of each item's label beside what is recorded of the item: in its chain, in the same act."""
    for each in judged:
        if each.first is None or each.happening is None:
            continue
        at = _at(resolved, each)
        envelope = replace(
            each.happening.envelope,
            id=services.ids.event_id(),
            occurred_at=at,
            clock_offset_ms=None,
            witness=None,
            reason=None,
            condition=None,
            box=None,
        )
        each.besides = (*each.besides, Happening(each.happening.held, envelope, activation(work, each.first, at)))


def keep_first_scans(work: Work, resolved: Resolved, judged: Sequence[Judged]) -> None:
    """Activate the labels of items and boxes that were recorded, and of the place, box or badge that the act went to.

    What was refused activates nothing: whether the label was on the right thing is not known then.
    """
    recorded = [each for each in judged if each.happenings or each.box]
    for each in recorded:
        if each.first is not None:
            activate(work, each.first, _at(resolved, each), resolved.operator.id, resolved.now)
    for label in resolved.firsts if recorded else ():
        activate(work, label, min(resolved.at, resolved.now), resolved.operator.id, resolved.now)


def _at(resolved: Resolved, each: Judged) -> datetime:
    """When it was scanned; a device's clock may be a little ahead, and a label does not count from the future."""
    return min(happened_at(resolved, each.item), resolved.now)
