"""Both drives of the scan client over one service, in a process of their own, because they fork."""

import random
import sys
import tempfile
from pathlib import Path

from benchmarks import scan_kill, scan_outage
from benchmarks.scan_drive import a_store

OUTAGE_ITEMS, KILLS = 15, 3


def main() -> None:
    """Raises AssertionError when a scan is lost or doubled."""
    items = OUTAGE_ITEMS + KILLS * scan_kill.ACTS_A_LIFE * scan_kill.TOGETHER
    with (
        tempfile.TemporaryDirectory(prefix="exhibits-drives-") as name,
        a_store(Path(name), items, whole=False) as store,
    ):
        codes = store.filled.codes
        scan_outage.drive(store, codes[:OUTAGE_ITEMS], 1.0)
        found = scan_kill.drive(store, codes[OUTAGE_ITEMS:], KILLS, random.Random())
    sys.stdout.write(f"{found.kills} kills, {found.promised} promised, {found.recorded} recorded\n")


if __name__ == "__main__":
    main()
