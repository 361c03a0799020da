"""Continuity: folding an exhibit of 1,000 events, and the report of a case of 500 exhibits, page, PDF and JSON."""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from statistics import median

from benchmarks.fill import SECRET, Filled, fill
from exhibits_app.bootstrap import build_signing, create_app
from exhibits_app.domain.events import Envelope, Event, Moved, Sighted
from exhibits_app.domain.fold import fold
from exhibits_app.domain.gaps import detect
from exhibits_app.domain.intervals import intervals, steps
from exhibits_app.services import continuity, continuity_document, document_pdf, ledger_keeper
from exhibits_app.services.ports import Work
from exhibits_app.web.security import SESSION_COOKIE

EXHIBITS = 500
EVENTS = 1_000
TIMES = 9


def seconds(one: Callable[[], object], times: int = TIMES) -> tuple[float, float]:
    """The medians of what passes on the clock and of this process's processor time, which others disturb less."""
    taken, busy = [], []
    for _ in range(times):
        start, began = time.perf_counter(), time.process_time()
        one()
        taken.append(time.perf_counter() - start)
        busy.append(time.process_time() - began)
    return median(taken), median(busy)


def long_history(filled: Filled) -> list[Event]:
    """The events of item 1 with so many sightings and moves after them that they are EVENTS."""
    with filled.services.store.read() as work:
        events = list(work.ledger.events_of(1))
        place = work.items.find(1).exhibit.place
    if place is None:
        raise RuntimeError("item 1 lies nowhere")
    last = events[-1].envelope
    for number in range(EVENTS - len(events)):
        at = last.occurred_at + timedelta(hours=number + 1)
        envelope = Envelope(filled.services.ids.event_id(), at, at, last.actor, last.act)
        body = Moved(place) if number % 2 else Sighted(place)
        events.append(Event(1, len(events), envelope, body))
    return events


def one_case(work: Work) -> None:
    """Every item into the first case, where the list of a case finds them; what is read of each stays as long."""
    case = work.cases.find(1).ref
    for number in work.items.register_numbers(0, EXHIBITS):
        held = work.items.hold(number)
        if held.exhibit:
            held.exhibit = replace(held.exhibit, case=case)
            work.items.replace_projection(held, None)


def run() -> None:
    """Print seconds for each, and the limits that they have."""
    with tempfile.TemporaryDirectory() as folder:
        filled = fill(Path(folder), EXHIBITS)
        services = replace(filled.services, signing=build_signing(filled.settings))
        ledger_keeper.start(services)
        ledger_keeper.checkpoint(services)
        services.store.write(one_case)
        try:
            _measure(replace(filled, services=services))
        finally:
            services.store.close()


def _measure(filled: Filled) -> None:
    services, events = filled.services, long_history(filled)
    walked = steps(events)
    until = events[-1].envelope.occurred_at
    app = create_app(services, filled.settings)

    def whole() -> continuity.CaseAtHead:
        return continuity.of_case(services, None, 1)

    def page() -> None:
        with app.test_client() as client:
            client.set_cookie(SESSION_COOKIE, SECRET)
            answer = client.get("/cases/1/continuity")
            if answer.status_code != 200 or answer.text.count("<section") != EXHIBITS:
                raise RuntimeError(f"the page answered {answer.status_code}")

    def pdf() -> bytes:
        found = whole()
        made = continuity_document.of_case(found.case, found.head, continuity.reports(services, found))
        return document_pdf.pdf(made)

    def as_json() -> int:
        return sum(len(continuity_document.json_line(one)) for one in continuity.reports(services, whole()))

    rows = [
        (f"fold {EVENTS:,} events", seconds(lambda: fold(events)), "0.020"),
        (
            f"intervals and gaps of {EVENTS:,} events",
            seconds(lambda: (intervals(walked, until), detect(walked, until))),
            "",
        ),
        (f"case of {EXHIBITS} exhibits, reports", seconds(lambda: list(continuity.reports(services, whole())), 3), "5"),
        (f"case of {EXHIBITS} exhibits, JSON", seconds(as_json, 3), "5"),
        (f"case of {EXHIBITS} exhibits, page", seconds(page, 3), "5"),
        (f"case of {EXHIBITS} exhibits, PDF", seconds(pdf, 3), "5"),
    ]
    print(f"{'seconds, median':<45}{'clock':>9}{'CPU':>9}{'limit':>8}")
    for name, (taken, busy), limit in rows:
        print(f"{name:<45}{taken:>9.3f}{busy:>9.3f}{limit:>8}")
