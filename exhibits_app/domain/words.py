"""The words that an item is found by, made alike for both databases: small letters, no accents, letters and digits."""

import re
import unicodedata
from collections.abc import Iterable
from typing import Final

from . import synonyms

LONGEST: Final = 100  # Letters of a word that count.
MOST: Final = 8  # Words of a search that count.
WHOLE: Final = 3  # A shorter word is not taken as the beginning of others: too much begins with "a".

_WORD = re.compile(r"[^\W_]+")


def words_of(texts: Iterable[str]) -> list[str]:
    """Every word of these texts once, in order; what is written together, like 3569-38, also without its signs."""
    found: set[str] = set()
    for text in texts:
        for chunk in _plain(text).split():
            parts = _parts(chunk)
            found.update(parts)
            if len(parts) > 1:
                found.add("".join(parts)[:LONGEST])
    return sorted(found)


def wanted(text: str) -> list[list[list[str]]]:
    """What a search asks for: all of these; each is one of several ways to write it; each way is words, all of them."""
    asked = []
    for chunk in _plain(text).split():
        parts = _parts(chunk)
        if parts:
            together = ["".join(parts)[:LONGEST]]
            asked.append([together, parts] if len(parts) > 1 else [parts])
    return asked[:MOST]


def also(text: str) -> dict[str, list[str]]:
    """The words of a search that others mean the same as, with those others: they are looked for too."""
    single = [parts[0] for parts in map(_parts, _plain(text).split()) if len(parts) == 1]
    return {word: others for word in single[:MOST] if (others := synonyms.others(word))}


def alike(said: list[list[str]]) -> list[str]:
    """Whole words that do as well as what is asked for in one place of a search."""
    return synonyms.ways(said[0][0]) if len(said) == 1 and len(said[0]) == 1 else []


def _plain(text: str) -> str:
    taken_apart = unicodedata.normalize("NFKD", text.casefold())
    return "".join(letter for letter in taken_apart if not unicodedata.combining(letter))


def _parts(chunk: str) -> list[str]:
    return [word[:LONGEST] for word in _WORD.findall(chunk)]
