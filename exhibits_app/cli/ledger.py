"""Commands about the ledger: signing it, proving from it, checking it, and giving checkpoints to others."""

from dataclasses import asdict
from getpass import getuser
from pathlib import Path

import click

from ..domain.checkpoint import Checkpoint, encode_hash
from ..domain.ledger_faults import LedgerFault
from ..domain.note import VerifierKey
from ..domain.paper import read as read_paper
from ..services import (
    ledger_anchor,
    ledger_bundle,
    ledger_evidence,
    ledger_keeper,
    ledger_levels,
    ledger_outside,
    ledger_sign,
)
from ..services.ledger_levels import Held, Report
from .application import Application
from .ledger_audit import audit
from .ledger_erasing import erase, replay_erasures
from .ledger_paper import daily_print
from .ledger_repair import incident, mirror, new_origin, replay
from .options import as_json, print_json, progress_bar, require_initialised, told

INPUT = click.Path(exists=True, dir_okay=False, path_type=Path)
OUTPUT = click.Path(dir_okay=False, path_type=Path)


class Key(click.ParamType[VerifierKey]):
    """A verifier key: name, id and base64, joined by plus signs."""

    name = "key"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> VerifierKey:
        try:
            return value if isinstance(value, VerifierKey) else VerifierKey.parse(str(value))
        except LedgerFault as fault:
            self.fail(str(fault), param, ctx)


@click.group()
def ledger() -> None:
    """The tamper-evident ledger."""


for command in (audit, daily_print, erase, replay_erasures, incident, mirror, replay, new_origin):
    ledger.add_command(command)


@ledger.command()
@click.option("--out", type=OUTPUT, help="Write the signed checkpoint to this file.")
@as_json
@click.pass_obj
def checkpoint(application: Application, out: Path | None, as_json: bool) -> None:
    """Integrate what waits, sign, and print the checkpoint."""
    require_initialised(application)
    services = application.services()
    with told():
        ledger_keeper.start(services)
        signed = ledger_keeper.checkpoint(services)
    if signed is None:
        raise click.ClickException("The ledger is empty: there is nothing to sign.")
    if out:
        out.write_bytes(signed.note)
    with services.store.read() as work:
        key = work.checkpoints.all_keys()[-1].key
        origin = work.ledger.origin()
    if as_json:
        root = encode_hash(signed.root)
        print_json({"origin": origin, "size": signed.size, "root": root, "key": key, "note": signed.note.decode()})
    else:
        click.echo(signed.note.decode(), nl=False)
        click.echo(f"\nVerifier key: {key}")


@ledger.command()
@click.option("--checkpoint", "held", type=INPUT, multiple=True, help="A checkpoint that somebody outside has kept.")
@click.option("--paper", multiple=True, help="The text of a checkpoint's QR code on paper; may be repeated.")
@click.option("--log-key", type=Key(), help="The log's verifier key, from elsewhere than this database.")
@as_json
@click.pass_obj
def verify(
    application: Application,
    held: tuple[Path, ...],
    paper: tuple[str, ...],
    log_key: VerifierKey | None,
    as_json: bool,
) -> None:
    """Check everything in the database, level by level. Exit status 0 only where nothing failed."""
    require_initialised(application)
    with told():
        copies: list[Held | Checkpoint] = [Held(path.name, path.read_bytes()) for path in held]
        copies += map(read_paper, paper)
    with told(), progress_bar("Verifying chains", None, quiet=as_json) as progress:
        report = ledger_levels.verify(application.services(), copies, log_key, progress)
    _tell(report, as_json)
    if report.failed:
        raise click.exceptions.Exit(1)


@ledger.command()
@click.argument("register_no", type=int, required=False)
@click.option("--seq", type=int, help="Which entry of the exhibit, from 0; the last unless told.")
@click.option("--since", type=int, help="Instead: that the log only grew since this size.")
@click.option("--out", type=OUTPUT, help="Write the proof to this file.")
@as_json
@click.pass_obj
def prove(
    application: Application,
    register_no: int | None,
    seq: int | None,
    since: int | None,
    out: Path | None,
    as_json: bool,
) -> None:
    """Prove that an entry is in the last checkpoint (a C2SP tlog-proof), or with --since that the log only grew."""
    require_initialised(application)
    if (register_no is None) == (since is None):
        raise click.UsageError("Give either a property reference or --since.")
    services = application.services()
    with told():
        if since is not None:
            hashes, signed = ledger_bundle.growth_since(services, since)
            text = "".join(f"{encode_hash(one)}\n" for one in hashes) + "\n" + signed.note.decode()
        else:
            text = ledger_bundle.proof_of(services, register_no or 0, seq).decode()
    if out:
        out.write_text(text, encoding="utf-8")
    elif as_json:
        print_json({"register_no": register_no, "since": since, "proof": text})
    else:
        click.echo(text, nl=False)


