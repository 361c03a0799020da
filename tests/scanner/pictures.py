"""Codes that tests show to the client, and what draws and films them (tests/support/film.py)."""

from labels import payload
from labels.payload import CodeType
from tests.support.film import a_film, a_picture, a_symbol, a_y4m

__all__ = ["a_code", "a_film", "a_picture", "a_symbol", "a_y4m"]


def a_code(number: int = 1, kind: CodeType = CodeType.ITEM) -> str:
    """A code of ours, the same for the same number."""
    return payload.issue(kind, lambda _: (number * 0x9E3779B97F % 2**40).to_bytes(5, "big"))
