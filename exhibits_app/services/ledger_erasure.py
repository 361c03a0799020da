"""Erasing values on authority, by two people, and erasing again what a restored backup or a mirror brings back.

Whoever puts entries and disclosures back asks `erased_digests` first and leaves those out.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from ..domain import disclosure
from ..domain.clocks import owed
from ..domain.entry import parse_entry
from ..domain.erasure import erased_by, redacted
from ..domain.errors import AuthoriserIsActor, ErasedAlready, MayNotAuthorise, MissingValue, NotErasable
from ..domain.events import Envelope, Erased, ErasedValue, from_facts, to_facts
from ..domain.fact_names import fact_name
from ..domain.fold import fold
from ..domain.history import sentence
from ..domain.people import Action, Person, may
from ..domain.show import iso
from ..domain.text import PROSE_LIMIT, required
from . import erased_copies, ledger_tree, ledger_values
from .context import Services
from .ports import Held, StoredEntry, Work
from .ports.erasure_records import ErasureRecord
from .recording import Happening, record

EVERY = 2**31 - 1
Pictures = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be erased, and why: the digests of values, the authority as it is written, and the reason."""

    digests: Sequence[str]
    authority: str
    reason: str


def erase(services: Services, by: Person, authoriser: Person, register_no: int, wanted: Wanted) -> int:
    """Delete these values of the item and log an `erase` entry that names their digests; how many they were.

    `authoriser` has signed in for it separately. Raises NotFound, NoRight, AuthoriserIsActor, MayNotAuthorise,
    MissingValue, NotErasable, ErasedAlready, LedgerReadOnly.
    """
    authority = required(wanted.authority, "authority", "the authority, like the court and the date of its order")
    reason = required(wanted.reason, "reason", "the reason", PROSE_LIMIT)
    if not wanted.digests:
        raise MissingValue("erase", "at least one value to erase")
    if authoriser.id == by.id:
        raise AuthoriserIsActor
    ledger_tree.require_sound(services)

    def change(work: Work) -> tuple[ErasureRecord, Pictures]:
        _, case = ledger_values.allowed(work, by, register_no, Action.ERASE)
        if not may(authoriser, Action.AUTHORISE_ERASURE, case.target):
            raise MayNotAuthorise(authoriser.called)
        held = work.items.hold(register_no)
        entries = work.ledger.of_item(register_no, limit=EVERY)
        values = _chosen(entries, set(wanted.digests))
        words, now = erased_copies.words_of(entries, wanted.digests), services.clock.now()
        envelope = Envelope(services.ids.event_id(), now, now, by.ref, services.ids.event_id(), reason=reason)
        kept = _erase(services, work, held, envelope, Erased(values, authority, authoriser.ref))
        return kept, erased_copies.erase(work, register_no, words, now)

    kept, pictures = services.store.write(change)
    _remember(services, kept)
    erased_copies.forget(services.files, pictures)
    services.store.scrub()
    return len(kept.digests)


def replay(services: Services) -> int:
    """Erase again what came back with a restored backup; how many values. Done at every start.

    An entry that the backup has lost is logged again, unless the ledger is read-only: then the values go all the same,
    and the entry comes from the mirror or with the next replay. Raises CannotSign when the file cannot be read.
    """
    records = services.signing.erasures if services.signing else None
    if records is None:
        return 0
    known = {one.event_id: one for one in records.all()}
    for lost in [one for one in _on_record(services) if one.event_id not in known]:
        records.remember(lost)
    erased = sum(_again(services, one) for one in known.values())
    if erased:
        services.store.scrub()
    return erased


def erased_digests(services: Services) -> frozenset[str]:
    """The digests of every value that was ever erased, by the ledger's own entries or by the file outside of it."""
    records = services.signing.erasures if services.signing else None
    outside = records.all() if records else ()
    return frozenset(digest for one in (*_on_record(services), *outside) for digest in one.digests)


def _chosen(entries: Sequence[StoredEntry], digests: set[str]) -> tuple[ErasedValue, ...]:
    values = []
    for entry in entries:
        for told in entry.disclosures:
            digest = disclosure.digest(told)
            if digest not in digests:
                continue
            said = disclosure.read(told)
            kept = redacted(entry.type, said.name, said.value)
            if kept == said.value:
                raise NotErasable(fact_name(said.name))
            values.append(ErasedValue(entry.seq, digest, said.name, kept))
    if len(values) != len(digests):
        raise ErasedAlready
    return tuple(values)


