"""Puts the parts together: the only module that knows every layer."""

import os
from datetime import datetime

from argon2 import PasswordHasher
from flask_openapi3.models import Info
from flask_openapi3.openapi import OpenAPI

from . import api, web
from .clock import FixedClock, SystemClock, SystemIds
from .jobs.smtp import SmtpMailer
from .services.context import Services
from .settings import Settings
from .store.database import SqlStore
from .store.files import FolderFiles

MOST_BYTES = 20 * 1024 * 1024


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
    )


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
