"""What `exhibits-scan decode` says of one file: every symbol in an image, or in the frames of a video."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from scanner.accumulate import Film
from scanner.camera import read_image, video_frames
from scanner.decode import Effort, decode_image
from scanner.errors import CannotRead
from scanner.symbols import Symbol

_VIDEO_ENDINGS = {".avi", ".mp4", ".mkv", ".mov", ".y4m", ".webm", ".mjpeg", ".mjpg", ".mpg", ".mpeg", ".m4v"}


def symbols_in(path: Path, clock: Callable[[], float]) -> list[Symbol]:
    """Every symbol in the file, with all rescue stages. Raises CannotRead."""
    if path.suffix.lower() in _VIDEO_ENDINGS:
        return _in_video(path, clock)
    try:
        image = read_image(path)
    except CannotRead as refusal:
        if not path.is_file():
            raise
        try:
            return _in_video(path, clock)
        except CannotRead:
            raise refusal from None
    return decode_image(image, effort=Effort.FULL, clock=clock)


def _in_video(path: Path, clock: Callable[[], float]) -> list[Symbol]:
    """Symbols on which two frames agree, in the order of their first sight; in a film of one frame one is enough."""
    first: dict[tuple[str, str], Symbol] = {}
    frames_with: dict[tuple[str, str], int] = {}
    count, film = 0, Film(clock)
    for count, frame in enumerate(video_frames(path), 1):  # noqa: B007 - the number of frames is used after the loop
        for key, symbol in {(s.text, s.symbology): s for s in film.examine(frame.image).symbols}.items():
            first.setdefault(key, symbol)
            frames_with[key] = frames_with.get(key, 0) + 1
    need = min(2, count)
    return [symbol for key, symbol in first.items() if frames_with[key] >= need]


def report(path: str, clock: Callable[[], float]) -> dict[str, Any]:
    """`file`, `symbols` and `ms`, and `error` with a sentence when the file cannot be read."""
    began = clock()
    error: str | None = None
    try:
        symbols = symbols_in(Path(path), clock)
    except CannotRead as refusal:
        symbols, error = [], refusal.sentence
    found = [{"text": symbol.text, "symbology": symbol.symbology, "ours": symbol.ours} for symbol in symbols]
    facts = {"file": path, "symbols": found, "ms": round((clock() - began) * 1000, 1)}
    return facts if error is None else {**facts, "error": error}
