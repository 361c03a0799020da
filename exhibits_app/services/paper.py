"""The ledger's checkpoints on paper: below labels, on receipts, and as the daily print that is signed and filed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from labels import document, stamp
from labels.document import Document, Table

from ..domain import paper
from ..domain.checkpoint import Checkpoint
from ..domain.errors import LedgerReadOnly, LedgerRefusal, NotFound, NotProvable
from ..domain.events import Accepted, Collected, Event, Offered, Restored, SentToCourt, SignedOut, Submitted
from ..domain.fold import fold
from ..domain.people import Action, Person, require
from ..domain.show import LONDON, day, day_and_time
from . import ledger_keeper
from .cases import note_read
from .context import Services
from .exhibits import may_see
from .ports import Work
from .ports.ledger_tree import Signed

KEEP = "Keep this sheet: with it, nothing recorded before can be rewritten unnoticed."
RECEIVED = (
    "I have received the items above. I looked at the packaging of each, and its seal number is the one stated, "
    "unless I have written otherwise on this paper."
)
_COLUMNS = (("Property", 24.0), ("Exhibit", 28.0), ("What it is", 82.0), ("Seal", 40.0))
Facts = list[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class _Hands:
    """A handing over: its title, who gave, who received, and what else is to be said."""

    title: str
    giver: str
    receiver: str
    facts: Facts


def latest(work: Work) -> stamp.Stamp | None:
    """The last checkpoint for the foot of a sheet; None before the first."""
    signed = work.checkpoints.last()
    return None if signed is None else _stamp(work.ledger.origin(), signed)


def receipt(services: Services, by: Person, register_no: int, seq: int) -> bytes:
    """The receipt (PDF) for the act in which the item changed hands by this entry; the reading is logged.

    It names every item of the act that this person may see. Its checkpoint is signed now, if that is possible, so that
    it covers the act. Raises NotFound also where the entry is not one for which there is a receipt.
    """
    _sign(services)
    with services.store.read() as work:
        event = _event(work, by, register_no, seq)
        hands = _hands(work, event)
        together = _together(work, by, event)
        made = Document(
            title=f"Receipt: {hands.title}",
            issuer=services.force_name,
            facts=(
                ("When", day_and_time(event.envelope.corrected)),
                ("Given by", hands.giver),
                ("Received by", hands.receiver),
                *hands.facts,
                ("Act", event.envelope.act),
            ),
            words=(RECEIVED,),
            table=Table(_COLUMNS, tuple(_row(work, one) for one in together)),
            signatures=(f"Given by {hands.giver}", f"Received by {hands.receiver}"),
            stamp=latest(work),
        )
    note_read(services, by, "receipt", register_no)
    return document.render(made)


def daily(services: Services, by: Person | None, on: date | None = None) -> bytes:
    """The daily print (PDF): the last checkpoint of this London day, or as of now, to be signed by hand and filed.

    `by` is None at the command line. Raises NoRight, and NotProvable where nothing was signed by then.
    """
    if by is not None:
        require(by, Action.SEE_LEDGER)
    now = services.clock.now()
    if on is None:
        _sign(services)
    with services.store.read() as work:
        signed = work.checkpoints.last() if on is None else work.checkpoints.last_before(_end_of(on))
        if signed is None:
            raise NotProvable("nothing was signed by then")
        keys = work.checkpoints.all_keys()
        made = _print(services.force_name, work.ledger.origin(), signed, keys[-1].key if keys else "", now)
    return document.render(made)


def has_receipt(event: Event) -> bool:
    """Whether there is a receipt for this event: somebody gave the item to somebody."""
    return isinstance(event.body, (SignedOut, Accepted, Submitted, Collected, SentToCourt, Restored))


def _sign(services: Services) -> None:
    """Sign what is committed. Where that cannot be, the last checkpoint is printed: a receipt is never held up."""
    if services.signing is None:
        return
    try:
        ledger_keeper.checkpoint(services)
    except (LedgerReadOnly, LedgerRefusal):
        return


def _stamp(origin: str, signed: Signed) -> stamp.Stamp:
    lines = (
        f"Checkpoint of the ledger: {signed.size:,} entries, {paper.short(signed.root)}",
        f"{origin}, signed at {day_and_time(signed.at)}",
        KEEP,
    )
    return stamp.Stamp(_text(origin, signed), lines)


def _text(origin: str, signed: Signed) -> str:
    return paper.write(Checkpoint(origin, signed.size, signed.root))


def _event(work: Work, by: Person, register_no: int, seq: int) -> Event:
    if not 1 <= register_no <= work.items.count():
        raise NotFound("item")
    events = work.ledger.events_of(register_no)
    if not 0 <= seq < len(events) or not has_receipt(events[seq]) or not _may_have(work, by, events[seq]):
        raise NotFound("receipt")
    return events[seq]


def _may_have(work: Work, by: Person, event: Event) -> bool:
    """Whoever may see the item, and the two people who were there."""
    exhibit = work.items.find(event.register_no).exhibit
    if may_see(by, work.cases.find(exhibit.case.id), exhibit):
        return True
    receiver = getattr(event.body, "receiver", None)
    return by.id == event.envelope.actor.id or (receiver is not None and by.id == receiver.id)


def _together(work: Work, by: Person, event: Event) -> list[Event]:
    """The events of the same act and kind that this person may have a receipt for, by property reference."""
    act = work.acts.find(event.envelope.act)
    numbers = {item["register_no"] for item in act.answer["items"] if item["register_no"]} if act else set()
    found = [event]
    for number in numbers - {event.register_no}:
        same = (
            one
            for one in work.ledger.events_of(number)
            if one.envelope.act == event.envelope.act and one.kind == event.kind
        )
        found += [one for one in same if _may_have(work, by, one)]
    return sorted(found, key=lambda one: one.register_no)


def _row(work: Work, event: Event) -> tuple[str, ...]:
    """What stands of the item as it was at this event: a receipt says the same when it is printed again."""
    exhibit = fold(one for one in work.ledger.events_of(event.register_no) if one.seq <= event.seq)
    seal = getattr(event.body, "seal", None)
    seen = f"{seal} (as seen)" if seal else exhibit.seal.number or "unsealed"
    return f"{event.register_no}", exhibit.ref, exhibit.description, seen


def _hands(work: Work, event: Event) -> _Hands:
    body, actor, facts = event.body, event.envelope.actor.name, _facts(event)
    if isinstance(body, SignedOut):
        receiver = f"{body.receiver.name} and {body.joint.name}" if body.joint else body.receiver.name
        more = [("Purpose", body.purpose), ("Due back", day(body.due_back))]
        return _Hands("signed out", actor, receiver, [*more, *facts])
    if isinstance(body, Accepted):
        return _Hands("handed over", _giver(work.ledger.events_of(event.register_no), body), actor, facts)
    if isinstance(body, Restored):
        more = [("Proof of identity", body.identity), ("Number of the receipt", body.receipt)]
        return _Hands("property returned", actor, body.claimant, [*more, *facts])
    if isinstance(body, Submitted):
        more = [("Submission", body.submission), ("Authorised by", body.authority)]
        return _Hands("sent for examination", actor, body.place.name, [*more, *facts])
    if isinstance(body, (Collected, SentToCourt)):
        title = "collected" if isinstance(body, Collected) else "taken to court"
        return _Hands(title, actor, body.place.name, facts)
    raise NotFound("receipt")


def _facts(event: Event) -> Facts:
    witness, reason = event.envelope.witness, event.envelope.reason
    return [*([("Witness", witness.name)] if witness else []), *([("Reason", reason)] if reason else [])]


def _giver(events: Sequence[Event], accepted: Accepted) -> str:
    offers = (one for one in events if isinstance(one.body, Offered) and one.envelope.id == accepted.offer)
    return next((offer.envelope.actor.name for offer in offers), "the holder before")


def _end_of(on: date) -> datetime:
    return datetime.combine(on + timedelta(days=1), time(), LONDON)


def _print(issuer: str, origin: str, signed: Signed, key: str, now: datetime) -> Document:
    return Document(
        title=f"Ledger checkpoint, {day(signed.at)}",
        issuer=issuer,
        facts=(
            ("Name of the log", origin),
            ("Entries", f"{signed.size:,}"),
            ("Root", paper.grouped(signed.root.hex())),
            ("Short", paper.short(signed.root)),
            ("Signed at", day_and_time(signed.at)),
            ("Verifier key", key),
            ("Printed at", day_and_time(now)),
        ),
        words=(
            "Sign and date this sheet, and file it where nobody who runs the exhibits service can exchange it: the "
            "station's day book, the force solicitor, or an outside party.",
            "Later, anybody can compare it with the log: scan the code, or type its text, after "
            "exhibits ledger verify --paper. If the log still begins with these entries, none of them was changed, "
            "removed or put in another order since. The sheet holds no personal data.",
        ),
        signatures=("Printed and compared with the screen by (name and signature)", "Filed at (book and page) by"),
        code=_text(origin, signed),
    )
