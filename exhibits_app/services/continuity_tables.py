"""The tables of a continuity report, each of one thing that a court asks about."""

from collections.abc import Iterator
from datetime import datetime

from ..domain.account import Settlement
from ..domain.continuity import Head, Line, Report
from ..domain.events import Photographed
from ..domain.exhibit import CustodyKind
from ..domain.gaps import Gap
from ..domain.intervals import BASIS_NAMES, Interval, Standing
from ..domain.show import clock, day_and_time, how_long, iso, london
from .documents import Block, Heading, Prose, Row, Table, table

_TONES = {Standing.GAP: "gap", Standing.OUT: "out", Standing.PART: "out", Standing.ACCOUNTED: ""}
_LEAF = 16  # Hexadecimal digits of a leaf hash: enough to find the entry, short enough to read out.


def short(at: datetime) -> str:
    """A time in a table, on a London clock: "14 May 2026 09:30"."""
    local = london(at)
    return f"{local.day} {local:%b} {local.year} {clock(at)}"


def summary(report: Report) -> str:
    """How much of the time is accounted for, in a sentence."""
    gaps = [one for one in report.intervals if one.standing is Standing.GAP]
    whole = (report.until - report.intervals[0].start).total_seconds()
    since = f"{how_long(whole)} from the seizure until {day_and_time(report.until)}"
    if not gaps:
        return f"Every instant of {since} is accounted for below, each by one custodian."
    lost = sum((one.until - one.start).total_seconds() for one in gaps)
    several = f" in {len(gaps)} intervals" if len(gaps) > 1 else ""
    return f"Of {since}, {how_long(lost)}{several} is not accounted for. It is printed below as a gap."


def intervals(report: Report) -> Block:
    """Who answered for it, where, from when until when."""
    columns = (("From", 1.35), ("Until", 1.35), ("Custodian", 2.1), ("Place", 2.2), ("Seal", 1.6), ("Events", 1.4))
    rows = [
        Row(
            (
                short(one.start),
                short(one.until) if one.closed_by else f"{short(one.until)} (as at)",
                ("GAP: " if one.standing is Standing.GAP else "") + _who(one),
                one.where or "On the person" if one.standing is Standing.ACCOUNTED else one.where or "",
                _seal(one),
                f"{_numbers(report, one.opened_by, one.closed_by)}, {BASIS_NAMES[one.basis]}",
            ),
            _TONES[one.standing],
        )
        for one in report.intervals
    ]
    return Table("Intervals of custody", columns, tuple(rows))


def _who(one: Interval) -> str:
    if one.standing is Standing.ACCOUNTED:
        return "Property store" if one.custody.kind is CustodyKind.STORE else one.who
    return f"{one.who[:1].upper()}{one.who[1:]}"


def _seal(one: Interval) -> str:
    start, end = (
        " ".join(filter(None, (seal.kind.value, seal.number))) for seal in (one.seal_at_start, one.seal_at_end)
    )
    return start if start == end else f"{start}; at the end {end}"


def _numbers(report: Report, *events: str | None) -> str:
    return " to ".join(str(report.number_of(one)) for one in events if one)


def gaps(report: Report) -> Block:
    """What the detector found."""
    columns = (("What", 1.6), ("From", 1.2), ("Until", 1.2), ("What is known", 4.6), ("Events", 0.8))
    rows = (_gap(report, one) for one in report.gaps)
    none = "The detector found none: nobody is missing from the account, and every handover, opening and receipt fits."
    return table("Gaps and weaknesses", columns, rows, none)


def _gap(report: Report, gap: Gap) -> Row:
    until = short(gap.until) if gap.until else "Still so"
    events = ", ".join(str(report.number_of(one)) for one in gap.events if report.number_of(one))
    return Row((gap.kind.value, short(gap.start), until, gap.sentence, events), "" if gap.accounted else "gap")


def seals(report: Report) -> Block:
    """Every seal with who put it on and who ended it."""
    columns = (("Seal", 1.1), ("Put on", 1.3), ("By", 1.8), ("Ended", 1.3), ("By", 1.8), ("How and why", 2.5))
    rows = (
        Row(
            (
                one.number,
                short(one.applied_at),
                one.applied_by,
                short(one.ended_at) if one.ended_at else "Still on",
                one.ended_by or "",
                one.how or "",
            )
        )
        for one in report.seals
    )
    return table("Seals", columns, rows, "No seal was ever on it.")


