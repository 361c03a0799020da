"""Keys of backups: age's, as files that its own programs read and write too."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Final

import pyrage
from pyrage.x25519 import Identity, Recipient

from ..domain.errors import BackupKeyRefused

OWNER_ALONE: Final = 0o600


def read_recipients(text: str) -> list[Recipient]:
    """The public keys in this text (age1..., separated by commas), or in the file of that name, one a line.

    Raises BackupKeyRefused.
    """
    if text.strip() and not text.strip().startswith("age1"):
        text = _text_of(Path(text.strip()))
    words = [line for line in text.replace(",", "\n").splitlines() if line.strip() and not line.startswith("#")]
    try:
        return [Recipient.from_str(word.strip()) for word in words]
    except pyrage.RecipientError as error:
        raise BackupKeyRefused("it is not a public key that begins with age1") from error


def read_identities(path: Path, passphrase: str | None) -> list[Identity]:
    """The secret keys in this file, which may itself be encrypted with a passphrase. Raises BackupKeyRefused."""
    data = _bytes_of(path)
    if data.startswith(b"age-encryption.org/"):
        if passphrase is None:
            raise BackupKeyRefused(f"{path} is encrypted; name the file of its passphrase with --passphrase-file")
        data = _opened(data, passphrase)
    lines = [line for line in data.decode("utf-8", "replace").splitlines() if line.strip() and line[0] != "#"]
    try:
        found = [Identity.from_str(line.strip()) for line in lines]
    except pyrage.IdentityError as error:
        raise BackupKeyRefused(f"{path} holds no secret key of age") from error
    if not found:
        raise BackupKeyRefused(f"{path} is empty")
    return found


def read_passphrase(path: Path) -> str:
    """The first line of this file. Raises BackupKeyRefused."""
    first = _text_of(path).partition("\n")[0].strip()
    if not first:
        raise BackupKeyRefused(f"{path} holds no passphrase in its first line")
    return first


def make_key(path: Path, passphrase: str | None) -> str:
    """Write a new secret key, readable by its owner alone, encrypted if there is a passphrase; gives the public key.

    Raises BackupKeyRefused where there is a file already.
    """
    identity = Identity.generate()
    public = str(identity.to_public())
    data = f"# public key: {public}\n{identity}\n".encode()
    if passphrase is not None:
        data = pyrage.passphrase.encrypt(data, passphrase)
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, OWNER_ALONE)
    except OSError as error:
        raise BackupKeyRefused(f"{path} cannot be made ({error.strerror})") from error
    with os.fdopen(handle, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
    return public


def _opened(data: bytes, passphrase: str) -> bytes:
    try:
        return bytes(pyrage.passphrase.decrypt(data, passphrase))
    except (pyrage.DecryptError, OSError) as error:
        raise BackupKeyRefused("its passphrase is another one") from error


def _text_of(path: Path) -> str:
    return _bytes_of(path).decode("utf-8", "replace")


def _bytes_of(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise BackupKeyRefused(f"the file {path} cannot be read ({error.strerror})") from error


Recipients = Sequence[Recipient]
Identities = Sequence[Identity]
