"""Every case, in SQL."""

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, bindparam, delete, false, or_, select, true, update

from ...domain.cases import Case, CaseCategory
from ...domain.errors import CaseReferenceTaken, ChangedMeanwhile, NotFound
from ...domain.people import PersonRef, ScopeKind
from ..mapping import key_of, micros
from ..rows import case_file, case_member, item, open_discrepancy, person_grant
from ..sql import AnyRow, Session, Statement, adding, numbering, one_of
from . import notices
from .full_text import WordIndex, apart
from .scans import LAST

_PARTICULARS = (
    "reference", "reference_key", "title", "category", "oic_id", "oic_name", "supervisor_id", "supervisor_name",
    "team_id", "restricted",
)  # fmt: skip
_COLUMNS = select(case_file.c.id, *(case_file.c[name] for name in _PARTICULARS))
_ADD = Statement(numbering(case_file, *_PARTICULARS, "opened_at", "opened_by"))
_SAVE = Statement(
    update(case_file)
    .where(case_file.c.id == bindparam("this_case"))
    .values({name: bindparam(f"new_{name}") for name in _PARTICULARS})
)
# The items' copies of team and OIC follow the case, so that "mine" and "my team's" stay right on every list.
_FOLLOW = Statement(
    update(item)
    .where(item.c.case_id == bindparam("this_case"))
    .values(team_id=bindparam("new_team_id"), oic_id=bindparam("new_oic_id"))
)
_FOLLOW_TOO = Statement(
    update(open_discrepancy)
    .where(
        open_discrepancy.c.register_no.in_(select(item.c.register_no).where(item.c.case_id == bindparam("this_case")))
    )
    .values(team_id=bindparam("new_team_id"))
)
_FIND = Statement(_COLUMNS.where(case_file.c.id == bindparam("id")))
_THESE = Statement(lambda database: _COLUMNS.where(one_of(case_file.c.id, "cases", database)))
_BY_REFERENCE = Statement(_COLUMNS.where(case_file.c.reference_key == bindparam("key")))
_JOIN = Statement(adding(case_member, "case_id", "person_id"))
_LEAVE = Statement(delete(case_member).where(case_member.c.case_id == bindparam("this_case")))
_MEMBERS = Statement(
    lambda database: select(case_member.c.case_id, case_member.c.person_id).where(
        one_of(case_member.c.case_id, "cases", database)
    )
)


WORDS = WordIndex("case_words")


def told_of(case: Case) -> tuple[str, str]:
    """The texts that a case is found by."""
    return case.reference, case.title


