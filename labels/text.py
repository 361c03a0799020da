"""Measures, cleans, wraps and shortens text, so that a label shows what it can and says what it left out."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import reportlab
from reportlab import rl_config
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from labels.script import drawn_order

# Whoever makes a PDF here has its fonts from here. Binary streams, since to write them as letters takes a sixth of the
# time of a sheet and a quarter of its size, for mail systems that no longer are.
rl_config.useA85 = 0

# Debian's fonts-dejavu-core: Latin, Greek, Cyrillic, Hebrew, Arabic, Armenian, Georgian. Vera, which
# reportlab brings along, has the same shapes and covers Western Europe only.
_FOLDERS = (Path("/usr/share/fonts/truetype/dejavu"), Path("/usr/share/fonts/dejavu"))
_VERA = Path(reportlab.__file__).parent / "fonts"
_DEJAVU_FILES = ("DejaVuSans.ttf", "DejaVuSans-Bold.ttf", "DejaVuSansMono-Bold.ttf")
_VERA_FILES = ("Vera.ttf", "VeraBd.ttf", "VeraBd.ttf")

MORE = "\N{HORIZONTAL ELLIPSIS} (more on record)"
_LONGEST_CLEANED = 2000  # characters; far beyond any label, and 10,000 of them must not cost time
_REPLACEMENTS = "\N{REPLACEMENT CHARACTER}\N{WHITE SQUARE}?"
# Format characters have no glyph, and bidirectional controls could turn a line; surrogates cannot be encoded.
_DROPPED = {"Cf", "Cs"}
# Box drawing, blocks, squares, braille and mosaics: with these a text could draw a bar code of its own.
_DRAWS = re.compile("[\u2500-\u25ff\u2800-\u28ff\u2b00-\u2bff\U0001fb00-\U0001fbff]")


@dataclass(frozen=True, eq=False)
class Face:
    """One font: its registered name, its file, and the advance of each character in thousandths of an em."""

    name: str
    path: Path
    widths: dict[int, float]
    missing: str

    def width(self, text: str) -> float:
        """Advance of the text in em."""
        return _width(self, text)

    def drawable(self, text: str) -> str:
        """The text in drawing order, with a visible replacement for what the font lacks."""
        if text.isascii():
            return text
        return "".join(self._glyph(letter) for letter in drawn_order(text))

    def _glyph(self, letter: str) -> str:
        if ord(letter) in self.widths:
            return letter
        plain = unicodedata.normalize("NFKC", letter)
        return plain if len(plain) == 1 and ord(plain) in self.widths else self.missing


# Words repeat from label to label: measuring each once is most of the speed of a sheet.
@lru_cache(maxsize=32_768)
def _width(face: Face, text: str) -> float:
    unknown = face.widths[ord(face.missing)]
    return sum([face.widths.get(point, unknown) for point in map(ord, text)]) / 1000


@dataclass(frozen=True, eq=False)
class Faces:
    """The three fonts of a label, and whether they cover more than Western Europe."""

    regular: Face
    bold: Face
    mono: Face
    wide_coverage: bool


def _load(path: Path) -> Face:
    name = f"label-{path.stem}"
    font = TTFont(name, str(path))
    pdfmetrics.registerFont(font)
    widths: dict[int, float] = dict(font.face.charWidths)
    missing = next(letter for letter in _REPLACEMENTS if ord(letter) in widths)
    return Face(name, path, widths, missing)


def _trio(folder: Path, names: tuple[str, str, str], *, wide_coverage: bool) -> Faces:
    regular, bold, mono = (_load(folder / name) for name in names)
    return Faces(regular, bold, mono, wide_coverage)


@lru_cache(maxsize=1)
def faces() -> Faces:
    """The fonts of this machine: DejaVu where installed, else reportlab's Vera."""
    for folder in _FOLDERS:
        if all((folder / name).is_file() for name in _DEJAVU_FILES):
            return _trio(folder, _DEJAVU_FILES, wide_coverage=True)
    return _trio(_VERA, _VERA_FILES, wide_coverage=False)


def _kept(letter: str) -> str:
    category = unicodedata.category(letter)
    if category in ("Cc", "Zs", "Zl", "Zp"):
        return " "
    if category in _DROPPED or "\N{VARIATION SELECTOR-1}" <= letter <= "\N{VARIATION SELECTOR-16}":
        return ""
    return "\N{REPLACEMENT CHARACTER}" if _DRAWS.match(letter) else letter


@lru_cache(maxsize=4096)
def cleaned(text: str) -> str:
    """The text on one line, composed (NFC), without controls and without signs that could draw a symbol.

    It is cut at 2,000 characters.
    """
    if text.isascii() and text.isprintable() and len(text) <= _LONGEST_CLEANED:
        return re.sub(" +", " ", text).strip()
    composed = unicodedata.normalize("NFC", text[: 2 * _LONGEST_CLEANED])
    return " ".join("".join(map(_kept, composed)).split())[:_LONGEST_CLEANED]


def _pieces(word: str, face: Face, limit: float) -> list[str]:
    """A word in pieces that are at most `limit` em wide, each at least one character."""
    pieces = [""]
    for letter in word:
        if pieces[-1] and face.width(pieces[-1] + letter) > limit:
            pieces.append("")
        pieces[-1] += letter
    return pieces


def wrapped(text: str, face: Face, limit: float) -> list[str]:
    """The cleaned text in lines at most `limit` em wide, broken at spaces, or inside a word too long for a line."""
    if face.width(text) <= limit:
        return [text] if text else []
    lines: list[str] = []
    line: list[str] = []
    room = limit
    space = face.width(" ")
    for whole in text.split():
        for word in (whole,) if face.width(whole) <= limit else _pieces(whole, face, limit):
            needed = face.width(word)
            if line and needed > room:
                lines.append(" ".join(line))
                line, room = [], limit
            line.append(word)
            room -= needed + space
    return [*lines, " ".join(line)]


def shortened(text: str, face: Face, limit: float, most: int) -> tuple[list[str], bool]:
    """At most `most` lines, and whether anything was left out; then the text ends at a word and says so."""
    lines = wrapped(text, face, limit)
    if len(lines) <= most:
        return lines, False
    words = " ".join(lines[:most]).split()
    ending = MORE if most > 1 else MORE[0]  # On a single line the words take too much of what they explain.
    for kept in range(len(words), 0, -1):
        shorter = wrapped(" ".join(words[:kept]) + ending, face, limit)
        if len(shorter) <= most:
            return shorter, True
    return [MORE[0]], True
