"""Gaps in custody: nobody answers for it, or the hand that should has not closed."""

from collections.abc import Collection, Iterator
from datetime import datetime

from ..clocks import RECEIPT_WITHIN, SIGHTING_EVERY
from ..events import Accepted, Rejected, Reseized, Seized, SplitOff
from ..exhibit import CustodyKind, Offer
from ..intervals import Interval, Standing, Step, intervals
from ..show import day_and_time
from .gap import HELD, Gap, GapKind, Look, at_place


def lost(look: Look) -> Iterator[Gap]:
    """Intervals in which nobody answers for it; those that follow each other are one gap."""
    run: list[Interval] = []
    before = after = ""
    for interval in [*intervals(look.steps, look.now), None]:
        if interval is not None and interval.standing is Standing.GAP:
            run.append(interval)
            continue
        if run:
            after = interval.where or interval.who if interval else ""
            yield _lost(look, run, before, after)
        run = []
        before = interval.where or interval.who if interval else ""


def _lost(look: Look, run: list[Interval], before: str, after: str) -> Gap:
    missing = any(interval.custody.name.startswith("missing") for interval in run)
    until = run[-1].until if run[-1].closed_by else None
    seen = [step.before.last_sighted_at for step in look.steps if step.at == run[0].start and step.before]
    last_seen = f"; it was last scanned at {day_and_time(seen[0])}" if seen and seen[0] else ""
    word = "was missing" if missing else "was unaccounted for"
    end = f"until it was found at {after} at {day_and_time(until)}" if until else "and has not been found"
    return look.gap(
        GapKind.MISSING if missing else GapKind.UNACCOUNTED,
        run[0].start,
        until,
        f"{look.ref} {word} from {day_and_time(run[0].start)}, last recorded {at_place(before)}, {end}{last_seen}",
        before=before,
        after=after,
        events=tuple(interval.opened_by for interval in run) + ((run[-1].closed_by or "",) if until else ()),
        accounted=False,
    )


def offered(look: Look) -> Iterator[Gap]:
    """A handover that is still open, and those that something else ended before anybody answered."""
    for step in look.steps:
        offer = step.before.offer if step.before else None
        answered = isinstance(step.event.body, Accepted | Rejected)
        if offer is not None and not answered and (step.after.offer is None or step.after.offer.event != offer.event):
            yield _offered(look, offer, step)
    if look.last.offer is not None and not look.last.disposed:
        yield _offered(look, look.last.offer, None)


def _offered(look: Look, offer: Offer, ended: Step | None) -> Gap:
    told = f"{offer.giver.name} offered {look.ref} to {offer.receiver.name} at {day_and_time(offer.at)}, who "
    told += f"had not answered by {day_and_time(ended.at)}, when " if ended else "has neither accepted nor refused it"
    told += f"{ended.event.envelope.actor.name} recorded its {ended.event.kind.replace('_', ' ')}" if ended else ""
    ids = (offer.event, ended.event.envelope.id) if ended else (offer.event,)
    between = {"before": offer.giver.name, "after": offer.receiver.name}
    return look.gap(GapKind.OFFER, offer.at, ended.at if ended else None, told, events=ids, **between)


def unseen(look: Look) -> Iterator[Gap]:
    """Longer than policy without a scan of the item itself, while a store or a person of the force had it."""
    base: Step | None = None
    for step in look.steps:
        held = step.after.custody.kind in HELD and not step.after.disposed
        seen = step.before is None or step.after.last_sighted_at != step.before.last_sighted_at
        if base is not None and (seen or not held):
            if step.at - base.at > SIGHTING_EVERY:
                yield _unseen(look, base, step)
            base = None
        if held and base is None:
            base = step
    if base is not None and look.now - base.at > SIGHTING_EVERY:
        yield _unseen(look, base, None)


def _unseen(look: Look, base: Step, step: Step | None) -> Gap:
    until = step.at if step else None
    since = day_and_time(base.at)
    told = f"{look.ref}, recorded {at_place(base.after.where)}, "
    told += f"was not scanned itself from {since} until {day_and_time(step.at)}" if step else ""
    told += "" if step else f"has not been scanned itself since {since}"
    told += f"; policy is every {SIGHTING_EVERY.days} days"
    ids = tuple(one.event.envelope.id for one in (base, step) if one)
    after = step.event.envelope.actor.name if step else ""
    return look.gap(GapKind.NOT_SEEN, base.at, until, told, before=base.after.where, after=after, events=ids)


def received_late(look: Look) -> Iterator[Gap]:
    """From a seizure to the first who took it in."""
    seizure: Step | None = None
    start = look.steps[0].at
    for step in look.steps:
        if isinstance(step.event.body, Seized | SplitOff | Reseized):
            again = isinstance(step.event.body, Reseized)
            seizure, start = step, step.at if again else step.after.seized_at
        if seizure is not None and (step.after.first_booked_in_at or step.after.custody.kind is not CustodyKind.PERSON):
            if step is not seizure and step.at - start > RECEIPT_WITHIN:
                yield _late(look, seizure, start, step)
            seizure = None
    if seizure is not None and look.now - start > RECEIPT_WITHIN:
        yield _late(look, seizure, start, None)


def _late(look: Look, seizure: Step, start: datetime, receipt: Step | None) -> Gap:
    holder = seizure.after.custody.name
    after = receipt.after.custody.name if receipt else ""
    end = f"at {day_and_time(receipt.at)} ({after})" if receipt else "by nobody yet"
    told = f"{look.ref} was seized at {day_and_time(start)} by {holder} and taken in {end}"
    ids = tuple(one.event.envelope.id for one in (seizure, receipt) if one)
    until = receipt.at if receipt else None
    return look.gap(GapKind.LATE_RECEIPT, start, until, told, before=holder, after=after, events=ids)


def held_by_leavers(look: Look, gone: Collection[int]) -> Iterator[Gap]:
    """The custodian is a person who has left the force."""
    state = look.last
    if state.custody.kind is not CustodyKind.PERSON or state.disposed or state.custody.id not in gone:
        return
    current = intervals(look.steps, look.now)[-1]
    told = f"{look.ref} is held by {state.custody.name}, who has left, since {day_and_time(current.start)}"
    yield look.gap(
        GapKind.HOLDER_LEFT, current.start, None, told, before=state.custody.name, events=(current.opened_by,)
    )
