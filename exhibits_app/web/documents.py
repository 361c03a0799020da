"""A document's blocks as HTML, the same bytes for the same blocks."""

from collections.abc import Iterable

from flask import current_app

from ..services.documents import Block


def blocks_html(blocks: Iterable[Block], level: int = 2) -> str:
    """The blocks, with headings of level 2 shown at this level."""
    macros = current_app.jinja_env.get_template("continuity/blocks.html").module
    return str(macros.blocks(list(blocks), level))  # type: ignore[attr-defined]  # a macro of the template
