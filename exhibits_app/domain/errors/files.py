"""Refusals of files."""

from dataclasses import dataclass
from typing import ClassVar

from .base import Refusal


@dataclass(eq=False)
class FileRefusal(Refusal):
    """The file cannot be kept. `name` is what the sender called it."""

    code: ClassVar[str] = "file_refused"
    name: str


@dataclass(eq=False)
class NoFile(FileRefusal):
    """No file was chosen."""

    code: ClassVar[str] = "no_file"

    def sentence(self) -> str:
        return "Choose a photograph first: a JPEG, PNG or WebP picture."


@dataclass(eq=False)
class NotAnImage(FileRefusal):
    """The bytes are not a JPEG, PNG or WebP picture, whatever the name says."""

    code: ClassVar[str] = "not_an_image"

    def sentence(self) -> str:
        return f"{self.name} is not a photograph that can be read. Choose a JPEG, PNG or WebP picture."


@dataclass(eq=False)
class FileTooLarge(FileRefusal):
    """The file is larger than the limit, in bytes or in pixels."""

    code: ClassVar[str] = "file_too_large"
    limit: str

    def sentence(self) -> str:
        return f"{self.name} is larger than {self.limit}. Take the photograph at a lower resolution and try again."
