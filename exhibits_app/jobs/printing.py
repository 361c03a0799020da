"""Sends printings to their printers, on a thread of its own: one that hangs keeps no alert and no ledger waiting."""

import structlog

from ..domain.errors import Refusal
from ..services import print_queue
from ..services.context import Services
from .rounds import Rounds

SECONDS = 1.0  # Somebody stands at the printer and waits.

log = structlog.get_logger("exhibits.printing")


def print_once(services: Services) -> None:
    """Send what waits. The log says how many printings, and of whom nothing."""
    done = print_queue.deliver(services)
    if done.sent or done.failed:
        log.info("printings sent", sent=done.sent, failed=done.failed)


def print_worker(services: Services, seconds: float = SECONDS) -> Rounds:
    """Looks every second for what waits to be printed, until stopped."""

    def once() -> None:
        try:
            print_once(services)
        except Refusal as refusal:
            # What the store cannot keep now is tried again; a printing in hand is given up when its lease ends.
            log.warning("nothing was sent to a printer", code=refusal.code)

    return Rounds("exhibits-printing", once, lambda stopped: stopped.wait(seconds))
