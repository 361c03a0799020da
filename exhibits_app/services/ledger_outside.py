"""Parties outside that vouch for checkpoints: witnesses cosign each of them, authorities stamp one now and then.

Whoever does not answer is asked again in the next round, about the checkpoint that is the newest then: it covers all
that came before it.
"""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from functools import partial

from ..domain import note
from ..domain.bundle import Vouched
from ..domain.ledger_faults import NoteFault, TimeStampFails
from ..domain.merkle import consistency_proof
from ..domain.show import how_long
from ..domain.tiles import TileReader
from ..domain.witness import WitnessFault, WitnessIsAhead, WitnessRefuses, read_answer, read_size, write_request
from .context import Services
from .ports import Work
from .ports.ledger_tree import TIME_STAMP, WITNESS, Anchor, Attestation, Signed
from .ports.outside import TimeStampAuthority, WitnessClient

OK, CONFLICT = 200, 409
LATE = timedelta(days=1)
LONGEST_WORDS = 200


def ask_all(services: Services, signed: Signed, *, now: bool = False) -> tuple[list[Attestation], list[str]]:
    """Ask every witness about this checkpoint, and every authority that is due, or with `now` every one.

    Gives what was said and kept, and a sentence for whoever did not vouch for it. No transaction is open meanwhile.
    """
    newest = newest_by_party(services)
    said, refused = [], []
    for name, ask in _to_ask(services, signed, newest, now):
        try:
            stated = ask()
        except OSError as error:
            refused.append(f"{name} did not answer ({str(error) or type(error).__name__}).")
        except (WitnessFault, NoteFault, TimeStampFails) as fault:
            refused.append(f"{name} did not vouch for the checkpoint of size {signed.size}. {fault}")
        else:
            services.store.write(partial(_keep, stated=stated))
            said.append(stated)
    return said, refused


def _to_ask(
    services: Services, signed: Signed, newest: dict[tuple[str, str], Attestation], now: bool
) -> Iterator[tuple[str, Callable[[], Attestation]]]:
    for witness in services.outside.witnesses:
        last = newest.get((WITNESS, str(witness.key)))
        known = last.size if last and last.size <= signed.size else 0
        # Another root of the same size is asked about too: it is the witness who can say that this is a second history.
        if last is None or (last.size, last.root) != (signed.size, signed.root):
            yield f"The witness {witness.key.name}", partial(cosigned, services, witness, known, signed)
    for authority in services.outside.authorities:
        last = newest.get((TIME_STAMP, authority.name))
        if last is None or (last.size < signed.size and (now or _is_due(services, last))):
            yield f"The time-stamp authority {authority.name}", partial(stamped, services, authority, signed)


def _keep(work: Work, stated: Attestation) -> None:
    work.checkpoints.add_attestation(stated)


def newest_by_party(services: Services) -> dict[tuple[str, str], Attestation]:
    """What each party said about the largest checkpoint it vouched for, by kind and party."""
    with services.store.read() as work:
        return {(one.kind, one.party): one for one in work.checkpoints.attestations()}


def cosigned(services: Services, witness: WitnessClient, known: int, signed: Signed) -> Attestation:
    """The witness's cosignature. It is told from which size it has to be shown growth, and its answer is believed once.

    Raises OSError, a WitnessFault, a NoteFault.
    """
    reply = witness.add_checkpoint(_request(services, known, signed))
    seen = read_size(reply.body) if reply.status == CONFLICT else None
    if seen is not None and seen > signed.size:
        raise WitnessIsAhead(witness.key.name, seen, signed.size)
    if seen is not None and seen != known:
        reply = witness.add_checkpoint(_request(services, seen, signed))
    if reply.status != OK:
        words = reply.body.decode("utf-8", "replace").partition("\n")[0]
        raise WitnessRefuses(witness.key.name, reply.status, words[:LONGEST_WORDS])
    line, at = read_answer(reply.body, signed.note, witness.key)
    stated = datetime.fromtimestamp(at, UTC)
    return _attestation(services, WITNESS, str(witness.key), signed, line.encode(), stated)


