"""The project's own files, as git sees them: what is committed or would be."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FROZEN = "exhibits_app/store/migrations/versions/"  # Written once by a tool, then never edited.


@cache
def our_files() -> tuple[Path, ...]:
    """Every file that is committed or not ignored, relative to the project's root."""
    listing = subprocess.run(
        ["git", "-c", "safe.directory=*", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    names = sorted(set(filter(None, listing.stdout.split("\0"))))
    return tuple(Path(name) for name in names if (ROOT / name).is_file())


def files(*suffixes: str) -> list[Path]:
    """Our files with one of these endings, frozen ones left out."""
    return [path for path in our_files() if path.suffix in suffixes and not path.as_posix().startswith(FROZEN)]


def texts() -> Iterator[tuple[Path, str]]:
    """Each of our files that is text, with its content."""
    for path in our_files():
        content = (ROOT / path).read_bytes()
        if b"\0" not in content:
            yield path, content.decode("utf-8")


def lines() -> Iterator[tuple[str, str]]:
    """Each line of each text file as ("path:number", line)."""
    for path, text in texts():
        for number, line in enumerate(text.splitlines(), 1):
            yield f"{path}:{number}", line


def tree(path: Path) -> ast.Module:
    """The syntax tree of one Python file."""
    return ast.parse((ROOT / path).read_text(encoding="utf-8"), str(path))
