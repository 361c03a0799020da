"""The service killed under load, and a full disk, in short: `make bench-soak ONLY=faults` does it for minutes."""

import subprocess
import sys

from tests.support.project import ROOT


def test_nothing_acknowledged_is_lost_or_doubled_when_the_service_is_killed_or_the_disk_is_full() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.faults", "1", "1", "0"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert "none lost, none doubled" in done.stdout
