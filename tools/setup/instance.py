"""The first run's database: made beside its place and moved in whole, so a half-made one never counts."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.setup.environment import HOME
from tools.setup.say import ROOT, CannotGoOn, say
from tools.setup.stamps import Stamp

MIGRATIONS = ROOT / "exhibits_app" / "store" / "migrations" / "versions"


def provide() -> None:
    """Make an instance with demonstration data where there is none; one that exists keeps its data."""
    if os.environ.get("EXHIBITS_DATABASE_URL"):
        return  # The force's own database: `exhibits init` there is a decision of its own.
    place = Path(os.environ.get("EXHIBITS_INSTANCE") or ROOT / "instance").resolve()
    if not place.exists() or not any(place.iterdir()):
        _make(place)
    elif not version(place).holds():
        say("- Bringing the database to this version")
        _init(place)
    version(place).set()


def version(place: Path) -> Stamp:
    """Tells whether an instance has the tables of this version."""
    return Stamp(place / ".tables", sorted(MIGRATIONS.glob("*.py")))


def _make(place: Path) -> None:
    say(f"- First run: making the database and its demonstration data in {place}")
    unfinished = place.with_name(f"{place.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    _init(unfinished, "--demo")
    unfinished.rename(place)


def _init(place: Path, *options: str) -> None:
    environment = {**os.environ, "EXHIBITS_INSTANCE": str(place)}
    if subprocess.run([HOME / "bin" / "exhibits", "init", *options], env=environment, check=False).returncode:
        raise CannotGoOn("The database could not be made ready; what is above says why.")
