"""Rows of what waits to be put right: discrepancies that are open, and alarms about what devices sent."""

from sqlalchemy import Index
from sqlmodel import SQLModel

from .columns import identity, instant, text, whole

_ORDER = ("at", "register_no", "position")


class OpenDiscrepancyRow(SQLModel, table=True):
    """A discrepancy that nobody has settled, kept with its item's row: `position` is its place among the item's.

    `store_id` is the store that has the item, or where it was last seen; `team_id` is the case's.
    """

    __tablename__ = "open_discrepancy"
    __table_args__ = (
        # The list is a page of one of these, and counts are made within them.
        Index("open_discrepancy_at", *_ORDER, "kind", "store_id", "team_id"),
        Index("open_discrepancy_store", "store_id", *_ORDER),
        Index("open_discrepancy_team", "team_id", *_ORDER),
    )

    register_no: int = whole("item.register_no", primary=True)
    position: int = whole(primary=True)
    event_id: str = text()
    kind: str = text()
    at: int = instant()
    store_id: int | None = whole("place.id", null=True)
    team_id: int | None = whole(null=True)
    seen: str = text()
    recorded: str = text()


class ActAlarmRow(SQLModel, table=True):
    """Something that a device sent and that no honest device sends; it stays until somebody says what came of it."""

    __tablename__ = "act_alarm"
    __table_args__ = (Index("act_alarm_closed_at", "closed_at", "id"),)

    id: int = identity()
    at: int = instant()
    code: str = text()
    device_id: int = whole("device.id")
    subject: str = text()
    sentence: str = text()
    closed_at: int | None = instant(null=True)
    closed_by: int | None = whole(null=True)
    finding: str = text()
