"""Where the service is, who this device is and where its outbox lies: from options, else from the environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from scanner.errors import BadSettings

URL = "EXHIBITS_URL"
TOKEN_FILE = "EXHIBITS_DEVICE_TOKEN_FILE"  # noqa: S105 - the name of a variable, not a token
OUTBOX = "EXHIBITS_OUTBOX"


@dataclass(frozen=True, slots=True)
class Config:
    """What the client needs to speak to the service. The token is the device's and is never shown."""

    url: str
    token: str
    outbox: Path


def configured(
    environment: Mapping[str, str],
    home: Path,
    *,
    url: str | None = None,
    token_file: Path | None = None,
    outbox: Path | None = None,
) -> Config:
    """The configuration; an option goes before its variable. Raises BadSettings with the option to give."""
    address = url or environment.get(URL, "")
    if not address.startswith(("http://", "https://")):
        raise BadSettings(URL, f"Say where the service is with --url or {URL}, for example http://127.0.0.1:8000.")
    file = token_file or (Path(environment[TOKEN_FILE]) if environment.get(TOKEN_FILE) else None)
    if file is None:
        raise BadSettings(TOKEN_FILE, f"Give the file with this device's token with --token-file or {TOKEN_FILE}.")
    return Config(address, secret_in(file, "--token-file"), outbox or outbox_path(environment, home))


def outbox_path(environment: Mapping[str, str], home: Path) -> Path:
    """Where the outbox lies when no option says so."""
    if environment.get(OUTBOX):
        return Path(environment[OUTBOX])
    return Path(environment.get("XDG_STATE_HOME") or home / ".local" / "state") / "exhibits-scan" / "outbox.db"


def secret_in(file: Path, option: str) -> str:
    """The one line that the file holds. Raises BadSettings when there is none."""
    try:
        text = file.read_text("ascii").strip()
    except (OSError, UnicodeDecodeError) as problem:
        raise BadSettings(option, f"{file}, named by {option}, cannot be read as one line of text.") from problem
    if not text or len(text.split()) != 1:
        raise BadSettings(option, f"{file}, named by {option}, has to hold one word and nothing else.")
    return text
