"""The exhibits command: each command reads its options, calls one service, and prints."""

import click

from . import continuity
from .backups import backup, restore
from .importing import import_items
from .ledger import ledger
from .moving import migrate_store
from .setting_up import device, init, team, user
from .watching import alerts, health, overdue, rebuild, serve, worker
from .witness import witness


@click.group()
@click.version_option(package_name="exhibits")
def cli() -> None:
    """Exhibit tracking: labels, custody on record for good, and alerts on what nobody has sent for examination."""


for command in (
    init,
    serve,
    worker,
    user,
    team,
    device,
    overdue,
    alerts,
    ledger,
    rebuild,
    health,
    migrate_store,
    backup,
    restore,
    import_items,
    *continuity.COMMANDS,
    witness,
):
    cli.add_command(command)
