"""Continuity reports, of an item and of a case: as a page to read and print, as a PDF, and as JSON."""

from collections.abc import Iterable, Iterator

from flask import Blueprint, Response, render_template, request, stream_with_context

from ...current import person, services
from ...domain.continuity import Head, Report
from ...domain.people import Action
from ...guard import Door, access
from ...services import continuity, continuity_document, document_pdf, gaps, snapshots
from ..documents import blocks_html
from ..pdf import pdf

TOGETHER = 10  # So many exhibits are sent at a time: a reader sees them come, and no chunk is tiny.
MARK = "<!-- the exhibits come here -->"

bp = Blueprint("continuity", __name__)


@bp.get("/items/<int:register_no>/continuity")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def item(register_no: int) -> str:
    """The report of an item."""
    made = continuity.of_item(services(), person(), register_no, _size())
    document = continuity_document.of_item(made.report)
    return render_template(
        "continuity/item.html",
        made=made,
        report=made.report,
        title=document.title,
        body=blocks_html(list(document.blocks)[1:]),
        **_chrome(made.report.head),
    )


@bp.get("/items/<int:register_no>/continuity.pdf")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def item_pdf(register_no: int) -> Response:
    """The report of an item on paper."""
    report = continuity.of_item(services(), person(), register_no, _size()).report
    return pdf(
        document_pdf.pdf(continuity_document.of_item(report)), f"continuity-{register_no}-{report.head.size}.pdf"
    )


@bp.get("/items/<int:register_no>/continuity.json")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def item_json(register_no: int) -> Response:
    """The report of an item for machines."""
    report = continuity.of_item(services(), person(), register_no, _size()).report
    return _lines([report])


@bp.get("/cases/<int:case_id>/continuity")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def case(case_id: int) -> Response:
    """The report of a case, sent as it is made: its exhibits appear one after another."""
    found = continuity.of_case(services(), person(), case_id, _size())
    title = f"Continuity of the exhibits in {found.case.reference}"
    front = continuity_document.case_front(title, found.case, found.head)
    page = render_template(
        "continuity/case.html", found=found, title=title, body=blocks_html(front[1:]), mark=MARK, **_chrome(found.head)
    )
    before, after = page.split(MARK)
    made = continuity.reports(services(), found)
    return Response(stream_with_context(_case(before, made, len(found.numbers), after)), mimetype="text/html")


@bp.get("/cases/<int:case_id>/continuity.pdf")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def case_pdf(case_id: int) -> Response:
    """The report of a case on paper."""
    found = continuity.of_case(services(), person(), case_id, _size())
    document = continuity_document.of_case(found.case, found.head, continuity.reports(services(), found))
    return pdf(document_pdf.pdf(document), f"continuity-case-{case_id}-{found.head.size}.pdf")


@bp.get("/cases/<int:case_id>/continuity.json")
@access(Door.SIGNED_IN, Action.SEE_CASE)
def case_json(case_id: int) -> Response:
    """The reports of a case for machines, one object a line."""
    found = continuity.of_case(services(), person(), case_id, _size())
    return _lines(continuity.reports(services(), found))


def _size() -> int | None:
    return request.args.get("head", None, int)


def _chrome(head: Head) -> dict[str, object]:
    """What stands around the report and is no part of it."""
    return {"head": head, "heads": snapshots.heads(services()), "unsent": gaps.unsent(services())}


def _lines(reports: Iterable[Report]) -> Response:
    written = (continuity_document.json_line(report) + "\n" for report in reports)
    return Response(stream_with_context(written), mimetype="application/x-ndjson")


def _case(before: str, reports: Iterable[Report], of: int, after: str) -> Iterator[str]:
    """The page in parts. Each part ends with how far it is; the style hides all of those but the last."""
    yield before
    waiting: list[str] = []
    done = with_gaps = 0
    for report in reports:
        done, with_gaps = done + 1, with_gaps + bool(report.gaps)
        body = blocks_html(continuity_document.body(report, alone=False), 3)
        title, anchor = continuity_document.title_of(report), f"item-{report.exhibit.register_no}"
        waiting.append(f'<section aria-labelledby="{anchor}">{_heading(title, anchor)}{body}</section>\n')
        if len(waiting) == TOGETHER and done < of:
            yield "".join(waiting) + f'<p class="report-progress" role="status">{done} of {of} exhibits</p>\n'
            waiting = []
    yield "".join(waiting) + blocks_html(continuity_document.case_end((done, with_gaps)))
    yield after


def _heading(title: str, anchor: str) -> str:
    return render_template("continuity/heading.html", title=title, anchor=anchor)
