"""Flask's application as ours: what it says of an unexpected fault is its kind and place, and not its words."""

from typing import Any

from flask_openapi3.openapi import OpenAPI

from .watched import log


class Application(OpenAPI):
    """The pages and the API."""

    def log_exception(self, exc_info: Any) -> None:
        """Called by Flask for what nobody handles."""
        log.error("a request failed", exc_info=exc_info)
