"""Rows of places, cases, the policy's versions, and the few numbers and facts about the register itself."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from .columns import identity, instant, key_text, text, whole


class PlaceRow(SQLModel, table=True):
    """A place with its full name; `store_id` is the store it is in, null for a store and for the outside.

    A place that was closed stays, since events name it; nothing new goes there.
    """

    __tablename__ = "place"
    __table_args__ = (Index("place_kind", "kind"),)

    id: int = identity()
    name: str = text()
    kind: str = text()
    parent_id: int | None = whole("place.id", null=True)
    store_id: int | None = whole("place.id", null=True)
    suits: str = text()
    closed_at: int | None = instant(null=True)
    closed_by: int | None = whole(null=True)


class CaseFileRow(SQLModel, table=True):
    """A case. `reference_key` is the reference without regard to letter case, unique."""

    __tablename__ = "case_file"
    __table_args__ = (Index("case_file_reference_key", "reference_key", unique=True),)

    id: int = identity()
    reference: str = text()
    reference_key: str = key_text()
    title: str = text()
    category: str = text()
    oic_id: int | None = whole("person.id", null=True)
    oic_name: str = text()
    supervisor_id: int | None = whole("person.id", null=True)
    supervisor_name: str = text()
    team_id: int | None = whole("team.id", null=True)
    restricted: int = whole()
    opened_at: int = instant()
    opened_by: int = whole()


class CaseMemberRow(SQLModel, table=True):
    """A person who belongs to a case."""

    __tablename__ = "case_member"
    __table_args__ = (Index("case_member_person", "person_id"),)

    case_id: int = whole("case_file.id", primary=True)
    person_id: int = whole("person.id", primary=True)


class PolicyRow(SQLModel, table=True):
    """One version of the force's time limits; `rules` is JSON."""

    __tablename__ = "policy"

    version: int = whole(primary=True)
    effective_from: int = instant()
    made_by: int = whole()
    made_note: str = text()
    rules: str = text()


class CounterRow(SQLModel, table=True):
    """A gapless series: `value` is the last number taken."""

    __tablename__ = "counter"

    name: str = text(primary=True)
    value: int = whole()


class SettingRow(SQLModel, table=True):
    """A fact about this instance, such as the ledger's origin."""

    __tablename__ = "setting"

    name: str = text(primary=True)
    value: str = text()
