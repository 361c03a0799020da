"""Parties outside over HTTP: witnesses that are asked to cosign, and public logs that a witness reads."""

from pathlib import Path
from typing import Final

from ..domain.note import VerifierKey
from ..domain.public_log import Fetch
from ..services.ports.outside import Reply

TIMEOUT_SECONDS: Final = 5
LONGEST_REPLY: Final = 1_000_000
# A full entry bundle: 256 entries of 65,535 bytes at most.
LONGEST_FILE: Final = 256 * (2**16 + 1)


class HttpWitness:
    """Implements the WitnessClient port; `url` is the submission prefix of C2SP tlog-witness."""

    def __init__(self, key: VerifierKey, url: str) -> None:
        self._key = key
        self._url = url.rstrip("/") + "/add-checkpoint"

    @property
    def key(self) -> VerifierKey:
        """Its verifier key, from the settings."""
        return self._key

    def add_checkpoint(self, request: bytes) -> Reply:
        """Send the request. Raises OSError when nothing comes back."""
        return ask("POST", self._url, request)


def ask(method: str, url: str, body: bytes = b"", most: int = LONGEST_REPLY, **headers: str) -> Reply:
    """One request and what comes back. Raises ConnectionError when nothing does, or more than `most` bytes do."""
    import httpx  # Not at the top: it takes 12 MB with what it loads, and most forces ask nobody outside.

    named = {name.replace("_", "-"): value for name, value in headers.items()}
    try:
        with httpx.stream(method, url, content=body, headers=named, timeout=TIMEOUT_SECONDS) as answer:
            said = b""
            for part in answer.iter_bytes():
                said += part
                if len(said) > most:
                    raise ConnectionError(f"the answer is longer than {most} bytes")
            return Reply(answer.status_code, said)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise ConnectionError(type(error).__name__) from error


def public_log_at(location: str) -> Fetch:
    """The way to a published log: a folder, or an address that begins with http:// or https://."""
    if not location.startswith(("http://", "https://")):
        return _folder(Path(location))
    prefix = location.rstrip("/")

    def fetch(path: str) -> bytes | None:
        try:
            reply = ask("GET", f"{prefix}/{path}", most=LONGEST_FILE)
        except ConnectionError:
            return None
        return reply.body if reply.status == 200 else None

    return fetch


def _folder(folder: Path) -> Fetch:
    def fetch(path: str) -> bytes | None:
        try:
            return (folder / path).read_bytes()
        except OSError:
            return None

    return fetch
