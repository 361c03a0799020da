"""Printing the labels of a printing again: as a printing of its own, of whatever kind the labels are."""

from collections.abc import Sequence

from labels.payload import CodeType

from ..domain.errors import MissingValue
from ..domain.people import Person
from . import labels
from .codes import parse
from .context import Services
from .print_release import Printed
from .printings import require_seen
from .reprints import Again


def print_again(
    services: Services,
    by: Person,
    job_id: int,
    codes: Sequence[str],
    stock_name: str,
    start_at: int | str,
    *,
    printer: str,
    again: Again,
) -> Printed:
    """New labels for what these labels of the printing are of. Raises what printing them the first time does."""
    wanted = {parse(code) for code in codes}
    with services.store.read() as work:
        require_seen(work, by, job_id)
        chosen = [label for label in work.labels.of_job(job_id) if label.code in wanted and label.subject is not None]
    if not chosen:
        raise MissingValue("code", "at least one label to print again")
    kind, subjects = chosen[0].kind, [label.subject or 0 for label in chosen]
    if kind == CodeType.ITEM.value:
        return labels.print_item_labels(services, by, subjects, stock_name, start_at, printer=printer, again=again)
    if kind == CodeType.PLACE.value:
        return labels.print_place_labels(services, by, subjects, stock_name, printer=printer, again=again)
    if kind == CodeType.BOX.value:
        return labels.print_box_labels(services, by, subjects, stock_name, printer=printer, again=again)
    return labels.print_badges(services, by, subjects, stock_name, printer=printer, again=again)
