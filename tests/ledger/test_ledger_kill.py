"""Workers killed at random points, in short: `make bench-soak` does it more than two hundred times."""

import subprocess
import sys

import pytest

from tests.support.project import ROOT


@pytest.mark.postgresql
def test_nothing_answered_is_lost_and_nothing_signed_is_taken_back_when_workers_are_killed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ledger_kill", "5", "4"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    for line in ("SQLite, 5 kills", "PostgreSQL, 4 kills"):
        assert line in done.stdout
    assert done.stdout.count("none lost") == 2
