"""What the jobs do for the ledger in every round: integrate, put the register tree on record each night, sign."""

from dataclasses import dataclass

from ..domain.errors import Refusal
from ..domain.ledger_faults import LedgerFault
from ..domain.show import iso
from . import ledger_anchor, ledger_erasure, ledger_heads, ledger_public, ledger_sign, ledger_tree
from .context import Services
from .ports import Work
from .ports.ledger_tree import Signed

JOB = "ledger"


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did; `refused` is the sentence of what it could not do."""

    integrated: int
    signed: Signed | None
    refused: str = ""

    @property
    def says(self) -> str:
        """The round in a few words, for the log and the health page."""
        size = f"signed at size {self.signed.size:,}" if self.signed else "nothing signed"
        return self.refused or f"{self.integrated:,} integrated, {size}"


def start(services: Services) -> bool:
    """Before anything else runs: the first key, the check of the right edge, and the erasing of what a restored backup
    brought back. Whether the ledger may be written."""
    with services.store.read() as work:
        read_only = work.checkpoints.alarm() is not None
    if not read_only:
        ledger_sign.ensure_key(services)
    sound = ledger_sign.check_at_start(services)
    ledger_erasure.replay(services)
    return sound


def run(services: Services) -> Round:
    """One round. A refusal is part of its outcome: the next round tries again."""
    integrated, signed, refused = 0, None, ""
    try:
        integrated = ledger_tree.integrate(services)
        if services.signing is not None:
            if ledger_heads.due(services):
                ledger_heads.log_heads(services)
            signed = ledger_sign.sign(services)
            refused = _outside(services, signed)
            ledger_anchor.anchor_if_due(services)
    except Refusal as refusal:
        refused = refusal.sentence()
    except LedgerFault as fault:
        ledger_tree.raise_alarm(services, fault)
        refused = str(fault)
    outcome = Round(integrated, signed, refused)
    services.store.write(lambda work: work.alerts.beat(JOB, services.clock.now(), outcome.says))
    return outcome


def _outside(services: Services, signed: Signed | None) -> str:
    """Publish the log and ask witnesses and authorities; what did not succeed, in sentences."""
    return " ".join(ledger_public.publish_and_ask(services, signed)[1]) if signed else ""


def checkpoint(services: Services) -> Signed | None:
    """Integrate and sign now. Raises LedgerReadOnly, CannotSign."""
    ledger_tree.require_sound(services)
    ledger_tree.integrate(services)
    return ledger_sign.sign(services)


def resolve(services: Services, reason: str) -> bool:
    """After somebody has looked into an alarm: check everything that is signed again, and only if it holds let the
    ledger be written again, with an incident entry that says why. Whether it holds. `reason` stands in the log for
    ever and names nobody."""
    with services.store.read() as work:
        alarm = work.checkpoints.alarm()
    if alarm is None:
        return True
    mark = ledger_sign.high_water(services.signing) if services.signing else None
    try:
        with services.store.read() as work:
            ledger_sign.check_growth(work, work.checkpoints.last(), mark)
            ledger_tree.check_entries(work, 0, work.tree.state().size)
    except LedgerFault:
        return False
    told: dict[str, object] = {"alarm": alarm.code, "raised": iso(alarm.at), "reason": reason}

    def change(work: Work) -> None:
        work.checkpoints.clear_alarm()
        ledger_tree.append(work, services, "incident", told)

    services.store.write(change)
    return True
