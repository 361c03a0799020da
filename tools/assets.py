"""Copies third-party page assets from node_modules to static/build, without what only GOV.UK itself may use.

The code of govuk-frontend is MIT; the GDS Transport font, the crown and the crest are not ours to show, because
this service is not on gov.uk. Standard library only: set-up calls it when nothing else is sure to be there.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
BUILD = ROOT / "static" / "build"
OWN_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans","DejaVu Sans",arial,sans-serif'
GOVUK_FONTS = re.compile(r"GDS Transport(,\s*arial,\s*sans-serif)?")
FONT_NOTICE = re.compile(r"/\*![^*]*?Margaret Calvert.*?\*/", re.DOTALL)
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
GOVUK_IMAGE = re.compile(r"url\(/assets/[^)]*\)")
SOURCE_MAP = re.compile(r"\s*(/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S*)\s*$")


class AssetsChanged(Exception):
    """The package no longer looks as this tool expects; the message names what is left over."""


def without_govuk_brand(css: str) -> str:
    """The same style sheet with system fonts, no font files and no crest; raises AssetsChanged."""
    css = FONT_FACE.sub("", FONT_NOTICE.sub("", css))
    css = GOVUK_FONTS.sub(OWN_FONTS, css)
    css = SOURCE_MAP.sub("", GOVUK_IMAGE.sub("none", css))
    for mark in ("GDS Transport", "/assets/", "@font-face"):
        if mark in css:
            raise AssetsChanged(f"The style sheet of govuk-frontend still holds {mark!r}: look at tools/assets.py.")
    return css


def build() -> None:
    """Fill static/build: govuk-frontend.min.css and govuk-frontend.min.js (a module)."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    css = (INSTALLED / "govuk-frontend.min.css").read_text(encoding="utf-8")
    (BUILD / "govuk-frontend.min.css").write_text(without_govuk_brand(css), encoding="utf-8")
    script = (INSTALLED / "govuk-frontend.min.js").read_text(encoding="utf-8")
    (BUILD / "govuk-frontend.min.js").write_text(SOURCE_MAP.sub("\n", script), encoding="utf-8")


if __name__ == "__main__":
    build()
