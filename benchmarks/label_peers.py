"""Makes the sheets of the `labels` benchmark as a user of other libraries would; run by their own Python, alone.

Each puts Code 128, a QR code and the same lines in Helvetica on every label. python-barcode makes no QR codes:
reportlab's widget draws them there. pylabels has no codes of its own either and takes both of reportlab's.
"""

import importlib
import io
import json
import resource
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

MM = 72 / 25.4
Item = dict[str, Any]


def reportlab_widgets(stock: Item, items: Sequence[Item]) -> bytes:
    """reportlab's Code 128 and QR widgets, drawn on the canvas."""
    code_128 = importlib.import_module("reportlab.graphics.barcode.code128").Code128

    def bars(canvas: Any, code: str, x: float, y: float) -> None:
        code_128(code, barWidth=0.339 * MM, barHeight=12 * MM).drawOn(canvas, x, y + 1.5 * MM)

    return _on_canvas(stock, items, bars)


def barcode_svg(stock: Item, items: Sequence[Item]) -> bytes:
    """python-barcode's SVG writer, placed with svglib."""
    barcode, svglib, render = (
        importlib.import_module(name) for name in ("barcode", "svglib.svglib", "reportlab.graphics.renderPDF")
    )
    options = {"module_width": 0.339, "module_height": 12.0, "quiet_zone": 3.39, "write_text": False}

    def bars(canvas: Any, code: str, x: float, y: float) -> None:
        file = io.BytesIO()
        barcode.get("code128", code).write(file, options)
        render.draw(svglib.svg2rlg(io.BytesIO(file.getvalue())), canvas, x, y)

    return _on_canvas(stock, items, bars)


def barcode_image(stock: Item, items: Sequence[Item]) -> bytes:
    """python-barcode's image writer at 300 dots an inch, placed by reportlab."""
    barcode, writer, utils = (
        importlib.import_module(name) for name in ("barcode", "barcode.writer", "reportlab.lib.utils")
    )
    options = {"module_width": 0.339, "module_height": 12.0, "quiet_zone": 3.39, "write_text": False, "dpi": 300}

    def bars(canvas: Any, code: str, x: float, y: float) -> None:
        picture = barcode.get("code128", code, writer=writer.ImageWriter()).render(options)
        width, height = (side / 300 * 72 for side in picture.size)
        canvas.drawImage(utils.ImageReader(picture), x, y, width, height)

    return _on_canvas(stock, items, bars)


def blabel(stock: Item, items: Sequence[Item]) -> bytes:
    """blabel: a template in HTML, set by WeasyPrint; its pictures of codes are PNG."""
    template = (
        "<img class='bars' src=\"{{ label_tools.barcode(code, fmt='svg', module_width=0.339, module_height=12.0,"
        ' write_text=False) }}"><img class=\'qr\' src="{{ label_tools.qr_code(code, error_correction=2) }}">'
        "{% for line in lines %}<p>{{ line }}</p>{% endfor %}"
    )
    width, height, left, top = (stock[name] for name in ("width", "height", "left", "top"))
    css = importlib.import_module("weasyprint").CSS(
        string=f"@page {{ size: 210mm 297mm }} .print-area {{ padding: {top}mm 0 0 {left}mm; height: 270mm;"
        f" line-height: 0; font-size: 0 }} .item {{ width: {width}mm; height: {height}mm; position: relative;"
        " overflow: hidden; margin-right: 2.49mm; vertical-align: top } .item:nth-child(3n) { margin-right: 0 }"
        " p { margin: 0; font: 6pt Helvetica } .bars { position: absolute; bottom: 1.5mm; left: 0 }"
        " .qr { position: absolute; top: 1mm; right: 1mm; width: 20mm }"
    )
    per_page = stock["columns"] * stock["rows"]
    writer = importlib.import_module("blabel").LabelWriter(
        item_template=template, default_stylesheets=(css,), items_per_page=per_page
    )
    made: bytes = writer.write_labels(list(items), target="@memory")
    return made


