"""A job on a thread of its own, done again and again until it is stopped."""

import threading
from collections.abc import Callable


class Rounds:
    """Does `once` and then waits as `wait` does, again and again; `wait` is given the event that ends it."""

    def __init__(self, name: str, once: Callable[[], None], wait: Callable[[threading.Event], object]) -> None:
        self._once = once
        self._wait = wait
        self._stopped = threading.Event()
        self._thread = threading.Thread(target=self._run, name=name, daemon=True)

    def start(self) -> "Rounds":
        """Begin."""
        self._thread.start()
        return self

    def stop(self) -> None:
        """Finish the round at hand and end."""
        self._stopped.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stopped.is_set():
            self._once()
            self._wait(self._stopped)
