"""Forensic submissions: the list by state, building one from a case, and the steps to its authority and its end."""

from collections.abc import Callable

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from ...current import person, services
from ...domain.advice import GRADE_NAMES
from ...domain.errors import BadInput, Refusal, SubmissionRefusal
from ...domain.people import Action, may
from ...domain.submissions import EXAMINATION_NAMES, RISK_NAMES, SubmissionState
from ...guard import Door, access
from ...services import document_pdf, submission_document, submission_pages, submission_steps, submissions
from ...services.submissions import Candidate
from ...statuses import status_of
from .. import submission_form
from ..documents import blocks_html
from ..navigation import OFFERS, Offer
from ..pdf import pdf
from ..submission_form import Filled

SAID = (BadInput, SubmissionRefusal)

bp = Blueprint("submissions", __name__)
OFFERS.append(
    Offer(
        "submissions.listed",
        "Submissions",
        "What goes to a laboratory: built, authorised, sent and not sent.",
        (Action.SEE_CASE,),
        25,
        lambda: submission_pages.to_authorise(services(), person()),
    )
)


@bp.get("/submissions")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def listed() -> str:
    """Submissions in one state or all that are open, newest first."""
    known = {state.value: state for state in SubmissionState}
    state = request.args.get("state", "")
    states = (known[state],) if state in known else submission_pages.OPEN_STATES
    case = request.args.get("case", None, int)
    rows, before = submission_pages.page(services(), person(), states, request.args.get("before", 0, int), case=case)
    return render_template(
        "submissions/list.html",
        rows=rows,
        before=before,
        state=state if state in known else "",
        case=case,
        counts=submission_pages.counts(services(), person()),
        now=services().clock.now(),
    )


@bp.get("/cases/<int:case_id>/submissions/new")
@access(Door.SIGNED_IN, Action.BUILD_SUBMISSION)
def new(case_id: int) -> str:
    """Which exhibits go; once some are ticked, the form about them."""
    case, found = submissions.candidates(services(), person(), case_id)
    ticked = set(request.args.getlist("item", type=int))
    going = [one for one in found if one.exhibit.register_no in ticked and one.may_go]
    if not going:
        return render_template("submissions/choose.html", case=case, found=found, ticked=ticked, submission=None)
    left_out = [one for one in found if one.exhibit.register_no in ticked and not one.may_go]
    first = submissions.first_form(case, [one.exhibit for one in going])
    return _form(case_id, going, submission_form.as_kept(first), {}, left_out=left_out)


@bp.post("/cases/<int:case_id>/submissions/new")
@access(Door.SIGNED_IN, Action.BUILD_SUBMISSION)
def build(case_id: int) -> AnyResponse | tuple[str, int]:
    """Keep a new draft, and ask for its authority when that was pressed."""
    try:
        number = submissions.build(services(), person(), case_id, submission_form.typed(request.form))
    except SAID as refusal:
        return _form(case_id, _sent(case_id), submission_form.as_typed(request.form), _faults(refusal)), status_of(
            refusal
        )
    return _go_on(number)


@bp.get("/submissions/<int:number>")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def one(number: int) -> str:
    """One submission: what it asks, what has left, what is still here, and what was done with it."""
    return _one(number, {})


@bp.get("/submissions/<int:number>/form")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def form(number: int) -> str:
    """The form as the laboratory gets it, or an earlier version of it."""
    filled = submission_document.fill_in(services(), person(), number, request.args.get("version", None, int))
    document = submission_document.document(filled)
    body = blocks_html(list(document.blocks)[1:])
    return render_template("submissions/form_page.html", submission=filled.submission, title=document.title, body=body)


@bp.get("/submissions/<int:number>/form.pdf")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def form_pdf(number: int) -> Response:
    """The form on paper."""
    filled = submission_document.fill_in(services(), person(), number, request.args.get("version", None, int))
    return pdf(document_pdf.pdf(submission_document.document(filled)), f"{filled.submission.called}.pdf")


@bp.get("/submissions/<int:number>/exhibits")
@access(Door.SIGNED_IN, Action.BUILD_SUBMISSION)
def choose(number: int) -> str:
    """Which exhibits are on a draft."""
    view = submission_pages.see(services(), person(), number)
    case, found = submissions.candidates(services(), person(), view.case.id, number)
    ticked = {line.register_no for line in view.submission.content.lines}
    return render_template("submissions/choose.html", case=case, found=found, ticked=ticked, submission=view.submission)


@bp.get("/submissions/<int:number>/change")
@access(Door.SIGNED_IN, Action.BUILD_SUBMISSION)
def change(number: int) -> str:
    """The form of a draft, with the exhibits that were ticked or those that it has."""
    return _change(number, {})


def _change(number: int, errors: dict[str, str]) -> str:
    view = submission_pages.see(services(), person(), number)
    content = view.submission.content
    wanted = request.args.getlist("item", type=int) or [line.register_no for line in content.lines]
    going = _going(view.case.id, set(wanted), number)
    return _form(view.case.id, going, submission_form.as_kept(content), errors, view=view)


@bp.post("/submissions/<int:number>/change")
@access(Door.SIGNED_IN, Action.BUILD_SUBMISSION)
def keep(number: int) -> AnyResponse | tuple[str, int]:
    """Keep a draft anew, and ask for its authority when that was pressed."""
    view = submission_pages.see(services(), person(), number)
    try:
        submissions.change(services(), person(), number, submission_form.typed(request.form))
    except SAID as refusal:
        going, filled = _sent(view.case.id, number), submission_form.as_typed(request.form)
        return _form(view.case.id, going, filled, _faults(refusal), view=view), status_of(refusal)
    return _go_on(number)


