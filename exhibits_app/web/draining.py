"""Lets a browser finish sending what will be refused, for until then it does not read the answer."""

from typing import Final

from flask import request

# A photograph of a good camera is far below; what is more than this is cut off, and the browser says so itself.
MOST_BYTES: Final = 128 * 1024 * 1024
_CHUNK: Final = 256 * 1024


def drain() -> None:
    """Read the rest of the request and throw it away."""
    stream = request.environ["wsgi.input"]
    left = min(request.content_length or 0, MOST_BYTES)
    while left > 0 and (chunk := stream.read(min(_CHUNK, left))):
        left -= len(chunk)
