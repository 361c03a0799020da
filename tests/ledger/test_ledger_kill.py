"""A worker killed at random points, in short: `make bench-soak` does it two hundred times."""

import subprocess
import sys

from tests.support.project import ROOT


def test_nothing_answered_is_lost_and_nothing_signed_is_taken_back_when_the_worker_is_killed() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.ledger_kill", "5"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "5 kills" in done.stdout
    assert "none lost" in done.stdout
