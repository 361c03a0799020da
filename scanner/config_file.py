"""The client's settings in a file (TOML): every key is known, and a mistake is one sentence."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import Any

from scanner.errors import BadSettings
from scanner.kinds import KINDS
from scanner.wedge import LAYOUTS

VARIABLE = "EXHIBITS_SCAN_CONFIG"
PLACES = (Path(".config/exhibits-scan.toml"), Path("/etc/exhibits-scan.toml"))  # the first below the user's home

# Each key, as `table.key` below a heading, with what it takes and that in words.
KEYS: Mapping[str, tuple[Any, str]] = MappingProxyType(
    {
        "url": (str, "the address of the service in quotes"),
        "token_file": (str, "the path of a file in quotes"),
        "outbox": (str, "the path of a file in quotes"),
        "source": (str, 'a source in quotes, such as "camera:0"'),
        "ask_seal": (tuple(KINDS), 'a list of acts, such as ["BOOK_IN"]'),
        "kiosk": (bool, "true or false"),
        "window": (bool, "true or false"),
        "sounds": (bool, "true or false"),
        "pictures": (bool, "true or false"),
        "camera.width": (int, "a whole number of pixels"),
        "camera.height": (int, "a whole number of pixels"),
        "camera.exposure": (float, "a number in the camera's own units"),
        "camera.focus": (float, "a number in the camera's own units"),
        "wedge.layout": (LAYOUTS, f"one of {', '.join(LAYOUTS)} in quotes"),
        "wedge.baud": (int, "a whole number, such as 9600"),
    }
)


def find(environment: Mapping[str, str], home: Path, given: Path | None) -> Path | None:
    """The file to read: what the option or the variable names, else the first usual one that is there."""
    if given is not None or environment.get(VARIABLE):
        return given or Path(environment[VARIABLE])
    return next((path for place in PLACES if (path := home / place).is_file()), None)


def settings(path: Path) -> dict[str, Any]:
    """What the file says, by `table.key`. Raises BadSettings for a file, a key or a value that is wrong."""
    try:
        said = _flat(tomllib.loads(path.read_text("utf-8")))
    except OSError as problem:
        raise BadSettings(
            "--config", f"{path} cannot be read: {(problem.strerror or 'the system refuses').lower()}."
        ) from problem
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as problem:
        raise BadSettings("--config", f"{path} is not written as TOML: {problem}.") from problem
    for key, value in said.items():
        _check(path, key, value)
    return said


def _flat(tables: Mapping[str, Any], before: str = "") -> dict[str, Any]:
    flat: dict[str, Any] = {}
    for key, value in tables.items():
        flat |= _flat(value, f"{before}{key}.") if isinstance(value, dict) else {f"{before}{key}": value}
    return flat


def _check(path: Path, key: str, value: Any) -> None:
    if key not in KEYS:
        raise BadSettings(key, f"{path} has “{key}”, which is no setting: use {', '.join(KEYS)}.")
    kind, words = KEYS[key]
    if not _fits(kind, value):
        raise BadSettings(key, f"{path} sets “{key}” to something else than {words}.")


def _fits(kind: Any, value: Any) -> bool:
    if kind is LAYOUTS:
        return value in LAYOUTS
    if isinstance(kind, tuple):
        return isinstance(value, list) and all(one in kind for one in value)
    if kind is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    return type(value) is kind and (kind is not int or value > 0)