def pylabels(stock: Item, items: Sequence[Item]) -> bytes:
    """pylabels with reportlab's shapes. (pylabels2, which goes on from it, needs Python 3.12.)"""
    labels, shapes, widgets = (
        importlib.import_module(name) for name in ("labels", "reportlab.graphics.shapes", "reportlab.graphics.barcode")
    )
    sheet_of = labels.Specification(
        210, 297, stock["columns"], stock["rows"], stock["width"], stock["height"],
        left_margin=stock["left"], top_margin=stock["top"], column_gap=2.5, row_gap=0,
    )  # fmt: skip

    def draw(label: Any, _width: float, _height: float, item: Item) -> None:
        bars = widgets.createBarcodeDrawing(
            "Code128", value=item["code"], barWidth=0.339 * MM, barHeight=12 * MM, humanReadable=False
        )
        qr = widgets.createBarcodeDrawing("QR", value=item["code"], barLevel="H", width=24 * MM, height=24 * MM)
        for part, x, y in ((bars, 0, 1.5 * MM), (qr, 39 * MM, 14 * MM)):
            part.translate(x, y)
            label.add(
                part.asGroup() if hasattr(part, "asGroup") else shapes.Group(*part.contents, transform=part.transform)
            )
        for number, line in enumerate(item["lines"]):
            label.add(shapes.String(4, 36 * MM - 8 * number, line, fontName="Helvetica", fontSize=6))

    sheet = labels.Sheet(sheet_of, draw, border=False)
    sheet.add_labels(items)
    file = io.BytesIO()
    sheet.save(file)
    return file.getvalue()


def _on_canvas(stock: Item, items: Sequence[Item], bars: Callable[[Any, str, float, float], None]) -> bytes:
    qr_widget = importlib.import_module("reportlab.graphics.barcode.qr").QrCode
    file, per_page = io.BytesIO(), stock["columns"] * stock["rows"]
    canvas = importlib.import_module("reportlab.pdfgen.canvas").Canvas(
        file, pagesize=(210 * MM, 297 * MM), pageCompression=1, invariant=1
    )
    for number, item in enumerate(items):
        if number and not number % per_page:
            canvas.showPage()
        row, column = divmod(number % per_page, stock["columns"])
        x = (stock["left"] + column * stock["pitch_x"]) * MM
        y = (297 - stock["top"] - row * stock["pitch_y"] - stock["height"]) * MM
        bars(canvas, item["code"], x, y)
        qr_widget(item["code"], qrLevel="H", width=24 * MM, height=24 * MM).drawOn(canvas, x + 39 * MM, y + 14 * MM)
        canvas.setFont("Helvetica", 6)
        for line, text in enumerate(item["lines"]):
            canvas.drawString(x + 4, y + 36 * MM - 8 * line, text)
    canvas.save()
    return file.getvalue()


WAYS = {way.__name__: way for way in (reportlab_widgets, barcode_svg, barcode_image, blabel, pylabels)}


def measured(make: Callable[[], bytes]) -> dict[str, float]:
    """Seconds by the clock and of the processor, bytes, and the process's peak memory in MB."""
    begun, used = time.perf_counter(), time.process_time()
    size = len(make())
    return {
        "clock": time.perf_counter() - begun,
        "cpu": time.process_time() - used,
        "bytes": size,
        "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }


def main() -> None:
    """`label_peers.py WAY < lines`: the stock first, then an item a line; prints what was measured, as JSON."""
    way = WAYS[sys.argv[1]]
    stock, *items = map(json.loads, sys.stdin)
    way(stock, items[: stock["columns"]])  # Fonts and modules are loaded once, which is nobody's rate.
    print(json.dumps(measured(lambda: way(stock, items))))


if __name__ == "__main__":
    main()
