"""The examples for deploying name commands and settings that exist; systemd takes the units, which are shut in."""

import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import click
import pytest
import yaml

from exhibits_app.cli.main import cli
from exhibits_app.settings import Settings
from tests.support.project import ROOT

DEPLOY = ROOT / "docs" / "deploy"
UNITS = sorted(path.name for path in DEPLOY.glob("*.service"))
OURS = "/opt/exhibits/.venv/bin/exhibits"
SHUT_IN = {
    "User=exhibits", "NoNewPrivileges=yes", "CapabilityBoundingSet=", "ProtectSystem=strict", "ProtectHome=yes",
    "PrivateTmp=yes", "PrivateDevices=yes", "RestrictNamespaces=yes", "SystemCallFilter=@system-service", "UMask=0077",
}  # fmt: skip


def lines(unit: str) -> list[str]:
    return (DEPLOY / unit).read_text("utf-8").splitlines()


def composed() -> dict:
    return yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))


def started() -> list[list[str]]:
    """What units and containers start of ours, as words after `exhibits`."""
    of_units = [line.partition("=")[2] for unit in UNITS for line in lines(unit) if line.startswith("ExecStart=")]
    words = [shlex.split(command)[1:] for command in of_units if command.startswith(OURS + " ")]
    return words + [one["command"][1:] for one in composed()["services"].values() if "command" in one]


@pytest.mark.parametrize("words", started(), ids=" ".join)
def test_what_is_started_is_a_command_with_options_that_exist(words: list[str]) -> None:
    command = cli.commands[words[0]]
    known = {name for one in command.params if isinstance(one, click.Option) for name in one.opts}

    assert {word for word in words[1:] if word.startswith("--")} <= known


def test_every_setting_that_is_named_exists() -> None:
    known = {f"EXHIBITS_{name}".upper() for name in Settings.model_fields}
    named = {name for path in DEPLOY.iterdir() for name in re.findall(r"EXHIBITS_[A-Z_]+", path.read_text("utf-8"))}

    assert named
    assert named <= known


@pytest.mark.parametrize("unit", UNITS)
def test_a_unit_is_shut_in(unit: str) -> None:
    assert SHUT_IN - set(lines(unit)) == set()


def test_systemd_takes_the_units(tmp_path: Path) -> None:
    """Without systemd on this machine the other tests have to do."""
    program = shutil.which("systemd-analyze")
    for path in [*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")]:
        name = path.name.replace("@.", "@8000.")
        (tmp_path / name).write_text(
            path.read_text("utf-8").replace(OURS, str(Path(sys.executable).parent / "exhibits"))
        )

    if program:
        units = [str(path) for path in tmp_path.iterdir()]
        done = subprocess.run([program, "verify", *units], capture_output=True, text=True, check=False)
        # It also looks at the units of the machine that ours refer to.
        assert [line for line in done.stderr.splitlines() if "exhibits" in line] == []


def test_containers_name_images_without_a_registry_and_only_volumes_and_secrets_that_are_there() -> None:
    file = composed()

    for service in file["services"].values():
        assert re.fullmatch(r"[a-z]+(:\d+)?", service["image"])
        named = {volume.partition(":")[0] for volume in service.get("volumes", ()) if not volume.startswith((".", "/"))}
        assert named <= set(file["volumes"])
        assert set(service.get("secrets", ())) <= set(file["secrets"])
        assert set(service.get("depends_on", ())) <= set(file["services"])
