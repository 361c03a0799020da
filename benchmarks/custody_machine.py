"""Whatever people can do to three items, at random for minutes: custody stays whole after every step."""

import tempfile
from pathlib import Path

from tests.services.custody_machine import drive

RUNS = 150
STEPS = 60


def soak() -> None:
    """Drive the machine that `make test` drives for seconds. Raises AssertionError with the steps that broke it."""
    with tempfile.TemporaryDirectory() as folder:
        drive(Path(folder), RUNS, STEPS)
    print(f"{RUNS} runs of up to {STEPS} steps: every invariant held after every step.")