def history(report: Report) -> Iterator[Block]:
    """The events as recorded, what corrections change, and the events as corrected."""
    yield Heading("History as recorded")
    yield _lines("Events as recorded", report.recorded)
    yield Heading("History as corrected")
    if not report.corrections:
        yield Prose("Nothing was corrected: both views are the same.")
        return
    columns = (("Event", 0.75), ("Was recorded", 3.2), ("Reads now", 3.2), ("Corrected by, and why", 2.4))
    rows = (
        Row(
            (
                str(one.number),
                one.was,
                one.after or "Counts for nothing.",
                f"{one.by} at {short(one.at)}" + (f": {one.reason}" if one.reason else ""),
            )
        )
        for one in report.corrections
    )
    yield table("Corrections", columns, rows, "")
    yield _lines("Events as corrected", report.corrected)


def _lines(name: str, lines: tuple[Line, ...]) -> Block:
    columns = (("Event", 0.75), ("What happened", 6.3), ("Recorded", 1.4), ("Device", 1.5))
    rows = (
        Row(
            (
                str(line.number),
                line.told + (" Arrived late." if line.late else ""),
                short(line.recorded_at),
                _device(line),
            )
        )
        for line in lines
    )
    return table(name, columns, rows, "Nothing.")


def _device(line: Line) -> str:
    if line.device is None:
        return "None"
    offset = f", clock {line.clock_offset_ms / 1000:+.3f} s" if line.clock_offset_ms else ""
    return f"{line.device}, no. {line.device_seq}{offset}"


def revisions(report: Report) -> Iterator[Block]:
    """Scans that came late."""
    yield Heading("Revisions of the timeline")
    columns = (("What came late", 3.4), ("Recorded", 1.3), ("Recorded before, by those who did not know of it", 4.2))
    rows = (Row((one.late, short(one.recorded_at), "\n".join(one.relied))) for one in report.revisions)
    yield table("Revisions of the timeline", columns, rows, "None: everything was recorded in the order it happened.")


def discrepancies(report: Report) -> Block:
    """Where the record and somebody's eyes differed, and what became of it."""
    columns = (("What", 1.4), ("At", 1.2), ("Seen", 1.7), ("On record", 2.0), ("How it was settled", 3.0))
    rows = (
        Row(
            (
                one.kind,
                short(one.at),
                one.seen,
                one.recorded,
                _settled(one),
            ),
            "" if one.finding else "gap",
        )
        for one in report.discrepancies
    )
    return table("Discrepancies", columns, rows, "None was ever raised.")


def _settled(one: Settlement) -> str:
    if one.finding and one.settled_at:
        because = f": {one.reason}" if one.reason else ""
        return f"{one.finding}, by {one.by} at {short(one.settled_at)}{because}"
    return one.finding or "Not settled"


def witnesses(report: Report) -> Block:
    """Events that a second person attested."""
    columns = (("Witness", 2.2), ("Event", 0.75), ("Of what", 6.5))
    rows = (Row((line.witness or "", str(line.number), line.told)) for line in report.witnessed)
    return table("Witnesses", columns, rows, "No event was witnessed.")


def scans(report: Report) -> Block:
    """When the item itself was scanned."""
    columns = (("At", 1.3), ("By", 2.2), ("Where", 3.2), ("In the course of", 1.8), ("Seal read", 1.2))
    rows = (
        Row((short(one.at), one.by, one.where, one.kind.replace("_", " "), one.seal or "Not read"))
        for one in report.scans
    )
    return table("Scans", columns, rows, "It was never scanned. What is inferred from a box is no scan of the item.")


def photographs(report: Report) -> Block:
    """Photographs by the digest of their bytes."""
    columns = (("Added", 1.3), ("By", 1.8), ("SHA-256 of its bytes", 5.2), ("Caption", 1.8))
    rows = (
        Row((short(one.envelope.corrected), one.envelope.actor.name, body.sha256, body.caption or ""))
        for one in report.photographs
        if isinstance(body := one.body, Photographed)
    )
    return table("Photographs", columns, rows, "None was added.")


def positions(report: Report) -> Block:
    """Where each event stands in the ledger."""
    columns = (
        ("Event", 0.75),
        ("Kind", 1.5),
        ("Recorded (UTC)", 2.2),
        (f"Leaf hash, first {_LEAF}", 1.9),
        ("Index", 0.9),
    )
    rows = (
        Row((str(line.number), line.kind, iso(line.recorded_at), line.leaf[:_LEAF], _index(report.head, line)))
        for line in sorted(report.recorded, key=lambda line: line.number)
    )
    return table("Positions in the ledger", columns, rows, "")


def _index(head: Head, line: Line) -> str:
    return str(line.index) if line.log == head.origin else f"{line.index} in {line.log}"
