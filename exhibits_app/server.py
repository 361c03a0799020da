"""The web server: the processes that answer, how many threads each has, and how they are stopped."""

import os
import signal
from collections.abc import Callable
from importlib import import_module
from typing import Any

LONGEST_STOP = 30  # Seconds that a process has to answer what it was asked, once it is told to stop.


def serve(target: str, host: str, port: int, threads: int, processes: int = 1) -> None:
    """Answer with `module:application` in so many processes, with so many threads each, until told to stop."""
    # Not at the top: the process that answers is one of those that this starts, and needs none of it.
    from granian import Granian
    from granian.constants import Interfaces
    from granian.log import LogLevels

    # Each thread's own arena would keep what it once needed: tens of megabytes of nothing (read when a process starts).
    os.environ.setdefault("MALLOC_ARENA_MAX", "2")
    Granian(
        target,
        address=host,
        port=port,
        interface=Interfaces.WSGI,
        workers=processes,
        blocking_threads=threads,
        backpressure=threads,
        respawn_failed_workers=True,
        log_access=False,
        websockets=False,
        log_level=LogLevels.error,
        workers_kill_timeout=LONGEST_STOP,
    ).serve(target_loader=_loaded)


def _loaded(target: str) -> Callable[..., Any]:
    """The application, in a process of its own that was told by nobody yet what to do when it is to stop.

    It has the handlers of the process that started it, which would note the wish there where nobody reads it: a process
    that is to stop while it loads would go on for ever, and whoever waits for it too.
    """
    for wish in (signal.SIGTERM, signal.SIGINT):
        signal.signal(wish, signal.SIG_DFL)
    module, _, name = target.partition(":")
    application: Callable[..., Any] = getattr(import_module(module), name)
    return application
