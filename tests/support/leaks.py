"""Notices what a test leaves behind."""

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def no_thread_left_running(patience: float) -> Iterator[None]:
    """Fail when a thread started inside is still running `patience` seconds after the end."""
    before = set(threading.enumerate())
    yield
    deadline = time.monotonic() + patience
    while (left := set(threading.enumerate()) - before) and time.monotonic() < deadline:
        time.sleep(0.01)
    assert not left, f"threads left running: {sorted(thread.name for thread in left)}"
