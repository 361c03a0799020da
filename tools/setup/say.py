"""How the set-up speaks: one line before each step that takes time, one sentence for what is wrong."""

import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
LOG = ROOT / "build" / "set-up.log"


class CannotGoOn(Exception):
    """Nothing useful can run without this; the message is one sentence for the person at the keyboard."""


def say(sentence: str) -> None:
    """Print one line, at once."""
    print(sentence, flush=True)


def warn(sentence: str) -> None:
    """Print one line that a person should act on, though the set-up goes on."""
    print(f"NOTE: {sentence}", file=sys.stderr, flush=True)


@contextmanager
def step(doing: str) -> Iterator[None]:
    """Say what starts now, and how long it took."""
    started = time.monotonic()
    print(f"- {doing} ... ", end="", flush=True)
    end = "stopped"
    try:
        yield
        end = f"{time.monotonic() - started:.1f} s"
    finally:
        print(end, flush=True)


def run(command: Sequence[str | Path], *, env: dict[str, str] | None = None) -> bool:
    """Run a command with its output in the log; True when it went well."""
    words = [str(word) for word in command]
    LOG.parent.mkdir(exist_ok=True)
    with LOG.open("a", encoding="utf-8") as log:
        log.write(f"\n$ {' '.join(words)}\n")
        log.flush()
        done = subprocess.run(words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=log, stderr=log, check=False)
    return done.returncode == 0


def last_words() -> str:
    """The end of the log, short enough to read, and where the rest is."""
    lines = LOG.read_text(encoding="utf-8", errors="replace").strip().splitlines()[-2:]
    return "\n".join(f"    {line[:160]}" for line in [*lines, f"(more in {LOG.relative_to(ROOT)})"])
