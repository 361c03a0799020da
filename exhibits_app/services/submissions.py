"""Building a forensic submission from a case and changing its draft: no clock minds, only the scan out stops one."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from ..domain.advice import GRADE_NAMES
from ..domain.cases import Case
from ..domain.errors import AlreadySent, BadDate, MissingValue, NotAChoice, NotFound, TooMany
from ..domain.exhibit import Exhibit
from ..domain.people import Action, Person, may, require
from ..domain.places import Place, PlaceKind, PlaceRef
from ..domain.submissions import (
    EXAMINATION_NAMES,
    MOST_EXHIBITS,
    RISK_NAMES,
    Content,
    Line,
    Submission,
    SubmissionState,
    check_exhibit,
    check_in,
    risks_of,
    why_not,
)
from ..domain.text import LINE_LIMIT, PROSE_LIMIT, optional, whole_number
from .context import Services
from .ports import Held, Work
from .ports.submissions import SubmissionNote

MOST_POUNDS = 1_000_000
MOST_IN_A_CASE = 10_000


@dataclass(frozen=True, slots=True)
class LineForm:
    """What is asked about one exhibit, as somebody typed it."""

    examinations: tuple[str, ...] = ()
    questions: str = ""


@dataclass(frozen=True, slots=True)
class Form:
    """A submission as somebody typed it; `laboratory` is a place's id, `needed_by` a date as ISO text, `cost` whole
    pounds; `lines` by register number."""

    lines: Mapping[int, LineForm]
    laboratory: str = ""
    grade: str = ""
    contact: str = ""
    circumstances: str = ""
    needed_by: str = ""
    urgency: str = ""
    risks: Sequence[str] = field(default_factory=tuple)
    handling: str = ""
    cost: str = ""


@dataclass(frozen=True, slots=True)
class Candidate:
    """An exhibit of a case, and why it cannot be on a submission; `other` is the open one that it is on already."""

    exhibit: Exhibit
    why: str
    other: int | None = None

    @property
    def may_go(self) -> bool:
        """Whether it can be ticked."""
        return not self.why and self.other is None


def candidates(services: Services, by: Person, case_id: int, mine: int | None = None) -> tuple[Case, list[Candidate]]:
    """Every exhibit of the case, and which may go. `mine` is the submission that is being changed.

    Raises NotFound, NoRight.
    """
    with services.store.read() as work:
        case = to_build(work, by, case_id)
        exhibits = [one.exhibit for one in work.items.in_case(case_id, 0, MOST_IN_A_CASE)]
        others = work.submissions.open_lines([one.register_no for one in exhibits])
    others = {item: number for item, number in others.items() if number != mine}
    return case, [Candidate(one, why_not(one), others.get(one.register_no)) for one in exhibits]


def first_form(case: Case, exhibits: Sequence[Exhibit]) -> Content:
    """What a new form begins with: the officer in the case, the highest grade, what the exhibits' hazards bring."""
    grades = [one.grade for one in exhibits if one.grade]
    return Content(
        grade=min(grades, key=list(GRADE_NAMES).index, default=""),
        contact=case.oic.name if case.oic else "",
        risks=risks_of(exhibits),
        lines=tuple(line_of(one) for one in exhibits),
    )


def laboratories(services: Services) -> list[Place]:
    """Where a submission can go, by name."""
    with services.store.read() as work:
        places = [one for one in work.places.all() if one.kind is PlaceKind.LAB and not one.closed]
    return sorted(places, key=lambda one: one.name)


def build(services: Services, by: Person, case_id: int, form: Form) -> int:
    """A new draft with these exhibits; gives its number. Raises BadInput, NotForSubmission, NoRight, NotFound."""
    now = services.clock.now()

    def change(work: Work) -> int:
        case = to_build(work, by, case_id)
        held = _exhibits(work, case, form)
        _check_free(work, held, None)
        content = _content(work, form, held, ())
        number = work.submissions.next_number()
        draft = Submission(number, case.id, SubmissionState.DRAFT, by.ref, now, makers=(by.id,), content=content)
        work.submissions.add(draft)
        work.submissions.note(SubmissionNote(number, now, by.id, "built", 1))
        return number

    return services.store.write(change)


def change(services: Services, by: Person, number: int, form: Form) -> None:
    """Keep a draft anew; one that waits for its authority is a draft again. What was sent stays as it was.

    Raises BadInput, SubmissionRefusal, NoRight, NotFound.
    """
    now = services.clock.now()

    def keep(work: Work) -> None:
        case = to_build(work, by, work.submissions.find(number).case)
        held = _exhibits(work, case, form)
        old = work.submissions.hold(number)
        check_in(old, SubmissionState.DRAFT, SubmissionState.OFFERED)
        sent = sent_lines(work, old)
        _check_free(work, [one for one in held if one.register_no not in {line.register_no for line in sent}], number)
        makers = tuple(sorted({*old.makers, by.id}))
        content = _content(work, form, held, sent)
        work.submissions.save(replace(old, state=SubmissionState.DRAFT, makers=makers, content=content))
        work.submissions.note(SubmissionNote(number, now, by.id, "changed", old.version))

    services.store.write(keep)


