"""Sends a finished job to a printer: over the network to port 9100, or through CUPS with its `lp` command."""

from __future__ import annotations

import socket
import subprocess
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

from labels.printing_errors import (
    NoPrintCommand,
    NotAPrinter,
    PrinterGone,
    PrinterNotThere,
    PrinterRefuses,
    PrintersFileRefused,
    QueueRefuses,
)

RAW_PORT = 9100
PATIENCE_S = 10.0  # for the connection, and for each step of the sending
_PIECE = 16_384  # bytes at a time: how much is known to have gone when the connection is lost
_FARTHEST_MM = 10.0


@dataclass(frozen=True, slots=True)
class NetworkPrinter:
    """A printer that takes what comes in on a TCP port."""

    host: str
    port: int = RAW_PORT


@dataclass(frozen=True, slots=True)
class Queue:
    """A print queue of CUPS on this machine."""

    name: str


Printer = NetworkPrinter | Queue


@dataclass(frozen=True, slots=True)
class Known:
    """A printer that a force has named in its file, and how far it prints too far left and too high, in mm."""

    printer: Printer
    offset_mm: tuple[float, float] = (0.0, 0.0)


@dataclass(frozen=True, slots=True)
class Sent:
    """How many bytes the other side took. `closed` is whether it then ended the connection in good order.

    That a printer took a job does not mean that paper came out: scanning the label is what confirms it.
    """

    size: int
    closed: bool


def printer_at(address: str) -> Printer:
    """The printer of `tcp://host`, `tcp://host:port` or `lp:QUEUE`. Raises NotAPrinter."""
    if address.startswith("lp:"):
        return _queue(address)
    try:
        parts = urlsplit(address)
        host, port = parts.hostname, parts.port
    except ValueError as fault:
        raise NotAPrinter(address) from fault
    if parts.scheme != "tcp" or not host or port == 0 or parts.path.strip("/") or parts.query or parts.username:
        raise NotAPrinter(address)
    return NetworkPrinter(host, port or RAW_PORT)


def _queue(address: str) -> Queue:
    name = address.removeprefix("lp:")
    # CUPS allows no space, slash or number sign in a name; a leading hyphen would be an option of `lp`.
    if not name or name.startswith("-") or not name.isprintable() or set(name) & set(" /#"):
        raise NotAPrinter(address)
    return Queue(name)


def send(job: bytes, printer: Printer, *, raw: bool = True, patience_s: float = PATIENCE_S) -> Sent:
    """Hand the job over, whole. `raw` keeps CUPS from converting it: for ZPL, not for PDF.

    Raises PrinterNotThere, PrinterRefuses, PrinterGone, NoPrintCommand or QueueRefuses.
    """
    if isinstance(printer, Queue):
        return _send_to_queue(job, printer, raw, patience_s)
    return _send_over_network(job, printer, patience_s)


def _send_over_network(job: bytes, printer: NetworkPrinter, patience_s: float) -> Sent:
    where = f"{printer.host}:{printer.port}"
    try:
        connection = socket.create_connection((printer.host, printer.port), timeout=patience_s)
    except ConnectionRefusedError as fault:
        raise PrinterRefuses(where) from fault
    except (OSError, UnicodeError) as fault:  # UnicodeError: a host name that no name service could know.
        raise PrinterNotThere(where) from fault
    with connection:
        return _hand_over(job, connection, where)


def _hand_over(job: bytes, connection: socket.socket, where: str) -> Sent:
    gone = 0
    try:
        for start in range(0, len(job), _PIECE):
            piece = job[start : start + _PIECE]
            connection.sendall(piece)
            gone += len(piece)
        connection.shutdown(socket.SHUT_WR)
    except OSError as fault:
        raise PrinterGone(where, gone, len(job)) from fault
    return Sent(len(job), _closed_in_order(connection, where, len(job)))


def _closed_in_order(connection: socket.socket, where: str, size: int) -> bool:
    """Whether the printer ends the connection too; a reset means that it threw away what it had not yet read."""
    try:
        while connection.recv(1024):
            pass  # What a printer says back, such as its status, is nothing that we asked for.
    except TimeoutError:
        return False
    except OSError as fault:
        raise PrinterGone(where, size, size) from fault
    return True


def _send_to_queue(job: bytes, queue: Queue, raw: bool, patience_s: float) -> Sent:
    command = ["lp", "-d", queue.name, *(("-o", "raw") if raw else ("-o", "print-scaling=none"))]
    try:
        done = subprocess.run(command, input=job, capture_output=True, timeout=patience_s, check=False)
    except FileNotFoundError as fault:
        raise NoPrintCommand from fault
    except (subprocess.TimeoutExpired, OSError) as fault:
        raise QueueRefuses(queue.name, "lp did not take the job in time") from fault
    if done.returncode:
        said = done.stderr.decode("utf-8", "replace").strip().removeprefix("lp: ")
        raise QueueRefuses(queue.name, said or f"lp ended with code {done.returncode}")
    return Sent(len(job), closed=True)


def known_printers(file: Path) -> dict[str, Known]:
    """The printers of a TOML file: a table each with `to`, and `right_mm` and `down_mm` from the calibration page.

    Raises PrintersFileRefused.
    """
    try:
        tables = tomllib.loads(file.read_text("utf-8"))
    except OSError as fault:
        raise PrintersFileRefused(str(file), "it cannot be opened") from fault
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as fault:
        raise PrintersFileRefused(str(file), f"it is not TOML ({fault})") from fault
    return {name: _known(file, name, table) for name, table in tables.items()}


def _known(file: Path, name: str, table: object) -> Known:
    if not isinstance(table, Mapping) or not isinstance(table.get("to"), str):
        raise PrintersFileRefused(str(file), f"[{name}] does not say where it prints: to = ...")
    if strange := set(table) - {"to", "right_mm", "down_mm"}:
        raise PrintersFileRefused(str(file), f"[{name}] has {min(strange)}, which is no setting of a printer")
    right, down = (table.get(side, 0.0) for side in ("right_mm", "down_mm"))
    for one in (right, down):
        if isinstance(one, bool) or not isinstance(one, int | float) or not abs(one) <= _FARTHEST_MM:
            raise PrintersFileRefused(str(file), f"[{name}] has an offset that is not -10 to 10 mm")
    return Known(printer_at(table["to"]), (float(right), float(down)))
