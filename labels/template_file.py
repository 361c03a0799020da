"""Reads a template from a TOML or JSON file, for `exhibits-label --template FILE`."""

from __future__ import annotations

import base64
import json
import tomllib
from pathlib import Path

from labels.errors import TemplateRefused
from labels.template import Template, template_from


def read_template(file: Path) -> Template:
    """The template of the file; its logo stands in it, or in a PNG beside it that `logo.file` names.

    Raises TemplateRefused, LogoRefused.
    """
    try:
        text = file.read_text("utf-8")
        values = json.loads(text) if file.suffix == ".json" else tomllib.loads(text)
    except OSError as fault:
        raise TemplateRefused(f"the file {file.name}", "cannot be opened") from fault
    except ValueError as fault:  # Of JSON, of TOML and of UTF-8.
        kind = "JSON" if file.suffix == ".json" else "TOML"
        raise TemplateRefused(f"the file {file.name}", f"is not {kind} ({fault})") from fault
    return template_from(_with_logo(values, file.parent))


def _with_logo(values: object, folder: Path) -> object:
    logo = values.get("logo") if isinstance(values, dict) else None
    if not isinstance(values, dict) or not isinstance(logo, dict) or "file" not in logo:
        return values
    try:
        picture = (folder / str(logo["file"])).read_bytes()
    except OSError as fault:
        raise TemplateRefused("[logo]", "names a file that cannot be opened") from fault
    kept = {name: value for name, value in logo.items() if name != "file"}
    return {**values, "logo": {**kept, "png": base64.b64encode(picture).decode()}}
