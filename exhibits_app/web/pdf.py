"""Answers a request with a PDF."""

from flask import Response


def pdf(data: bytes, name: str) -> Response:
    """The PDF, to open in the browser and to print from there."""
    response = Response(data, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
