"""How a printing is released: drawn, read back and kept first, and only then are its codes issued."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from labels import fields
from labels.stock import Stock

from ..domain.errors import MissingValue
from ..domain.people import Person, Target
from ..domain.printing import JobState
from . import label_templates, paper, print_files
from .context import Services
from .label_life import last_of
from .ports import PrintJob, PrintStep, Work
from .reprints import Again, Reprint, allow


@dataclass(frozen=True, slots=True)
class Printed:
    """A finished printing: the PDF and what it holds."""

    job: int
    pdf: bytes
    codes: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Drawn:
    """What stands on one label, whose supervisors may authorise that it is printed again, and the store it is in."""

    label: fields.Label
    target: Target
    store: int | None = None


@dataclass(frozen=True, slots=True)
class Order:
    """How labels of one kind (their code's type letter; none for blank ones) are printed.

    `printer` is empty for a file to download; `copies` of a label carry its one code.
    """

    kind: str
    on: Stock
    start_at: int
    printer: str
    again: Again | None
    copies: int = 1


Draw = Callable[[Work, int, str], Drawn]
Issue = Callable[[Work, int, datetime, Reprint | None], None]


def release(services: Services, by: Person, order: Order, drawn: Mapping[int, Drawn], issue: Issue) -> Printed:
    """Render and keep the files, and only then issue the codes on them: what was never made is no label.

    Nobody's scan waits for a PDF; and as the PDF is kept, opening it once more issues no codes.
    """
    if not drawn:
        raise MissingValue("item", "at least one thing to print a label for")
    to = print_files.printer_named(services, order.printer, order.on)
    with services.store.read() as work:
        foot, look = paper.latest(work), label_templates.in_force(work)
        old = [label for subject in drawn if (label := last_of(work, order.kind, subject))]
    reprint = allow(services, by, order.again, old, [each.target for each in drawn.values()])
    copied = [one.label for one in drawn.values() for _ in range(order.copies)]
    files = print_files.make(services, copied, order.on, order.start_at, foot, look.template, to)
    now = services.clock.now()
    job = replace(_job(services, by, order, now, drawn, files, reprint), template=look.version)

    def change(work: Work) -> int:
        kept = work.print_jobs.add(job)
        says = f"For the printer {order.printer}." if order.printer else "The PDF is there to download."
        work.print_jobs.step(PrintStep(kept, now, by.id, "made", job.state, says))
        issue(work, kept, now, reprint)
        return kept

    return Printed(services.store.write(change), files.pdf, tuple(each.label.code for each in drawn.values()))


def _job(
    services: Services,
    by: Person,
    order: Order,
    now: datetime,
    drawn: Mapping[int, Drawn],
    files: print_files.Files,
    reprint: Reprint | None,
) -> PrintJob:
    """The printing as it goes on record, its files kept."""
    return PrintJob(
        0,
        order.on.name,
        now,
        by.id,
        len(drawn),
        services.files.put(files.pdf),
        JobState.QUEUED if order.printer else JobState.SENT,
        order.printer,
        services.files.put(files.for_printer) if files.for_printer else "",
        by.team,
        _only({each.store for each in drawn.values()}),
        reprint.of_job if reprint else None,
        reprint.why.reason if reprint else "",
        reprint.why.words if reprint else "",
        reprint.authoriser.id if reprint and reprint.authoriser else None,
    )


def _only(stores: set[int | None]) -> int | None:
    """The one store that everything is in, or None."""
    return next(iter(stores)) if len(stores) == 1 else None
