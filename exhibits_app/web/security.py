"""What stands before every page: who is signed in, whether the route is theirs, and what the browser may load."""

import secrets
from collections.abc import Callable
from datetime import timedelta
from typing import TypeVar

from flask import Flask, Request, Response, current_app, g, redirect, request, url_for
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface
from werkzeug.wrappers import Response as AnyResponse

from ..current import JUST_WROTE, Visitor, services, visitor
from ..domain.errors import NoRight, SignedOut
from ..domain.people import may
from ..guard import Access, Door, access_of
from ..services import signin

SESSION_COOKIE = "exhibits_session"
DEVICE_COOKIE = "exhibits_device"
JUST = 5  # Seconds: more than the two that a replica may be behind.
BAD_REQUEST = 400

View = TypeVar("View", bound=Callable[..., object])


def uses_camera(view: View) -> View:
    """Write beside a view that its page may ask for the camera; every other page may not."""
    view.__camera__ = True  # type: ignore[attr-defined]  # the mark is what this decorator is for
    return view


def runs_wasm(view: View) -> View:
    """Write beside a view that its script may run wasm: a worker has the policy of its own answer, not of its page."""
    view.__wasm__ = True  # type: ignore[attr-defined]  # the mark is what this decorator is for
    return view


class PageSessions(SecureCookieSessionInterface):
    """Form tokens and flashed messages live in a signed cookie; the API has neither and is spared the signing."""

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """The session of a page; one that cannot be written to for the API."""
        if request.path.startswith("/api/"):
            return self.make_null_session(app)
        return super().open_session(app, request)


def register(app: Flask) -> None:
    """Add the checks and the headers to the application."""
    app.session_interface = PageSessions()
    app.before_request(_nonce)
    app.before_request(_let_in)
    app.after_request(_headers)
    if app.config["REPLICA"]:
        app.after_request(_just_wrote)
    app.context_processor(_page_values)


def remember(response: Response, secret: str) -> Response:
    """Put the session's secret in its cookie."""
    response.set_cookie(
        SESSION_COOKIE,
        secret,
        httponly=True,
        samesite="Lax",
        secure=_https(),
        max_age=int(services().limits.session_length.total_seconds()),
    )
    return response


def _just_wrote(response: Response) -> Response:
    """For some seconds the lists of this browser come from the primary: longer than a replica may be behind."""
    if request.method == "POST" and response.status_code < BAD_REQUEST:
        response.set_cookie(JUST_WROTE, "1", max_age=JUST, httponly=True, samesite="Lax", secure=_https())
    return response


def _https() -> bool:
    return bool(current_app.config["HTTPS"])


def _nonce() -> None:
    if request.blueprint != "api":  # What it answers is data, and runs no script.
        g.nonce = secrets.token_urlsafe(16)


def _let_in() -> AnyResponse | None:
    """Deny by default: a route without its access written beside it is nobody's."""
    if request.blueprint == "api" or request.endpoint in {None, "static"}:
        return None
    access = access_of(current_app.view_functions[str(request.endpoint)])
    if access is None:
        raise NoRight("use this address")
    g.visitor = _visitor()
    if access.door is Door.SIGNED_IN:
        return _check(access)
    return None


def _check(access: Access) -> AnyResponse | None:
    known = visitor()
    if known is None:
        if request.method == "GET":
            return redirect(url_for("sign_in.form", next=request.full_path.rstrip("?")))
        raise SignedOut
    if access.actions and not any(may(known.person, action) for action in access.actions):
        raise NoRight(access.actions[0].value)
    return None


def _visitor() -> Visitor | None:
    secret = request.cookies.get(SESSION_COOKIE)
    if not secret:
        return None
    try:
        person, session = signin.who(services(), secret)
    except SignedOut:
        return None
    limits = services().limits
    now = services().clock.now()
    return Visitor(person, secret, min(now + limits.session_idle, session.started_at + limits.session_length))


# What the API answers is data: nothing in it may be loaded, run, framed or kept.
_API_HEADERS = (
    ("Content-Security-Policy", "default-src 'none'; form-action 'none'; frame-ancestors 'none'; base-uri 'none'"),
    ("X-Content-Type-Options", "nosniff"),
    ("Referrer-Policy", "same-origin"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    ("Cross-Origin-Resource-Policy", "same-origin"),
    ("Permissions-Policy", "camera=(), geolocation=(), microphone=()"),
    ("Cache-Control", "no-store"),
)


def _headers(response: Response) -> Response:
    if request.blueprint == "api":
        response.headers.extend(_API_HEADERS)
        return _over_tls(response)
    nonce = g.get("nonce", "")
    view = current_app.view_functions.get(str(request.endpoint))
    wasm = " 'wasm-unsafe-eval'" if getattr(view, "__wasm__", False) else ""
    response.headers.setdefault(
        "Content-Security-Policy",
        "default-src 'none'; "
        f"script-src 'self' 'nonce-{nonce}'{wasm}; "
        f"style-src 'self' 'nonce-{nonce}'; "
        "img-src 'self' data: blob:; font-src 'self'; connect-src 'self'; manifest-src 'self'; worker-src 'self'; "
        "media-src 'self'; object-src 'none'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
    )
    response.headers.setdefault("X-Content-Type-Options", "nosniff")
    response.headers.setdefault("Referrer-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
    response.headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
    camera = "camera=(self)" if getattr(view, "__camera__", False) else "camera=()"
    response.headers.setdefault("Permissions-Policy", f"{camera}, geolocation=(), microphone=()")
    if request.endpoint != "static":
        response.headers.setdefault("Cache-Control", "no-store")
    return _over_tls(response)


def _over_tls(response: Response) -> Response:
    if current_app.config["HTTPS"]:
        response.headers.setdefault("Strict-Transport-Security", f"max-age={int(timedelta(days=365).total_seconds())}")
    return response


def _page_values() -> dict[str, object]:
    known = visitor()
    return {
        "cspNonce": g.get("nonce", ""),
        "visitor": known,
        "force_name": services().force_name,
        "demonstration": services().demonstration,
        "may": lambda action: known is not None and may(known.person, action),
    }
