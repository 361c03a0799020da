"""Forensic submissions in SQL."""

import json
from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import Select, bindparam, case, delete, func, literal_column, select, update

from ...domain import codec
from ...domain.errors import NotFound
from ...domain.submissions import OVER, Submission, SubmissionState
from ...services.ports.submissions import SubmissionNote, SubmissionsWanted, SubmittedLine
from ..mapping import instant, instant_or_none, micros, micros_or_none, to_json
from ..rows import case_file, counter, submission, submission_line, submission_note, submission_version
from ..sql import Session, Statement, adding, one_of, unless_there
from .cases import within_reach
from .scans import LAST

_one, _line, _note = submission.c, submission_line.c, submission_note.c
_COUNTED = 100
_COUNTER = update(counter).where(counter.c.name == literal_column("'submission'"))
_NEXT = Statement(_COUNTER.values(value=counter.c.value + literal_column("1")).returning(counter.c.value))
_LAST = Statement(select(counter.c.value).where(counter.c.name == literal_column("'submission'")))
_RESERVE = Statement(
    _COUNTER.values(
        value=case((counter.c.value < bindparam("least"), bindparam("least")), else_=counter.c.value)
    )
)  # fmt: skip
_ADD = Statement(adding(submission, "number", "case_id", "state", "written"))
_SAVE = Statement(
    update(submission)
    .where(_one.number == bindparam("this_number"))
    .values(state=bindparam("new_state"), written=bindparam("new_written"))
)
_FIND = Statement(select(_one.written).where(_one.number == bindparam("number")))
_HOLD = Statement(select(_one.written).where(_one.number == bindparam("number")).with_for_update())
_JOIN = Statement(unless_there(submission_line, "number", "register_no"))
_LEAVE = Statement(
    lambda database: delete(submission_line).where(
        _line.number == bindparam("number"), ~one_of(_line.register_no, "stay", database), _line.sent_at.is_(None)
    )
)
_LINES = Statement(
    lambda database: (
        select(submission_line)
        .where(one_of(_line.number, "numbers", database))
        .order_by(_line.number, _line.register_no)
    )
)
_LINES_OF = Statement(
    select(submission_line).where(_line.register_no == bindparam("register_no")).order_by(_line.number)
)
_OPEN = Statement(
    lambda database: (
        select(_line.register_no, _line.number)
        .join(submission, _one.number == _line.number)
        .where(one_of(_line.register_no, "items", database), _line.sent_at.is_(None))
        .where(*(_one.state != state.value for state in sorted(OVER)))
    )
)
_MARK = Statement(
    update(submission_line)
    .where(_line.number == bindparam("this_number"), _line.register_no == bindparam("this_item"))
    .values(sent_at=bindparam("new_sent_at"))
)
_KEEP = Statement(adding(submission_version, "number", "version", "sha256", "written"))
_VERSION = Statement(
    select(submission_version.c.written).where(
        submission_version.c.number == bindparam("number"), submission_version.c.version == bindparam("version")
    )
)
_VERSIONS = Statement(
    select(submission_version.c.version)
    .where(submission_version.c.number == bindparam("number"))
    .order_by(submission_version.c.version)
)
_ADD_NOTE = Statement(adding(submission_note, "number", "at", "by_id", "kind", "version", "words"))
_NOTES = Statement(
    select(submission_note)
    .where(_note.number == bindparam("number"))
    .order_by(_note.id.desc())
    .limit(bindparam("limit"))
)


