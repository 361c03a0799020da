"""Labels of items as their chains tell of them: issued, scanned for the first time, revoked and voided once more."""

from ..domain.events import Event, LabelActivated, Labelled, LabelVoided, Relabelled
from .label_life import PRINTED, bind, revoke_all
from .naming import IDENTIFIED
from .ports import IssuedLabel, Work

ITEM = "E"  # The type letter of an item's codes.


def after(work: Work, event: Event) -> None:
    """The label table after this event, which comes in the order of record. Printings are not in the ledger."""
    body, at, by = event.body, event.envelope.recorded_at, event.envelope.actor.id
    if isinstance(body, Labelled):
        label = IssuedLabel(body.code, ITEM, event.register_no, PRINTED if body.awaits_scan else "live", at)
        known = work.labels.find(body.code)
        if known is not None and known.subject is None:  # What was restored knows it as a blank one of a series.
            work.blanks.use(body.code, event.register_no, at, by)
        if not body.awaits_scan:
            bind(work, label, by, at)
        elif known is None:
            work.labels.issue(label)
    if isinstance(body, LabelActivated):
        label = work.labels.find(body.code) or IssuedLabel(body.code, ITEM, event.register_no, PRINTED, at)
        bind(work, label, by, at, event.envelope.corrected)
    if isinstance(body, LabelVoided) and (gone := work.labels.find(body.code)) and gone.state == PRINTED:
        work.labels.revoke(body.code, at, event.envelope.reason or "", "void")
    if isinstance(body, Relabelled):
        revoke_all(work, ITEM, event.register_no, by, at, IDENTIFIED)
