"""Puts the parts together: the only module that knows every layer."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime, timedelta
from functools import cached_property
from pathlib import Path

from argon2 import PasswordHasher
from flask_openapi3.models import Info
from flask_openapi3.openapi import OpenAPI
from pydantic import ValidationError

from . import api, logs, web
from .bootstrap_backups import build_parts, build_target
from .clock import FixedClock, SystemClock, SystemIds
from .jobs.outside import HttpWitness, public_log_at
from .jobs.printers import FilePrinters
from .jobs.smtp import SmtpMailer
from .jobs.webhook import SignedWebhook
from .jobs.worker import run_until_stopped
from .server import serve
from .services import vitals
from .services.backup import Parts
from .services.context import Limits, Outside, Services, Signing
from .services.ports import NOWHERE, Mailer
from .services.ports.outside import TimeStampAuthority
from .services.restore import Target
from .services.witness import Witness
from .settings import Settings, read_witnesses
from .store.backup_keys import make_key, read_passphrase
from .store.database import SqlStore
from .store.engine import is_sqlite
from .store.erasure_records import FileErasures
from .store.files import FolderFiles
from .store.machine import LocalMachine
from .store.mirror import FolderMirror
from .store.move import DatabaseMover
from .store.public_log import FolderPublicLog
from .store.signing import FileSigningKeys, FolderRecords
from .store.witness import FolderMemory
from .web.application import Application
from .web.metrics import EXTENSION, Meters

MOST_BYTES = 20 * 1024 * 1024
# Acts wait for their commit on a thread each; the writer commits those that wait together.
BLOCKING_THREADS = 32
WITNESS_FOLDER = "EXHIBITS_WITNESS_FOLDER"
WITNESS_THREADS = 4


def build_store(settings: Settings) -> SqlStore:
    """The store of these settings; nothing is opened until it is used."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    return SqlStore(settings.address, settings.replica_url)


def build_services(settings: Settings, as_at: datetime | None = None, store: SqlStore | None = None) -> Services:
    """The services of these settings, at the present or as at another time."""
    kept = store or build_store(settings)
    return Services(
        store=kept,
        clock=FixedClock(as_at) if as_at else SystemClock(),
        ids=SystemIds(),
        files=FolderFiles(settings.files),
        mailer=SmtpMailer(settings.smtp_url, settings.mail_from),
        webhook=build_webhook(settings),
        hasher=PasswordHasher(),
        limits=Limits(
            correct_alone=timedelta(hours=settings.correct_alone_hours),
            reprint_by_two=settings.reprint_by_two,
            unseen_label=timedelta(hours=settings.unseen_label_hours),
            scan_pictures=settings.scan_pictures,
            own_submissions_only=settings.own_submissions_only,
            backup_age=timedelta(hours=settings.backup_hours) if settings.backup_hours else None,
        ),
        force_name=settings.force_name,
        demonstration=kept.is_demonstration(),
        signing=build_signing(settings),
        outside=build_outside(settings),
        printers=FilePrinters(settings.printer_file),
        machine=LocalMachine(kept, settings.written_folders),
    )


def build_webhook(settings: Settings) -> Mailer:
    """Where signed alerts are posted; without an address no secret is made."""
    if not settings.webhook_url:
        return NOWHERE
    return SignedWebhook(settings.webhook_url, settings.webhook_key(), SystemClock())


def build_signing(settings: Settings) -> Signing:
    """What the log signs with; no file is made before it is needed."""
    return Signing(
        FileSigningKeys(settings.signing_key),
        FolderRecords(settings.signer_records),
        settings.anchor_to,
        FileErasures(settings.erasure_records),
        FolderMirror(settings.ledger_mirror) if settings.ledger_mirror else None,
    )


def build_outside(settings: Settings) -> Outside:
    """Who vouches for checkpoints. Nobody is asked before there is one."""
    return Outside(
        tuple(HttpWitness(key, address) for key, address in read_witnesses(settings.witnesses)),
        _authorities(settings),
        timedelta(hours=settings.tsa_hours),
        FolderPublicLog(settings.public_log) if settings.public_log else None,
    )


def _authorities(settings: Settings) -> tuple[TimeStampAuthority, ...]:
    if not settings.authorities:
        return ()
    from .jobs.time_stamps import HttpAuthority  # Not at the top: it takes 3 MB.

    return tuple(HttpAuthority(address, settings.tsa_roots) for address in settings.authorities)


def build_witness(folder: Path) -> Witness:
    """The witness of this folder, which has nothing to do with the service's own settings."""
    memory = FolderMemory(folder)
    return Witness(memory, FileSigningKeys(memory.key_file), SystemClock(), public_log_at)


