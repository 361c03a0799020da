"""What the threads of the scan client hand to the one that holds the dialogue, and that one's loop."""

from __future__ import annotations

import queue
from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from threading import Event
from typing import TypeVar

T = TypeVar("T")
_LOOK_UP_SECONDS = 0.25  # how often a waiting thread looks whether it should end


class Inbox:
    """Things to do, done one after the other by whoever calls `work`."""

    def __init__(self) -> None:
        self.stopped = Event()
        self._waiting: queue.Queue[Callable[[], None]] = queue.Queue()

    def post(self, do: Callable[[], None]) -> None:
        """Have this done by the dialogue's thread."""
        self._waiting.put(do)

    def work(self, seconds: float) -> None:
        """Do what waits; wait for something at most so long. Raises what doing it raises."""
        try:
            do = self._waiting.get(timeout=seconds) if seconds else self._waiting.get_nowait()
        except queue.Empty:
            return
        do()

    @property
    def empty(self) -> bool:
        """Whether nothing waits to be done."""
        return self._waiting.empty()

    def work_off(self) -> None:
        """Do all that waits now."""
        while not self.empty:
            self.work(0)

    def feed(self, things: Iterator[T], each: Callable[[T], None]) -> None:
        """A thread's work: hand over one thing after the other, the next when the one before was dealt with.

        A source that is faster than the dialogue thus waits for it, and a camera's picture is never an old one.
        """
        for thing in things:
            done = Event()
            self.post(_dealt_with(each, thing, done))
            while not done.wait(_LOOK_UP_SECONDS):
                if self.stopped.is_set():
                    return
            if self.stopped.is_set():
                return


def _dealt_with(each: Callable[[T], None], thing: T, done: Event) -> Callable[[], None]:
    def do() -> None:
        try:
            each(thing)
        finally:
            done.set()

    return do


def start(pool: ThreadPoolExecutor, inbox: Inbox, work: Callable[[], None]) -> Future[None]:
    """Begin the work in a thread; the inbox wakes when it ends, and `Future.result` raises what it raised."""
    begun = pool.submit(work)
    begun.add_done_callback(lambda _: inbox.post(_nothing))
    return begun


def _nothing() -> None:
    """Wakes who waits."""