def stamped(services: Services, authority: TimeStampAuthority, signed: Signed) -> Attestation:
    """The authority's token over the checkpoint's text, checked. Raises OSError, TimeStampFails."""
    text = note.parse(signed.note)[0].encode()
    token = authority.stamp(text)
    return _attestation(services, TIME_STAMP, authority.name, signed, token, authority.check(text, token))


def newest_outside(work: Work) -> Anchor | None:
    """The largest checkpoint that somebody outside holds or has vouched for, as far as we know, or None."""
    held = work.checkpoints.anchors(1) + [as_anchor(one) for one in work.checkpoints.attestations()]
    return max(held, key=lambda one: (one.size, one.at), default=None)


def well(services: Services, work: Work) -> tuple[bool, str] | None:
    """Whether everybody who is set up has vouched for a checkpoint of the last day, and what each did, for the health
    page; None where nobody is set up."""
    newest = {(one.kind, one.party): one for one in work.checkpoints.attestations()}
    last = work.checkpoints.last()
    size = last.size if last else 0
    parties = {(WITNESS, str(one.key)): one.key.name for one in services.outside.witnesses}
    parties |= {(TIME_STAMP, one.name): one.name for one in services.outside.authorities}
    behind, words = False, []
    for party, name in parties.items():
        one = newest.get(party)
        late = one is None or (one.size < size and services.clock.now() - one.at > LATE)
        behind = behind or (late and size > 0)
        words.append(f"{name} {_vouched(services, one)}")
    return (not behind, "; ".join(words)) if parties else None


def _vouched(services: Services, one: Attestation | None) -> str:
    if one is None:
        return "has not vouched for anything"
    age = how_long((services.clock.now() - one.at).total_seconds())
    return f"vouched for size {one.size:,} {age} ago"


def vouched_for(work: Work, size: int) -> dict[int, Vouched]:
    """By size, each checkpoint up to this size that is the newest that some party outside vouched for."""
    all_said = work.checkpoints.attestations()
    found = {}
    for one in all_said:
        kept = work.checkpoints.at_size(one.size)
        if one.size <= size and kept is not None and kept.root == one.root:
            tokens = [each.statement for each in all_said if (each.kind, each.size) == (TIME_STAMP, one.size)]
            found[one.size] = Vouched(with_cosignatures(kept, all_said), tokens)
    return found


def with_cosignatures(signed: Signed, attestations: list[Attestation]) -> bytes:
    """The note of the checkpoint with the lines of every witness that cosigned this very one."""
    lines = [
        one.statement for one in attestations if (one.kind, one.size, one.root) == (WITNESS, signed.size, signed.root)
    ]
    return signed.note + b"".join(lines)


def as_anchor(one: Attestation) -> Anchor:
    """What somebody outside said, as an anchor."""
    by = note.VerifierKey.parse(one.party).name if one.kind == WITNESS else one.party
    says = "cosigned by the witness" if one.kind == WITNESS else "stamped by the authority"
    return Anchor(one.kind, one.size, one.root, one.at, f"{says} {by}")


def _request(services: Services, old: int, signed: Signed) -> bytes:
    proof: list[bytes] = []
    if 0 < old < signed.size:
        with services.store.read() as work:
            proof = consistency_proof(old, signed.size, TileReader(work.tree.tile))
    return write_request(old, proof, signed.note)


def _is_due(services: Services, last: Attestation) -> bool:
    return services.clock.now() - last.at >= services.outside.stamp_every


def _attestation(
    services: Services, kind: str, party: str, signed: Signed, statement: bytes, stated: datetime
) -> Attestation:
    return Attestation(kind, party, signed.size, signed.root, statement, stated, services.clock.now())
