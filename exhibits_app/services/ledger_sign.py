"""The signer: what is committed is read again, compared with what was signed before, signed, kept, published."""

from collections.abc import Sequence

from ..domain import note
from ..domain.checkpoint import Checkpoint, open_checkpoint, parse_text
from ..domain.errors import CannotSign, ChangedMeanwhile, LedgerReadOnly
from ..domain.ledger_faults import LedgerFault
from ..domain.log_faults import OtherLogPublished
from ..domain.note import ED25519, VerifierKey
from . import ledger_mirror, ledger_tree
from .context import Services, Signing
from .ports import Work
from .ports.ledger_tree import Signed, TreeState


def sign(services: Services) -> Signed | None:
    """Sign what is committed, if it grew, and publish it. None where there is nothing to sign, or no key to sign with.

    The order is fixed: commit, read and hash again, compare with what was signed last, sign, keep, publish. Whatever
    does not fit raises the alarm, and the ledger is read-only from then on. Raises LedgerReadOnly, CannotSign.
    """
    signing = services.signing
    if signing is None:
        return None
    try:
        # Read before the view is opened: whatever was published by now, the view holds.
        mark = high_water(signing)
        with services.store.read() as work:
            if work.checkpoints.alarm() is not None:
                raise LedgerReadOnly
            own_key(work, signing)
            last = work.checkpoints.last()
            state = check(work, last, mark)
            origin = work.ledger.origin()
    except LedgerFault as fault:
        ledger_tree.raise_alarm(services, fault)
        raise LedgerReadOnly from fault
    if state.size == 0:
        return None
    if last is None or last.size < state.size:
        _mirror(services, signing)
        text = Checkpoint(origin, state.size, state.root).text()
        key = verifier_key(origin, signing.keys.public_key())
        last = _keep(services, last, text, [note.sign(text, key, signing.keys.sign)])
    signing.records.publish(last.note)
    if signing.mirror is not None and signing.mirror.last_checkpoint(origin) != last.note:
        signing.mirror.keep_checkpoints(origin, [last.note])
    return last


def _mirror(services: Services, signing: Signing) -> None:
    """Nothing is signed that the mirror does not hold. Raises LedgerReadOnly, MirrorUnusable."""
    if signing.mirror is None:
        return
    try:
        ledger_mirror.copy(services, signing.mirror)
    except LedgerFault as fault:
        raise LedgerReadOnly from fault


def check(work: Work, last: Signed | None, mark: Checkpoint | None) -> TreeState:
    """What may be signed next: the tree's state, once all of it fits. Raises a LedgerFault.

    The entries since the last checkpoint are hashed again; those before are covered by its root.
    """
    state = check_growth(work, last, mark)
    ledger_tree.check_entries(work, last.size if last else 0, state.size)
    return state


def check_growth(work: Work, last: Signed | None, mark: Checkpoint | None) -> TreeState:
    """The tree's state, once it grew from the last checkpoint and from the high-water mark. Raises a LedgerFault."""
    state = ledger_tree.check_edge(work)
    if mark is not None and mark.origin != work.ledger.origin():
        if mark.origin not in {log.origin for log in work.closed_logs.all()}:
            raise OtherLogPublished(mark.origin, work.ledger.origin())
        mark = None  # A log was closed, and its files are about to be set aside.
    for earlier in (mark, last):
        if earlier is not None:
            ledger_tree.check_begins_with(work, state, earlier.size, earlier.root)
    return state


def check_at_start(services: Services) -> bool:
    """Recompute the root from the right edge and compare; on a mismatch raise the alarm. Whether all is well.

    A prepared key that the log already knows takes its place first, and files of a closed log are set aside: a rotation
    or a closing was cut off there. Raises MirrorUnusable.
    """
    signing = services.signing
    try:
        mark = high_water(signing) if signing else None
        mirrored = ledger_mirror.edge_of(services, signing.mirror)[1] if signing and signing.mirror else None
        with services.store.read() as work:
            check_growth(work, work.checkpoints.last(), mark)
            if mirrored:
                ledger_mirror.check(work, mirrored)
            if signing:
                finish_rotation(work, signing)
                signing.records.open_log(work.ledger.origin())
            return work.checkpoints.alarm() is None
    except LedgerFault as fault:
        ledger_tree.raise_alarm(services, fault)
        return False


