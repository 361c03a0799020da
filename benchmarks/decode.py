"""Reading labels: our pipeline beside zxing-cpp alone, pyzbar alone, OpenCV's detectors, and zxing-cpp then pyzbar."""

from __future__ import annotations

import time
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import replace

import cv2
import numpy as np
from rich.console import Console
from rich.table import Table

from benchmarks.scenes import BASE, KINDS, Damage, Image, idle_frame, random_code, scene
from scanner import readers
from scanner.decode import Effort, decode_image

Texts = Sequence[str]
Way = Callable[[Image], Texts]
SYMBOLOGIES = ("Code128", "QRCode", "DataMatrix")
DRAWS = 2  # pictures of each damage
SEED = 20


def _texts(read: readers.Reader) -> Way:
    return lambda picture: [symbol.text for symbol in read(picture)]


def _either(picture: Image) -> Texts:
    return _texts(readers.read_everything)(picture) or _texts(readers.read_with_zbar)(picture)


def _opencv(picture: Image) -> Texts:
    _, lines, _, _ = cv2.barcode.BarcodeDetector().detectAndDecodeWithType(picture)
    text, _, _ = cv2.QRCodeDetector().detectAndDecode(picture)
    return [*(line for line in lines if line), *([text] if text else [])]


def _ours(effort: Effort) -> Way:
    return lambda picture: [symbol.text for symbol in decode_image(picture, effort=effort)]


WAYS: dict[str, Way] = {
    "zxing-cpp": _texts(readers.read_everything),
    "pyzbar": _texts(readers.read_with_zbar),
    "OpenCV": _opencv,
    "zxing, then pyzbar": _either,
    "ours, a frame": _ours(Effort.LIVE),
    "ours, a file": _ours(Effort.FULL),
}


class Score:
    """Reads of one way: how many of how many were right, how many texts were wrong, and the time it took."""

    def __init__(self) -> None:
        self.right = self.wrong = self.pictures = 0
        self.times: list[float] = []

    def take(self, way: Way, picture: Image, text: str) -> None:
        began = time.perf_counter()
        texts = way(picture)
        self.times.append(time.perf_counter() - began)
        self.pictures += 1
        self.right += text in texts
        self.wrong += any(read != text for read in texts)


def _measure(damages: Sequence[Damage], symbology: str, totals: dict[str, Score]) -> dict[str, Score]:
    rng = np.random.default_rng(SEED)
    scores = {name: Score() for name in WAYS}
    for damage in damages:
        for _ in range(DRAWS):
            text = random_code(rng)
            picture = scene(text, symbology, damage, rng)
            for name, way in WAYS.items():
                scores[name].take(way, picture, text)
    for name, score in scores.items():
        totals[name].right += score.right
        totals[name].wrong += score.wrong
        totals[name].pictures += score.pictures
        totals[name].times += score.times
    return scores


def _table(title: str) -> Table:
    table = Table(title=title, title_justify="left")
    table.add_column("")
    for name in WAYS:
        table.add_column(name, justify="right")
    return table


def _recall(score: Score) -> str:
    return f"{100 * score.right / score.pictures:.0f}"


def _damages(console: Console) -> None:
    totals: dict[str, Score] = defaultdict(Score)
    for symbology in SYMBOLOGIES:
        table = _table(f"{symbology}: % of pictures read")
        for kind, damages in KINDS.items():
            scores = _measure(damages, symbology, totals)
            table.add_row(kind, *(_recall(score) for score in scores.values()))
        console.print(table)
    table = _table("All of it")
    table.add_row("% read", *(_recall(totals[name]) for name in WAYS))
    table.add_row("wrong texts", *(str(totals[name].wrong) for name in WAYS))
    table.add_row("ms a picture, p50", *(f"{1000 * float(np.median(totals[name].times)):.0f}" for name in WAYS))
    table.add_row("ms a picture, p95", *(f"{1000 * float(np.quantile(totals[name].times, 0.95)):.0f}" for name in WAYS))
    console.print(table)


def _angles(console: Console) -> None:
    table = _table("Every angle, 0 to 175 in steps of 5, at 2 pixels a module: % read")
    for symbology in SYMBOLOGIES:
        sweep = [replace(BASE, angle=angle, module=2.0) for angle in range(0, 180, 5)]
        scores = _measure(sweep[:: 1 if symbology == "Code128" else 3], symbology, defaultdict(Score))
        table.add_row(symbology, *(_recall(score) for score in scores.values()))
    console.print(table)


def _idle(console: Console) -> None:
    rng = np.random.default_rng(SEED)
    frames = [idle_frame(rng) for _ in range(8)]
    ways = {
        "zxing-cpp, Code 128 + QR": _texts(readers.read_labels),
        "ours, fast path": _ours(Effort.FAST),
        "ours, a frame": _ours(Effort.LIVE),
        **{name: way for name, way in WAYS.items() if "ours" not in name},
    }
    table = Table("1280x720 frames without a code", "ms, p50", "frames a second", title_justify="left")
    for name, way in ways.items():
        times = []
        for frame in frames:
            began = time.perf_counter()
            way(frame)
            times.append(time.perf_counter() - began)
        middle = float(np.median(times))
        table.add_row(name, f"{1000 * middle:.1f}", f"{1 / middle:.0f}")
    console.print(table)


def run() -> None:
    """Print the tables."""
    console = Console(width=118)
    cv2.setNumThreads(1)
    _damages(console)
    _angles(console)
    _idle(console)
