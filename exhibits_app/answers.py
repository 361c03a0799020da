"""The one shape of every error that a program is answered with."""

from flask import Response, jsonify, make_response


def error(code: str, sentence: str, status: int) -> Response:
    """A code for machines, a sentence for people, and the HTTP status once more."""
    return make_response(jsonify(ok=False, code=code, error=sentence, status=status), status)
