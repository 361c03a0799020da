"""Photographs of items: checked to be images, kept by content hash, and on record in the item's chain."""

from dataclasses import dataclass

from ..domain.errors import NoFile, NotFound
from ..domain.events import Envelope, Photographed
from ..domain.people import Action, Person, may, require
from ..domain.text import LINE_LIMIT, optional
from .cases import note_read
from .context import Services
from .ports import Photo, Work
from .recording import Happening, record

# Longest side of a photograph on a list, in pixels: sharp at half that on a dense screen.
THUMBNAIL_EDGE = 480


@dataclass(frozen=True, slots=True)
class Upload:
    """A file as it was sent."""

    name: str
    data: bytes
    caption: str = ""


def add_photograph(services: Services, by: Person, register_no: int, upload: Upload) -> str:
    """Keep the photograph and give its SHA-256. Raises FileRefusal, BadInput, NoRight, NotFound.

    The file is kept first: a crash in between leaves a file nobody points to, never a record without its file.
    """
    if not upload.name:
        raise NoFile("")
    facts = services.files.examine_image(upload.data, upload.name)
    caption = optional(upload.caption, "caption", "the caption", LINE_LIMIT) or None
    with services.store.read() as work:
        _require(work, by, register_no, Action.REGISTER)
    sha256 = services.files.put(upload.data)
    now = services.clock.now()

    def change(work: Work) -> None:
        _require(work, by, register_no, Action.REGISTER)
        held = work.items.hold(register_no)
        envelope = Envelope(services.ids.event_id(), now, now, by.ref, services.ids.event_id())
        body = Photographed(sha256, facts.media_type, facts.width, facts.height, caption)
        record(work, services.ids, work.policies.current(now), [Happening(held, envelope, body)])
        work.items.add_photo(
            register_no,
            Photo(
                sha256,
                facts.media_type,
                facts.width,
                facts.height,
                len(upload.data),
                upload.name[:200],
                now,
                by.id,
                caption or "",
                facts.taken_at,
                facts.camera,
            ),
        )

    services.store.write(change)
    return sha256


def see_photograph(
    services: Services, by: Person, register_no: int, sha256: str, small: bool = False
) -> tuple[bytes, str]:
    """The bytes and the media type, when this person may see the item's case; the reading is logged.

    `small` gives a JPEG for a list; the photograph itself comes unaltered.
    """
    with services.store.read() as work:
        require_seen(work, by, register_no)
        found = [photo for photo in work.items.photos(register_no) if photo.sha256 == sha256]
    if not found:
        raise NotFound("photograph")
    note_read(services, by, "photograph", register_no)
    data = services.files.get(sha256)
    if small:
        return services.files.shrink_image(data, THUMBNAIL_EDGE), "image/jpeg"
    return data, found[0].media_type


def require_seen(work: Work, by: Person, register_no: int) -> None:
    """Whether the person may see the pictures of this item: who may see its case. Raises NotFound."""
    _require(work, by, register_no, Action.SEE_CASE)


def _require(work: Work, by: Person, register_no: int, action: Action) -> None:
    case = work.cases.find(work.items.find(register_no).exhibit.case.id)
    if not may(by, Action.SEE_CASE, case.target):
        raise NotFound("item")
    require(by, action, case.target)