def create_app(services: Services, settings: Settings) -> OpenAPI:
    """The web application: the API first, so that the pages' form checks know to leave it alone."""
    app = Application(
        "exhibits_app",
        info=Info(title="Exhibits", version="1"),
        static_folder=str(web.STATIC),
        doc_ui=False,
        validation_error_callback=api.invalid,
        security_schemes={"device": {"type": "http", "scheme": "bearer"}},
    )
    app.config.update(
        SECRET_KEY=settings.secret(),
        HTTPS=settings.https,
        METRICS_TOKEN=settings.metrics_token,
        LOG_REQUESTS=settings.log_level == "debug",
        REPLICA=bool(settings.replica_url),
        MAX_CONTENT_LENGTH=MOST_BYTES + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        SEND_FILE_MAX_AGE_DEFAULT=0 if os.environ.get("EXHIBITS_DEBUG") else 3600,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["exhibits"] = services
    if settings.metrics:
        app.extensions[EXTENSION] = Meters(lambda: vitals.look(services))
    api.register(app)
    web.register(app)
    return app


class Assembly:
    """The application as the command line uses it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings

    @cached_property
    def _store(self) -> SqlStore:
        """Made when it is first asked for: a witness has none."""
        try:
            return build_store(self.settings)
        except OSError as fault:
            sys.exit(f"Error: the folder {fault.filename} cannot be used: {fault.strerror}.")

    def services(self, as_at: datetime | None = None) -> Services:
        """The services, at the present or as at another time."""
        return build_services(self.settings, as_at, self._store)

    def is_initialised(self) -> bool:
        """Whether the database has its tables."""
        return self._store.is_initialised()

    def refuse_older(self) -> None:
        """Say nothing unless the tables have yet to be brought to this version. Raises StoreTooOld."""
        self._store.refuse_older()

    def migrate(self) -> None:
        """Bring the database's tables to this version."""
        self._store.migrate()

    def mover(self) -> DatabaseMover:
        """What moves this database's content to another one."""
        return DatabaseMover(self.settings.address)

    def mark_demonstration(self) -> None:
        """Remember in the database that it holds invented data alone."""
        self._store.mark_demonstration()

    def serve(self, host: str, port: int, *, jobs: bool, processes: int = 1) -> None:
        """Run the web service, one process on SQLite, with its jobs beside it unless told, until it is stopped."""
        if processes > 1 and is_sqlite(self.settings.address):
            sys.exit("Error: SQLite has one writer. Leave --processes at 1, or use PostgreSQL (EXHIBITS_DATABASE_URL).")
        self._store.close()
        os.environ["EXHIBITS_JOBS"] = "1" if jobs else "0"
        serve("exhibits_app.wsgi:app", host, port, BLOCKING_THREADS, processes)

    def witness_memory(self, folder: Path) -> FolderMemory:
        """What a witness keeps in this folder. Nothing is opened or made."""
        return FolderMemory(folder)

    def witness(self, folder: Path) -> Witness:
        """The witness of this folder."""
        return build_witness(folder)

    def serve_witness(self, folder: Path, host: str, port: int) -> None:
        """Run the witness, in one process, until it is stopped."""
        os.environ[WITNESS_FOLDER] = str(folder.resolve())
        serve("exhibits_app.witness_wsgi:app", host, port, WITNESS_THREADS)

    def backup_parts(self, recipients: str | None, identity: Path | None, passphrase_file: Path | None) -> Parts:
        """What a backup is made from and checked with."""
        return build_parts(self.settings, self._store, recipients, identity, passphrase_file)

    def restore_target(self, identity: Path | None, passphrase_file: Path | None) -> Target:
        """What a backup is restored into."""
        return build_target(
            self.settings, lambda store: build_services(self.settings, store=store), identity, passphrase_file
        )

    def make_backup_key(self, path: Path, passphrase_file: Path | None) -> str:
        """A new secret key for backups in this file; its public key."""
        return make_key(path, read_passphrase(passphrase_file) if passphrase_file else None)

    def mirror(self, folder: Path) -> FolderMirror:
        """The ledger's mirror in this folder."""
        return FolderMirror(folder)

    def work(self, once: bool, report: Callable[[str], None]) -> None:
        """Run the jobs, once or until stopped."""
        stop = threading.Event()
        signal.signal(signal.SIGTERM, lambda *_: stop.set())
        run_until_stopped(
            self.services(),
            self.settings.alert_seconds,
            stop,
            report,
            once=once,
            integrate_seconds=self.settings.integrate_seconds,
        )


def main() -> None:
    """The `exhibits` command. Settings that cannot be used end it with a sentence for each."""
    from .cli.main import cli  # Not at the top: a web process has no use for the commands, and would keep them.

    try:
        settings = Settings()
        logs.configure(settings.log_format, settings.log_level)
        assembly = Assembly(settings)
    except ValidationError as fault:
        names = [f"EXHIBITS_{str(one['loc'][0]).upper()}" for one in fault.errors()]
        sys.exit("\n".join(f"Error: the setting {name} has a value that it cannot have." for name in names))
    except OSError as fault:
        sys.exit(f"Error: the folder {fault.filename} cannot be used: {fault.strerror}.")
    cli(obj=assembly, prog_name="exhibits")
