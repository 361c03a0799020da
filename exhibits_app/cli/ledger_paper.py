"""The ledger's checkpoint on paper."""

from datetime import datetime
from pathlib import Path

import click

from ..services import paper
from .application import Application
from .options import as_json, print_json, require_initialised, told


@click.command("daily-print")
@click.argument("out", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="The last checkpoint of this day instead of now's.")
@as_json
@click.pass_obj
def daily_print(application: Application, out: Path, day: datetime | None, as_json: bool) -> None:
    """Write a sheet (PDF) with the checkpoint, to be signed by hand and filed outside the service."""
    require_initialised(application)
    with told():
        made = paper.daily(application.services(), None, day.date() if day else None)
    out.write_bytes(made)
    if as_json:
        print_json({"file": str(out), "bytes": len(made)})
    else:
        click.echo(f"Wrote {out}. Print it, sign and date it, and file it where nobody here can exchange it.")
