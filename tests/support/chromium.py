"""Debian's Chromium, headless, with a fresh profile for every page set and no way to the outside."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Request, Route, sync_playwright

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-dev-shm-usage",  # Containers give shared memory too small for a page, or none.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # Names other than this machine's resolve to nothing, also for requests that routing does not see.
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost",
]
INSIDE = {"127.0.0.1", "localhost", "::1"}


@contextmanager
def running_chromium(program: str, *, more_flags: list[str] | None = None) -> Iterator[Browser]:
    """Start Chromium; it uses a new temporary profile each time and removes it."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=[*FLAGS, *(more_flags or [])])
        try:
            yield browser
        finally:
            browser.close()


def camera_flags(video: Path) -> list[str]:
    """Flags that make a Y4M or MJPEG file the camera; who opens a page grants it, or does not, as a person would."""
    return ["--use-fake-device-for-media-stream", f"--use-file-for-fake-video-capture={video}"]


@dataclass  # Without slots: playwright keeps marks of its own on the objects whose methods it calls.
class Visit:
    """One person's browser: pages share cookies and storage, and what goes wrong in any of them is kept.

    A test that provokes a complaint on purpose empties `complaints` after looking at it.
    """

    context: BrowserContext
    complaints: list[str] = field(default_factory=list)

    def page(self) -> Page:
        """Open one more page in the same browser."""
        page = self.context.new_page()
        page.on("console", self._on_console)
        page.on("pageerror", lambda error: self.complaints.append(f"script error: {error}"))
        return page

    def _on_console(self, message: ConsoleMessage) -> None:
        if message.type == "error":
            self.complaints.append(f"console: {message.text} ({message.location.get('url', '')})")

    def guard(self, route: Route, request: Request) -> None:
        """Let requests to this machine pass; stop and remember every other one."""
        address = urlsplit(request.url)
        if address.scheme in {"data", "blob"} or address.hostname in INSIDE:
            route.continue_()
            return
        self.complaints.append(f"the page asked the outside: {request.url}")
        route.abort()


@contextmanager
def visit(browser: Browser, **options: Any) -> Iterator[Visit]:
    """A new browser context; at the end, fail if any of its pages complained or asked the outside."""
    # Tests of pages without a network ask for service workers; all others are spared fetching every file twice.
    usual = {"viewport": {"width": 1280, "height": 800}, "locale": "en-GB", "service_workers": "block"}
    context = browser.new_context(**{**usual, **options})
    person = Visit(context)
    context.route("**/*", person.guard)
    try:
        yield person
    finally:
        context.close()
    assert not person.complaints, "\n".join(person.complaints)
