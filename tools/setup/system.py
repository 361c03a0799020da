"""The parts that come from Debian: finds out which are missing, and installs those if it may."""

import ctypes
import importlib.util
import os
import shutil
import ssl
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.setup.say import last_words, run, step, warn


@dataclass(frozen=True, slots=True)
class Part:
    """A Debian package, what is lost without it, and how to tell that it is there."""

    package: str
    without_it: str
    present: Callable[[], bool]


def has_library(name: str) -> Callable[[], bool]:
    """Tells whether the loader finds a shared library."""

    def present() -> bool:
        try:
            ctypes.CDLL(name)
        except OSError:
            return False
        return True

    return present


def has_program(name: str) -> Callable[[], bool]:
    """Tells whether a program is on the path."""
    return lambda: shutil.which(name) is not None


def has_certificates() -> bool:
    """Tells whether this Python knows any authority to check other machines' certificates with."""
    paths = ssl.get_default_verify_paths()
    return bool(paths.cafile) or any(Path(paths.capath or "/nonexistent").glob("*.0"))


def has_postgresql() -> bool:
    """Tells whether PostgreSQL's server programs are installed; Debian keeps them off the path."""
    return bool(shutil.which("initdb")) or any(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


def has_fonts() -> bool:
    """Tells whether the fonts are there that labels are set in and that Chromium draws pages with."""
    return any(Path("/usr/share/fonts").rglob("DejaVuSansMono-Bold.ttf"))


VENV = Part(
    f"python{sys.version_info.major}.{sys.version_info.minor}-venv",
    "nothing can be installed",
    lambda: importlib.util.find_spec("ensurepip") is not None,
)
FOR_RUN = (
    VENV,
    Part("ca-certificates", "alerts cannot leave over TLS", has_certificates),
    Part("libdmtx0b", "the smallest labels are read back by one decoder alone", has_library("libdmtx.so.0")),
    Part("libzbar0", "the scan client has one decoder fewer", has_library("libzbar.so.0")),
    Part("libgl1", "the scan client cannot open cameras and videos", has_library("libGL.so.1")),
    Part("libglib2.0-0", "the scan client cannot open cameras and videos", has_library("libgthread-2.0.so.0")),
    Part("fonts-dejavu-core", "labels show the letters of Western Europe only", has_fonts),
)
FOR_TEST = (
    Part("chromium", "the browser tests do not run", has_program("chromium")),
    Part("git", "the tests of what is committed do not run", has_program("git")),
    Part("libatomic1", "the browser cannot be driven", has_library("libatomic.so.1")),
    Part("poppler-utils", "the tests that look at printed pages do not run", has_program("pdftoppm")),
    Part("postgresql", "the PostgreSQL tests do not run", has_postgresql),
)


def provide(parts: Sequence[Part]) -> None:
    """Install what is missing; where that cannot be, say in one sentence what is lost, and return."""
    missing = [part for part in parts if not part.present()]
    if not missing:
        return
    names = " ".join(part.package for part in missing)
    become_root = _way_to_root()
    if become_root is None:
        warn(f"{_lost(missing)}; ask someone with root rights for: apt-get install {names}")
        return
    with step(f"Installing from Debian: {names}"):
        installed = _install(become_root, [part.package for part in missing])
    still = [part for part in missing if not part.present()]
    if not installed and still:
        warn(f"{_lost(still)}, because apt-get could not install {' '.join(part.package for part in still)}:")
        warn(f"\n{last_words()}")


def _lost(parts: Sequence[Part]) -> str:
    losses = [f"without {part.package} {part.without_it}" for part in parts]
    return "; ".join(losses)[:1].upper() + "; ".join(losses)[1:]


def _way_to_root() -> list[str] | None:
    """The words to put before a command that needs root; None when we may not, or this is not Debian."""
    if shutil.which("apt-get") is None:
        return None
    if os.geteuid() == 0:
        return []
    if shutil.which("sudo") is None:
        return None
    if run(["sudo", "-n", "true"]):
        return ["sudo", "-n"]
    # A person at a terminal can type the password; nobody else can.
    return ["sudo"] if sys.stdin.isatty() and os.system("sudo -v") == 0 else None  # noqa: S605 - it asks on the terminal


def _install(become_root: list[str], packages: list[str]) -> bool:
    """Try as things are; then with fresh lists; then one by one, so that one refusal costs one package."""
    apt = [*become_root, "env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "-q"]
    install = [*apt, "install", "-y", "--no-install-recommends"]
    lists_known = any(Path("/var/lib/apt/lists").glob("*_Packages*"))
    if lists_known and run([*install, *packages]):
        return True
    run([*apt, "update"])
    return run([*install, *packages]) or _install_singly(install, packages)


def _install_singly(install: list[str], packages: list[str]) -> bool:
    results = [run([*install, package]) for package in packages]
    return all(results)
