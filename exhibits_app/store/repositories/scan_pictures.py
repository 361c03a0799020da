"""Pictures of scans, in SQL."""

from sqlalchemy import bindparam, select

from ...services.ports import RecordedScan, ScanPicture
from ..mapping import instant, micros
from ..rows import act, entry
from ..rows import scan_picture as table
from ..sql import AnyRow, Session, Statement, adding

_ADD = Statement(adding(table, *table.c.keys()))
_FIND = Statement(select(table).where(table.c.scan == bindparam("of_scan")))
_OF_ITEM = Statement(select(table).where(table.c.register_no == bindparam("of_item")))
_RECORDED = Statement(
    select(entry.c.register_no, act.c.device_id)
    .join(act, act.c.id == entry.c.act_id)
    .where(entry.c.event_id == bindparam("of_scan"))
)


class SqlScanPictures:
    """Implements the ScanPictures port."""

    def __init__(self, session: Session) -> None:
        self._session = session

    def recorded(self, scan: str) -> RecordedScan | None:
        """What this scan led to, or None when it led to no record."""
        row = self._session.one(_RECORDED, of_scan=scan)
        return None if row is None else RecordedScan(row.register_no, row.device_id)

    def find(self, scan: str) -> ScanPicture | None:
        """The picture of this scan, or None."""
        row = self._session.one(_FIND, of_scan=scan)
        return None if row is None else _picture(row)

    def of_item(self, register_no: int) -> list[ScanPicture]:
        """The pictures of the item's scans, in no order."""
        return [_picture(row) for row in self._session.all(_OF_ITEM, of_item=register_no)]

    def add(self, picture: ScanPicture) -> None:
        """Keep what is known of a picture whose bytes are in the files. Raises ChangedMeanwhile for a second one."""
        self._session.run(
            _ADD,
            scan=picture.scan,
            register_no=picture.register_no,
            sha256=picture.sha256,
            device_id=picture.device,
            at=micros(picture.at),
        )


def _picture(row: AnyRow) -> ScanPicture:
    return ScanPicture(row.scan, row.register_no, row.sha256, row.device_id, instant(row.at))
