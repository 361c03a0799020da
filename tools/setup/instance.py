"""The first run's database: made beside its place and moved in whole, so a half-made one never counts."""

import os
import shutil
import subprocess
from pathlib import Path

from tools.setup.environment import HOME
from tools.setup.say import ROOT, CannotGoOn, say


def provide() -> None:
    """Make an instance with demonstration data where there is none; one that exists is never touched."""
    if os.environ.get("EXHIBITS_DATABASE_URL"):
        return  # The force's own database: `exhibits init` there is a decision of its own.
    place = Path(os.environ.get("EXHIBITS_INSTANCE") or ROOT / "instance").resolve()
    if place.exists() and any(place.iterdir()):
        return
    say(f"- First run: making the database and its demonstration data in {place}")
    unfinished = place.with_name(f"{place.name}.unfinished")
    shutil.rmtree(unfinished, ignore_errors=True)
    environment = {**os.environ, "EXHIBITS_INSTANCE": str(unfinished)}
    if subprocess.run([HOME / "bin" / "exhibits", "init", "--demo"], env=environment, check=False).returncode:
        raise CannotGoOn("The database could not be made; what is above says why.")
    unfinished.rename(place)
