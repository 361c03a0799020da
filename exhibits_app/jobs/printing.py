"""Sends printings to their printers, on a thread of its own: one that hangs keeps no alert and no ledger waiting."""

import threading

import structlog

from ..domain.errors import Refusal
from ..services import print_queue
from ..services.context import Services

SECONDS = 1.0  # Somebody stands at the printer and waits.

log = structlog.get_logger("exhibits.printing")


def print_once(services: Services) -> None:
    """Send what waits. The log says how many printings, and of whom nothing."""
    done = print_queue.deliver(services)
    if done.sent or done.failed:
        log.info("printings sent", sent=done.sent, failed=done.failed)


class PrintWorker:
    """Looks every second for what waits to be printed, until stopped."""

    def __init__(self, services: Services, seconds: float = SECONDS) -> None:
        self._services = services
        self._seconds = seconds
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name="exhibits-printing", daemon=True)

    def start(self) -> "PrintWorker":
        """Begin."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Finish the printing at hand and end."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            try:
                print_once(self._services)
            except Refusal as refusal:
                # What the store cannot keep now is tried again; a printing in hand is given up when its lease ends.
                log.warning("nothing was sent to a printer", code=refusal.code)
            self._stopped.wait(self._seconds)