@ledger.command()
@click.argument("out", type=OUTPUT)
@click.option("--exhibit", "exhibits", type=int, multiple=True, help="A property reference; may be repeated.")
@click.option("--case", "case", help="Every exhibit of the case of this reference.")
@click.option("--withhold", multiple=True, help="Name of values not to disclose, like seize.case; may be repeated.")
@click.option("--reason", default="", help="Why values are withheld; needed with --withhold.")
@click.option("--since", type=int, multiple=True, help="Size of a checkpoint that the reader holds.")
@as_json
@click.pass_obj
def bundle(
    application: Application,
    out: Path,
    exhibits: tuple[int, ...],
    case: str | None,
    withhold: tuple[str, ...],
    reason: str,
    since: tuple[int, ...],
    as_json: bool,
) -> None:
    """Write an evidence bundle (.zip) that verify.py checks without us."""
    require_initialised(application)
    if bool(exhibits) == bool(case):
        raise click.UsageError("Give either --exhibit or --case.")
    if withhold and not reason:
        raise click.UsageError("Give the --reason for what is withheld: the bundle and the log of reads state it.")
    services = application.services()
    with told():
        ledger_keeper.start(services)
        numbers = ledger_bundle.of_case(services, case) if case else sorted(set(exhibits))
        packed = ledger_bundle.make(services, numbers, frozenset(withhold), since, reason=reason)
        ledger_evidence.log_command(services, numbers, withhold, reason, getuser())
    out.write_bytes(packed)
    with services.store.read() as work:
        origin, key = work.ledger.origin(), work.checkpoints.all_keys()[-1].key
    if as_json:
        print_json({"file": str(out), "exhibits": numbers, "bytes": len(packed), "origin": origin, "key": key})
    else:
        click.echo(f"Wrote {out}: {len(numbers)} exhibits, {len(packed):,} bytes. To check it, with nothing of ours:")
        click.echo(f"  python3 -I verify.py {out.name} --origin {origin} --log-key {key}")


@ledger.command()
@click.option("--to", multiple=True, help="An outside party's e-mail address; may be repeated.")
@as_json
@click.pass_obj
def anchor(application: Application, to: tuple[str, ...], as_json: bool) -> None:
    """Sign, ask witnesses and time-stamp authorities, and e-mail the checkpoint (--to, or EXHIBITS_ANCHOR_EMAIL)."""
    require_initialised(application)
    services = application.services()
    addresses = to or application.settings.anchor_to
    with told():
        vouched, refused = ledger_anchor.ask_now(services)
        anchors = list(map(ledger_outside.as_anchor, vouched))
        if addresses or not services.outside.anybody:
            anchors.append(ledger_anchor.anchor(services, addresses))
    for one in anchors:
        if as_json:
            print_json({"kind": one.kind, "size": one.size, "root": encode_hash(one.root), "at": one.at})
        else:
            click.echo(f"The checkpoint of size {one.size:,} was {one.says}.")
    if refused:
        raise click.ClickException(" ".join(refused))


@ledger.command("rotate-key")
@as_json
@click.pass_obj
def rotate_key(application: Application, as_json: bool) -> None:
    """Sign with a new key from now on. The old one vouches for it in a checkpoint of both, and is destroyed."""
    require_initialised(application)
    with told():
        key = str(ledger_sign.rotate(application.services()))
    if as_json:
        print_json({"key": key})
    else:
        click.echo(f"The ledger signs with a new key now. Tell everybody who checks it:\n{key}")


def _tell(report: Report, as_json: bool) -> None:
    if as_json:
        levels = [asdict(verdict) | {"statement": verdict.statement} for verdict in report.verdicts]
        faults = [sentence for level in report.faults.values() for sentence in level]
        print_json({"items": report.items, "entries": report.entries, "faults": faults, "levels": levels})
        return
    for verdict in report.verdicts:
        click.echo(f"{verdict.level:<4}{verdict.result:<12} {verdict.statement}: {verdict.detail}")
    click.echo(ledger_levels.LIMITS)
