"""Writes every lock file anew: Python's from the .in files, npm's from package.json; hashes, and no addresses."""

import json
import subprocess
import sys

from tools.setup import node
from tools.setup.environment import UV
from tools.setup.say import ROOT, last_words, say

NAMES = ("requirements", "requirements-dev", "requirements-setup", "requirements-node", "requirements-bench")
COMPILE = ["pip", "compile", "--quiet", "--upgrade", "--generate-hashes", "--no-emit-index-url", "--no-header"]


def lock_python(name: str) -> None:
    """Resolve one .in file to the newest versions that fit; raises CalledProcessError."""
    say(f"- {name}.lock")
    for_python = ["--python-version", "3.11", f"{name}.in", "-o", f"{name}.lock"]
    subprocess.run([str(UV), *COMPILE, *for_python], cwd=ROOT, check=True)


def lock_npm() -> bool:
    """Resolve package.json; npm adds addresses unless its settings forbid, so they are taken out here."""
    say("- package-lock.json")
    if not node.npm("install", "--package-lock-only", *node.QUIETLY):
        say(f"npm could not resolve package.json:\n{last_words()}")
        return False
    path = ROOT / "package-lock.json"
    locked = json.loads(path.read_text("utf-8"))
    for about in locked["packages"].values():
        about.pop("resolved", None)
    path.write_text(json.dumps(locked, indent=2) + "\n", "utf-8")
    return True


def main() -> int:
    """Lock everything; the exit code tells whether all of it was done."""
    for name in NAMES:
        lock_python(name)
    return 0 if lock_npm() else 1


if __name__ == "__main__":
    sys.exit(main())
