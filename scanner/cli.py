"""The command line of the scan client: `exhibits-scan decode`, `run` and `outbox`."""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import click
from rich.console import Console
from uuid_utils.compat import uuid7

from labels import payload
from labels.errors import LabelRefusal
from scanner import camera, config, files, scan, show, wedge
from scanner import events as e
from scanner.camera import WedgeSource
from scanner.client import Service
from scanner.decode import Effort
from scanner.errors import ScanRefusal
from scanner.kinds import NEEDS
from scanner.outbox import Kept, Outbox
from scanner.runner import Runner
from scanner.session import Dialogue


def new_id() -> str:
    """A new UUIDv7 as text."""
    return str(uuid7())


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


@main.command()
@click.option("--source", "source_text", required=True, help="camera:0, video:FILE, images:FOLDER or wedge.")
@click.option("--url", help=f"Where the service is; else {config.URL}.")
@click.option("--token-file", type=click.Path(path_type=Path), help=f"This device's token; else {config.TOKEN_FILE}.")
@click.option("--outbox", type=click.Path(path_type=Path), help=f"Where unsent acts are kept; else {config.OUTBOX}.")
@click.option("--badge", help="Sign this person in first.")
@click.option("--pin-file", type=click.Path(path_type=Path), help="Their PIN.")
@click.option("--kind", type=click.Choice(list(NEEDS), case_sensitive=False), help="What is done to the items.")
@click.option("--to", help="The code of the place.")
@click.option("--receiver-badge", help="SIGN_OUT: the person who takes the items.")
@click.option("--receiver-pin-file", type=click.Path(path_type=Path), help="Their PIN.")
@click.option("--witness-badge", help="The person who watches what two people do together.")
@click.option("--witness-pin-file", type=click.Path(path_type=Path), help="Their PIN.")
@click.option(
    "--answer", multiple=True, metavar="WHAT=TEXT", help="Answer a question of the dialogue, once; repeatable."
)
@click.option("--purpose", help="SIGN_OUT: what for.")
@click.option("--due-back", help="SIGN_OUT: a number of days or a date.")
@click.option("--submission", help="SUBMIT: the submission number.")
@click.option("--authority", help="SUBMIT: who authorised it.")
@click.option("--ask-seal", multiple=True, type=click.Choice(list(NEEDS)), help="Ask for each seal number at this act.")
@click.option("--layout", type=click.Choice(wedge.LAYOUTS), default="us", help="The keyboard layout of this machine.")
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
    source = camera.parse_source(options["source_text"])
    script = _script(options)
    settings = config.configured(
        os.environ, Path.home(), url=options["url"], token_file=options["token_file"], outbox=options["outbox"]
    )
    console = Console(stderr=options["as_json"], highlight=False)
    outbox = Outbox(settings.outbox, new_id)
    try:
        with Service(settings.url, settings.token, now=time.time) as service:
            runner = Runner(
                Dialogue(options["ask_seal"]),
                outbox,
                service,
                show=show.for_people(console),
                told=_tell_script if options["as_json"] else _tell_nobody,
                now=time.time,
                new_id=new_id,
                answers=script.answers,
                ask=_ask_at_terminal(isinstance(source, WedgeSource)),
            )
            _scan(runner, source, script, options, console)
            return _summary(runner, options["as_json"], console)
    finally:
        outbox.close()


def _scan(
    runner: Runner, source: camera.Source, script: scan.Script, options: dict[str, Any], console: Console
) -> None:
    runner.start()
    try:
        for code in script.codes:
            runner.take(e.CodeRead(code, time.time()))
        if isinstance(source, WedgeSource):
            lines = scan.typed_lines(sys.stdin.fileno(), 1.0)
            scan.read_wedge(runner, lines, layout=options["layout"], now=time.time)
        else:
            still = isinstance(source, camera.ImagesSource)
            scan.read_frames(
                runner,
                scan.frames_for_ever(source, say=console.print),
                need=camera.frames_to_agree(source),
                now=time.time,
                effort=Effort.FULL if still else Effort.LIVE,
            )
    except KeyboardInterrupt:
        console.print("Stopped.")
    if script.confirm_at_end:
        runner.take(e.CodeRead(payload.command_code("CONFIRM"), time.time()))
    scan.finish(runner, wait=options["wait"], now=time.time, sleep=time.sleep)


def _ask_at_terminal(wedge_source: bool) -> Any:
    """With a person at the terminal a PIN is asked for unseen; other answers of a handheld come as its next line."""
    if not sys.stdin.isatty():
        return None

    def ask(question: e.Ask) -> str | None:
        secret = question.what == "pin" or question.what.endswith("_pin")
        if wedge_source and not secret:
            return None
        answer: str = click.prompt("", prompt_suffix="> ", hide_input=secret, default="", show_default=False)
        return answer

    return ask


def _tell_script(verdict: e.Verdict) -> None:
    click.echo(show.verdict_line(verdict))


def _tell_nobody(verdict: e.Verdict) -> None:
    """A person reads the same verdict as a sentence of the dialogue."""


def _summary(runner: Runner, as_json: bool, console: Console) -> bool:
    tally, unsent, unclosed = runner.tally, runner.waiting, runner.dialogue.open_items
    everything = tally.recorded > 0 and not (tally.refused or unsent or unclosed)
    facts = {"recorded": tally.recorded, "refused": tally.refused, "unsent": unsent, "unconfirmed": unclosed}
    if as_json:
        click.echo(json.dumps({"summary": facts, "ok": everything}))
    console.print(
        f"{tally.recorded} recorded, {tally.refused} refused, {unclosed} read and not confirmed; "
        f"{unsent} acts wait in the outbox."
    )
    return everything


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
    click.echo(json.dumps(facts) if as_json else ", ".join(f"{number} {state}" for state, number in facts.items()))
    box.close()


def _rejected_line(kept: Kept, as_json: bool) -> str:
    items = [item for item in (kept.answer or {}).get("items", []) if item["verdict"] == "refused"]
    if as_json:
        return json.dumps({"device_seq": kept.seq, "kind": kept.body["kind"], "refused": items}, ensure_ascii=False)
    reasons = " ".join(item["sentence"] for item in items)
    return f"{kept.seq} {kept.body['kind']}: {reasons}"
