"""Pages that open without a network: which files each one needs, and the version that they are together."""

import json
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

STATIC = Path(__file__).resolve().parents[2] / "static"
PAGE_VERSION = "X-Exhibits-Page"
ICONS = (("icon.svg", "any", "image/svg+xml"), ("icon-192.png", "192x192", ""), ("icon-512.png", "512x512", ""))
COLOUR = "#12394f"


@dataclass(frozen=True, slots=True)
class Shell:
    """A page that a device keeps: its address, its name when installed, and patterns for its files under static/.

    `templates` are what it is made of, its own first; `routes` are scripts that have a route of their own.
    """

    path: str
    name: str
    short_name: str
    patterns: tuple[str, ...]
    templates: tuple[str, ...]
    routes: tuple[str, ...] = ()

    @property
    def assets(self) -> list[str]:
        """The addresses of its files, in one order everywhere."""
        found = {path.relative_to(STATIC).as_posix() for pattern in self.patterns for path in STATIC.glob(pattern)}
        return [f"/static/{name}" for name in sorted(found)]


COUNTER = ("store-room.css", "icon.svg", "icon-*.png", "store-room/*.js", "offline/keep.js")
SHELLS = {
    "store-room": Shell(
        "/store-room",
        "Exhibits store room",
        "Store room",
        COUNTER,
        ("store_room.html",),
    ),
    "phone": Shell(
        "/phone",
        "Exhibits phone",
        "Exhibits",
        (*COUNTER, "phone/*", "camera/*", "build/zxing/*.*", "build/zxing/reader/*"),
        ("phone.html", "store_room.html", "parts/camera.html"),
        ("/phone/reader.js",),
    ),
}


@cache
def version_of(page: str) -> str:
    """Changes with any byte of the page's files or of the page itself. Files do not change while the service runs."""
    digest = sha256()
    templates = Path(__file__).parent / "templates"
    shell = SHELLS[page]
    files = [STATIC / name.removeprefix("/static/") for name in shell.assets]
    for file in [*files, STATIC / "offline" / "worker.js", *(templates / name for name in shell.templates)]:
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    return digest.hexdigest()[:20]


def worker_of(page: str) -> str:
    """The service worker's script for that page."""
    shell = SHELLS[page]
    facts = {
        "page": shell.path,
        "version": version_of(page),
        "header": PAGE_VERSION,
        "assets": [*shell.assets, *shell.routes],
    }
    return f"const SHELL = {json.dumps(facts)}\n{(STATIC / 'offline' / 'worker.js').read_text('utf-8')}"


def manifest_of(page: str) -> dict[str, object]:
    """What a phone or a handheld needs to put that page among its programs."""
    shell = SHELLS[page]
    return {
        "id": shell.path,
        "name": shell.name,
        "short_name": shell.short_name,
        "start_url": shell.path,
        "scope": shell.path,
        "display": "standalone",
        "lang": "en-GB",
        "background_color": COLOUR,
        "theme_color": COLOUR,
        "icons": [
            {"src": f"/static/{file}", "sizes": sizes, "type": kind or "image/png", "purpose": "any"}
            for file, sizes, kind in ICONS
        ],
    }