def _erase(services: Services, work: Work, held: Held, envelope: Envelope, body: Erased) -> ErasureRecord:
    """Delete, log, and fold the item again, so that nothing that is kept of it says what was erased."""
    policy = work.policies.current(envelope.recorded_at)
    digests = tuple(value.digest for value in body.erased)
    work.erasures.erase(held.register_no, digests)
    (event,) = record(work, services.ids, policy, [Happening(held, envelope, body)])
    _tell_again(work, held, {value.seq for value in body.erased})
    held.exhibit = fold(work.ledger.events_of(held.register_no))
    work.items.replace_projection(held, owed(held.exhibit, policy))
    return ErasureRecord(envelope.id, held.register_no, envelope.recorded_at, digests, to_facts(event))


def _tell_again(work: Work, held: Held, touched: set[int]) -> None:
    """What was answered to devices, and stands on the scan log and beside photographs, must not say it either."""
    for event in work.ledger.events_of(held.register_no):
        if event.seq in touched and held.exhibit:
            work.erasures.retell(event.envelope.id, event.envelope.act, sentence(event, held.exhibit.ref) + ".")
            caption = getattr(event.body, "caption", None)
            if caption:
                work.erasures.recaption(held.register_no, getattr(event.body, "sha256", ""), caption)


def _again(services: Services, erasure: ErasureRecord) -> int:
    """Erase what this record names, where it is back; log its entry where that is gone."""

    def change(work: Work) -> tuple[int, Pictures]:
        if not 1 <= erasure.register_no <= work.items.count():
            return 0, ()
        entries = work.ledger.of_item(erasure.register_no, limit=EVERY)
        there = {disclosure.digest(told) for entry in entries for told in entry.disclosures}
        back = there & set(erasure.digests)
        held = work.items.hold(erasure.register_no)
        words = erased_copies.words_of(entries, back)
        if back:
            work.erasures.erase(erasure.register_no, back)
        if work.ledger.known_events([erasure.event_id]) or work.checkpoints.alarm() is not None:
            if back:
                _fold_again(services, work, held)
        else:
            _log_again(services, work, held, erasure)
        return len(back), erased_copies.erase(work, erasure.register_no, words, erasure.at)

    count, pictures = services.store.write(change)
    if count or pictures:
        erased_copies.forget(services.files, pictures)
    return count


def _log_again(services: Services, work: Work, held: Held, erasure: ErasureRecord) -> None:
    """The entry that a restored backup has lost, for those values that the chain still promises."""
    promised = {digest for entry in work.ledger.of_item(held.register_no, limit=EVERY) for digest in _det(entry)}
    event = from_facts(held.register_no, held.seq, Erased.KIND, iso(services.clock.now()), dict(erasure.facts))
    if not isinstance(event.body, Erased):
        raise TypeError(f"the facts of erasure {erasure.event_id} are those of another event")
    values = tuple(value for value in event.body.erased if value.digest in promised)
    if values:
        _erase(services, work, held, event.envelope, replace(event.body, erased=values))


def _fold_again(services: Services, work: Work, held: Held) -> None:
    _tell_again(work, held, {event.seq for event in work.ledger.events_of(held.register_no)})
    held.exhibit = fold(work.ledger.events_of(held.register_no))
    policy = work.policies.current(services.clock.now())
    work.items.replace_projection(held, owed(held.exhibit, policy))


def _det(entry: StoredEntry) -> tuple[str, ...]:
    return parse_entry(entry.body).det


def _remember(services: Services, erasure: ErasureRecord) -> None:
    if services.signing and services.signing.erasures:
        services.signing.erasures.remember(erasure)


def _on_record(services: Services) -> Iterator[ErasureRecord]:
    """The erasures that the ledger's own entries speak of."""
    after = 0
    while True:
        with services.store.read() as work:
            page = work.erasures.entries(after)
        for entry in page:
            facts = {said.name: said.value for said in map(disclosure.read, entry.disclosures)}
            digests = tuple(value.digest for value in erased_by(entry.type, entry.disclosures))
            at = datetime.fromisoformat(parse_entry(entry.body).at)
            yield ErasureRecord(entry.event_id, entry.register_no, at, digests, facts)
        if not page:
            return
        after = page[-1].id
