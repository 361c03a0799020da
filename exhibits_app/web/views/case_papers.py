"""Papers for a case file: the exhibit list (MG12 layout) and a handler's draft statement (MG11 wording)."""

from flask import Blueprint, Response, render_template, request

from ...current import person, services
from ...domain.people import Action
from ...guard import Door, access
from ...services import case_papers, case_papers_document, document_pdf, gaps, snapshots
from ..documents import blocks_html
from ..pdf import pdf

bp = Blueprint("case_papers", __name__)


@bp.get("/cases/<int:case_id>/exhibit-list")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def exhibits(case_id: int) -> str:
    """The exhibit list of a case."""
    listed = case_papers.exhibit_list(services(), person(), case_id, _size())
    document = case_papers_document.exhibit_list(listed)
    body = blocks_html(list(document.blocks)[1:])
    return render_template(
        "case_papers/exhibits.html", found=listed.found, title=document.title, body=body, **_chrome(listed.found.head)
    )


@bp.get("/cases/<int:case_id>/exhibit-list.pdf")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def exhibits_pdf(case_id: int) -> Response:
    """The exhibit list on paper."""
    listed = case_papers.exhibit_list(services(), person(), case_id, _size())
    return pdf(document_pdf.pdf(case_papers_document.exhibit_list(listed)), f"exhibit-list-{case_id}.pdf")


@bp.get("/cases/<int:case_id>/exhibit-list.csv")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def exhibits_csv(case_id: int) -> Response:
    """The exhibit list for a spreadsheet."""
    listed = case_papers.exhibit_list(services(), person(), case_id, _size())
    response = Response(case_papers.csv_of(listed), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="exhibit-list-{case_id}.csv"'
    return response


@bp.get("/cases/<int:case_id>/statement")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def statement(case_id: int) -> str:
    """Whose statement it is to be, and the draft once somebody is chosen."""
    who = request.args.get("person", 0, int)
    found, handlers = case_papers.who_handled(services(), person(), case_id, _size())
    document = None
    if who:
        document = case_papers_document.statement(
            case_papers.statement(services(), person(), case_id, who, found.head.size)
        )
    return render_template(
        "case_papers/statement.html",
        found=found,
        handlers=handlers,
        who=who,
        title=document.title if document else f"Draft a statement, {found.case.reference}",
        body=blocks_html(list(document.blocks)[1:]) if document else "",
        **_chrome(found.head),
    )


@bp.get("/cases/<int:case_id>/statement/<int:number>.pdf")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def statement_pdf(case_id: int, number: int) -> Response:
    """The draft on paper; `number` is the handler's."""
    made = case_papers.statement(services(), person(), case_id, number, _size())
    return pdf(document_pdf.pdf(case_papers_document.statement(made)), f"draft-statement-{case_id}-{number}.pdf")


def _size() -> int | None:
    return request.args.get("head", None, int)


def _chrome(head: object) -> dict[str, object]:
    return {"head": head, "heads": snapshots.heads(services()), "unsent": gaps.unsent(services())}