class SqlCases:
    """Implements the Cases port."""

    def __init__(self, session: Session) -> None:
        self._session = session
        self._met: dict[int, Case] = {}

    def add(self, case: Case, opened_at: datetime, opened_by: int) -> Case:
        """Keep a new case and give it its id. Raises CaseReferenceTaken."""
        if self._session.one(_BY_REFERENCE, key=key_of(case.reference)) is not None:
            raise CaseReferenceTaken(case.reference)
        id_ = self._session.value(_ADD, **_values(case), opened_at=micros(opened_at), opened_by=opened_by)
        WORDS.keep(self._session, [(id_, told_of(case))])
        self._join(id_, case.members)
        return self.find(id_)

    def save(self, case: Case) -> None:
        """Keep a case's new particulars, and let its items follow its team and OIC. Raises CaseReferenceTaken."""
        self._met.pop(case.id, None)
        before = self.find(case.id)
        values = {f"new_{name}": value for name, value in _values(case).items()}
        try:
            self._session.run(_SAVE, this_case=case.id, **values)
        except ChangedMeanwhile as taken:
            raise CaseReferenceTaken(case.reference) from taken
        if told_of(case) != told_of(before):
            WORDS.keep(self._session, [(case.id, told_of(case))])
        if case.members != before.members:
            self._session.run(_LEAVE, this_case=case.id)
            self._join(case.id, case.members)
        if (case.team, case.oic) != (before.team, before.oic):
            self._session.run(
                _FOLLOW, this_case=case.id, new_team_id=case.team, new_oic_id=case.oic.id if case.oic else None
            )
            self._session.run(_FOLLOW_TOO, this_case=case.id, new_team_id=case.team)
        if (case.team, case.oic, case.supervisor) != (before.team, before.oic, before.supervisor):
            self._session.run(notices.OF_CASE, this_case=case.id)

    def find(self, case: int) -> Case:
        """The case. Raises NotFound."""
        return self._met.get(case) or self._one(self._session.one(_FIND, id=case))

    def meet(self, cases: Iterable[int]) -> None:
        """Look these up together, so that `find` need not ask for each again while this reading or change lasts."""
        rows = self._session.all(_THESE, cases=self._session.listed(sorted(set(cases))))
        self._met |= {case.id: case for case in self._cases(rows)}

    def by_reference(self, reference: str) -> Case:
        """The case of this reference, whatever its letter case. Raises NotFound."""
        return self._one(self._session.one(_BY_REFERENCE, key=key_of(reference.strip())))

    def visible_to(
        self, person: int, teams: frozenset[int], everything: bool, silent: bool, text: str, after: int, limit: int
    ) -> list[Case]:
        """Cases newest first, with ids below `after` (0: from the newest).

        With `text` those with all of its words, or words that begin so, in reference or title.
        """
        reached = within_reach(person, teams, everything=everything, silent=silent)
        if not text.strip():
            query = _COLUMNS.where(reached, case_file.c.id < (after or LAST)).order_by(case_file.c.id.desc())
        else:
            found = WORDS.found(self._session, text)
            if found is None:
                return []
            query = with_words(self._session, found, after).where(reached)
        return self._cases(self._session.query(query.limit(limit)))

    def _join(self, case: int, members: Iterable[int]) -> None:
        self._session.many(_JOIN, [{"case_id": case, "person_id": person} for person in sorted(members)])

    def _one(self, row: AnyRow | None) -> Case:
        if row is None:
            raise NotFound("case")
        return self._cases([row])[0]

    def _cases(self, rows: Iterable[AnyRow]) -> list[Case]:
        rows = list(rows)
        members: dict[int, set[int]] = defaultdict(set)
        if rows:
            for case, person in self._session.all(_MEMBERS, cases=self._session.listed(row.id for row in rows)):
                members[case].add(person)
        return [_case(row, frozenset(members[row.id])) for row in rows]


def with_words(session: Session, found: ColumnElement[bool], after: int) -> Select[*tuple[Any, ...]]:
    """Cases that these words are found in, newest first, with ids below `after`: the index of words is asked first."""
    number = WORDS.number(session)
    query = _COLUMNS.where(found, number < (after or LAST), case_file.c.id == apart(number))
    return query.order_by(number.desc())


def within_reach(person: int, teams: frozenset[int], *, everything: bool, silent: bool) -> ColumnElement[bool]:
    """The case is one that this person may see, as `visible_to` has it."""
    open_to_them = true() if everything else case_file.c.team_id.in_(sorted(teams))
    reached = open_to_them & (true() if silent else case_file.c.restricted == 0)
    restricted = (case_file.c.restricted == 1) if silent else false()
    return or_(reached, restricted, _belongs(person))


def _belongs(person: int) -> ColumnElement[bool]:
    member = select(case_member.c.case_id).where(case_member.c.person_id == person)
    granted = select(person_grant.c.scope).where(
        person_grant.c.person_id == person,
        person_grant.c.kind == ScopeKind.CASE.value,
        person_grant.c.ended_at.is_(None),
    )
    return or_(
        case_file.c.oic_id == person,
        case_file.c.supervisor_id == person,
        case_file.c.id.in_(member),
        case_file.c.id.in_(granted),
    )


def _values(case: Case) -> dict[str, Any]:
    return {
        "reference": case.reference,
        "reference_key": key_of(case.reference),
        "title": case.title,
        "category": case.category.value,
        "oic_id": case.oic.id if case.oic else None,
        "oic_name": case.oic.name if case.oic else "",
        "supervisor_id": case.supervisor.id if case.supervisor else None,
        "supervisor_name": case.supervisor.name if case.supervisor else "",
        "team_id": case.team,
        "restricted": int(case.restricted),
    }


def _case(row: AnyRow, members: frozenset[int]) -> Case:
    return Case(
        row.id,
        row.reference,
        row.title,
        CaseCategory(row.category),
        PersonRef(row.oic_id, row.oic_name) if row.oic_id is not None else None,
        PersonRef(row.supervisor_id, row.supervisor_name) if row.supervisor_id is not None else None,
        row.team_id,
        bool(row.restricted),
        members,
    )
