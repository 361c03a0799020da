"""The service is killed for a minute while 500 items are scanned: each is recorded once, and in order."""

import tempfile
import time
from pathlib import Path

from benchmarks.scan_drive import Store, a_client, a_store, acts

ITEMS = 500
OUTAGE_SECONDS = 60.0


def drive(store: Store, codes: list[str], outage: float, together: int = 5) -> float:
    """Scan these items while the service is dead for `outage` seconds; the seconds it took. Raises AssertionError."""
    store.start()
    client = a_client(store)
    began = time.monotonic()
    scanned = acts(store, codes, together)
    third = len(scanned) // 3
    for act in scanned[:third]:
        client.scan(act)
    client.wait_for_sign_in()
    store.kill()
    for act in scanned[third : 2 * third]:
        client.scan(act)
        time.sleep(outage / third)
    store.start()
    for act in scanned[2 * third :]:
        client.scan(act)
    promised = client.finish()
    took = time.monotonic() - began
    recorded = store.moved(codes)
    assert [code for _, code in recorded] == codes, "not each item once and in the order of scanning"
    assert [seq for seq, _ in recorded] == sorted(seq for seq, _ in recorded), "not in the device's order"
    assert set(promised) == set(codes), "a person was not told of an item"
    return took


def soak(items: int = ITEMS, outage: float = OUTAGE_SECONDS) -> None:
    """The whole of it."""
    with tempfile.TemporaryDirectory(prefix="exhibits-outage-") as name, a_store(Path(name), items) as store:
        took = drive(store, store.filled.codes, outage)
    print(f"{items} items scanned, the service dead for {outage:.0f} s of {took:.0f} s:")
    print("  each is recorded once, and in order.")


if __name__ == "__main__":
    soak()
