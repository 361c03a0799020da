"""The line to the service: a thread of its own asks and sends, so that the network never holds up scanning."""

from __future__ import annotations

import queue
import random
import time
from collections.abc import Callable
from contextlib import closing
from enum import Enum
from functools import partial
from pathlib import Path
from typing import Protocol

from scanner import events as e
from scanner.client import Service
from scanner.deliver import Delivery, deliver
from scanner.errors import DeviceRefused, NoAnswer, OutboxUnusable, ScanRefusal
from scanner.outbox import Outbox
from scanner.pictures import hand_over
from scanner.questions import Question, Questions

SOONEST = 1.0  # seconds until the next try; doubles with each, up to
LATEST = 10.0
BEAT = 20.0  # seconds between looks at the service while there is nothing to send


class Errand(Enum):
    """What the line does besides answering questions."""

    SEND = "send"  # something was put into the outbox
    LOOK = "look"  # see whether the service is there, and send what waits
    STOP = "stop"


class Hears(Protocol):
    """Who is told what came of it, by whoever works off what the line posts and never by the line's thread."""

    def heard(self, events: list[e.Event]) -> None:
        """A question was answered."""

    def delivered(self, delivery: Delivery, asked: bool) -> None:
        """A pass over the outbox ended; `asked` if something had just been put into it."""

    def picture_refused(self, sentence: str) -> None:
        """The service did not take a picture, which stays on this device."""

    def line_is(self, there: bool, offset_ms: int | None) -> None:
        """The service began to answer, or ceased to; and how far its clock is ahead, in milliseconds, if known."""


class Line:
    """One service, and an outbox of its own to the same file as the dialogue's.

    Questions and sending happen in the order in which they were asked for. `post` is given what the dialogue's thread
    has to call; `chance` gives a number from 0 to 1, which spreads the tries of many devices after an outage; `clock`
    is in seconds and never goes back. `pictures` is the folder of those that the service is to have.
    """

    def __init__(
        self,
        service: Service,
        open_outbox: Callable[[], Outbox],
        *,
        now: Callable[[], float],
        new_id: Callable[[], str],
        post: Callable[[Callable[[], None]], None],
        chance: Callable[[], float] = random.random,
        clock: Callable[[], float] = time.monotonic,
        pictures: Path | None = None,
    ) -> None:
        self.there: bool | None = None  # None: nobody has looked yet
        self._service = service
        self._open_outbox = open_outbox
        self._now = now
        self._new_id = new_id
        self._post = post
        self._chance = chance
        self._clock = clock
        self._pictures = pictures
        self._due = 0.0  # by `clock`, when to look at the service again
        self._jobs: queue.Queue[Question | Errand] = queue.Queue()
        self._wait = SOONEST
        self._hears: Hears | None = None

    def tell(self, hears: Hears) -> None:
        """Whom to tell."""
        self._hears = hears

    def ask(self, question: Question) -> None:
        """Ask as soon as what was asked before is answered."""
        self._jobs.put(question)

    def send(self) -> None:
        """Something was put into the outbox."""
        self._jobs.put(Errand.SEND)

    def stop(self) -> None:
        """Let the thread end after what it does now."""
        self._jobs.put(Errand.STOP)

    @property
    def busy(self) -> bool:
        """Whether something was asked that is not answered yet."""
        return self._jobs.unfinished_tasks > 0

    def look(self) -> None:
        """See now whether the service is there, and send what waits."""
        self._jobs.put(Errand.LOOK)

    def run(self) -> None:
        """The thread's work, until `stop`. Raises nothing: a failing disk is posted."""
        try:
            with closing(self._open_outbox()) as outbox:
                while self.work_one(outbox):
                    pass
        except OutboxUnusable as problem:
            self._post(partial(_raise, problem))

    def work_off(self, outbox: Outbox) -> None:
        """Do what was asked for so far, in the caller's thread."""
        while self.busy:
            self.work_one(outbox)

    def work_one(self, outbox: Outbox) -> bool:
        """One job, or a look at the service when it is time for one. False when it was told to stop."""
        try:
            job: Question | Errand = self._jobs.get(timeout=max(self._due - self._clock(), 0.0))
        except queue.Empty:
            self._deliver(outbox, False)
            return True
        try:
            self._do(outbox, job)
        finally:
            self._jobs.task_done()
            self._post(_nothing)  # whoever waits for all answers may look again
        return job is not Errand.STOP

    def _do(self, outbox: Outbox, job: Question | Errand) -> None:
        if isinstance(job, Errand):
            self._run(outbox, job)
            return
        questions = Questions(self._service, outbox, now=self._now, new_id=self._new_id)
        try:
            # Nobody waits at every item for a network that is gone; to sign in is worth a try.
            if self.there is False and not isinstance(job, e.SignIn):
                return
            events = questions.answer(job)
            self._line(True)
        except NoAnswer:
            self._line(False)
            events = questions.without_answer(job)
        except DeviceRefused as refusal:
            self._line(False)
            events = [e.SignInRefused(job.badge, refusal.said, refusal.sentence)] if isinstance(job, e.SignIn) else []
        self._tell(lambda hears: hears.heard(events))

    def _run(self, outbox: Outbox, errand: Errand) -> None:
        if errand is Errand.SEND and self.there is False and self._clock() < self._due:
            self._tell(lambda hears: hears.delivered(Delivery((), NoAnswer("tried a moment ago")), True))
        elif errand is not Errand.STOP:
            self._deliver(outbox, errand is Errand.SEND)

    def _deliver(self, outbox: Outbox, asked: bool) -> None:
        try:
            offset = None if asked and self.there else self._service.clock_offset_ms()
            delivery = deliver(outbox, self._service)
        except (NoAnswer, DeviceRefused) as problem:
            offset, delivery = None, Delivery((), problem)
        except ScanRefusal as problem:
            # The clock was refused for another reason, so this is no answer to anything that waits.
            offset, delivery = None, Delivery((), NoAnswer(problem.sentence))
        self._line(delivery.stopped is None, offset)
        self._tell(lambda hears: hears.delivered(delivery, asked))
        if self._pictures and delivery.stopped is None:
            self._hand_over(outbox, self._pictures)

    def _hand_over(self, outbox: Outbox, folder: Path) -> None:
        """Pictures go last, a few at a time: whoever scans waits for none of them."""
        if self._service.wants_pictures is not None:
            outbox.pictures.want(self._service.wants_pictures)
        said, more = hand_over(outbox, self._service, folder)
        for sentence in said:
            self._tell(partial(_tell_refused, sentence))
        if more:
            self._due = self._clock()

    def _line(self, there: bool, offset: int | None = None) -> None:
        self._wait = SOONEST if there or self.there else min(2 * self._wait, LATEST)
        if there != self.there or offset is not None:
            self._tell(lambda hears: hears.line_is(there, offset))
        self.there = there
        self._due = self._clock() + (BEAT if there else self._wait * (0.5 + self._chance() / 2))

    def _tell(self, say: Callable[[Hears], None]) -> None:
        hears = self._hears
        if hears is not None:
            self._post(partial(say, hears))


def _tell_refused(sentence: str, hears: Hears) -> None:
    hears.picture_refused(sentence)


def _raise(problem: ScanRefusal) -> None:
    raise problem


def _nothing() -> None:
    """Wakes who waits."""
