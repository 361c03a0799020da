"""Files kept by the hash of their content."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class ImageFacts:
    """What was found by decoding the image, and what it says of itself (EXIF)."""

    media_type: str
    width: int
    height: int
    taken_at: datetime | None
    camera: str | None


class Files(Protocol):
    """Bytes by their SHA-256; the same bytes are kept once."""

    def put(self, data: bytes) -> str:
        """Keep the bytes durably and give their SHA-256 in hex."""

    def get(self, sha256: str) -> bytes:
        """The bytes. Raises NotFound, or FileRefusal when they no longer hash to their name."""

    def remove(self, sha256: str) -> None:
        """The bytes are gone; nothing changes where they were not there."""

    def examine_image(self, data: bytes, name: str) -> ImageFacts:
        """Decode the image. Raises NotAnImage, FileTooLarge."""

    def shrink_image(self, data: bytes, edge: int) -> bytes:
        """A JPEG of the image, upright, neither side longer than `edge` pixels and without what it says of itself."""
