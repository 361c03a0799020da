"""The form of a submission (MG21 content) as a document: what a laboratory must know of each exhibit, and no more."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from ..domain.advice import ADVISER_NAMES, GRADE_NAMES
from ..domain.cases import HAZARD_NAMES, Case
from ..domain.errors import NotFound
from ..domain.events import Event, Seized, SplitOff
from ..domain.exhibit import CustodyKind, Exhibit
from ..domain.intervals import Interval, Standing, intervals, steps
from ..domain.people import Action, Person, may
from ..domain.show import day_and_time
from ..domain.submissions import (
    EXAMINATION_NAMES,
    RISK_NAMES,
    Line,
    Submission,
    SubmissionState,
    digest,
)
from .cases import note_read
from .context import Services
from .continuity_tables import short
from .documents import Barcode, Block, Document, Heading, Lines, Prose, Row, Table, facts
from .submission_pages import as_it_reads, exhibits_of

_MARKS = {
    SubmissionState.DRAFT: "DRAFT",
    SubmissionState.OFFERED: "DRAFT",
    SubmissionState.WITHDRAWN: "WITHDRAWN",
}
NOT_AUTHORISED = "Not authorised. Nothing leaves under this form: it is a draft."
SCAN = (
    "To send: SUBMIT, the laboratory or the courier, this number, then each exhibit by the label on its own bag. The "
    "authority is on record with the number. There are no codes of exhibits on this sheet, so that none is scanned "
    "that is not there."
)


@dataclass(frozen=True, slots=True)
class Filled:
    """A form with what is recorded of its exhibits: their states and their events, by register number."""

    submission: Submission
    case: Case
    force: str
    exhibits: Mapping[int, Exhibit]
    events: Mapping[int, list[Event]]


def fill_in(services: Services, by: Person, number: int, version: int | None = None) -> Filled:
    """The form, or an earlier version as it was authorised; the reading is logged. Raises NotFound."""
    with services.store.read() as work:
        submission = work.submissions.find(number)
        case = work.cases.find(submission.case)
        if not may(by, Action.SEE_CASE, case.target):
            raise NotFound("submission")
        if version is not None and version != submission.version:
            kept = work.submissions.version(number, version)
            if kept is None:
                raise NotFound("submission")
            submission = kept
        exhibits = exhibits_of(work, submission)
        sent = {one.register_no: one.sent_at for one in work.submissions.lines([number])}
        submission = as_it_reads(submission, exhibits, sent)
        events = {one: work.ledger.events_of(one) for one in exhibits}
    note_read(services, by, "case", case.id, f"form of {submission.called}")
    return Filled(submission, case, services.force_name, exhibits, events)


def document(form: Filled) -> Document:
    """The form. The same records give the same bytes: it holds no time of printing."""
    submission = form.submission
    title = f"Forensic submission {submission.called}"
    version = f", version {submission.version}" if submission.version > 1 else ""
    foot = f"{title}{version}, case {form.case.reference}. Form {digest(submission)[:16]}."
    return Document(title, foot, tuple(_blocks(form, title + version)), _MARKS.get(submission.state, ""))


def _blocks(form: Filled, title: str) -> Iterator[Block]:
    submission, content = form.submission, form.submission.content
    yield Heading(title, 1)
    yield Barcode(submission.called)
    if submission.authorised_by is None:
        yield Prose(NOT_AUTHORISED, strong=True)
    yield _head(form)
    if content.risks or content.handling:
        yield Heading("Hazards and safety")
        yield Prose("; ".join(RISK_NAMES[one] for one in content.risks) or "No hazard is known.", strong=True)
        yield Prose(content.handling)
    yield Heading("Circumstances")
    yield Prose(content.circumstances or "Not said yet.")
    yield Heading("Exhibits")
    yield _exhibits(form)
    for line in content.lines:
        yield from _asked(form, line)
    yield Heading("Continuity so far")
    for line in content.lines:
        yield from _continuity(form, line)
    yield Heading("Dispatch and receipt")
    yield Prose(SCAN)
    yield Lines(("Handed over by", "Received by", "At (time and date)", "Seals intact, unless said"))


def _head(form: Filled) -> Block:
    submission, content, case = form.submission, form.submission.content, form.case
    by, at = submission.authorised_by, submission.authorised_at
    needed = f"{_day(content.needed_by)}: {content.urgency}" if content.needed_by else None
    return facts(
        ("Form", "MG21 content"),
        ("From", form.force),
        ("To", content.laboratory.name if content.laboratory else "Not chosen yet"),
        ("Case", case.reference),
        ("Officer in the case", case.oic.name if case.oic else "Not yet named"),
        ("Whom to ask", content.contact),
        ("Forensic grade", GRADE_NAMES.get(content.grade)),
        ("Needed by", needed),
        ("Estimate of the cost", None if content.cost is None else f"\N{POUND SIGN}{content.cost:,}"),
        ("Built by", f"{submission.built_by.name} at {day_and_time(submission.built_at)}"),
        ("Authorised by", f"{by.name} at {day_and_time(at)}" if by and at else None),
    )


def _exhibits(form: Filled) -> Block:
    columns = (("Exhibit", 1.0), ("Description", 3.4), ("Seal", 1.3), ("Hazards", 1.8), ("Property reference", 1.1))
    rows = []
    for line in form.submission.content.lines:
        hazards = ", ".join(HAZARD_NAMES.get(one, one) for one in form.exhibits[line.register_no].hazards)
        seal = line.seal or "Not sealed"
        rows.append(Row((line.reference, line.description, seal, hazards or "None recorded", str(line.register_no))))
    return Table("Exhibits", columns, tuple(rows))


def _asked(form: Filled, line: Line) -> Iterator[Block]:
    exhibit = form.exhibits[line.register_no]
    begun = form.events[line.register_no][0].body
    power = begun.power if isinstance(begun, Seized) else None
    found = begun.found_at if isinstance(begun, Seized) else None
    parent = begun.inherited.parent.reference if isinstance(begun, SplitOff) else None
    yield Heading(f"{line.reference}: {line.description}")
    yield facts(
        ("Seized", f"{day_and_time(exhibit.seized_at)} by {exhibit.seized_by.name}"),
        ("Where", found),
        ("Power", power),
        ("Taken from", parent),
        ("Produced by", exhibit.producer.name),
        ("Examine for", "; ".join(EXAMINATION_NAMES[one] for one in line.examinations) or "Nothing chosen yet"),
        ("Questions", line.questions or "None yet"),
        ("Recommended", "\n".join(_advice(exhibit))),
    )


def _advice(exhibit: Exhibit) -> Iterator[str]:
    for one in exhibit.recommendations:
        yield f"{one.adviser} ({ADVISER_NAMES.get(one.role, one.role).lower()}): {one.examination}"


def _continuity(form: Filled, line: Line) -> Iterator[Block]:
    """Who answered for it, from the seizure to its last event."""
    walked = steps(form.events[line.register_no])
    columns = (("From", 1.3), ("Until", 1.3), ("Held by", 2.6), ("Place", 2.6), ("Seal", 1.4))
    yield Heading(line.reference, 3)
    rows = tuple(_interval(one) for one in intervals(walked, walked[-1].at))
    yield Table(f"Continuity of {line.reference}", columns, rows)


def _interval(one: Interval) -> Row:
    gap = one.standing is Standing.GAP
    seal = " ".join(filter(None, (one.seal_at_end.kind.value, one.seal_at_end.number)))
    until = short(one.until) if one.closed_by else "Still"
    who = "Property store" if one.custody.kind is CustodyKind.STORE and not one.parent else one.who
    return Row((short(one.start), until, ("GAP: " if gap else "") + who, one.where, seal), "gap" if gap else "")


def _day(iso: str) -> str:
    """A date in words; it has no time and no zone."""
    at = date.fromisoformat(iso)
    return f"{at.day} {at:%B} {at.year}"