@bp.post("/submissions/<int:number>/offer")
@access(Door.SIGNED_IN, Action.BUILD_SUBMISSION)
def offer(number: int) -> AnyResponse | tuple[str, int]:
    """Ask for its authority; what the form lacks is asked for on the form."""
    try:
        submission_steps.offer(services(), person(), number)
    except BadInput as refusal:
        return _change(number, _faults(refusal)), status_of(refusal)
    except SubmissionRefusal as refusal:
        return _one(number, _faults(refusal)), status_of(refusal)
    flash("It waits to be authorised by somebody else.")
    return redirect(url_for("submissions.one", number=number))


@bp.post("/submissions/<int:number>/authorise")
@access(Door.SIGNED_IN, Action.AUTHORISE_SUBMISSION)
def authorise(number: int) -> AnyResponse | tuple[str, int]:
    """Authorise it as it was shown."""
    seen = request.form.get("seen", "")
    told = "It is authorised under your name. The scan out to the courier or laboratory is still to come."
    return _step(number, lambda: submission_steps.authorise(services(), person(), number, seen), told)


@bp.post("/submissions/<int:number>/refuse")
@access(Door.SIGNED_IN, Action.AUTHORISE_SUBMISSION)
def refuse(number: int) -> AnyResponse | tuple[str, int]:
    """Do not authorise it, and say why."""
    return _reasoned(number, submission_steps.refuse, "It is a draft again, with your reason on it.")


@bp.post("/submissions/<int:number>/revise")
@access(Door.SIGNED_IN, Action.BUILD_SUBMISSION)
def revise(number: int) -> AnyResponse | tuple[str, int]:
    """Begin a new version."""
    told = "Nothing more leaves until the new version is authorised. Change it and ask for its authority."
    return _reasoned(number, submission_steps.revise, told)


@bp.post("/submissions/<int:number>/withdraw")
@access(Door.SIGNED_IN, Action.BUILD_SUBMISSION)
def withdraw(number: int) -> AnyResponse | tuple[str, int]:
    """Give it up."""
    return _reasoned(number, submission_steps.withdraw, "It is withdrawn. The clocks of its exhibits go on.")


@bp.post("/submissions/<int:number>/close")
@access(Door.SIGNED_IN, Action.BUILD_SUBMISSION)
def close(number: int) -> AnyResponse | tuple[str, int]:
    """Close it."""
    return _reasoned(number, submission_steps.close, "It is closed.")


def _go_on(number: int) -> AnyResponse | tuple[str, int]:
    if request.form.get("go") == "offer":
        return offer(number)
    flash("The draft is kept. No clock stops for it.")
    return redirect(url_for("submissions.one", number=number))


def _reasoned(number: int, step: Callable[..., None], told: str) -> AnyResponse | tuple[str, int]:
    reason = request.form.get(f"{step.__name__}-reason", "")
    return _step(number, lambda: step(services(), person(), number, reason), told, step.__name__)


def _step(number: int, take: Callable[[], None], told: str, name: str = "") -> AnyResponse | tuple[str, int]:
    """Take a step and go to its page, which says beside the step what is wrong."""
    try:
        take()
    except SAID as refusal:
        field = f"{name}-reason" if name and isinstance(refusal, BadInput) else next(iter(_faults(refusal)))
        return _one(number, {field: refusal.sentence()}), status_of(refusal)
    flash(told)
    return redirect(url_for("submissions.one", number=number))


def _faults(refusal: Refusal) -> dict[str, str]:
    return {refusal.field if isinstance(refusal, BadInput) else "step": refusal.sentence()}


def _sent(case_id: int, mine: int | None = None) -> list[Candidate]:
    return _going(case_id, set(request.form.getlist("item", type=int)), mine)


def _going(case_id: int, wanted: set[int], mine: int | None) -> list[Candidate]:
    _case, found = submissions.candidates(services(), person(), case_id, mine)
    return [one for one in found if one.exhibit.register_no in wanted]


def _one(number: int, errors: dict[str, str]) -> str:
    view = submission_pages.see(services(), person(), number)
    return render_template(
        "submissions/one.html",
        view=view,
        submission=view.submission,
        content=view.submission.content,
        errors=errors,
        given=request.form,
        EXAMINATION_NAMES=EXAMINATION_NAMES,
        RISK_NAMES=RISK_NAMES,
        shown_day=submission_form.shown_day,
        may_case=lambda action: may(person(), action, view.case.target),
    )


def _form(
    case_id: int,
    going: list[Candidate],
    filled: Filled,
    errors: dict[str, str],
    *,
    view: submission_pages.View | None = None,
    left_out: list[Candidate] | None = None,
) -> str:
    case, _found = submissions.candidates(services(), person(), case_id)
    return render_template(
        "submissions/form.html",
        case=case,
        going=going,
        filled=filled,
        errors=errors,
        submission=view.submission if view else None,
        sent={one.line.register_no for one in view.lines if one.sent_at} if view else set(),
        left_out=left_out or [],
        laboratories=submissions.laboratories(services()),
        grades=GRADE_NAMES,
        EXAMINATION_NAMES=EXAMINATION_NAMES,
        RISK_NAMES=RISK_NAMES,
    )
