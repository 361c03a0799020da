"""The command as a person runs it: in this process, or as a process of its own."""

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from exhibits_app.bootstrap import Assembly
from exhibits_app.cli.main import cli
from exhibits_app.settings import Settings

COMMAND = [sys.executable, "-W", "error", "-c", "from exhibits_app.bootstrap import main; main()"]


@dataclass
class Shell:
    """Runs `exhibits` over one instance folder, each time anew."""

    folder: Path

    def run(self, *words: str, **settings: Any) -> Result:
        assembly = Assembly(Settings(instance=self.folder, secret_key="test", **settings))
        result = CliRunner().invoke(cli, words, obj=assembly, prog_name="exhibits")
        assembly._store.close()
        return result

    def ok(self, *words: str, **settings: Any) -> str:
        result = self.run(*words, **settings)
        assert result.exit_code == 0, result.output
        return result.stdout

    def objects(self, *words: str, **settings: Any) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.ok(*words, "--json", **settings).splitlines()]

    def process(self, *words: str, **environment: str) -> subprocess.CompletedProcess[str]:
        own = {"EXHIBITS_INSTANCE": str(self.folder)} | environment
        return subprocess.run(
            [*COMMAND, *words], env=os.environ | own, capture_output=True, text=True, timeout=120, check=False
        )


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A folder in which nothing was initialised yet."""
    return Shell(tmp_path / "instance")


@pytest.fixture
def ready(shell: Shell) -> Shell:
    """An instance with one administrator and nothing else."""
    shell.ok("init")
    return shell


@pytest.fixture
def assembled() -> Iterator[Callable[[Shell], Assembly]]:
    """`assembled(shell)`: the services over the shell's instance, closed at the end."""
    made: list[Assembly] = []

    def assemble(shell: Shell) -> Assembly:
        made.append(Assembly(Settings(instance=shell.folder, secret_key="test")))
        return made[-1]

    yield assemble
    for one in made:
        one._store.close()
