"""A continuity report as a document: the blocks that its page and its PDF are made of, and its JSON."""

import json
from collections.abc import Iterable, Iterator
from typing import Any

from ..domain import codec
from ..domain.cases import CASE_CATEGORY_NAMES, HAZARD_NAMES, ITEM_CATEGORY_NAMES
from ..domain.continuity import LIMITS, Head, Report
from ..domain.events import CaseRef
from ..domain.show import day_and_time
from . import continuity_tables
from .documents import Block, Document, Heading, Prose, facts


def of_item(report: Report) -> Document:
    """The document of one exhibit."""
    title = f"Continuity of {report.exhibit.ref} in {report.exhibit.case.reference}"
    return Document(title, _foot(title, report.head), [Heading(title, 1), *body(report)])


def of_case(case: CaseRef, head: Head, reports: Iterable[Report]) -> Document:
    """The document of a case, its exhibits one after another as they are made."""
    title = f"Continuity of the exhibits in {case.reference}"
    return Document(title, _foot(title, head), _case(title, case, head, reports))


def case_front(title: str, case: CaseRef, head: Head) -> list[Block]:
    """What stands before the exhibits of a case."""
    return [
        Heading(title, 1),
        facts(
            ("Case", case.reference),
            ("Kind of case", CASE_CATEGORY_NAMES.get(case.category, case.category)),  # type: ignore[call-overload]  # a StrEnum
            ("Officer in the case", case.oic.name if case.oic else "Not yet named"),
            *_head(head),
        ),
        *_limits(),
    ]


def case_end(counts: tuple[int, int]) -> list[Block]:
    """What stands after them: how many they were, and how many have gaps."""
    items, with_gaps = counts
    told = f"{items:,} exhibits, of which {with_gaps:,} have at least one gap or weakness in the account of them."
    return [Heading("End of the report", 2), Prose(told)]


def title_of(report: Report) -> str:
    """The heading of one exhibit in the report of a case."""
    return f"{report.exhibit.ref}, property reference {report.exhibit.register_no}"


def body(report: Report, alone: bool = True) -> list[Block]:
    """Everything of one exhibit below its title; `alone` where it is not part of a case's report."""
    return [
        _identity(report, alone),
        Heading("Custody, for all of the time"),
        Prose(continuity_tables.summary(report)),
        continuity_tables.intervals(report),
        Heading("Gaps and weaknesses"),
        continuity_tables.gaps(report),
        Heading("Seals"),
        continuity_tables.seals(report),
        *continuity_tables.history(report),
        *continuity_tables.revisions(report),
        Heading("Discrepancies"),
        continuity_tables.discrepancies(report),
        Heading("Witnesses"),
        continuity_tables.witnesses(report),
        Heading("Scans of the item itself"),
        continuity_tables.scans(report),
        Heading("Photographs"),
        continuity_tables.photographs(report),
        Heading("Positions in the ledger"),
        continuity_tables.positions(report),
        *(_limits() if alone else ()),
    ]


def as_json(report: Report) -> dict[str, Any]:
    """The report as plain values, by the names of its fields."""
    written = codec.plain(report)
    written["register_no"] = report.exhibit.register_no
    written["shows_not"] = list(LIMITS)
    return written


def json_line(report: Report) -> str:
    """The report as one line of JSON, keys in order, so that the same report has the same bytes."""
    return json.dumps(as_json(report), ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def _case(title: str, case: CaseRef, head: Head, reports: Iterable[Report]) -> Iterator[Block]:
    yield from case_front(title, case, head)
    items = with_gaps = 0
    for report in reports:
        yield Heading(title_of(report), 1)
        yield from body(report, alone=False)
        items, with_gaps = items + 1, with_gaps + bool(report.gaps)
    yield from case_end((items, with_gaps))


def _foot(title: str, head: Head) -> str:
    return f"{title}. As at ledger size {head.size}, {day_and_time(head.at)}."


def _head(head: Head) -> tuple[tuple[str, str], ...]:
    return (
        ("As at", f"{day_and_time(head.at)}, when the last entry below this head was recorded"),
        ("Ledger", head.origin),
        ("Signed head", f"size {head.size}, root {head.root}"),
    )


def _identity(report: Report, alone: bool) -> Block:
    item, begun = report.exhibit, report.begun.envelope
    case = item.case
    labels = "; ".join(
        f"{one.code} at {continuity_tables.short(one.at)} by {one.by}"
        + (f", revoking {one.replaces}" if one.replaces else "")
        + (f", {one.fate}" if one.fate else "")
        for one in report.labels
    )
    about_case = (
        ("Case", case.reference),
        ("Kind of case", CASE_CATEGORY_NAMES.get(case.category, case.category)),  # type: ignore[call-overload]  # a StrEnum
        ("Officer in the case", case.oic.name if case.oic else "Not yet named"),
    )
    return facts(
        ("Property reference", str(item.register_no)),
        ("Exhibit reference", item.reference),
        *(about_case if alone else ()),
        ("Description", item.description),
        ("Category", ITEM_CATEGORY_NAMES.get(item.category, item.category)),
        ("Quantity", "" if (item.quantity, item.unit) == (1, "item") else f"{item.quantity} {item.unit}"),
        ("Hazards", ", ".join(HAZARD_NAMES.get(one, one) for one in item.hazards)),
        ("Seized", f"{day_and_time(item.seized_at)} by {item.seized_by.name}, registered by {begun.actor.name}"),
        ("Power", report.power),
        ("Found", report.found),
        ("Produced by", item.producer.name),
        ("Part of", f"{item.parent.reference} (property reference {item.parent.register_no})" if item.parent else ""),
        ("Parts taken", ", ".join(f"{one.reference} ({one.register_no})" for one in item.parts)),
        ("Other numbers", "; ".join(f"{one.issuer}: {one.number}" for one in report.aliases)),
        ("Labels ever issued", labels or "None"),
        ("Where it was", item.where),
        *(_head(report.head) if alone else ()),
    )


def _limits() -> Iterator[Block]:
    yield Heading("What cryptography shows, and what it cannot")
    for sentence in LIMITS:
        yield Prose(sentence)
