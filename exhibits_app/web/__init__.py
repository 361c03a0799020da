"""The pages: each view reads a form, calls one service, and renders or redirects."""

from flask import Flask
from flask_wtf.csrf import CSRFProtect
from govuk_frontend_wtf.main import WTFormsHelpers
from jinja2 import ChoiceLoader, PackageLoader, PrefixLoader

from . import filters, navigation, print_form, refusals, security, watched
from .offline import STATIC
from .views import BLUEPRINTS

__all__ = ["STATIC", "register"]


def register(app: Flask) -> None:
    """Add the pages to the application."""
    app.jinja_loader = ChoiceLoader(
        [
            PackageLoader("exhibits_app.web"),
            PrefixLoader({name: PackageLoader(name) for name in ("govuk_frontend_jinja", "govuk_frontend_wtf")}),
        ]
    )
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
    WTFormsHelpers(app)
    csrf = CSRFProtect(app)
    for name, blueprint in app.blueprints.items():
        if name.startswith("api") or name.endswith("_api"):
            csrf.exempt(blueprint)
    watched.register(app)
    filters.register(app)
    navigation.register(app)
    print_form.register(app)
    refusals.register(app)
    security.register(app)
    for blueprint in BLUEPRINTS:
        app.register_blueprint(blueprint)
