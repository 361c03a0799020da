"""Labels a second on A4 sheets (L7160): ours, ours with the self-check, and reportlab's own barcode widgets."""

from __future__ import annotations

import io
import random
import resource
import sys
import time
from collections.abc import Callable, Iterator

from reportlab.graphics.barcode.code128 import Code128
from reportlab.graphics.barcode.qr import QrCode
from reportlab.lib.units import mm
from reportlab.pdfgen.canvas import Canvas

from labels.fields import ItemLabel
from labels.payload import CodeType, issue, printed
from labels.sheet import render_pdf
from labels.stock import STOCKS
from labels.verify import check_drawing

_STOCK = STOCKS["L7160"]
_SIZES = (1_000, 10_000)
_CHECKED = 500  # The self-check's cost is the same for each label; a few hundred show it.


def _items(count: int) -> Iterator[ItemLabel]:
    source = random.Random(7160)
    for number in range(count):
        yield ItemLabel(
            code=issue(CodeType.ITEM, source.randbytes),
            exhibit_ref=f"AB/{number}",
            description="Double duvet cover, blue and white stripes, from the main bedroom",
            force_name="Northshire Police",
            property_ref=str(100_000 + number),
            case_ref="OP FERN 123/25",
            category="DTH-BED",
            seized_at="14:02 on 3 May 2025",
            seized_by="PC 4521 Reyes",
            seal=f"S{number:08}",
            hazards=("Biohazard",) if number % 5 == 0 else (),
        )


def _widgets(items: Iterator[ItemLabel], *, with_qr: bool) -> bytes:
    """The same texts in Helvetica with reportlab's Code 128 widget, and its QR widget if asked."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(_STOCK.page_width * mm, _STOCK.page_height * mm), pageCompression=1, invariant=1)
    for number, item in enumerate(items):
        index = number % _STOCK.per_page
        if number and not index:
            canvas.showPage()
        left, top = _STOCK.place(index)
        x, y = left * mm, (_STOCK.page_height - top - _STOCK.height) * mm
        Code128(item.code, barWidth=0.339 * mm, barHeight=12 * mm).drawOn(canvas, x, y + 1.5 * mm)
        if with_qr:
            QrCode(item.code, width=24 * mm, height=24 * mm).drawOn(canvas, x + 39 * mm, y + 14 * mm)
        canvas.setFont("Helvetica", 6)
        for line, text in enumerate(_texts(item)):
            canvas.drawString(x + 4, y + 36 * mm - 8 * line, text)
    canvas.save()
    return file.getvalue()


def _texts(item: ItemLabel) -> tuple[str, ...]:
    return (
        item.exhibit_ref, printed(item.code), f"Case {item.case_ref} Property {item.property_ref}",
        item.description[:36], item.description[36:], f"Seized {item.seized_at} by {item.seized_by}", item.seal,
    )  # fmt: skip


def _line(name: str, count: int, make: Callable[[], bytes]) -> None:
    begun = time.perf_counter()
    size = len(make())
    seconds = time.perf_counter() - begun
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{name:<46} {count:>7,} {count / seconds:>9,.0f} {size / count / 1024:>8.2f} {memory:>8.0f}")


def run() -> None:
    """Print labels a second, kB a label and the process's peak memory (it only ever grows) for each way."""
    print(f"{'labels on L7160':<46} {'labels':>7} {'a second':>9} {'kB each':>8} {'peak MB':>8}")
    for count in _SIZES:
        _line("ours: Code 128 + QR, laid out", count, lambda n=count: render_pdf(_items(n), _STOCK))  # type: ignore[misc]
        _line("reportlab widget: Code 128", count, lambda n=count: _widgets(_items(n), with_qr=False))  # type: ignore[misc]
    few = _SIZES[0]
    _line("reportlab widgets: Code 128 + QR", few, lambda: _widgets(_items(few), with_qr=True))
    _line(
        "ours with the self-check (two decoders)",
        _CHECKED,
        lambda: render_pdf(_items(_CHECKED), _STOCK, on_label=_checked),
    )
    sys.stdout.flush()


def _checked(drawing: object) -> None:
    check_drawing(drawing)  # type: ignore[arg-type]  # A Drawing, as render_pdf promises.


if __name__ == "__main__":
    run()
