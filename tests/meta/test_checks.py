"""The outside checkers agree: style (ruff), types (mypy strict), layers (import-linter)."""

import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.project import ROOT

PROGRAMS = Path(sys.executable).parent


@pytest.mark.parametrize(
    "command", [["ruff", "check", "."], ["mypy"], ["lint-imports", "--no-cache"]], ids=lambda words: words[0]
)
def test_the_checker_has_nothing_to_say(command):
    program, *arguments = command

    done = subprocess.run([PROGRAMS / program, *arguments], cwd=ROOT, capture_output=True, text=True, check=False)

    assert done.returncode == 0, done.stdout + done.stderr