def ensure_key(services: Services) -> None:
    """Make the log's first key and put it on record, once. Raises CannotSign where the log's own key is gone."""
    signing = services.signing
    if signing is None:
        return
    with services.store.read() as work:
        known = work.checkpoints.all_keys()
        origin = work.ledger.origin()
    public = signing.keys.public_key()
    if public is None and known:
        raise CannotSign(f"its key {known[-1].key} is not in the key file")
    if known:
        return
    key = str(verifier_key(origin, public or signing.keys.create()))

    def record(work: Work) -> None:
        if not work.checkpoints.all_keys():
            work.checkpoints.add_key(key, work.tree.state().size, services.clock.now())
            ledger_tree.append(work, services, "key", {"key": key})

    services.store.write(record)


def rotate(services: Services) -> VerifierKey:
    """Sign with a new key from now on; gives it. The old key vouches for the new one before it is destroyed.

    The new key goes on record as an entry; a checkpoint with that entry is signed by both; then the new key takes the
    place of the old. Cut off anywhere, running it again goes on. Raises LedgerReadOnly, CannotSign.
    """
    signing = services.signing
    if signing is None or signing.keys.public_key() is None:
        raise CannotSign("there is no key to rotate from")
    ledger_tree.require_sound(services)
    with services.store.read() as work:
        finish_rotation(work, signing)
        origin = work.ledger.origin()
    new = verifier_key(origin, signing.keys.prepare())
    old = verifier_key(origin, signing.keys.public_key())
    services.store.write(
        lambda work: ledger_tree.append(work, services, "key", {"key": str(new), "previous": str(old)})
    )
    ledger_tree.integrate(services)
    signed = sign(services)
    if signed is None:
        raise CannotSign("there is nothing to sign")
    text = note.parse(signed.note)[0]
    lines = [note.sign(text, old, signing.keys.sign), note.sign(text, new, signing.keys.sign_prepared)]
    both = Signed(signed.size, signed.root, note.join(text, *lines), services.clock.now())

    def record(work: Work) -> None:
        work.checkpoints.replace(both)
        work.checkpoints.add_key(str(new), both.size, both.at)

    services.store.write(record)
    signing.records.publish(both.note)
    signing.keys.activate()
    return new


def finish_rotation(work: Work, signing: Signing) -> None:
    """Activate a prepared key that is on record as the log's newest."""
    prepared, known = signing.keys.prepared(), work.checkpoints.all_keys()
    if prepared and known and known[-1].key == str(verifier_key(work.ledger.origin(), prepared)):
        signing.keys.activate()


def own_key(work: Work, signing: Signing) -> None:
    """Say nothing if the key file holds the log's newest key. Raises CannotSign."""
    public, known = signing.keys.public_key(), work.checkpoints.all_keys()
    if public is None or not known:
        raise CannotSign("it has no key yet")
    found = str(verifier_key(work.ledger.origin(), public))
    if found != known[-1].key:
        raise CannotSign(f"its key is {known[-1].key}, and the key file holds {found}")


def high_water(signing: Signing) -> Checkpoint | None:
    """What the signer's own file says was published last. Raises a LedgerFault for a file that is no checkpoint."""
    kept = signing.records.high_water()
    return read(kept) if kept else None


def read(raw: bytes) -> Checkpoint:
    """What a note of ours says; its signatures are not looked at. Raises a LedgerFault for what is no checkpoint."""
    return parse_text(note.parse(raw)[0])


def open_with(raw: bytes, origin: str, keys: Sequence[VerifierKey]) -> Checkpoint:
    """The checkpoint, if any of these keys has signed it. Raises the last key's LedgerFault otherwise."""
    for key in keys[:-1]:
        try:
            return open_checkpoint(raw, origin, key)[0]
        except LedgerFault:
            continue
    return open_checkpoint(raw, origin, keys[-1])[0]


def verifier_key(origin: str, public: bytes | None) -> VerifierKey:
    """The log's verifier key. Raises CannotSign without a public key."""
    if public is None:
        raise CannotSign("it has no key yet")
    return VerifierKey(origin, ED25519, public)


def _keep(services: Services, before: Signed | None, text: str, lines: Sequence[str]) -> Signed:
    """Keep the checkpoint unless somebody else signed meanwhile; then theirs counts."""
    said = parse_text(text)
    signed = Signed(said.size, said.root, note.join(text, *lines), services.clock.now())

    def keep(work: Work) -> Signed:
        work.tree.lock()
        last = work.checkpoints.last()
        if last is not None and (before is None or last.size > before.size):
            if last.size == signed.size and last.root != signed.root:
                raise ChangedMeanwhile
            return last
        work.checkpoints.keep(signed)
        return signed

    return services.store.write(keep)
