"""The Python environment in .venv: made once, then kept equal to the lock files."""

import os
import subprocess
import sys

from tools.setup.say import ROOT, CannotGoOn, last_words, run, step, warn
from tools.setup.stamps import Stamp
from tools.setup.system import VENV

HOME = ROOT / ".venv"
PYTHON = HOME / "bin" / "python"
UV = HOME / "bin" / "uv"
PEERS = ROOT / "build" / "peers"
OURS = ("exhibits_app", "labels", "scanner")
SETUP_LOCK = ROOT / "requirements-setup.lock"


def provide(lock: str) -> None:
    """Make .venv if need be, and install this lock and the project; raises CannotGoOn."""
    _make()
    install(lock)
    _install_project()
    run([PYTHON, "-m", "compileall", "-q", *OURS])


def install(lock: str) -> None:
    """Install every package of a lock file, each checked against its hash; raises CannotGoOn."""
    path = ROOT / lock
    stamp = Stamp(HOME / ".set-up" / lock, [path])
    if stamp.holds():
        return
    with step(f"Installing the packages of {lock}"):
        _install_with_uv_or_pip(["--require-hashes", "-r", str(path)])
    stamp.set()


def provide_peers() -> None:
    """Install what benchmarks compare with beside our own environment: pylabels calls itself `labels`, as ours does.

    Where that cannot be done, the benchmarks say whom they leave out.
    """
    lock = ROOT / "requirements-bench.lock"
    stamp = Stamp(PEERS / "installed", [lock])
    if stamp.holds():
        return
    with step(f"Installing the packages of {lock.name}"):
        install = [str(UV), "pip", "install", "--quiet", "--python", str(PEERS / "bin" / "python")]
        made = run([str(PYTHON), "-m", "venv", "--clear", str(PEERS)])
        done = made and run([*install, "--require-hashes", "-r", str(lock)])
    if done:
        stamp.set()
    else:
        warn(f"the benchmarks leave out their peers, which could not be installed:\n{last_words()}")


def _make() -> None:
    if _works():
        return
    if not VENV.present():
        raise CannotGoOn(f"Python cannot make environments here: install {VENV.package} and try again.")
    with step("Making the Python environment in .venv"):
        if not run([sys.executable, "-m", "venv", "--clear", HOME]):
            raise CannotGoOn(f"The Python environment could not be made:\n{last_words()}")


def _works() -> bool:
    """An environment of another Python version, or one copied from elsewhere, is made anew."""
    if not PYTHON.exists():
        return False
    report = [str(PYTHON), "-c", "import sys; print(sys.prefix, sys.version)"]
    answer = subprocess.run(report, capture_output=True, text=True, check=False).stdout
    return answer.strip() == f"{HOME} {sys.version}"


def _install_project() -> None:
    """Put our own packages and commands into .venv, as links to this folder."""
    stamp = Stamp(HOME / ".set-up" / "project", [ROOT / "pyproject.toml", ROOT / "requirements.in"])
    if stamp.holds() and (HOME / "bin" / "exhibits").exists():
        return
    with step("Installing the project's own commands"):
        _install_with_uv_or_pip(["--no-deps", "--no-build-isolation", "-e", str(ROOT)])
    stamp.set()


def _install_with_uv_or_pip(what: list[str]) -> None:
    """uv is many times faster; pip knows mirrors and proxies that only pip was told of."""
    environment = {**os.environ, "VIRTUAL_ENV": str(HOME)}
    pip = [str(PYTHON), "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if not UV.exists() and not run([*pip, "--require-hashes", "-r", str(SETUP_LOCK)]):
        raise CannotGoOn(
            f"The Python packages could not be fetched; check this machine's way to its package index:\n{last_words()}"
        )
    # Compiled once here: where Python may not keep what it compiles, every start of a process would do it all again.
    fast = [str(UV), "pip", "install", "--quiet", "--compile-bytecode", *what]
    if not run(fast, env=environment) and not run([*pip, *what]):
        raise CannotGoOn(f"The Python packages could not be installed:\n{last_words()}")
