"""Where the service is, who this device is, and how it scans: from options, the environment or a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from scanner.errors import BadSettings
from scanner.webcam import Hints

URL = "EXHIBITS_URL"
TOKEN_FILE = "EXHIBITS_DEVICE_TOKEN_FILE"  # noqa: S105 - the name of a variable, not a token
OUTBOX = "EXHIBITS_OUTBOX"


@dataclass(frozen=True, slots=True)
class Config:
    """What the client needs to speak to the service. The token is the device's and is never shown."""

    url: str
    token: str
    outbox: Path


@dataclass(frozen=True, slots=True)
class Choices:
    """How the client scans and shows: each from its option, else from the file, else as here."""

    source: str
    kiosk: bool = False
    window: bool = False
    sounds: bool = True
    pictures: bool = False
    ask_seal: tuple[str, ...] = ()
    layout: str = "us"
    baud: int = 9600
    hints: Hints = field(default_factory=Hints)


def chosen(options: Mapping[str, Any], said: Mapping[str, Any]) -> Choices:
    """The choices; `options` holds None for what was not given, `said` is the file's. Raises BadSettings."""

    def pick(option: str, key: str | None = None, *, otherwise: Any) -> Any:
        given = options.get(option)
        return given if given not in (None, ()) else said.get(key or option, otherwise)

    source = pick("source_text", "source", otherwise=None)
    if source is None:
        raise BadSettings("--source", "Say what to scan with: --source camera:0, --source wedge or a file.")
    kiosk = pick("kiosk", otherwise=False)
    whole = Hints()
    return Choices(
        source=source,
        kiosk=kiosk,
        window=pick("window", otherwise=kiosk or source.startswith("camera:")),
        sounds=pick("sounds", otherwise=True),
        pictures=said.get("pictures", False),
        ask_seal=tuple(pick("ask_seal", otherwise=())),
        layout=pick("layout", "wedge.layout", otherwise="us"),
        baud=said.get("wedge.baud", 9600),
        hints=Hints(
            width=said.get("camera.width", whole.width),
            height=said.get("camera.height", whole.height),
            exposure=said.get("camera.exposure"),
            focus=said.get("camera.focus"),
        ),
    )


def configured(
    environment: Mapping[str, str], home: Path, options: Mapping[str, Any], said: Mapping[str, Any]
) -> Config:
    """How to reach the service; an option goes before its variable, and that before the file. Raises BadSettings."""
    address = options.get("url") or environment.get(URL) or said.get("url", "")
    if not address.startswith(("http://", "https://")):
        raise BadSettings(URL, f"Say where the service is with --url or {URL}, for example http://127.0.0.1:8000.")
    file = options.get("token_file") or environment.get(TOKEN_FILE) or said.get("token_file")
    if file is None:
        raise BadSettings(TOKEN_FILE, f"Give the file with this device's token with --token-file or {TOKEN_FILE}.")
    outbox = options.get("outbox") or environment.get(OUTBOX) or said.get("outbox") or outbox_path(environment, home)
    return Config(address, secret_in(Path(file), "--token-file"), Path(outbox))


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
