"""A folder that holds the log as C2SP tlog-tiles publishes it, for any web server to give out as it stands."""

import shutil
from pathlib import Path

from .files import write_whole

READABLE = 0o644


class FolderPublicLog:
    """Implements the PublicLog port."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def get(self, path: str) -> bytes | None:
        """The file, or None."""
        try:
            return (self._folder / path).read_bytes()
        except FileNotFoundError:
            return None

    def put(self, path: str, data: bytes) -> None:
        """Keep the file whole, for everybody to read. Raises OSError."""
        place = self._folder / path
        place.parent.mkdir(parents=True, exist_ok=True)
        write_whole(place, data)
        place.chmod(READABLE)

    def drop(self, path: str) -> None:
        """Remove the file or folder, if it is there."""
        place = self._folder / path
        if place.is_dir():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
