"""Copies third-party page assets from node_modules to static/build, without what only GOV.UK itself may use.

The code of govuk-frontend is MIT; the GDS Transport font, the crown and the crest are not ours to show, because
this service is not on gov.uk. zxing-wasm (MIT; zxing-cpp inside it is Apache-2.0) reads codes in the camera's pictures,
without the address that it would fetch its other half from. Standard library only: set-up calls it when nothing
else is sure to be there.
"""

import re
import shutil
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
INSTALLED = ROOT / "node_modules" / "govuk-frontend" / "dist" / "govuk"
ZXING = ROOT / "node_modules" / "zxing-wasm"
BUILD = ROOT / "static" / "build"
OWN_FONTS = 'system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans","Liberation Sans","DejaVu Sans",arial,sans-serif'
GOVUK_FONTS = re.compile(r"GDS Transport(,\s*arial,\s*sans-serif)?")
FONT_NOTICE = re.compile(r"/\*![^*]*?Margaret Calvert.*?\*/", re.DOTALL)
FONT_FACE = re.compile(r"@font-face\{[^}]*\}")
GOVUK_IMAGE = re.compile(r"url\(/assets/[^)]*\)")
OUTSIDE = re.compile(r"https?://[^`\"'\s]*")
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


def without_outside(script: str) -> str:
    """The same script with no address of another service; raises AssetsChanged when there was none to take out."""
    ours, number = OUTSIDE.subn("/static/build/zxing/not-there/", script)
    if not number:
        raise AssetsChanged("zxing-wasm names no address any more: look at tools/assets.py.")
    return ours


def build() -> None:
    """Fill static/build: govuk-frontend.min.css and govuk-frontend.min.js (a module), and zxing/ (modules and wasm)."""
    shutil.rmtree(BUILD, ignore_errors=True)
    BUILD.mkdir(parents=True)
    css = (INSTALLED / "govuk-frontend.min.css").read_text(encoding="utf-8")
    (BUILD / "govuk-frontend.min.css").write_text(without_govuk_brand(css), encoding="utf-8")
    script = (INSTALLED / "govuk-frontend.min.js").read_text(encoding="utf-8")
    (BUILD / "govuk-frontend.min.js").write_text(SOURCE_MAP.sub("\n", script), encoding="utf-8")
    build_zxing()


def build_zxing() -> None:
    """Fill static/build/zxing with the reader of codes: reader/index.js and share.js beside their zxing_reader.wasm."""
    (BUILD / "zxing" / "reader").mkdir(parents=True)
    share = (ZXING / "dist" / "es" / "share.js").read_text(encoding="utf-8")
    (BUILD / "zxing" / "share.js").write_text(without_outside(SOURCE_MAP.sub("\n", share)), encoding="utf-8")
    reader = (ZXING / "dist" / "es" / "reader" / "index.js").read_text(encoding="utf-8")
    (BUILD / "zxing" / "reader" / "index.js").write_text(SOURCE_MAP.sub("\n", reader), encoding="utf-8")
    shutil.copyfile(ZXING / "dist" / "reader" / "zxing_reader.wasm", BUILD / "zxing" / "zxing_reader.wasm")


if __name__ == "__main__":
    build()
