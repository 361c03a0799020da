"""Series of blank labels and the account of every number, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, func, literal_column, or_, select, update

from ...domain.blank_labels import Account, Blank, BlankState, Holder, Series
from ...domain.errors import NotFound
from ...domain.people import Person
from ...services.ports.blank_labels import SeriesLine, SeriesNote
from ..mapping import instant, instant_or_none, micros, micros_or_none
from ..rows import counter, label, label_series, person, series_label, series_note, team
from ..sql import AnyRow, Session, Statement, adding, one_of
from .scans import LAST

_series, _label = label_series.c, series_label.c
_NEXT = Statement(
    update(counter)
    .where(counter.c.name == literal_column("'series'"))
    .values(value=counter.c.value + literal_column("1"))
    .returning(counter.c.value)
)
_SAVED = ("holder_person", "holder_team", "job_id", "closed_at")
_ADD = Statement(adding(label_series, *label_series.c.keys()))
_SAVE = Statement(
    update(label_series)
    .where(_series.number == bindparam("this_series"))
    .values({name: bindparam(f"new_{name}") for name in _SAVED})
)
_TEAM = func.coalesce(_series.holder_team, person.c.team_id)
_SERIES = (
    select(
        label_series, person.c.name.label("person_name"), person.c.rank, person.c.number.label("person_number"),
        team.c.name.label("team_name"), _TEAM.label("within"),
    )
    .outerjoin(person, person.c.id == _series.holder_person)
    .outerjoin(team, team.c.id == _series.holder_team)
)  # fmt: skip
_FIND = Statement(_SERIES.where(_series.number == bindparam("number")))
_LOCK = Statement(select(_series.number).where(_series.number == bindparam("number")).with_for_update())
_LABELS = select(series_label)
_ISSUE_CODE = Statement(adding(label, "code", "kind", "state", "issued_at", "job_id"))
_ISSUE = Statement(adding(series_label, "code", "series", "serial", "state", "reason"))
_PAGED = _LABELS.where(_label.series == bindparam("series"), _label.serial > bindparam("after"))
_PAGE = Statement(_PAGED.order_by(_label.serial).limit(bindparam("limit")))
_PAGE_OF_STATE = Statement(
    _PAGED.where(_label.state == bindparam("state")).order_by(_label.serial).limit(bindparam("limit"))
)
_LOOK_LABELS = Statement(lambda database: _LABELS.where(one_of(_label.code, "codes", database)))
_HOLD_LABELS = Statement(
    lambda database: _LABELS.where(one_of(_label.code, "codes", database)).order_by(_label.code).with_for_update()
)
_COUNT = Statement(
    lambda database: (
        select(_label.series, _label.state, func.count())
        .where(one_of(_label.series, "series", database))
        .group_by(_label.series, _label.state)
    )
)
_BECOME = Statement(
    update(series_label)
    .where(_label.code == bindparam("this_code"))
    .values(
        {name: bindparam(f"new_{name}") for name in ("state", "register_no", "at", "by_id", "reason")}
    )
)  # fmt: skip
_GOES_LIVE = Statement(
    update(label).where(label.c.code == bindparam("this_code")).values(state="live", subject=bindparam("register_no"))
)
_NOT_GOOD = Statement(
    update(label)
    .where(label.c.code == bindparam("this_code"))
    .values(state=bindparam("new_state"), revoked_at=bindparam("now"), revoked_reason=bindparam("why"))
)
_NOTE = Statement(adding(series_note, *(name for name in series_note.c.keys() if name != "id")))  # noqa: SIM118 - a column collection gives columns
_NOTES = Statement(
    select(series_note)
    .where(series_note.c.series == bindparam("series"))
    .order_by(series_note.c.id.desc())
    .limit(bindparam("limit"))
)


def _wanted(database: str, *, closed: bool) -> Select[Any]:
    theirs = or_(
        _series.holder_person == bindparam("person"),
        _series.ordered_by == bindparam("person"),
        _series.holder_team == bindparam("own_team"),
        one_of(_TEAM, "teams", database),
        bindparam("everything") == literal_column("1"),
    )
    if closed:
        found = _SERIES.where(_series.closed_at.isnot(None), _series.number < bindparam("after"))
        return found.where(theirs).order_by(_series.number.desc()).limit(bindparam("limit"))
    found = _SERIES.where(_series.closed_at.is_(None), _series.number > bindparam("after"))
    return found.where(theirs).order_by(_series.number).limit(bindparam("limit"))


_OPEN = Statement(lambda database: _wanted(database, closed=False))
_CLOSED = Statement(lambda database: _wanted(database, closed=True))


class SqlBlankLabels:
    """Implements the BlankLabels port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def next_number(self) -> int:
        """The next number of the gapless series of series; others wait here until this transaction ends."""
        return int(self._session.value(_NEXT))

    def add(self, series: Series) -> None:
        """Keep a new series."""
        self._session.run(
            _ADD,
            number=series.number,
            labels=series.count,
            stock=series.stock,
            purpose=series.purpose,
            ordered_at=micros(series.ordered_at),
            ordered_by=series.ordered_by,
            **_kept(series),
        )

    def save(self, series: Series) -> None:
        """Keep who holds it, its printing, and whether it is closed."""
        values = {f"new_{name}": value for name, value in _kept(series).items()}
        self._session.run(_SAVE, this_series=series.number, **values)

    def find(self, number: int) -> Series:
        """The series. Raises NotFound."""
        row = self._session.one(_FIND, number=number)
        if row is None:
            raise NotFound("series")
        return _series_of(row)

    def hold(self, number: int) -> Series:
        """The series, locked. Raises NotFound."""
        self._session.value(_LOCK, number=number)
        return self.find(number)

    def issue(self, series: int, codes: Sequence[str], at: datetime, job: int) -> None:
        """Keep these codes as its blank labels, numbered from 1. ChangedMeanwhile comes from the store."""
        since = micros(at)
        self._session.many(
            _ISSUE_CODE,
            [{"code": code, "kind": "E", "state": "blank", "issued_at": since, "job_id": job} for code in codes],
        )
        unused = {"series": series, "state": BlankState.UNUSED.value, "reason": ""}
        self._session.many(_ISSUE, [{"code": code, "serial": at, **unused} for at, code in enumerate(codes, start=1)])

    def page(self, wanted: SeriesLine, after: int, limit: int) -> list[Series]:
        """Open ones from the oldest on, closed ones from the newest on."""
        rows = self._session.all(
            _CLOSED if wanted.closed else _OPEN,
            person=wanted.person,
            own_team=wanted.own_team,
            teams=self._session.listed(wanted.teams),
            everything=int(wanted.all),
            after=(after or LAST) if wanted.closed else after,
            limit=limit,
        )
        return [_series_of(row) for row in rows]

    def accounts(self, series: Sequence[int]) -> dict[int, Account]:
        """The account of each of these series; one without labels is missing."""
        counts: dict[int, dict[str, int]] = {}
        for number, state, count in self._session.all(_COUNT, series=self._session.listed(series)):
            counts.setdefault(number, {})[state] = count
        return {number: Account(**found) for number, found in counts.items()}

    def labels(self, series: int, state: BlankState | None, after: int, limit: int) -> list[Blank]:
        """Labels of a series by number, above `after`, in this state or in any."""
        if state is None:
            rows = self._session.all(_PAGE, series=series, after=after, limit=limit)
        else:
            rows = self._session.all(_PAGE_OF_STATE, series=series, state=state.value, after=after, limit=limit)
        return [_blank(row) for row in rows]

    def hold_labels(self, codes: Sequence[str]) -> dict[str, Blank]:
        """The labels of these codes that belong to a series, locked in order unless the work only reads."""
        if not codes:
            return {}
        statement = _LOOK_LABELS if self._session.reads_only else _HOLD_LABELS
        return {row.code: _blank(row) for row in self._session.all(statement, codes=self._session.listed(codes))}

    def use(self, code: str, register_no: int, at: datetime, by: int) -> None:
        """The label is on this item from now on: its code is live."""
        self._become([code], BlankState.USED, register_no, at, by, "")
        self._session.run(_GOES_LIVE, this_code=code, register_no=register_no)

    def declare(self, codes: Sequence[str], state: BlankState, at: datetime, by: int, reason: str) -> None:
        """These labels are void or lost: their codes are not good any more."""
        self._become(codes, state, None, at, by, reason)
        gone = {"new_state": state.value, "now": micros(at), "why": reason}
        self._session.many(_NOT_GOOD, [{"this_code": code, **gone} for code in codes])

    def note(self, note: SeriesNote) -> None:
        """Keep what was done."""
        self._session.run(
            _NOTE,
            series=note.series,
            at=micros(note.at),
            by_id=note.by,
            kind=note.kind,
            numbers=note.numbers,
            words=note.words,
        )

    def notes(self, series: int, limit: int) -> list[SeriesNote]:
        """What was done with the series, newest first."""
        rows = self._session.all(_NOTES, series=series, limit=limit)
        return [SeriesNote(row.series, instant(row.at), row.by_id, row.kind, row.numbers, row.words) for row in rows]

    def _become(
        self, codes: Sequence[str], state: BlankState, item: int | None, at: datetime, by: int, reason: str
    ) -> None:
        values = {
            "new_state": state.value,
            "new_register_no": item,
            "new_at": micros(at),
            "new_by_id": by,
            "new_reason": reason,
        }
        self._session.many(_BECOME, [{"this_code": code, **values} for code in codes])


def _kept(series: Series) -> dict[str, int | None]:
    return {
        "holder_person": series.holder.person,
        "holder_team": series.holder.team,
        "job_id": series.job,
        "closed_at": micros_or_none(series.closed_at),
    }


def _series_of(row: AnyRow) -> Series:
    name = row.team_name or Person(0, row.person_name, row.rank, row.person_number).called
    return Series(
        row.number,
        row.labels,
        row.stock,
        row.purpose,
        Holder(name, row.holder_person, row.holder_team, row.within),
        instant(row.ordered_at),
        row.ordered_by,
        row.job_id,
        instant_or_none(row.closed_at),
    )


def _blank(row: AnyRow) -> Blank:
    state = BlankState(row.state)
    return Blank(
        row.code, row.series, row.serial, state, row.register_no, instant_or_none(row.at), row.by_id, row.reason
    )
