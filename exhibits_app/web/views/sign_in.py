"""Signing in and out."""

from urllib.parse import urlsplit

from flask import Blueprint, Response, make_response, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from govuk_frontend_wtf.wtforms_widgets import GovPasswordInput, GovSubmitInput, GovTextInput
from werkzeug.wrappers import Response as AnyResponse
from wtforms import PasswordField, StringField, SubmitField

from ...current import person, services, visitor
from ...domain.errors import BadSignIn, PasswordTooShort, PasswordWrong, TooManyAttempts
from ...guard import Door, access
from ...services import signin
from ...statuses import status_of
from ..security import SESSION_COOKIE, remember

bp = Blueprint("sign_in", __name__)


class SignInForm(FlaskForm):
    """Name and password."""

    name = StringField("Sign-in name", widget=GovTextInput())
    password = PasswordField("Password", widget=GovPasswordInput())
    submit = SubmitField("Sign in", widget=GovSubmitInput())


class PasswordForm(FlaskForm):
    """A new password."""

    current = PasswordField("Your present password", widget=GovPasswordInput())
    password = PasswordField("New password", widget=GovPasswordInput())
    submit = SubmitField("Keep this password", widget=GovSubmitInput())


@bp.get("/sign-in")
@access(Door.PUBLIC)
def form() -> str:
    """The sign-in page."""
    return render_template("sign_in.html", form=SignInForm(), next=_safe(request.args.get("next")))


@bp.post("/sign-in")
@access(Door.PUBLIC)
def sign_in() -> AnyResponse | tuple[str, int]:
    """Sign in and go where the person wanted to go."""
    given = SignInForm()
    onwards = _safe(request.form.get("next"))
    try:
        _person, secret = signin.sign_in(services(), given.name.data or "", given.password.data or "")
    except (BadSignIn, TooManyAttempts) as refusal:
        given.name.errors = [refusal.sentence()]
        status = 429 if isinstance(refusal, TooManyAttempts) else 401
        return render_template("sign_in.html", form=given, next=onwards), status
    return remember(make_response(redirect(onwards or url_for("start.start"))), secret)


@bp.post("/sign-out")
@access(Door.PUBLIC)
def sign_out() -> Response:
    """Sign out: the session is over on the server as well."""
    known = visitor()
    if known is not None:
        signin.sign_out(services(), known.secret)
    response = make_response(redirect(url_for("sign_in.form")))
    response.delete_cookie(SESSION_COOKIE)
    return response


@bp.get("/first-sign-in/<secret>")
@access(Door.PUBLIC)
def first(secret: str) -> str:
    """A one-time link opens on a button: link previews must not spend it."""
    return render_template("first_sign_in.html", secret=secret)


@bp.post("/first-sign-in/<secret>")
@access(Door.PUBLIC)
def spend(secret: str) -> Response:
    """Spend the link and choose a password."""
    _person, session = signin.spend_link(services(), secret)
    return remember(make_response(redirect(url_for("sign_in.password"))), session)


@bp.get("/password")
@access(Door.SIGNED_IN)
def password() -> str:
    """Choose a password."""
    return _password_page(PasswordForm())


@bp.post("/password")
@access(Door.SIGNED_IN)
def keep_password() -> AnyResponse | tuple[str, int]:
    """Keep the chosen password."""
    given = PasswordForm()
    try:
        known = visitor()
        signin.change_password(
            services(), person(), given.current.data or "", given.password.data or "", known.secret if known else ""
        )
    except PasswordTooShort as refusal:
        given.password.errors = [refusal.sentence()]
        return _password_page(given), 422
    except (PasswordWrong, TooManyAttempts) as refusal:
        given.current.errors = [refusal.sentence()]
        return _password_page(given), status_of(refusal)
    return redirect(url_for("start.start"))


@bp.post("/stay")
@access(Door.SIGNED_IN)
def stay() -> tuple[str, int]:
    """Stay signed in: the answer to the warning before a session ends."""
    return "", 204


def _password_page(form: PasswordForm) -> str:
    return render_template("password.html", form=form, needs_current=signin.needs_current(services(), person()))


def _safe(target: str | None) -> str:
    """A path of this service, or nothing: never an address elsewhere."""
    parts = urlsplit(target or "")
    plain = not parts.scheme and not parts.netloc and (target or "").startswith("/")
    return target if target and plain and not target.startswith(("//", "/\\")) else ""
