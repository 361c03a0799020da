"""The command that moves the register between SQLite and PostgreSQL."""

from collections.abc import Iterator
from contextlib import contextmanager

import click
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn

from ..services import moving
from .application import Application
from .options import as_json, errors, print_json, require_initialised, told


@click.command("migrate-store")
@click.option("--to", help="Address of the new database, which must be empty: sqlite:///... or postgresql://...")
@click.option("--reopen", is_flag=True, help="Open the database of the settings again, after a move not gone on with.")
@as_json
@click.pass_obj
def migrate_store(application: Application, to: str | None, reopen: bool, as_json: bool) -> None:
    """Move the register to another database, prove that nothing changed, and close the old one."""
    if (to is None) is not reopen:
        raise click.UsageError("Give either --to with the address of the new database, or --reopen.")
    require_initialised(application, current=False)
    with told():
        _reopen(application, as_json) if to is None else _move(application, to, as_json)


def _move(application: Application, to: str, as_json: bool) -> None:
    with _stages(quiet=as_json) as progress:
        moved = moving.move(application.services(), application.mover(), to, progress)
    if as_json:
        tables = {name: {"rows": one.rows, "sha256": one.sha256} for name, one in moved.tables.items()}
        print_json({"rows": moved.rows, "size": moved.tree.size, "root": moved.tree.root.hex(), "tables": tables})
        return
    click.echo(f"Moved {moved.rows:,} rows in {len(moved.tables)} tables, and read each back as it was.")
    click.echo(f"The ledger's root, computed from the entries on both sides, is the same at size {moved.tree.size:,}:")
    click.echo(moved.tree.root.hex())
    click.echo(
        "The old database is closed: nothing is recorded in it any more. Set EXHIBITS_DATABASE_URL to the new one,"
    )
    click.echo("leave the instance's folder as it is (files, keys, ledger), and start the service again.")


def _reopen(application: Application, as_json: bool) -> None:
    was_closed = moving.open_again(application.services(), application.mover())
    if as_json:
        print_json({"reopened": was_closed})
    else:
        click.echo("The database is open again." if was_closed else "The database was not closed; nothing was changed.")


@contextmanager
def _stages(quiet: bool) -> Iterator[moving.Progress]:
    """A progress bar a stage on standard error."""
    columns = (TextColumn("{task.description:<28}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=errors, disable=quiet) as bar:
        tasks: dict[str, TaskID] = {}

        def tell(stage: str, done: int, total: int) -> None:
            if stage not in tasks:
                for task in tasks.values():
                    bar.stop_task(task)
                tasks[stage] = bar.add_task(stage, total=total)
            bar.update(tasks[stage], completed=done)

        yield tell
