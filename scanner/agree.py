"""Lets a code count only when enough frames agree on it, and only once while it stays in sight."""

from __future__ import annotations

from dataclasses import dataclass

from scanner.symbols import Symbol


@dataclass
class _Sighting:
    frames: int
    last: float
    told: bool = False


class Agreement:
    """Counts reads of the same text over frames.

    `need` frames must show a text within `gap` seconds of each other; after `gap` seconds out of sight it counts anew.
    """

    def __init__(self, need: int, gap: float = 2.0) -> None:
        self._need = need
        self._gap = gap
        self._seen: dict[str, _Sighting] = {}

    def see(self, symbols: list[Symbol], at: float) -> list[Symbol]:
        """The symbols that count from this frame on, in the order given; `at` in seconds."""
        self._seen = {text: one for text, one in self._seen.items() if at - one.last <= self._gap}
        agreed: list[Symbol] = []
        # Both symbols of one label say the same text: in one frame that is one sighting, not two.
        for text, found in {symbol.text: symbol for symbol in reversed(symbols)}.items():
            sighting = self._seen.setdefault(text, _Sighting(0, at))
            sighting.frames, sighting.last = sighting.frames + 1, at
            if sighting.frames >= self._need and not sighting.told:
                sighting.told = True
                agreed.append(found)
        order = [symbol.text for symbol in symbols]
        return sorted(agreed, key=lambda symbol: order.index(symbol.text))
