"""Settings from the environment, each with a default that works on one machine."""

import base64
import os
import secrets
from pathlib import Path
from typing import Literal

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from .domain.ledger_faults import MalformedKey
from .domain.note import COSIGNATURE, VerifierKey


class Settings(BaseSettings):
    """The service's settings; each is read from the environment as EXHIBITS_ and its name in capitals."""

    model_config = SettingsConfigDict(env_prefix="EXHIBITS_", extra="ignore")

    instance: Path = Field(default=Path("instance"), description="Folder of the database, files, keys and logs.")
    database_url: str = Field(default="", description="SQLAlchemy address; empty: SQLite in the instance.")
    replica_url: str = Field(default="", description="A PostgreSQL server that follows it, for lists and reports.")
    secret_key: str = Field(default="", description="Signs the form tokens; made on first run if empty.")
    signing_key_file: Path | None = Field(default=None, description="Ed25519 key of the ledger's checkpoints.")
    anchor_email: str = Field(default="", description="Outside parties sent a checkpoint daily, separated by commas.")
    ledger_mirror: Path | None = Field(default=None, description="Folder of the ledger's copy outside the database.")
    witnesses: str = Field(default="", description="Witnesses, `key address` each, by commas; or a file, one a line.")
    tsa_urls: str = Field(default="", description="Time-stamp authorities (RFC 3161), separated by commas.")
    tsa_roots: Path | None = Field(default=None, description="Certificates (PEM) that their tokens must lead to.")
    tsa_hours: float = Field(default=1, description="A token is asked for every so many hours, if the ledger grew.")
    public_log: Path | None = Field(default=None, description="Folder in which the log is published for everybody.")
    smtp_url: str = Field(default="", description="smtp://[user:password@]host:port; empty: nothing is sent.")
    mail_from: str = Field(default="exhibits@localhost", description="The sender of alerts.")
    webhook_url: str = Field(default="", description="Where signed alerts are posted; empty: nowhere.")
    webhook_secret: str = Field(
        default="", description="Signs those posts: whsec_ and base64; made on first use if empty."
    )
    force_name: str = Field(default="Demonstration Constabulary", description="Stands on labels and pages.")
    https: bool = Field(default=False, description="Behind TLS: cookies are marked Secure and HSTS is sent.")
    jobs: bool = Field(default=False, description="Run the jobs inside the web process (`exhibits serve` does).")
    alert_seconds: int = Field(default=60, description="How often the jobs beside the service run.")
    correct_alone_hours: int = Field(default=24, description="Events recorded before that are corrected by two.")
    printers: Path | None = Field(default=None, description="File that names the printers (TOML).")
    scan_pictures: bool = Field(default=False, description="Devices hand over small pictures of the labels they read.")
    own_submissions_only: bool = Field(default=False, description="Numbers of other systems send nothing to a lab.")
    reprint_by_two: bool = Field(default=False, description="A second person authorises labels printed again.")
    metrics: bool = Field(default=False, description="Metrics for Prometheus at /metrics.")
    metrics_token: str = Field(default="", description="Who has it may read them; empty: only this machine.")
    log_format: Literal["console", "json"] = Field(default="console", description="How the log is written.")
    log_level: Literal["debug", "info", "warning", "error"] = Field(default="info", description="From which level on.")
    backup_folder: Path | None = Field(default=None, description="Where `exhibits backup` writes unless told.")
    backup_recipients: str = Field(default="", description="Public keys (age1...) by commas, or a file of them.")
    backup_hours: float = Field(default=26, description="Health looks for a backup no older; 0: made elsewhere.")
    unseen_label_hours: int = Field(default=4, description="A label printed before that and never scanned is listed.")

    @property
    def address(self) -> str:
        """The database's address."""
        return self.database_url or f"sqlite:///{self.instance.resolve() / 'exhibits.db'}"

    @property
    def integrate_seconds(self) -> float | None:
        """How often entries enter the ledger's tree: every second on PostgreSQL; None: with the jobs, on SQLite."""
        return None if self.address.startswith("sqlite") else 1.0

    @property
    def jobs_lock(self) -> Path:
        """Held by the web process that runs the jobs, where one does."""
        return self.instance / "jobs.lock"

    @property
    def files(self) -> Path:
        """Where photographs are kept."""
        return self.instance / "files"

    @property
    def printer_file(self) -> Path:
        """Where the printers are named; there need be none."""
        return self.printers or self.instance / "printers.toml"

    @property
    def written_folders(self) -> dict[str, Path]:
        """The folders whose disks may fill up, by what they are called."""
        others = {"backups": self.backup_folder, "mirror": self.ledger_mirror, "published log": self.public_log}
        return {"instance": self.instance} | {name: folder for name, folder in others.items() if folder}

    @property
    def signing_key(self) -> Path:
        """The secret key of the ledger's checkpoints."""
        return self.signing_key_file or self.instance / "signing.key"

    @property
    def signer_records(self) -> Path:
        """The signer's own memory: the high-water mark and every published checkpoint."""
        return self.instance / "ledger"

    @property
    def erasure_records(self) -> Path:
        """What was erased, so that a restored backup does not bring it back."""
        return self.signer_records / "erased.jsonl"

    @property
    def anchor_to(self) -> tuple[str, ...]:
        """Who is sent a checkpoint every day."""
        return tuple(address.strip() for address in self.anchor_email.split(",") if address.strip())

    @field_validator("witnesses")
    @classmethod
    def _witnesses_can_be_read(cls, value: str) -> str:
        read_witnesses(value)
        return value

    @property
    def authorities(self) -> tuple[str, ...]:
        """Addresses of time-stamp authorities."""
        return tuple(address.strip() for address in self.tsa_urls.split(",") if address.strip())

    def webhook_key(self) -> bytes:
        """The key that posts are signed with: from the environment, else made once in the instance with mode 0600."""
        kept = self.webhook_secret or base64.b64encode(self.kept_secret("webhook_secret").encode()).decode()
        return base64.b64decode(kept.removeprefix("whsec_"), validate=True)

    @field_validator("webhook_secret")
    @classmethod
    def _webhook_secret_can_be_read(cls, value: str) -> str:
        base64.b64decode(value.removeprefix("whsec_"), validate=True)
        return value

    def secret(self) -> str:
        """The secret key: from the environment, else from the instance, where it is made once with mode 0600."""
        return self.secret_key or self.kept_secret("secret_key")

    def kept_secret(self, name: str) -> str:
        """A random secret kept in the instance under this name."""
        path = self.instance / name
        if not path.exists():
            self.instance.mkdir(parents=True, exist_ok=True)
            handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
            with os.fdopen(handle, "w") as file:
                file.write(secrets.token_hex(32))
        return path.read_text().strip()


def read_witnesses(text: str) -> list[tuple[VerifierKey, str]]:
    """Verifier key and address of each witness, from `key address` separated by commas or newlines; or from the file of
    that name, in which a line that begins with # is left out. Raises ValueError."""
    if text.strip() and " " not in text.strip():
        try:
            lines = Path(text.strip()).read_text("utf-8").splitlines()
        except OSError as error:
            raise ValueError(f"{text} is not a witness, and no file that can be read") from error
    else:
        lines = text.replace(",", "\n").splitlines()
    return [_witness(line) for line in lines if line.strip() and not line.startswith("#")]


def _witness(line: str) -> tuple[VerifierKey, str]:
    try:
        written, address = line.split()
        key = VerifierKey.parse(written)
    except (ValueError, MalformedKey) as error:
        raise ValueError(f"{line} is not a verifier key and an address") from error
    if key.kind != COSIGNATURE or not address.startswith(("http://", "https://")):
        raise ValueError(f"{line} is not the key of a witness and an http address")
    return key, address
