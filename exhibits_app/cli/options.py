"""What commands have in common: the application, times, JSON, and refusals in one sentence."""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from typing import Any, TypeVar

import click
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

from ..domain.errors import Refusal
from ..domain.show import iso
from ..domain.text import instant
from .application import Application

Command = TypeVar("Command", bound=Callable[..., Any])
errors = Console(stderr=True)


class Instant(click.ParamType[datetime]):
    """An ISO 8601 time with its offset, such as 2026-05-04T09:00:00Z."""

    name = "time"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> datetime:
        """The time in UTC."""
        if isinstance(value, datetime):
            return value
        try:
            return instant(str(value), "as_at", "a time like 2026-05-04T09:00:00Z")
        except Refusal:
            self.fail("Give a time with its offset, like 2026-05-04T09:00:00Z.", param, ctx)


def as_at(command: Command) -> Command:
    """The option `--as-at`."""
    return click.option("--as-at", type=Instant(), help="Work as at this time (ISO 8601) instead of now.")(command)


def as_json(command: Command) -> Command:
    """The option `--json`."""
    return click.option("--json", "as_json", is_flag=True, help="Print JSON, one object a line.")(command)


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on a line; times as the API writes them."""
    click.echo(json.dumps(value, ensure_ascii=False, default=_written))


def require_initialised(application: Application, *, current: bool = True) -> None:
    """Stop with one sentence when there is no database yet, or its tables are not those of this version.

    `current` is false for what can go on with the tables of an earlier one.
    """
    with told():
        initialised = application.is_initialised()
        if initialised and current:
            application.refuse_older()
    if not initialised:
        raise click.ClickException("There is no database yet. Run `exhibits init` first.")


@contextmanager
def told() -> Iterator[None]:
    """Turn a refusal into its sentence and exit status 1."""
    try:
        yield
    except Refusal as refusal:
        raise click.ClickException(refusal.sentence()) from refusal


@contextmanager
def progress_bar(what: str, total: int | None, quiet: bool = False) -> Iterator[Callable[[int], None]]:
    """A progress bar on standard error; gives a function that takes how many are done."""
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, disable=quiet) as bar:
        task = bar.add_task(what, total=total)
        yield lambda done: bar.update(task, completed=done)


def _written(value: object) -> str:
    return iso(value) if isinstance(value, datetime) else str(value)
