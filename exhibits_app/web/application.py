"""Flask's application as ours: what it says of an unexpected fault is its kind and place, and not its words."""

from collections.abc import Callable
from typing import Any

from flask_openapi3.openapi import OpenAPI

from .watched import log


class Application(OpenAPI):
    """The pages and the API."""

    def ensure_sync(self, func: Callable[..., Any]) -> Callable[..., Any]:
        """No view or hook of ours is a coroutine, which Flask asks of each of them again at every request."""
        return func

    def log_exception(self, exc_info: Any) -> None:
        """Called by Flask for what nobody handles."""
        log.error("a request failed", exc_info=exc_info)
