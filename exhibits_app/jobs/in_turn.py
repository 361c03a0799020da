"""Of the processes that serve one instance one runs the jobs; when it ends, however it ends, another goes on."""

import fcntl
import os
import threading
from collections.abc import Callable
from pathlib import Path

import structlog

log = structlog.get_logger("exhibits.jobs")


def begin_in_turn(lock: Path, begin: Callable[[], object]) -> None:
    """Call `begin` once no other process holds this file; ours then holds it until it ends, and is named in it.

    The system lets go of the file whenever a process ends, killed or not. Where no file can be made, as on a disk that
    is full or read-only, the jobs begin at once: done twice they do no harm, not done they do.
    """
    threading.Thread(target=_wait, args=(lock, begin), name="exhibits-jobs-turn", daemon=True).start()


def _wait(lock: Path, begin: Callable[[], object]) -> None:
    try:
        held = os.open(lock, os.O_RDWR | os.O_CREAT, 0o600)  # Never closed: that would let go of it.
        fcntl.flock(held, fcntl.LOCK_EX)
        os.ftruncate(held, 0)
        os.write(held, f"{os.getpid()}\n".encode())
    except OSError as fault:
        log.warning("jobs run without their turn", says=fault.strerror)
    log.info("jobs begin", process=os.getpid())
    begin()
