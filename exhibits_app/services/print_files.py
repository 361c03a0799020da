"""The files of a printing: the PDF that everybody can open, and what its printer takes; read back before release."""

from collections.abc import Iterable
from dataclasses import dataclass

from labels import errors as label_errors
from labels import fields, sheet, zpl
from labels.calibration import shifted
from labels.layout import lay_out
from labels.printers import Known, NetworkPrinter
from labels.raster import paint
from labels.stamp import Stamp
from labels.stock import Stock
from labels.template import Template
from labels.verify import check

from ..domain.errors import LabelNotReleased, PrinterUnknown
from .context import Services


@dataclass(frozen=True, slots=True)
class Files:
    """What was made: `for_printer` is empty when the PDF is what goes to the printer, or nothing does."""

    pdf: bytes
    for_printer: bytes


def make(
    services: Services,
    labels: Iterable[fields.Label],
    stock: Stock,
    start_at: int,
    foot: Stamp | None,
    look: Template,
    to: Known | None,
) -> Files:
    """Draw the labels. Raises LabelNotReleased when one cannot be drawn or does not read back."""
    drawn = list(labels)
    gate = services.check_label if services.read_labels_back else None
    try:
        pdf = sheet.render_pdf(drawn, stock, start_at=start_at, on_label=gate, stamp=foot, template=look)
        return Files(pdf, _for_printer(services, drawn, stock, start_at, foot, look, to) if to else b"")
    except label_errors.LabelRefusal as refusal:
        raise LabelNotReleased(str(refusal)) from refusal


def printer_named(services: Services, name: str, stock: Stock) -> Known | None:
    """The printer of this name, None for none. Raises PrinterUnknown, also for a printer that has no such paper."""
    if not name:
        return None
    try:
        known = services.printers.known()
    except label_errors.LabelRefusal as refusal:
        raise PrinterUnknown(name, str(refusal)) from refusal
    if name not in known:
        raise PrinterUnknown(name, "There is no printer of that name any more. Choose another, or the PDF.")
    if isinstance(known[name].printer, NetworkPrinter) and not stock.is_roll:
        raise PrinterUnknown(name, f"{name} prints from a roll. For a sheet choose an office printer, or the PDF.")
    return known[name]


def _for_printer(
    services: Services,
    labels: list[fields.Label],
    stock: Stock,
    start_at: int,
    foot: Stamp | None,
    look: Template,
    to: Known,
) -> bytes:
    """ZPL for a roll, PDF for sheets, moved by the printer's offset. The drawings were read back; what was moved by
    dots is read once more."""
    if not stock.is_roll:
        if not any(to.offset_mm):
            return b""
        return sheet.render_pdf(labels, stock, start_at=start_at, offset_mm=to.offset_mm, stamp=foot, template=look)
    job = bytearray()
    for label in labels:
        drawing = lay_out(label, stock, stock.dpi, look)
        pixels = paint(drawing)
        if any(to.offset_mm):
            pixels = shifted(pixels, stock.dpi, to.offset_mm)
            if services.read_labels_back:
                check(pixels, drawing.code, symbols=drawing.symbols)
        job += zpl.graphic(pixels)
    return bytes(job)
