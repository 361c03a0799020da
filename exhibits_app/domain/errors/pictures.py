"""Refusals of pictures of scans."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Refusal


class PictureRefusal(Refusal):
    """The picture of a scan is not kept."""

    code: ClassVar[str] = "picture_refused"


@dataclass(eq=False)
class PicturesNotKept(PictureRefusal):
    """The force keeps no pictures of scans."""

    code: ClassVar[str] = "pictures_not_kept"

    def sentence(self) -> str:
        return "This force keeps no pictures of scans. Set pictures = false at this device; the scan itself stands."


@dataclass(eq=False)
class PictureWithoutRecord(PictureRefusal):
    """No event was recorded of this scan by this device."""

    code: ClassVar[str] = "picture_without_record"
    scan: str

    def sentence(self) -> str:
        return f"Scan {self.scan} of this device led to no record, so its picture is not kept. Send the act first."


@dataclass(eq=False)
class PictureNotAsNamed(PictureRefusal):
    """The bytes do not hash to the name that was given."""

    code: ClassVar[str] = "picture_not_as_named"
    scan: str

    def sentence(self) -> str:
        return f"The picture of scan {self.scan} was changed on its way: its SHA-256 is another. Send it again."


@dataclass(eq=False)
class PictureNotJpeg(PictureRefusal):
    """The picture is no JPEG that can be read whole."""

    code: ClassVar[str] = "picture_not_jpeg"
    scan: str

    def sentence(self) -> str:
        return f"The picture of scan {self.scan} is not a JPEG that can be read. The scan itself stands."


@dataclass(eq=False)
class PictureTooLarge(PictureRefusal):
    """The picture is over the limit. `most` is in bytes."""

    code: ClassVar[str] = "picture_too_large"
    scan: str
    most: int

    def sentence(self) -> str:
        most = f"{self.most // 1000} kB"
        return f"The picture of scan {self.scan} is larger than {most}. Send the part that shows the label."


@dataclass(eq=False)
class OtherPictureOfScan(PictureRefusal):
    """A scan whose picture is kept came again with another picture."""

    code: ClassVar[str] = "other_picture_of_scan"
    scan: str

    def sentence(self) -> str:
        return (
            f"STOP: another picture of scan {self.scan} is kept. Nothing was changed; "
            "keep this device and tell a supervisor."
        )
