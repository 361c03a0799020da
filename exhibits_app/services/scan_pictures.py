"""Pictures of the labels that led to records: taken from the devices that read them, and shown beside the event."""

from dataclasses import dataclass
from hashlib import sha256 as hashed

from ..domain.errors import (
    FileRefusal,
    NotFound,
    OtherPictureOfScan,
    PictureNotAsNamed,
    PictureNotJpeg,
    PicturesNotKept,
    PictureTooLarge,
    PictureWithoutRecord,
)
from ..domain.people import Person
from .cases import note_read
from .context import Services
from .devices import still_enrolled
from .photos import require_seen
from .ports import Device, ScanPicture, Work

MOST_BYTES = 64_000


@dataclass(frozen=True, slots=True)
class Sent:
    """A picture as a device sends it: of which scan, by which name, and its bytes."""

    scan: str
    sha256: str
    data: bytes


def keep(services: Services, device: Device, sent: Sent) -> None:
    """Keep the picture of a recorded scan of this device; the same one twice changes nothing.

    Raises PictureRefusal, DeviceRevoked. Another picture of a scan that has one raises an alarm, too. The bytes are
    kept first: a crash in between leaves a file that nobody points to, never a record without its file.
    """
    if not services.limits.scan_pictures:
        raise PicturesNotKept
    _check(services, sent)
    with services.store.read() as work:
        _recorded(work, device, sent.scan)
        known = work.scan_pictures.find(sent.scan)
    if known is None:
        services.files.put(sent.data)
    if services.store.write(lambda work: _link(services, work, device, sent)):
        raise OtherPictureOfScan(sent.scan)


def see(services: Services, by: Person, register_no: int, scan: str) -> bytes:
    """The JPEG, when this person may see the item's case; the reading is logged. Raises NotFound, FileRefusal."""
    with services.store.read() as work:
        require_seen(work, by, register_no)
        found = work.scan_pictures.find(scan)
    if found is None or found.register_no != register_no:
        raise NotFound("picture")
    note_read(services, by, "picture of a scan", register_no)
    return services.files.get(found.sha256)


def _check(services: Services, sent: Sent) -> None:
    if len(sent.data) > MOST_BYTES:
        raise PictureTooLarge(sent.scan, MOST_BYTES)
    if hashed(sent.data).hexdigest() != sent.sha256:
        raise PictureNotAsNamed(sent.scan)
    try:
        facts = services.files.examine_image(sent.data, sent.scan)
    except FileRefusal:
        raise PictureNotJpeg(sent.scan) from None
    if facts.media_type != "image/jpeg":
        raise PictureNotJpeg(sent.scan)


def _recorded(work: Work, device: Device, scan: str) -> int:
    found = work.scan_pictures.recorded(scan)
    if found is None or found.device != device.id:
        raise PictureWithoutRecord(scan)
    return found.register_no


def _link(services: Services, work: Work, device: Device, sent: Sent) -> bool:
    """Whether the scan has another picture, which is alarmed."""
    still_enrolled(work, device)
    now = services.clock.now()
    known = work.scan_pictures.find(sent.scan)
    if known is None:
        register_no = _recorded(work, device, sent.scan)
        work.scan_pictures.add(ScanPicture(sent.scan, register_no, sent.sha256, device.id, now))
    elif known.sha256 != sent.sha256:
        refusal = OtherPictureOfScan(sent.scan)
        work.act_alarms.raise_new(now, refusal.code, device.id, sent.scan, refusal.sentence())
        return True
    return False
