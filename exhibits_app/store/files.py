"""Files in a folder, named by the SHA-256 of their content, and photographs looked at before they are kept."""

import hashlib
import os
import struct
import tempfile
import warnings
import zlib
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path
from typing import Final

from PIL import ExifTags, Image, ImageOps

from ..domain.errors import FileRefusal, FileTooLarge, NotAnImage, NotFound
from ..services.ports import ImageFacts

LARGEST_BYTES: Final = 20 * 1024 * 1024
LARGEST_PIXELS: Final = 60_000_000
MEDIA_TYPES: Final = {"JPEG": "image/jpeg", "PNG": "image/png", "WEBP": "image/webp"}

# What Pillow raises for bytes that are not a whole picture: OSError (also UnidentifiedImageError) for most, the others
# from deep within its parsers of chunks and markers.
_BROKEN: Final = (
    OSError, SyntaxError, ValueError, IndexError, KeyError, TypeError, EOFError, OverflowError, struct.error,
    zlib.error,
)  # fmt: skip
_TAKEN_FORMAT: Final = "%Y:%m:%d %H:%M:%S%z"


class FolderFiles:
    """Implements the Files port over a folder that is this instance's own."""

    def __init__(self, root: Path) -> None:
        self._root = root

    def put(self, data: bytes) -> str:
        """Keep the bytes durably and give their SHA-256 in hex; bytes that are there already are not written again."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self._path(sha256)
        if not path.exists():
            self._make_folder(path.parent)
            write_whole(path, data)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises NotFound, or FileRefusal when they no longer hash to their name."""
        if len(sha256) != 64 or not set(sha256) <= set("0123456789abcdef"):
            raise NotFound("file")
        try:
            data = self._path(sha256).read_bytes()
        except FileNotFoundError:
            raise NotFound("file") from None
        if hashlib.sha256(data).hexdigest() != sha256:
            raise FileRefusal(sha256)
        return data

    def remove(self, sha256: str) -> None:
        """The bytes are gone, durably; nothing changes where they were not there."""
        path = self._path(sha256)
        if path.exists():
            path.unlink()
            flush_folder(path.parent)

    def examine_image(self, data: bytes, name: str) -> ImageFacts:
        """Decode the image whole, after measuring what it declares. Raises NotAnImage, FileTooLarge."""
        if len(data) > LARGEST_BYTES:
            raise FileTooLarge(name, "20 MB")
        try:
            with warnings.catch_warnings():
                # Our own limit on pixels is below the size that Pillow warns of.
                warnings.simplefilter("ignore")
                with Image.open(BytesIO(data), formats=tuple(MEDIA_TYPES)) as image:
                    return _facts(image, name)
        except Image.DecompressionBombError:
            raise FileTooLarge(name, "60 megapixels") from None
        except _BROKEN:
            raise NotAnImage(name) from None

    def shrink_image(self, data: bytes, edge: int) -> bytes:
        """A JPEG of the image, upright, neither side longer than `edge` pixels and without what it says of itself."""
        with Image.open(BytesIO(data), formats=tuple(MEDIA_TYPES)) as image:
            image.draft("RGB", (edge, edge))
            small = ImageOps.exif_transpose(image).convert("RGB")
        small.thumbnail((edge, edge))
        shrunk = BytesIO()
        # A picture of its own, for Pillow writes an image's EXIF along with it.
        Image.frombytes("RGB", small.size, small.tobytes()).save(shrunk, "JPEG", quality=80)
        return shrunk.getvalue()

    def _path(self, sha256: str) -> Path:
        return self._root / sha256[:2] / sha256[2:4] / sha256

    def _make_folder(self, folder: Path) -> None:
        """Make the folders and flush each parent that got a new name."""
        missing = [each for each in (folder, *folder.parents) if not each.exists()]
        for each in reversed(missing):
            each.mkdir(mode=0o700, exist_ok=True)
            flush_folder(each.parent)


def write_whole(path: Path, data: bytes) -> None:
    """Write beside the place and rename into it, so that a file with its final name is always whole."""
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(temporary).replace(path)
    except OSError:
        Path(temporary).unlink(missing_ok=True)
        raise
    flush_folder(path.parent)


def flush_folder(folder: Path) -> None:
    """Make durable which names the folder holds."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _facts(image: Image.Image, name: str) -> ImageFacts:
    width, height = image.size
    if width * height > LARGEST_PIXELS:
        raise FileTooLarge(name, "60 megapixels")
    image.load()
    taken_at, camera = _told_by(image)
    return ImageFacts(MEDIA_TYPES[image.format or ""], width, height, taken_at, camera)


def _told_by(image: Image.Image) -> tuple[datetime | None, str | None]:
    """When and with what the picture says it was taken; None for what it does not say, or says unreadably."""
    exif = image.getexif()
    inner = exif.get_ifd(ExifTags.IFD.Exif)
    camera = " ".join(_word(exif.get(tag)) for tag in (ExifTags.Base.Make, ExifTags.Base.Model)).strip()
    taken = _word(inner.get(ExifTags.Base.DateTimeOriginal))
    # A camera without a zone is taken to mean UTC, which is what it is compared with; its clock is only its claim.
    offset = _word(inner.get(ExifTags.Base.OffsetTimeOriginal)) or "+00:00"
    try:
        return datetime.strptime(taken + offset, _TAKEN_FORMAT).astimezone(UTC), camera or None
    except ValueError:
        return None, camera or None


def _word(value: object) -> str:
    """Text of an EXIF tag in printable characters, without the padding that cameras add; empty when there is none."""
    text = str(value or "").replace("\x00", " ")
    return " ".join("".join(letter for letter in text if letter.isprintable()).split())[:200]