class SqlSubmissions:
    """Implements the Submissions port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self) -> int:
        """The next number of the gapless series; others wait here until this transaction ends."""
        return int(self._session.value(_NEXT))

    def last_number(self) -> int:
        """The number that was given or reserved last; 0 before the first."""
        return int(self._session.value(_LAST))

    def reserve(self, number: int) -> None:
        """No submission gets this number or one below it any more."""
        self._session.run(_RESERVE, least=number)

    def add(self, submission: Submission) -> None:
        """Keep a new submission with its exhibits."""
        self._session.run(
            _ADD,
            number=submission.number,
            case_id=submission.case,
            state=submission.state.value,
            written=_written(submission),
        )
        self._join(submission)

    def save(self, submission: Submission) -> None:
        """Keep it as it is now. Exhibits that were scanned out stay on it whatever its form says."""
        self._session.run(
            _SAVE,
            this_number=submission.number,
            new_state=submission.state.value,
            new_written=_written(submission),
        )
        stay = [line.register_no for line in submission.content.lines]
        self._session.run(_LEAVE, number=submission.number, stay=self._session.listed(stay))
        self._join(submission)

    def keep_version(self, submission: Submission, sha256: str) -> None:
        """Keep what was authorised, for ever. ChangedMeanwhile comes from the store."""
        self._session.run(
            _KEEP, number=submission.number, version=submission.version, sha256=sha256, written=_written(submission)
        )

    def version(self, number: int, version: int) -> Submission | None:
        """The submission as it was when this version was authorised, or None."""
        written = self._session.value(_VERSION, number=number, version=version)
        return None if written is None else _read(written)

    def versions(self, number: int) -> list[int]:
        """The versions that were authorised, in order."""
        return [row.version for row in self._session.all(_VERSIONS, number=number)]

    def find(self, number: int) -> Submission:
        """The submission. Raises NotFound."""
        return self._found(_FIND, number)

    def hold(self, number: int) -> Submission:
        """The submission, locked. Raises NotFound."""
        return self._found(_FIND if self._session.reads_only else _HOLD, number)

    def page(self, wanted: SubmissionsWanted, before: int, limit: int) -> list[Submission]:
        """Submissions newest first, with numbers below `before` (0: from the newest)."""
        query = _wanted(select(_one.written), wanted, wanted.states)
        query = query.where(_one.number < (before or LAST)).order_by(_one.number.desc()).limit(limit)
        return [_read(row.written) for row in self._session.query(query)]

    def counts(self, wanted: SubmissionsWanted) -> dict[SubmissionState, int]:
        """How many are in each of the wanted states, counted to a hundred and no further."""
        found = {}
        for state in wanted.states:
            some = _wanted(select(_one.number), wanted, (state,)).limit(_COUNTED).subquery()
            found[state] = int(self._session.query(select(func.count().label("many")).select_from(some))[0].many)
        return found

    def lines(self, numbers: Collection[int]) -> list[SubmittedLine]:
        """The exhibits of these submissions, by number and register number."""
        return [_line_of(row) for row in self._session.all(_LINES, numbers=self._session.listed(numbers))]

    def lines_of(self, register_no: int) -> list[SubmittedLine]:
        """The submissions that the exhibit is or was on, by number."""
        return [_line_of(row) for row in self._session.all(_LINES_OF, register_no=register_no)]

    def open_lines(self, register_nos: Sequence[int]) -> dict[int, int]:
        """For each of these exhibits the submission, not over, that names it and under which it has not left yet."""
        rows = self._session.all(_OPEN, items=self._session.listed(register_nos))
        return {row.register_no: row.number for row in rows}

    def mark(self, line: SubmittedLine) -> None:
        """Keep when the exhibit was scanned out under the submission."""
        self._session.run(
            _MARK, this_number=line.number, this_item=line.register_no, new_sent_at=micros_or_none(line.sent_at)
        )

    def note(self, note: SubmissionNote) -> None:
        """Keep what was done."""
        self._session.run(
            _ADD_NOTE,
            number=note.number,
            at=micros(note.at),
            by_id=note.by,
            kind=note.kind,
            version=note.version,
            words=note.words,
        )

    def notes(self, number: int, limit: int) -> list[SubmissionNote]:
        """What was done with the submission, newest first."""
        rows = self._session.all(_NOTES, number=number, limit=limit)
        return [
            SubmissionNote(row.number, instant(row.at), row.by_id, row.kind, row.version, row.words) for row in rows
        ]

    def _join(self, submission: Submission) -> None:
        lines = submission.content.lines
        self._session.many(_JOIN, [{"number": submission.number, "register_no": line.register_no} for line in lines])

    def _found(self, statement: Statement, number: int) -> Submission:
        written = self._session.value(statement, number=number)
        if written is None:
            raise NotFound("submission")
        return _read(written)


def _wanted(query: Select[Any], wanted: SubmissionsWanted, states: Sequence[SubmissionState]) -> Select[Any]:
    query = query.join(case_file, case_file.c.id == _one.case_id).where(_one.state.in_([one.value for one in states]))
    if wanted.case is not None:
        query = query.where(_one.case_id == wanted.case)
    return query.where(within_reach(wanted.person, wanted.teams, everything=wanted.everything, silent=wanted.silent))


def _written(submission: Submission) -> str:
    return to_json(codec.plain(submission))


def _read(written: str) -> Submission:
    return codec.build(Submission, json.loads(written))


def _line_of(row: Any) -> SubmittedLine:
    return SubmittedLine(row.number, row.register_no, instant_or_none(row.sent_at))
