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

from benchmarks.damages import BASE, KINDS, MATRIX_KINDS
from benchmarks.labels_drawn import text_for
from benchmarks.scenes import Damage, Image, empty_frame, idle_frame, scene, textured_frame
from scanner import localise, readers
from scanner.accumulate import Film
from scanner.decode import Effort, decode_image, examine

Texts = Sequence[str]
Way = Callable[[Image], Texts]
SYMBOLOGIES = ("Code128", "QRCode", "DataMatrix")
DRAWS = 1  # pictures of each damage
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
            text = text_for(damage.style, symbology, rng)
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
        for kind, damages in (KINDS | (MATRIX_KINDS if symbology == "DataMatrix" else {})).items():
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


def _milliseconds(way: Callable[[Image], object], frames: Sequence[Image]) -> list[float]:
    times = []
    for frame in frames:
        began = time.perf_counter()
        way(frame)
        times.append(1000 * (time.perf_counter() - began))
    return times


def _idle(console: Console) -> None:
    """Frames without a code: how many a second, what the fast path adds to the library, and what rescue may take."""
    rng = np.random.default_rng(SEED)
    kinds = {"bare": empty_frame, "desk": idle_frame, "textured": textured_frame}
    frames = {name: [draw(rng) for _ in range(12)] for name, draw in kinds.items()}
    ways: dict[str, Callable[[Image], object]] = {
        "zxing-cpp, Code 128 + QR": readers.read_labels,
        "ours, fast path": _ours(Effort.FAST),
        "ours, localiser": localise.find_places,
        "ours, a frame": _ours(Effort.LIVE),
        **{name: way for name, way in WAYS.items() if "ours" not in name},
    }
    table = Table("1280x720 frames without a code", title_justify="left")
    for name in kinds:
        for column in ("ms, p50", "p95", "a second"):
            table.add_column(f"{name}, {column}", justify="right")
    for name, way in ways.items():
        times = [_milliseconds(way, shots) for shots in frames.values()]
        cells = ((np.median(one), np.quantile(one, 0.95), 1000 / np.median(one)) for one in times)
        table.add_row(name, *(f"{number:.1f}" for row in cells for number in row))
    console.print(table)
    # One after the other on the same frame, so that what else the machine does falls on both.
    pairs = [
        (_milliseconds(ways["ours, fast path"], [one]), _milliseconds(readers.read_labels, [one]))
        for one in [*frames["desk"], *frames["textured"]] * 4
    ]
    ratio = float(np.median([ours[0] / alone[0] for ours, alone in pairs]))
    console.print(f"The fast path takes {ratio:.2f} times as long as zxing-cpp alone.")


def _stages(console: Console) -> None:
    """What each stage of a file read that none before it did, and what it cost, over every damage."""
    rng = np.random.default_rng(SEED + 1)
    reads: dict[str, int] = defaultdict(int)
    spent: dict[str, float] = defaultdict(float)
    for symbology in SYMBOLOGIES:
        for damages in KINDS.values():
            text = text_for(damages[-1].style, symbology, rng)
            seen = examine(scene(text, symbology, damages[-1], rng))
            for found in seen.symbols:
                reads[found.stage] += found.text == text
            for stage, ms in seen.spent.items():
                spent[stage] += ms
    table = Table(
        "stage", "read", "ms in all", title="The hardest of each damage, stage by stage", title_justify="left"
    )
    for stage in sorted(spent, key=lambda name: (-reads[name], spent[name])):
        table.add_row(stage, str(reads[stage]), f"{spent[stage]:.0f}")
    console.print(table)


_DIM = (
    (0.1, 4.0),
    (0.06, 4.0),
    (0.05, 4.0),
    (0.04, 4.0),
    (1.0, 60.0),
)  # light and noise that a frame is hard to read in
_SHOTS = 10


def _filmed(text: str, symbology: str, light: float, noise: float, rng: np.random.Generator) -> list[Image]:
    """Frames of one label in a hand that is not quite still."""
    clean = scene(text, symbology, replace(BASE, angle=8, noise=0.0, light=light), rng)
    moved = (np.roll(clean, rng.integers(-4, 5, 2), (0, 1)) for _ in range(_SHOTS))
    return [(one + rng.normal(0, noise, one.shape)).clip(0, 255).astype(np.uint8) for one in moved]


def _films(console: Console) -> None:
    """Frames of a film one by one, and added up: in how many frames a code was seen, and the time of the slowest."""
    rng = np.random.default_rng(SEED + 2)
    table = Table(
        title=f"Films of {_SHOTS} frames: read in two frames, each by itself and added up", title_justify="left"
    )
    for column in ("light, noise", "films", "alone", "added up", "wrong", "ms a frame, p95"):
        table.add_column(column, justify="right")
    for light, noise in _DIM:
        alone, added, wrong, times = 0, 0, 0, []
        for symbology in SYMBOLOGIES * 2:
            text = text_for("ours", symbology, rng)
            shots, film, seen = _filmed(text, symbology, light, noise, rng), Film(), []
            alone += sum(text in _ours(Effort.LIVE)(shot) for shot in shots) >= 2
            times += _milliseconds(lambda shot, film=film, seen=seen: seen.append(film.examine(shot).symbols), shots)
            added += sum(text in [one.text for one in reads] for reads in seen) >= 2
            wrong += sum(one.text != text for reads in seen for one in reads)
        cells = (2 * len(SYMBOLOGIES), alone, added, wrong, round(float(np.quantile(times, 0.95))))
        table.add_row(f"{light:.2f}, {noise:.0f}", *(str(cell) for cell in cells))
    console.print(table)


def fuzz(draws: int, seed: int, effort: Effort = Effort.FULL) -> list[str]:
    """The texts read in pictures without any code: noise, cloth and print, and symbols of which half is covered."""
    rng = np.random.default_rng(seed)
    wrong: list[str] = []
    for number in range(draws):
        symbology = SYMBOLOGIES[number % 3]
        text = text_for("foreign", symbology, rng)
        cut = scene(text, symbology, replace(BASE, module=3.0, angle=float(rng.uniform(0, 180))), rng)
        cut[:, 320:] = 150
        noise = rng.integers(0, 256, (480, 640), dtype=np.uint8)
        for picture in (cut, noise, textured_frame(rng, (640, 480))):
            wrong += [found.text for found in decode_image(picture, effort=effort) if found.text != text]
    return wrong


def soak() -> None:
    """Look for wrong reads in pictures where there is nothing to read."""
    wrong = fuzz(100, SEED)
    print(f"{len(wrong)} wrong texts in 300 pictures without a whole code. {wrong}")


def run() -> None:
    """Print the tables."""
    console = Console(width=118)
    cv2.setNumThreads(1)
    _damages(console)
    _angles(console)
    _idle(console)
    _films(console)
    _stages(console)
