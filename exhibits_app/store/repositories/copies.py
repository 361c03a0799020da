"""The ledger's entries with their disclosures, read to be copied elsewhere or put back from a copy, in SQL."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from sqlalchemy import Table, bindparam, func, insert, literal_column, select, update

from ...domain.events import CaseRef
from ...domain.places import PlaceRef
from ...domain.show import iso
from ...services.ports.copies import Copy, PutBack, WasRestored
from ...services.ports.ledger_tree import Waiting
from ..mapping import key_of, micros, octets
from ..rows import case_file, counter, disclosure, entry, leaf, pending, person, place, setting
from ..sql import POSTGRESQL, Session, Statement, adding, numbering, replacing
from .closed_logs import FIRST
from .items import REGISTER

_PAGE = Statement(
    select(leaf.c.leaf_index - FIRST, entry.c.body, disclosure.c.encoded)
    .join(leaf, leaf.c.entry_id == entry.c.id)
    .outerjoin(disclosure, disclosure.c.entry_id == entry.c.id)
    .where(leaf.c.leaf_index >= FIRST + bindparam("start"))
    .order_by(leaf.c.leaf_index)
    .limit(bindparam("limit"))
)
_WAITING = Statement(
    select(entry.c.leaf_hash, pending.c.entry_id).join(entry, entry.c.id == pending.c.entry_id)
)  # fmt: skip
_PUT_BACK = Statement(
    numbering(entry, "register_no", "seq", "type", "event_id", "act_id", "at", "leaf_hash", "body")
)  # fmt: skip
_DISCLOSE = Statement(adding(disclosure, "entry_id", "encoded"))
_PEND = Statement(insert(pending).values(entry_id=bindparam("entry_id")))
_RAISE = Statement(
    update(counter)
    .where(counter.c.name == literal_column(f"'{REGISTER}'"), counter.c.value < bindparam("register_no"))
    .values(value=bindparam("register_no"))
)
_CASE = Statement(select(case_file.c.id).where(case_file.c.id == bindparam("id")))
_PERSON = Statement(select(person.c.id).where(person.c.id == bindparam("id")))
_PLACE = Statement(select(place.c.id).where(place.c.id == bindparam("id")))
_ADD_CASE = Statement(
    adding(
        case_file, "id", "reference", "reference_key", "title", "category", "oic_id", "oic_name", "supervisor_name",
        "restricted", "opened_at", "opened_by",
    )
)  # fmt: skip
_ADD_PLACE = Statement(adding(place, "id", "name", "kind", "store_id", "suits"))


_RESTORED_AT: Final = "restored"
_RESTORED = Statement(select(setting.c.value).where(setting.c.name == literal_column(f"'{_RESTORED_AT}'")))
_NOTE_RESTORED = Statement(replacing(setting, "name", "value"))


class SqlCopies:
    """Implements the Copies port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def page(self, start: int, limit: int) -> list[Copy]:
        """Entries of the open log from index `start` on, with their disclosures."""
        rows = self._session.all(_PAGE, start=start, limit=limit)
        return [Copy(row[0], octets(row[1]), _lines(row[2] or "")) for row in rows]

    def waiting(self) -> dict[bytes, int]:
        """The ids of the entries that wait for the tree, by leaf hash."""
        return {octets(row[0]): row[1] for row in self._session.all(_WAITING)}

    def put_back(self, entries: Sequence[PutBack]) -> list[Waiting]:
        """Keep these entries, waiting for the tree. Raises ChangedMeanwhile where another stands in the same place."""
        return [self._put_back(one) for one in entries]

    def _put_back(self, one: PutBack) -> Waiting:
        values = {name: getattr(one, name) for name in ("register_no", "seq", "type", "event_id", "act_id")}
        entry_id = int(
            self._session.value(
                _PUT_BACK, **values, at=micros(one.at), leaf_hash=one.leaf_hash, body=one.copy.body
            )
        )  # fmt: skip
        if one.register_no is not None:
            self._session.run(_DISCLOSE, entry_id=entry_id, encoded="\n".join(one.copy.disclosures))
        self._session.run(_PEND, entry_id=entry_id)
        return Waiting(entry_id, one.leaf_hash)

    def raise_register(self, register_no: int) -> None:
        """The series of register numbers goes on after this one at the earliest."""
        self._session.run(_RAISE, register_no=register_no)

    def note_restored(self, what: WasRestored) -> None:
        """Remember it, in place of an earlier time."""
        self._session.run(_NOTE_RESTORED, name=_RESTORED_AT, value=f"{iso(what.at)} {iso(what.as_of)}")

    def restored(self) -> WasRestored | None:
        """The last time that the register was put back, or None."""
        kept = self._session.value(_RESTORED)
        return None if kept is None else WasRestored(*map(datetime.fromisoformat, str(kept).split()))

    def restore_case(self, case: CaseRef, at: datetime) -> bool:
        """Put back a case of which only its entries tell; whether it was missing."""
        if self._session.one(_CASE, id=case.id) is not None:
            return False
        known = case.oic is not None and self._session.one(_PERSON, id=case.oic.id) is not None
        oic: dict[str, Any] = {
            "oic_id": case.oic.id if case.oic and known else None,
            "oic_name": case.oic.name if case.oic else "",
        }
        named = {
            "reference": case.reference,
            "reference_key": key_of(case.reference),
            "title": "",
            "supervisor_name": "",
        }
        opened = {"restricted": 0, "opened_at": micros(at), "opened_by": 0}
        self._session.run(_ADD_CASE, id=case.id, category=case.category, **named, **oic, **opened)
        self._go_on_after(case_file)
        return True

    def restore_place(self, wanted: PlaceRef) -> bool:
        """Put back a place of which only entries tell; whether it was missing."""
        if self._session.one(_PLACE, id=wanted.id) is not None:
            return False
        store = wanted.store if self._session.one(_PLACE, id=wanted.store or 0) is not None else None
        values = {"name": wanted.name, "kind": wanted.kind.value, "store_id": store, "suits": ""}
        self._session.run(_ADD_PLACE, id=wanted.id, **values)
        self._go_on_after(place)
        return True

    def _go_on_after(self, table: Table) -> None:
        """PostgreSQL's series does not notice a number that was given by hand."""
        if self._session.database == POSTGRESQL:
            series = func.pg_get_serial_sequence(table.name, "id")
            self._session.query(select(func.setval(series, select(func.max(table.c.id)).scalar_subquery())))


def _lines(encoded: str) -> tuple[str, ...]:
    return tuple(encoded.split("\n")) if encoded else ()
