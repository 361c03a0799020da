"""Commands for a body outside that witnesses logs: they need a folder of its own, and nothing of the service."""

import socket
from pathlib import Path

import click

from ..domain.ledger_faults import LedgerFault
from ..domain.note import ED25519, VerifierKey
from ..services import witness as service
from ..services.ports.outside import WatchedLog
from ..services.witness import Witness
from .application import Application
from .options import as_json, print_json, told

FOLDER = click.Path(file_okay=False, path_type=Path)


@click.group()
def witness() -> None:
    """Witness the ledgers of others: cosign what follows from what was seen, and nothing else."""


@witness.command()
@click.argument("folder", type=FOLDER)
@click.option("--name", required=True, help="The witness's name for good, like witness.example/w1.")
@as_json
@click.pass_obj
def init(application: Application, folder: Path, name: str, as_json: bool) -> None:
    """Make a witness in this folder, with a key of its own, and print its verifier key."""
    memory = application.witness_memory(folder)
    if memory.is_made():
        raise click.ClickException(f"There is a witness in {folder} already: {memory.name()}.")
    try:
        VerifierKey(name, ED25519, bytes(32))
    except LedgerFault as fault:
        raise click.ClickException(str(fault)) from fault
    memory.make(name)
    key = _key(application.witness(folder))
    if as_json:
        print_json({"name": name, "key": key})
    else:
        click.echo(f"The witness's verifier key, for everybody who is to believe it:\n{key}")


@witness.command()
@click.argument("folder", type=FOLDER)
@click.argument("log_key")
@click.option(
    "--entries", default="", help="Where it is published, a folder or an address: cosign only if its rules hold."
)
@click.pass_obj
def watch(application: Application, folder: Path, log_key: str, entries: str) -> None:
    """Watch the log of this verifier key; for one that is watched already, with this key and address instead."""
    kept = _made(application, folder)
    try:
        key = VerifierKey.parse(log_key)
    except LedgerFault as fault:
        raise click.ClickException(str(fault)) from fault
    if key.kind != ED25519:
        raise click.ClickException("That is the key of a witness. Give the key of a log.")
    published = entries if entries.startswith(("http://", "https://")) or not entries else str(Path(entries).resolve())
    kept.memory.watch(WatchedLog(key, published))
    click.echo(f"Watching {key.name}{', with its entries' if entries else ''}.")


@witness.command()
@click.argument("folder", type=FOLDER)
@as_json
@click.pass_obj
def show(application: Application, folder: Path, as_json: bool) -> None:
    """Print the witness's verifier key, and each log with what was cosigned last."""
    kept = _made(application, folder)
    seen: dict[str, dict[str, object]] = {}
    for origin in kept.memory.logs():
        try:
            last = service.last_seen(kept, origin)
            seen[origin] = {"size": last.size if last else 0, "root": last.root.hex() if last else ""}
        except LedgerFault as fault:
            seen[origin] = {"fault": str(fault)}
    if as_json:
        print_json({"key": _key(kept), "logs": seen})
        return
    click.echo(_key(kept))
    for origin, said in seen.items():
        click.echo(f"{origin}: {said.get('fault') or ' '.join(map(str, said.values()))}")


@witness.command()
@click.argument("folder", type=FOLDER)
@click.option("--host", default="127.0.0.1", show_default=True)
@click.option("--port", default=8040, show_default=True)
@click.pass_obj
def serve(application: Application, folder: Path, host: str, port: int) -> None:
    """Answer add-checkpoint requests (C2SP tlog-witness) until stopped."""
    kept = _made(application, folder)
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            raise click.ClickException(f"Port {port} is in use. Stop what uses it, or choose another.") from None
    click.echo(f"{kept.memory.name()} cosigns at http://{host}:{port}/add-checkpoint - stop it with Ctrl-C.")
    application.serve_witness(folder, host, port)


def _made(application: Application, folder: Path) -> Witness:
    if not application.witness_memory(folder).is_made():
        raise click.ClickException(f"There is no witness in {folder}. Run `exhibits witness init` first.")
    return application.witness(folder)


def _key(kept: Witness) -> str:
    with told():
        return str(service.verifier_key(kept))
