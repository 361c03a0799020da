"""Which reads of one picture are believed: at once, when another way of looking says the same, or never."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from scanner.localise import Region
from scanner.symbols import CODE_128, DATA_MATRIX, QR, Symbol, covers, same_symbol

_FEW_LINES = 4  # pixels from the first line to the last
_SHORT = 3  # characters: what bars of anything say now and then
_SMALL_MATRIX = 6  # characters: its Data Matrix has so few modules that texture passes for one


@dataclass
class Findings:
    """What has been found in one picture, and what still waits for a second, agreeing read."""

    found: list[Symbol] = field(default_factory=list)
    waiting: list[Symbol] = field(default_factory=list)

    def take(self, symbols: list[Symbol], stage: str, *, trusted: bool = True) -> None:
        """Believe what may be believed of a stage's reads; keep the rest until another stage says the same."""
        for read in (replace(symbol, stage=stage) for symbol in symbols):
            if any(same_symbol(read, known) for known in self.found):
                continue
            if read.ours or _is_sure(read, trusted) or self._seen_before(read):
                self.found.append(read)
            else:
                self.waiting.append(read)

    def _seen_before(self, read: Symbol) -> bool:
        return any(
            (read.text, read.symbology) == (earlier.text, earlier.symbology) and read.stage != earlier.stage
            for earlier in self.waiting
        )

    def believed(self) -> list[Symbol]:
        """What was found, without bars that somebody else's text was read from where a code of ours stands."""
        ours = [read for read in self.found if read.ours]
        return [
            read
            for read in self.found
            if read.ours or read.symbology != CODE_128 or not any(covers(known, *read.centre) for known in ours)
        ]

    def explains(self, region: Region) -> bool:
        """Whether a symbol already read stands where the region is."""
        return any(covers(read, region.x, region.y, margin=_margin(read)) for read in self.found)

    def any_of(self, want: Callable[[Symbol], bool]) -> bool:
        """Whether one of the symbols found is such a one."""
        return any(want(read) for read in self.found)


def _is_sure(read: Symbol, trusted: bool) -> bool:
    """Whether a foreign text needs no second read.

    A QR's error correction and format bits let no wrong text through. Code 128's own check symbol lets one misreading
    in a hundred through, and a scratch makes many; bars across a tall stretch of lines agree with themselves.
    """
    if read.symbology == QR:
        return True
    if read.symbology == DATA_MATRIX:
        return trusted and len(read.text) >= _SMALL_MATRIX
    left, top, right, bottom = read.box
    few_lines = min(right - left, bottom - top) < _FEW_LINES
    return trusted and not few_lines and len(read.text) >= _SHORT


def _margin(read: Symbol) -> float:
    # zxing gives a Code 128 the height of the lines it used, which may be a sliver of the bars.
    return 0.2 if read.symbology == CODE_128 else 0.1
