"""What is wrong with how pages look: accessibility faults, and pages wider than their screen."""

import os
from collections.abc import Iterable
from pathlib import Path

from playwright.sync_api import Page

from .axe import accessibility_faults

# A folder to keep pictures of every page looked at in, for somebody to open.
WIDTHS = (1280, 360)
PICTURES = os.environ.get("PICTURES")


def faults_of(page: Page, address: str, paths: Iterable[str]) -> list[str]:
    """Look at each page in turn, on a desk's screen and on a phone's; what is wrong with it, its path before it.

    The rules of accessibility are asked on the phone, where pages are folded most: colours are the same on both.
    """
    faults = []
    for path in paths:
        page.goto(address + path)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            if page.evaluate("document.documentElement.scrollWidth > window.innerWidth"):
                faults.append(f"{path}: is wider than a screen of {width}")
            keep_picture(page, path)
        faults += [f"{path}: {fault}" for fault in accessibility_faults(page)]
    return faults


def keep_picture(page: Page, name: str) -> None:
    """Keep what the page looks like now, where the folder for pictures is named."""
    if PICTURES and page.viewport_size:
        file = f"{page.viewport_size['width']}{name.split('?')[0].replace('/', '-')}.png"
        (Path(PICTURES) / file).write_bytes(page.screenshot(full_page=True))
