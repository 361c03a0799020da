"""Printings on record: what still needs a label, and the PDF of a printing once more."""

from dataclasses import dataclass

from ..domain.errors import NotFound
from ..domain.people import Person
from .context import Services
from .ports import PrintJob


@dataclass(frozen=True, slots=True)
class Printing:
    """A finished printing with its PDF."""

    job: PrintJob
    pdf: bytes


def find(services: Services, by: Person, job_id: int) -> PrintJob:
    """A finished printing of this person's own. Raises NotFound for anyone else's: its labels name cases."""
    with services.store.read() as work:
        found = work.labels.jobs(job_id + 1, 1)
    if not found or found[0].id != job_id or found[0].made_by != by.id or not found[0].sha256:
        raise NotFound("printing")
    return found[0]


def open_pdf(services: Services, by: Person, job_id: int) -> Printing:
    """The very bytes that were made then: no code is issued and none revoked. Raises NotFound."""
    job = find(services, by, job_id)
    return Printing(job, services.files.get(job.sha256))


def unlabelled(services: Services, case_id: int, limit: int) -> list[int]:
    """Register numbers of items without a label, of a case that was seen through `see_case`, oldest first."""
    with services.store.read() as work:
        items = work.items.in_case(case_id, 0, 100_000)
    return [listed.exhibit.register_no for listed in items if listed.exhibit.code is None][:limit]
