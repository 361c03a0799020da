"""Serves a force's pages on a loopback port, form checks included, as browsers meet them."""

import threading
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import UTC, datetime
from typing import Any

from playwright.sync_api import Page
from werkzeug.serving import WSGIRequestHandler, make_server

from tests.support.force import PASSWORD, Force

# Seconds between looks whether it is to stop; the usual half second would be waited for at the end of every test.
SOON = 0.02


class ShortWait(WSGIRequestHandler):
    """Lets go of the connections that Chromium opens in advance and never uses, which would each keep a thread."""

    timeout = 1


@contextmanager
def served(force: Force) -> Iterator[str]:
    """The address of the running service. Its clock is set to the present: the browser compares with its own."""
    force.clock.at = datetime.now(UTC)
    app: Any = force.app()
    app.config["WTF_CSRF_ENABLED"] = True
    with running(app) as address:
        yield address


@contextmanager
def running(app: Any) -> Iterator[str]:
    """The address of the application, running as it is."""
    server = make_server("127.0.0.1", 0, whole_files(app), threaded=True, request_handler=ShortWait)
    thread = threading.Thread(target=server.serve_forever, args=(SOON,), name="served pages")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def whole_files(app: Any) -> Any:
    """The application with its static files read whole: werkzeug's server leaves one open when a browser hangs up."""

    def answer(environ: Any, start_response: Any) -> Any:
        if not environ["PATH_INFO"].startswith("/static/"):
            return app(environ, start_response)
        with closing(app(environ, start_response)) as parts:
            return [b"".join(parts)]

    return answer


def sign_in_at(page: Page, address: str, name: str) -> Page:
    """Sign in on the sign-in page with keys alone; gives the page, for a test to go on with."""
    page.goto(f"{address}/sign-in")
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    return page
