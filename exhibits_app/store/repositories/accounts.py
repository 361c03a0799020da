"""Accounts and their grants, in SQL. Sessions, links, attempts and reads are in `sign_ins`."""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Select, bindparam, case, func, literal_column, or_, select, update

from ...domain.errors import ChangedMeanwhile, NotFound, SignInNameTaken
from ...domain.people import Grant, Person, Role, ScopeKind
from ...services.ports import Account
from ..mapping import instant, instant_or_none, micros
from ..rows import person as table
from ..rows import person_grant as grants
from ..sql import AnyRow, Session, Statement, adding, numbering, one_of
from . import notices
from .sign_ins import SignIns

_PARTICULARS = (
    "name", "rank", "number", "team_id", "sign_in_name", "email", "password_hash", "pin_hash", "active",
)  # fmt: skip
_ADD = Statement(numbering(table, *_PARTICULARS))
_SAVE = Statement(
    update(table)
    .where(table.c.id == bindparam("this_person"))
    .values({name: bindparam(f"new_{name}") for name in _PARTICULARS})
)
_COLUMNS = select(table.c.id, *(table.c[name] for name in _PARTICULARS))
_HERE = Statement(
    select(table.c.id, table.c.name, table.c.rank, table.c.number, table.c.team_id)
    .where(table.c.active == literal_column("1"))
    .order_by(table.c.id)
    .limit(bindparam("limit"))
)
_FIND = Statement(_COLUMNS.where(table.c.id == bindparam("id")))
_BY_NAME = Statement(
    # The second condition lets the planner see that the partial index covers it.
    _COLUMNS.where(table.c.sign_in_name == bindparam("name"), table.c.sign_in_name != literal_column("''"))
)
_LIVE_GRANT = (grants.c.person_id == table.c.id) & grants.c.ended_at.is_(None)
_PERSON = Statement(
    select(
        table.c.id, table.c.name, table.c.rank, table.c.number, table.c.team_id, table.c.active,
        grants.c.role, grants.c.kind, grants.c.scope,
    )
    .outerjoin(grants, _LIVE_GRANT)
    .where(table.c.id == bindparam("id"))
    .order_by(grants.c.id)
)  # fmt: skip
_GRANTS_OF = Statement(
    lambda database: (
        select(grants.c.person_id, grants.c.role, grants.c.kind, grants.c.scope)
        .where(one_of(grants.c.person_id, "people", database), grants.c.ended_at.is_(None))
        .order_by(grants.c.id)
    )
)
_GRANT = Statement(adding(grants, "person_id", "role", "kind", "scope", "granted_at", "granted_by"))
_END_GRANT = Statement(
    update(grants)
    .where(
        grants.c.person_id == bindparam("this_person"),
        grants.c.role == bindparam("this_role"),
        grants.c.kind == bindparam("this_kind"),
        func.coalesce(grants.c.scope, 0) == bindparam("this_scope"),
        grants.c.ended_at.is_(None),
    )
    .values(ended_at=bindparam("at"), ended_by=bindparam("by"))
)
_EVER = Statement(select(grants).where(grants.c.person_id == bindparam("person")).order_by(grants.c.id))


