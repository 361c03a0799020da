"""The board with every filter at 2,000 open exhibits and at many times as many, on both databases."""

from __future__ import annotations

from benchmarks.forces import sizes
from benchmarks.pages import compare


def run() -> None:
    """At 2,000 and 100,000 open exhibits, or at BENCH_SIZES."""
    compare(sizes(2_000, 100_000), "board")


def soak() -> None:
    """At a million."""
    compare(sizes(2_000, 1_000_000), "board")


if __name__ == "__main__":
    run()
