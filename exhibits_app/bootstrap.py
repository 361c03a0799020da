"""Puts the parts together: the only module that knows every layer."""

import os
import signal
import sys
import threading
from collections.abc import Callable
from datetime import datetime

from argon2 import PasswordHasher
from flask_openapi3.models import Info
from flask_openapi3.openapi import OpenAPI
from granian import Granian
from granian.constants import Interfaces
from granian.log import LogLevels
from pydantic import ValidationError

from . import api, web
from .cli.main import cli
from .clock import FixedClock, SystemClock, SystemIds
from .jobs.smtp import SmtpMailer
from .jobs.worker import run_until_stopped
from .services.context import Services, Signing
from .settings import Settings
from .store.database import SqlStore
from .store.files import FolderFiles
from .store.signing import FileSigningKeys, FolderRecords

MOST_BYTES = 20 * 1024 * 1024
# Acts wait for their commit on a thread each; the writer commits those that wait together.
BLOCKING_THREADS = 32


def build_store(settings: Settings) -> SqlStore:
    """The store of these settings; nothing is opened until it is used."""
    settings.instance.mkdir(parents=True, exist_ok=True)
    return SqlStore(settings.address)


def build_services(settings: Settings, as_at: datetime | None = None, store: SqlStore | None = None) -> Services:
    """The services of these settings, at the present or as at another time."""
    kept = store or build_store(settings)
    return Services(
        store=kept,
        clock=FixedClock(as_at) if as_at else SystemClock(),
        ids=SystemIds(),
        files=FolderFiles(settings.files),
        mailer=SmtpMailer(settings.smtp_url, settings.mail_from),
        hasher=PasswordHasher(),
        force_name=settings.force_name,
        demonstration=kept.is_demonstration(),
        signing=build_signing(settings),
    )


def build_signing(settings: Settings) -> Signing:
    """What the log signs with; no file is made before it is needed."""
    return Signing(FileSigningKeys(settings.signing_key), FolderRecords(settings.signer_records), settings.anchor_to)


def create_app(services: Services, settings: Settings) -> OpenAPI:
    """The web application: the API first, so that the pages' form checks know to leave it alone."""
    app = OpenAPI(
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
        MAX_CONTENT_LENGTH=MOST_BYTES + 1024 * 1024,
        MAX_FORM_MEMORY_SIZE=2 * 1024 * 1024,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Lax",
        SESSION_COOKIE_SECURE=settings.https,
        SEND_FILE_MAX_AGE_DEFAULT=0 if os.environ.get("EXHIBITS_DEBUG") else 3600,
        WTF_CSRF_TIME_LIMIT=None,
    )
    app.extensions["exhibits"] = services
    api.register(app)
    web.register(app)
    return app


class Assembly:
    """The application as the command line uses it."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self._store = build_store(settings)

    def services(self, as_at: datetime | None = None) -> Services:
        """The services, at the present or as at another time."""
        return build_services(self.settings, as_at, self._store)

    def is_initialised(self) -> bool:
        """Whether the database has its tables."""
        return self._store.is_initialised()

    def migrate(self) -> None:
        """Bring the database's tables to this version."""
        self._store.migrate()

    def mark_demonstration(self) -> None:
        """Remember in the database that it holds invented data alone."""
        self._store.mark_demonstration()

    def serve(self, host: str, port: int) -> None:
        """Run the web service, one process on SQLite, with its jobs beside it, until it is stopped."""
        self._store.close()
        os.environ["EXHIBITS_JOBS"] = "1"
        Granian(
            "exhibits_app.wsgi:app",
            address=host,
            port=port,
            interface=Interfaces.WSGI,
            workers=1,
            blocking_threads=BLOCKING_THREADS,
            backpressure=BLOCKING_THREADS,
            respawn_failed_workers=True,
            log_access=False,
            websockets=False,
            log_level=LogLevels.error,
        ).serve()

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
    try:
        assembly = Assembly(Settings())
    except ValidationError as fault:
        names = [f"EXHIBITS_{str(one['loc'][0]).upper()}" for one in fault.errors()]
        sys.exit("\n".join(f"Error: the setting {name} has a value that it cannot have." for name in names))
    except OSError as fault:
        sys.exit(f"Error: the folder {fault.filename} cannot be used: {fault.strerror}.")
    cli(obj=assembly, prog_name="exhibits")
