"""The scan client's outage and its sudden deaths, in short: `make bench-soak` does both at their full length."""

import subprocess
import sys

from tests.support.project import ROOT


def test_no_scan_is_lost_or_doubled_whichever_end_dies() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tests.scanner.drives"], cwd=ROOT, capture_output=True, text=True, check=False
    )

    assert done.returncode == 0, done.stderr
    assert "3 kills" in done.stdout
