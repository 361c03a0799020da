"""Makes the sheets of the `labels` benchmark with our library, in a process of its own: `label_ours WAY COUNT`."""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Iterator

from benchmarks.label_peers import measured
from labels.fields import ItemLabel
from labels.payload import CodeType, issue
from labels.release import released
from labels.sheet import pdf_of, render_pdf
from labels.stock import STOCKS

STOCK = STOCKS["L7160"]
_WHAT = ("Double duvet cover", "Kitchen knife", "Mobile phone", "Pair of trainers", "Bank card", "Glass bottle")
_HOW = ("blue and white stripes", "black handle", "cracked screen", "size 9, worn", "in a wallet", "half full")
_WHERE = ("from the main bedroom", "from the kitchen sink", "under the driver's seat", "from the garden shed")


def items(count: int) -> Iterator[ItemLabel]:
    """Items of ten cases, no two alike, every fifth with a hazard; the same ones every time."""
    source = random.Random(7160)
    for number in range(count):
        yield ItemLabel(
            code=issue(CodeType.ITEM, source.randbytes),
            exhibit_ref=f"AB/{number}",
            description=f"{source.choice(_WHAT)}, {source.choice(_HOW)}, {source.choice(_WHERE)}, bag {number}",
            force_name="Northshire Police",
            property_ref=str(100_000 + number),
            case_ref=f"OP FERN {number // 1000}/25",
            category="DTH-BED",
            seized_at=f"14:{number % 60:02} on 3 May 2025",
            seized_by="PC 4521 Reyes",
            seal=f"S{number:08}",
            hazards=("Biohazard",) if number % 5 == 0 else (),
        )


def plain(count: int) -> bytes:
    """Laid out and written, not read back: what the others do."""
    return render_pdf(items(count), STOCK)


def checked(count: int) -> bytes:
    """As `exhibits-label render` makes them: each read back by two libraries before it is released."""
    return pdf_of((one.drawing for one in released(items(count), STOCK)), STOCK)


def main() -> None:
    """Print what was measured, as JSON."""
    way, count = {"plain": plain, "checked": checked}[sys.argv[1]], int(sys.argv[2])
    way(3)
    print(json.dumps(measured(lambda: way(count))))


if __name__ == "__main__":
    main()