def to_build(work: Work, by: Person, case_id: int) -> Case:
    """The case, for somebody who may build submissions of it. Raises NotFound, NoRight."""
    case = work.cases.find(case_id)
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("case")
    require(by, Action.BUILD_SUBMISSION, case.target)
    return case


def sent_lines(work: Work, submission: Submission) -> tuple[Line, ...]:
    """The lines of what was scanned out under it."""
    sent = {one.register_no for one in work.submissions.lines([submission.number]) if one.sent_at}
    return tuple(line for line in submission.content.lines if line.register_no in sent)


def line_of(exhibit: Exhibit, line: Line | LineForm | None = None) -> Line:
    """The exhibit's line with what is recorded of it now."""
    asked = line or LineForm()
    return Line(
        exhibit.register_no,
        exhibit.ref,
        exhibit.description,
        exhibit.seal.number,
        tuple(asked.examinations),
        asked.questions,
    )


def refreshed(content: Content, exhibits: Mapping[int, Exhibit], sent: Iterable[int]) -> Content:
    """The form with references, descriptions and seals as they are recorded now; what was sent stays as it was."""
    stay = set(sent)
    lines = (
        one if one.register_no in stay or one.register_no not in exhibits else line_of(exhibits[one.register_no], one)
        for one in content.lines
    )
    return replace(content, lines=tuple(lines))


def _exhibits(work: Work, case: Case, form: Form) -> list[Exhibit]:
    """The exhibits of the form, locked. Raises MissingValue, TooMany, NotFound."""
    if not form.lines:
        raise MissingValue("item", "at least one exhibit")
    if len(form.lines) > MOST_EXHIBITS:
        raise TooMany("item", "exhibits", MOST_EXHIBITS)
    held = work.items.hold_all(form.lines)
    return [_of_case(held.get(number), case) for number in sorted(form.lines)]


def _of_case(held: Held | None, case: Case) -> Exhibit:
    if held is None or held.exhibit is None or held.exhibit.case.id != case.id:
        raise NotFound("item")
    return held.exhibit


def _check_free(work: Work, exhibits: Sequence[Exhibit], mine: int | None) -> None:
    others = work.submissions.open_lines([one.register_no for one in exhibits])
    for one in exhibits:
        other = others.get(one.register_no)
        check_exhibit(one, None if other == mine else other)


def _content(work: Work, form: Form, exhibits: Sequence[Exhibit], sent: Sequence[Line]) -> Content:
    stay = {line.register_no: line for line in sent}
    gone = [line.reference for line in sent if line.register_no not in form.lines]
    if gone:
        raise AlreadySent(gone[0])
    lines = [stay.get(one.register_no) or line_of(one, _asked(form.lines[one.register_no], one)) for one in exhibits]
    if form.grade and form.grade not in GRADE_NAMES:
        raise NotAChoice("grade", "the forensic grade")
    if not set(form.risks) <= set(RISK_NAMES):
        raise NotAChoice("risks", "the risks")
    return Content(
        _laboratory(work, form.laboratory),
        form.grade,
        optional(form.contact, "contact", "whom the laboratory asks", LINE_LIMIT),
        optional(form.circumstances, "circumstances", "the circumstances", PROSE_LIMIT),
        _day(form.needed_by),
        optional(form.urgency, "urgency", "why it is needed by then", LINE_LIMIT),
        tuple(one for one in RISK_NAMES if one in form.risks),
        optional(form.handling, "handling", "how to handle it", PROSE_LIMIT),
        whole_number(form.cost, "cost", "the estimate in pounds", 0, MOST_POUNDS) if form.cost.strip() else None,
        tuple(lines),
    )


def _asked(form: LineForm, exhibit: Exhibit) -> LineForm:
    number = exhibit.register_no
    if not set(form.examinations) <= set(EXAMINATION_NAMES):
        raise NotAChoice(f"examinations-{number}", "what it is to be examined for")
    examinations = tuple(one for one in EXAMINATION_NAMES if one in form.examinations)
    return LineForm(examinations, optional(form.questions, f"questions-{number}", "the questions", PROSE_LIMIT))


def _laboratory(work: Work, given: str) -> PlaceRef | None:
    if not given:
        return None
    known = {str(one.id): one for one in work.places.all() if one.kind is PlaceKind.LAB and not one.closed}
    if given not in known:
        raise NotAChoice("laboratory", "the laboratory")
    return known[given].ref


def _day(given: str) -> str:
    try:
        return date.fromisoformat(given).isoformat() if given else ""
    except ValueError:
        raise BadDate("needed_by", "when it is needed") from None
