"""The command line of the scan client: `exhibits-scan decode`, `run` and `outbox`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import click

from labels.errors import LabelRefusal
from scanner import bench, config, config_file, files, scan, wedge
from scanner.bench import new_id
from scanner.errors import ScanRefusal
from scanner.kinds import NEEDS
from scanner.outbox import Kept, Outbox


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
def main() -> None:
    """Read labels from cameras, files and handheld scanners, and record custody acts."""


@main.command()
@click.argument("paths", metavar="FILE...", nargs=-1, required=True)
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line.")
def decode(paths: tuple[str, ...], as_json: bool) -> None:
    """Every Code 128, QR and Data Matrix in these images or videos, ours or foreign."""
    failed = False
    for path in paths:
        facts = files.report(path, time.perf_counter)
        failed = failed or "error" in facts
        if "error" in facts:
            click.echo(facts["error"], err=True)
        if as_json:
            click.echo(json.dumps(facts, ensure_ascii=False))
        elif "error" not in facts:
            click.echo(_line(facts))
    sys.exit(1 if failed else 0)


def _line(facts: dict[str, Any]) -> str:
    found = [
        f"{symbol['text']!r} ({symbol['symbology']}{', ours' if symbol['ours'] else ''})" for symbol in facts["symbols"]
    ]
    return f"{facts['file']}: {', '.join(found) or 'no code found'}, {facts['ms']:.0f} ms"


_Command = TypeVar("_Command", bound=Callable[..., Any])


def _one_file(name: str, text: str) -> Callable[[_Command], _Command]:
    return click.option(name, type=click.Path(path_type=Path), help=text)


@main.command()
@click.option(
    "--source", "source_text", help="camera:0, video:FILE, images:FOLDER, wedge, wedge:evdev:F, wedge:serial:P."
)
@_one_file("--config", f"A file with settings (TOML); else {config_file.VARIABLE}.")
@click.option("--url", help=f"Where the service is; else {config.URL}.")
@_one_file("--token-file", f"This device's token; else {config.TOKEN_FILE}.")
@_one_file("--outbox", f"Where unsent acts are kept; else {config.OUTBOX}.")
@click.option("--kiosk", is_flag=True, default=None, help="Full screen; wait for cameras and scanners; no keyboard.")
@click.option("--window/--no-window", default=None, help="A live window; else one for a camera, where a display is.")
@click.option("--sounds/--silent", default=None, help="Three tones; else on.")
@click.option("--badge", help="Sign this person in first.")
@_one_file("--pin-file", "Their PIN.")
@click.option("--kind", type=click.Choice(list(NEEDS), case_sensitive=False), help="What is done to the items.")
@click.option("--to", help="The code of the place.")
@click.option("--receiver-badge", help="SIGN_OUT: the person who takes the items.")
@_one_file("--receiver-pin-file", "Their PIN.")
@click.option("--witness-badge", help="The person who watches what two people do together.")
@_one_file("--witness-pin-file", "Their PIN.")
@click.option(
    "--answer", multiple=True, metavar="WHAT=TEXT", help="Answer a question of the dialogue, once; repeatable."
)
@click.option("--purpose", help="SIGN_OUT: what for.")
@click.option("--due-back", help="SIGN_OUT: a number of days or a date.")
@click.option("--submission", help="SUBMIT: the submission number.")
@click.option("--authority", help="SUBMIT: who authorised it, unless the number is like FS-000012.")
@click.option("--ask-seal", multiple=True, type=click.Choice(list(NEEDS)), help="Ask for each seal number at this act.")
@click.option("--layout", type=click.Choice(wedge.LAYOUTS), help="The keyboard layout of this machine; else us.")
@click.option("--confirm-at-end", is_flag=True, help="Close the batch when the source ends.")
@click.option("--wait", default=60.0, show_default=True, help="Seconds to go on sending at the end.")
@click.option("--json", "as_json", is_flag=True, help="Verdicts as JSON, one a line, and a summary at the end.")
def run(**options: Any) -> None:
    """Scan: until the source ends, or Ctrl-C. Exit 0 only if everything scanned was recorded."""
    try:
        sys.exit(0 if _run(options) else 1)
    except (ScanRefusal, LabelRefusal) as refusal:
        click.echo(refusal.sentence, err=True)
        sys.exit(2)


def _script(options: dict[str, Any]) -> scan.Script:
    answers = dict(scan.answer(text) for text in options["answer"])
    answers |= {name: options[name] for name in ("purpose", "due_back", "submission", "authority") if options[name]}
    for name in ("pin", "receiver_pin", "witness_pin"):
        option = f"{name}_file"
        if options[option]:
            answers[name] = config.secret_in(options[option], f"--{option.replace('_', '-')}")
    codes = scan.opening(
        badge=options["badge"],
        witness=options["witness_badge"],
        kind=options["kind"],
        receiver=options["receiver_badge"],
        to=options["to"],
    )
    return scan.Script(codes, options["confirm_at_end"], answers)


def _run(options: dict[str, Any]) -> bool:
    home = Path.home()
    file = config_file.find(os.environ, home, options["config"])
    said = config_file.settings(file) if file else {}
    choices = config.chosen(options, said)
    script = _script(options)
    settings = config.configured(os.environ, home, options, said)
    ended = bench.scan_with(settings, choices, script, as_json=options["as_json"], wait=options["wait"])
    if options["as_json"]:
        click.echo(json.dumps({"summary": ended.facts, "ok": ended.everything}))
    click.echo(ended.sentence, err=options["as_json"])
    return ended.everything


@main.command()
@click.option("--outbox", "path", type=click.Path(path_type=Path), help=f"The outbox file; else {config.OUTBOX}.")
@click.option("--json", "as_json", is_flag=True, help="One JSON object a line, rejected acts first.")
def outbox(path: Path | None, as_json: bool) -> None:
    """What waits to be sent, what was sent, and what the service refused, with its reasons."""
    try:
        box = Outbox(path or config.outbox_path(os.environ, Path.home()), new_id)
    except ScanRefusal as refusal:
        click.echo(refusal.sentence, err=True)
        sys.exit(2)
    counts = box.counts()
    for kept in box.rejected():
        click.echo(_rejected_line(kept, as_json))
    facts = {"queued": counts.queued, "sent": counts.sent, "rejected": counts.rejected}
    if pictures := len(box.pictures.by_scan()):
        facts["pictures"] = pictures
    click.echo(json.dumps(facts) if as_json else ", ".join(f"{number} {state}" for state, number in facts.items()))
    box.close()


def _rejected_line(kept: Kept, as_json: bool) -> str:
    items = [item for item in (kept.answer or {}).get("items", []) if item["verdict"] == "refused"]
    if as_json:
        return json.dumps({"device_seq": kept.seq, "kind": kept.body["kind"], "refused": items}, ensure_ascii=False)
    reasons = " ".join(item["sentence"] for item in items)
    return f"{kept.seq} {kept.body['kind']}: {reasons}"
