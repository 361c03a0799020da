"""Serves a force's pages on a loopback port, form checks included, as browsers meet them."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
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
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=ShortWait)
    thread = threading.Thread(target=server.serve_forever, args=(SOON,), name="served pages")
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def sign_in_at(page: Page, address: str, name: str) -> Page:
    """Sign in on the sign-in page with keys alone; gives the page, for a test to go on with."""
    page.goto(f"{address}/sign-in")
    page.locator("#name").fill(name)
    page.locator("#password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{address}/")
    return page
