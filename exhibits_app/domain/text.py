"""Text, numbers and times as people type them, checked once at the edge of the domain."""

import re
import unicodedata
from datetime import UTC, datetime

from .errors import BadTime, MissingValue, NotAChoice, NotANumber, TooLong, UnprintableText

# Longest texts the register keeps, in characters.
NAME_LIMIT = 200
LINE_LIMIT = 500
SEAL_LIMIT = 40
SUBMISSION_LIMIT = 60
PROSE_LIMIT = 5_000

# Explicit embeddings, overrides and isolates reorder the text around them; right-to-left scripts need none.
_REORDERING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")

# No script needs these within a word: they come along when text is pasted, or to make two things look like one.
_NO_WIDTH = dict.fromkeys(map(ord, "\u00ad\u180e\u200b\u2060\ufeff"))

_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
_EMAIL = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{_LABEL}(?:\.{_LABEL})*")


def required(value: str | None, field: str, what: str, limit: int = LINE_LIMIT) -> str:
    """Clean text that must be there. Raises MissingValue, TooLong, UnprintableText."""
    text = optional(value, field, what, limit)
    if not text:
        raise MissingValue(field, what)
    return text


def optional(value: str | None, field: str, what: str, limit: int = LINE_LIMIT) -> str:
    """Clean text that may be empty: NFC, trimmed, inner white space of lines folded, nothing in it that nobody sees."""
    if not value:
        return ""
    plain = value.isascii() and value.isprintable()  # Most of what comes is one line that needs no looking up.
    text = value.strip() if plain else _visible(value).replace("\r\n", "\n").strip()
    if len(text) > limit:
        raise TooLong(field, what, limit, len(text))
    if plain:
        return " ".join(text.split())
    if any(_is_control(char) for char in text):
        raise UnprintableText(field, what)
    return "\n".join(" ".join(line.split()) for line in text.split("\n"))


def whole_number(value: str | int | None, field: str, what: str, low: int, high: int) -> int:
    """A whole number within bounds. Raises MissingValue, NotANumber."""
    if value is None or value == "":
        raise MissingValue(field, what)
    try:
        number = int(str(value).strip())
    except ValueError:
        raise NotANumber(field, what, low, high) from None
    if not low <= number <= high:
        raise NotANumber(field, what, low, high)
    return number


def choice(value: str | None, field: str, what: str, choices: frozenset[str] | set[str]) -> str:
    """One of the choices. Raises NotAChoice."""
    if value is None or value not in choices:
        raise NotAChoice(field, what)
    return value


def instant(value: str | None, field: str, what: str) -> datetime:
    """An ISO 8601 time with an offset, as UTC. Raises MissingValue, BadTime."""
    if not value:
        raise MissingValue(field, what)
    try:
        at = datetime.fromisoformat(value)
    except ValueError:
        raise BadTime(field, what) from None
    if at.tzinfo is None:
        raise BadTime(field, what)
    return at.astimezone(UTC)


def _visible(text: str) -> str:
    """Without marks of no width, which make a seal another one and a reason of nothing; scripts keep their joiners."""
    bare = "".join(char for char in text if char in _REORDERING or unicodedata.category(char) != "Cf")
    return unicodedata.normalize("NFC", bare if bare.isascii() else text.translate(_NO_WIDTH))


def _is_control(char: str) -> bool:
    return char in _REORDERING or (unicodedata.category(char) in {"Cc", "Cs"} and char not in "\n\t")


def is_email(text: str) -> bool:
    """Whether mail can be sent to this: plain letters, as HTML's own field takes them, so that no header breaks."""
    return len(text) <= NAME_LIMIT and _EMAIL.fullmatch(text) is not None