class SqlAccounts(SignIns):
    """Implements the Accounts port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def add(self, account: Account) -> Account:
        """Keep a new account and give the person an id; what they may do comes from `grant` alone.

        Raises SignInNameTaken.
        """
        if self.by_name(account.sign_in_name) is not None:
            raise SignInNameTaken(account.sign_in_name)
        id_ = self._session.value(_ADD, **_values(account))
        return self.find(id_)

    def save(self, account: Account) -> None:
        """Keep new particulars or new hashes; grants stay as they are. Raises SignInNameTaken."""
        values = {f"new_{name}": value for name, value in _values(account).items()}
        try:
            self._session.run(_SAVE, this_person=account.person.id, **values)
        except ChangedMeanwhile as taken:
            raise SignInNameTaken(account.sign_in_name) from taken
        if not account.person.active:  # What they were told of is told to somebody else.
            self._session.run(notices.OF_PERSON, this_person=account.person.id)
            self._session.run(notices.HELD_BY, this_person=account.person.id)

    def find(self, person: int) -> Account:
        """The account. Raises NotFound."""
        row = self._session.one(_FIND, id=person)
        if row is None:
            raise NotFound("person")
        return self._accounts([row])[0]

    def by_name(self, sign_in_name: str) -> Account | None:
        """The account of this sign-in name, whatever its letter case, or None."""
        row = self._session.one(_BY_NAME, name=sign_in_name.lower())
        return None if row is None else self._accounts([row])[0]

    def person(self, person: int) -> Person:
        """The person with their live grants. Raises NotFound."""
        rows = self._session.remembered(_PERSON, id=person)
        if not rows:
            raise NotFound("person")
        live = tuple(_grant(row[6:9]) for row in rows if row[6] is not None)
        id_, name, rank, number, team, active = rows[0][:6]
        return Person(id_, name, rank, number, team, live, bool(active))

    def all(self, text: str = "", after: int = 0, limit: int = 100) -> list[Account]:
        """Accounts by id, those after `after`, with this text in name, number or sign-in name."""
        query = _COLUMNS.where(table.c.id > after)
        if text.strip():
            wanted = text.strip().lower()
            columns = (table.c.name, table.c.number, table.c.sign_in_name)
            query = query.where(or_(*(func.lower(column).contains(wanted, autoescape=True) for column in columns)))
        return self._queried(query.limit(limit))

    def here(self, limit: int = 2_000) -> list[Person]:
        """Everyone active, by id, to choose from: without their grants, which are not read."""
        return [Person(*row) for row in self._session.all(_HERE, limit=limit)]

    def named(self, words: Sequence[str], limit: int, *, left: bool = False) -> list[Person]:
        """Everyone active with all of these words in rank, number and name, without their grants.

        First those whose number is one of the words, then by id. With `left`, those who left as well.
        """
        wanted = [word.lower() for word in words]
        told = func.lower(table.c.rank + " " + table.c.number + " " + table.c.name)
        query = select(table.c.id, table.c.name, table.c.rank, table.c.number, table.c.team_id)
        query = query.where(*(told.contains(word, autoescape=True) for word in wanted))
        if not left:
            query = query.where(table.c.active == 1)
        numbered = case((func.lower(table.c.number).in_(wanted), 0), else_=1)
        return [Person(*row) for row in self._session.query(query.order_by(numbered, table.c.id).limit(limit))]

    def with_role(self, role: Role) -> list[Account]:
        """Active accounts that hold the role in any scope, by id."""
        holders = select(grants.c.person_id).where(grants.c.role == role.value, grants.c.ended_at.is_(None))
        return self._queried(_COLUMNS.where(table.c.id.in_(holders), table.c.active == 1))

    def grant(self, person: int, grant: Grant, by: int, at: datetime) -> None:
        """Give a role in a scope; giving what the person has changes nothing."""
        if grant in self.person(person).grants:
            return
        self._session.run(
            _GRANT,
            person_id=person,
            role=grant.role.value,
            kind=grant.kind.value,
            scope=grant.scope,
            granted_at=micros(at),
            granted_by=by,
        )

    def end_grant(self, person: int, grant: Grant, by: int, at: datetime) -> None:
        """Take a role in a scope back; that it was held stays on record."""
        self._session.run(
            _END_GRANT,
            this_person=person,
            this_role=grant.role.value,
            this_kind=grant.kind.value,
            this_scope=grant.scope or 0,
            at=micros(at),
            by=by,
        )

    def grants_ever(self, person: int) -> list[dict[str, object]]:
        """Every grant the person has or had: role, kind, scope, granted_at, granted_by, ended_at, ended_by."""
        return [
            {
                "role": row.role,
                "kind": row.kind,
                "scope": row.scope,
                "granted_at": instant(row.granted_at),
                "granted_by": row.granted_by,
                "ended_at": instant_or_none(row.ended_at),
                "ended_by": row.ended_by,
            }
            for row in self._session.all(_EVER, person=person)
        ]

    def _queried(self, query: Select[Any]) -> list[Account]:
        return self._accounts(self._session.query(query.order_by(table.c.id)))

    def _accounts(self, rows: Iterable[AnyRow]) -> list[Account]:
        rows = list(rows)
        held: dict[int, list[Grant]] = {row.id: [] for row in rows}
        if rows:
            for row in self._session.all(_GRANTS_OF, people=self._session.listed(held)):
                held[row[0]].append(_grant(row[1:4]))
        return [_account(row, tuple(held[row.id])) for row in rows]


def _grant(row: Iterable[Any]) -> Grant:
    role, kind, scope = row
    return Grant(Role(role), ScopeKind(kind), scope)


def _values(account: Account) -> dict[str, Any]:
    person = account.person
    return {
        "name": person.name,
        "rank": person.rank,
        "number": person.number,
        "team_id": person.team,
        "sign_in_name": account.sign_in_name.lower(),
        "email": account.email,
        "password_hash": account.password_hash,
        "pin_hash": account.pin_hash,
        "active": int(person.active),
    }


def _account(row: AnyRow, held: tuple[Grant, ...]) -> Account:
    person = Person(row.id, row.name, row.rank, row.number, row.team_id, held, bool(row.active))
    return Account(person, row.sign_in_name, row.email, row.password_hash, row.pin_hash)
