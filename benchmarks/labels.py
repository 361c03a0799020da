"""Labels a second on A4 sheets (L7160): ours, read back by two libraries, beside what a user would pick instead."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

from benchmarks.label_ours import STOCK, items
from labels.payload import printed

_ROOT = Path(__file__).resolve().parents[1]
_PEERS_PYTHON = _ROOT / "build" / "peers" / "bin" / "python"
_FEW, _MANY = 1_000, 10_000
_OURS = {"plain": "ours, not read back", "checked": "ours, read back"}
_PEERS = {
    "reportlab_widgets": "reportlab's widgets",
    "barcode_image": "python-barcode PNG, reportlab",
    "barcode_svg": "python-barcode SVG, svglib",
    "pylabels": "pylabels",
    "blabel": "blabel (WeasyPrint)",
}
_FAST = frozenset({"reportlab_widgets"})  # The others take minutes for 10,000.
_SHEET = ("width", "height", "left", "top", "pitch_x", "pitch_y", "columns", "rows")
Measured = dict[str, float]


def _ours(way: str, count: int) -> Measured:
    return _answer([sys.executable, "-m", "benchmarks.label_ours", way, str(count)], "")


def _peer(way: str, count: int) -> Measured | None:
    """What the peer took in its own environment, or None where it could not be installed or cannot run here."""
    if not _PEERS_PYTHON.exists():
        return None
    program = str(Path(__file__).with_name("label_peers.py"))
    try:
        # -P: pylabels calls itself `labels`, as does this file in the program's own folder.
        return _answer([str(_PEERS_PYTHON), "-P", program, way], _lines(count))
    except subprocess.CalledProcessError as failed:
        print(f"{_PEERS[way]} is left out: {str(failed.stderr).strip().splitlines()[-1]}")
        return None


def _answer(command: list[str], given: str) -> Measured:
    done = subprocess.run(command, input=given, capture_output=True, text=True, check=True, cwd=_ROOT)
    measured: Measured = json.loads(done.stdout.splitlines()[-1])
    return measured


def _lines(count: int) -> str:
    rows: list[object] = [{name: getattr(STOCK, name) for name in _SHEET}]
    for item in items(count):
        texts = (
            item.force_name, item.exhibit_ref, printed(item.code), f"Case {item.case_ref} Property {item.property_ref}",
            item.description[:40], item.description[40:], f"Seized {item.seized_at} by {item.seized_by}",
            f"Seal {item.seal} {item.category}", *item.hazards,
        )  # fmt: skip
        rows.append({"code": item.code, "lines": texts})
    return "\n".join(map(json.dumps, rows))


def _table(count: int, ways: frozenset[str]) -> None:
    print(
        f"{count:>6,} labels {'a second':>25} {'CPU ms each':>12} {'kB each':>8} {'peak MB':>8}   ours, read back, is"
    )
    checked = _ours("checked", count)
    _line(_OURS["checked"], count, checked, checked)
    _line(_OURS["plain"], count, _ours("plain", count), checked)
    for way, name in _PEERS.items():
        if way in ways and (found := _peer(way, count)):
            _line(name, count, found, checked)


def _line(name: str, count: int, one: Measured, checked: Measured) -> None:
    relation = f"{one['clock'] / checked['clock']:.1f} times as fast, {one['cpu'] / checked['cpu']:.1f} by CPU"
    print(
        f"{name:<31} {count / one['clock']:>8,.0f} {one['cpu'] / count * 1000:>12.2f} "
        f"{one['bytes'] / count / 1024:>8.2f} {one['peak']:>8.0f}   {'' if one is checked else relation}",
        flush=True,
    )


def run() -> None:
    """1,000 labels each way, and 10,000 where that is a matter of a minute; each in a process of its own."""
    if not _PEERS_PYTHON.exists():
        print("The peers are not installed: make bench does that.")
    _table(_FEW, _FAST | frozenset(_PEERS))
    _table(_MANY, _FAST)
    print("The others take minutes for 10,000, at the rate that they have for 1,000: make bench-soak ONLY=labels")


def soak() -> None:
    """10,000 labels every way."""
    _table(_MANY, _FAST | frozenset(_PEERS))


if __name__ == "__main__":
    run()
