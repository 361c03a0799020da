"""A run of the command over many labels: how far it is, how it is stopped, and files that are whole or not there."""

from __future__ import annotations

import json
import os
import signal
import sys
import tempfile
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from types import FrameType
from typing import TextIO

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

from labels.fields import Label
from labels.release import Released, released
from labels.stock import Stock
from labels.template import Template

_EACH = 500  # labels to a line of progress where there is no terminal


class Run:
    """Counts the labels that were released, and what there is to tell of them."""

    def __init__(self) -> None:
        self.labels = 0
        self.shortened = 0
        self.warnings: tuple[str, ...] = ()

    def facts(self) -> dict[str, object]:
        """What was released, for machines."""
        return {"labels": self.labels, "shortened": self.shortened, "warnings": list(self.warnings)}

    def remarks(self) -> str:
        """What a person has to know besides, in sentences that begin with a space."""
        shortened = f" {self.shortened} do not show every text in full; the record does." if self.shortened else ""
        return shortened + "".join(f" {one}." for one in self.warnings)

    def count(self, one: Released) -> None:
        """Count a label that was released."""
        self.labels += 1
        self.shortened += bool(one.drawing.shortened)
        self.warnings = one.verified.warnings


@contextmanager
def releasing(
    run: Run,
    labels: Iterable[Label],
    stock: Stock,
    dpi: int,
    template: Template,
    *,
    of: int | None = None,
    as_json: bool = False,
    so_far: str = "Nothing was written.",
) -> Iterator[Iterator[Released]]:
    """The labels as they are released, with progress on standard error.

    Control-C and SIGTERM end the block with one sentence that closes with `so_far`, and exit code 130.
    """
    with (
        _stoppable(run, so_far),
        _progress(of, as_json) as tell,
        closing(released(labels, stock, dpi, template)) as made,
    ):
        yield _counted(made, run, tell)


def _made(
    labels: Iterable[Label], stock: Stock, dpi: int, template: Template
) -> closing[Generator[Released, None, None]]:
    return closing(released(labels, stock, dpi, template))


def _counted(made: Iterable[Released], run: Run, tell: Callable[[int], None]) -> Iterator[Released]:
    for one in made:
        run.count(one)
        tell(run.labels)
        yield one


class _Stopped(click.ClickException):
    """Somebody ended the run."""

    exit_code = 130


@contextmanager
def _stoppable(run: Run, so_far: str) -> Iterator[None]:
    def stop(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGTERM, stop)
    try:
        yield
    except KeyboardInterrupt as stopped:
        raise _Stopped(f"Stopped after {run.labels:,} labels. {so_far}") from stopped
    finally:
        signal.signal(signal.SIGTERM, before)


@contextmanager
def _progress(of: int | None, as_json: bool) -> Iterator[Callable[[int], None]]:
    """What shows how many labels are done: a bar on a terminal, else a line now and then."""
    if as_json or not sys.stderr.isatty():
        yield lambda done: _line(done, of, as_json)
        return
    columns = (TextColumn("Reading back"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("labels", total=of)
        yield lambda done: bar.update(task, completed=done)


def _line(done: int, of: int | None, as_json: bool) -> None:
    if done % _EACH:
        return
    whole = f" of {of:,}" if of else ""
    said = json.dumps({"done": done, "of": of}) if as_json else f"{done:,}{whole} labels read back"
    click.echo(said, err=True)


def lines_in(source: TextIO) -> int | None:
    """How many labels a file has, a line each; None where it comes through a pipe and can be read but once."""
    if not source.seekable():
        return None
    count = sum(1 for line in source if line.strip())
    source.seek(0)
    return count


def put(path: Path, content: bytes) -> None:
    """Write the file whole or leave what was there: it takes its name when its last byte is on the disk."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    finally:
        Path(name).unlink(missing_ok=True)


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
