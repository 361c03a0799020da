"""Anchors: giving checkpoints to people outside, so that what came before them cannot be rewritten unnoticed."""

from datetime import timedelta
from hashlib import sha256

from ..domain.errors import AnchorNotSent
from . import ledger_public, ledger_sign, ledger_tree
from .context import Services
from .ports import OutgoingMessage, Work
from .ports.ledger_tree import Anchor, Attestation, Signed

NIGHTLY = timedelta(hours=24)
E_MAIL = "e-mail"

_LETTER = """Attached is a signed checkpoint of the exhibit ledger {origin}.

It has {size:,} entries. Keep the file: with it anybody can show later, without us, that none of these entries was
changed, removed or put in another order. Nothing needs to be done now, and the file holds no personal data.

{note}"""


def anchor(services: Services, to: tuple[str, ...]) -> Anchor:
    """Sign what is committed and e-mail the checkpoint as a file. An `anchor` entry says so in the log.

    Raises AnchorNotSent, LedgerReadOnly, CannotSign.
    """
    ledger_tree.require_sound(services)
    ledger_tree.integrate(services)
    signed = ledger_sign.sign(services)
    if signed is None:
        raise AnchorNotSent("nothing is signed yet")
    if not to:
        raise AnchorNotSent("nobody is named; give --to, or set EXHIBITS_ANCHOR_EMAIL")
    if not services.mailer.active:
        raise AnchorNotSent("no mail server is set")
    for address in to:
        _send(services, signed, address)
    sent = Anchor(E_MAIL, signed.size, signed.root, services.clock.now(), f"e-mailed to {len(to)} outside parties")

    def record(work: Work) -> None:
        work.checkpoints.add_anchor(sent)
        data: dict[str, object] = {"kind": E_MAIL, "recipients": len(to)}
        ledger_tree.append(work, services, "anchor", data | {"root": signed.root.hex(), "size": signed.size})

    services.store.write(record)
    return sent


def ask_now(services: Services) -> tuple[list[Attestation], list[str]]:
    """Sign what is committed, and ask every witness and every time-stamp authority that is set up.

    Gives what they said, and a sentence for whoever did not. Raises LedgerReadOnly, CannotSign.
    """
    ledger_tree.require_sound(services)
    ledger_tree.integrate(services)
    signed = ledger_sign.sign(services)
    return ledger_public.publish_and_ask(services, signed, now=True) if signed else ([], [])


def anchor_if_due(services: Services) -> Anchor | None:
    """Anchor once a day, where somebody is named for it and the log grew by more than the anchor's own entry."""
    to = services.signing.anchor_to if services.signing else ()
    if not to or not services.mailer.active:
        return None
    with services.store.read() as work:
        newest = next(iter(work.checkpoints.anchors(1)), None)
        size = work.tree.state().size
    if newest and (services.clock.now() - newest.at < NIGHTLY or size <= newest.size + 1):
        return None
    return anchor(services, to)


def _send(services: Services, signed: Signed, address: str) -> None:
    with services.store.read() as work:
        origin = work.ledger.origin()
    name = f"checkpoint-{signed.size}.txt"
    message = OutgoingMessage(
        0,
        f"checkpoint:{signed.size}:{sha256(address.encode()).hexdigest()[:16]}",
        address,
        f"Checkpoint of the ledger at {signed.size:,} entries",
        _LETTER.format(origin=origin, size=signed.size, note=signed.note.decode()),
        files=((name, signed.note),),
    )
    try:
        services.mailer.send(message)
    except OSError as error:
        raise AnchorNotSent(f"the mail server did not take it ({type(error).__name__})") from error
