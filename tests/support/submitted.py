"""A forensic submission as its unit builds it, for tests of services, pages, the API and scans."""

from dataclasses import replace

from exhibits_app.domain import submissions as domain
from exhibits_app.domain.decisions import Choice
from exhibits_app.services import deciding, submission_steps, submissions
from exhibits_app.services.submissions import Form, LineForm
from tests.support.force import Force

LINE = LineForm(("dna", "body-fluids"), "Whose blood is on the hem?")


def a_form(force: Force, items: list[int], **given: object) -> Form:
    """A form that says all that it must."""
    form = Form(
        dict.fromkeys(items, LINE),
        laboratory=str(force.lab.id),
        grade="F1",
        contact="PC 4521 Reyes, extension 4521",
        circumstances="Found dead in bed. The pathologist asks who else was there.",
        risks=("biological",),
    )
    return replace(form, **given)


def a_bare_draft(force: Force) -> domain.Submission:
    """Submission 1 of the first case, with the first item on it and nothing else."""
    by, content = force.people["exhibits_officer"].ref, domain.Content(lines=(domain.Line(1, "AB/1", "Bed sheet"),))
    return domain.Submission(1, 1, domain.SubmissionState.DRAFT, by, force.clock.at, makers=(by.id,), content=content)


def to_submit(force: Force, items: list[int]) -> None:
    """Decide that these exhibits are submitted."""
    for number in items:
        deciding.decide(force.services, force.person("supervisor"), number, Choice("SUBMIT"))


def a_draft(force: Force, case: int, items: list[int], by: str = "officer", **given: object) -> int:
    """A draft with these exhibits, which are to be submitted; gives its number."""
    return submissions.build(force.services, force.person(by), case, a_form(force, items, **given))


def authorised(force: Force, number: int, by: str = "submissions") -> None:
    """Ask for the authority of a draft, and give it."""
    submission_steps.offer(force.services, force.person("officer"), number)
    submission_steps.authorise(force.services, force.person(by), number, digest_of(force, number))


def digest_of(force: Force, number: int) -> str:
    """The fingerprint of what is on the form."""
    return domain.digest(find(force, number))


def find(force: Force, number: int) -> domain.Submission:
    """The submission as it is kept."""
    with force.services.store.read() as work:
        return work.submissions.find(number)
