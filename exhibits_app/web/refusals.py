"""Refusals and faults as pages: one sentence that says what to do, at the status of the table."""

from flask import Flask, Response, render_template, request
from flask_wtf.csrf import CSRFError
from werkzeug.exceptions import HTTPException, InternalServerError

from ..answers import error
from ..domain.errors import Refusal, SignedOut
from ..statuses import status_of
from .watched import request_id

_SENTENCES = {
    404: ("Page not found", "There is no such page. Check the address, or go to the start page."),
    405: ("Page not found", "This address cannot be used like that. Go to the start page."),
    413: ("That is too large", "What you sent is larger than 20 MB. Take the photograph at a lower resolution."),
    500: ("Something went wrong", "This is our fault and it has been noted. Nothing was changed. Try again."),
}


def register(app: Flask) -> None:
    """Add the handlers to the application."""
    app.register_error_handler(Refusal, _refused)
    app.register_error_handler(CSRFError, _stale)
    app.register_error_handler(HTTPException, _broken)


def _refused(refusal: Refusal) -> tuple[str, int]:
    title = "You are signed out" if isinstance(refusal, SignedOut) else "That cannot be done"
    return page(title, refusal.sentence(), status_of(refusal), refusal.code)


def _stale(_fault: CSRFError) -> tuple[str, int]:
    return page("This page is out of date", "Go back, reload the page and send it again.", 400, "stale_form")


def _broken(fault: HTTPException) -> tuple[str, int] | Response:
    """Where no route fits, neither the API's handlers nor ours belong to it: a program is answered as a program."""
    status = fault.code or InternalServerError.code
    title, sentence = _SENTENCES.get(status, ("That cannot be done", str(fault.description)))
    if status >= InternalServerError.code:
        sentence += f" If it stays so, tell an administrator this number of the log: {request_id()}."
    if request.path.startswith("/api/"):
        return error(f"http_{status}", str(fault.description), status)
    return page(title, sentence, status, f"http_{status}")


def page(title: str, sentence: str, status: int, code: str) -> tuple[str, int]:
    """The page of a refusal."""
    return render_template("refusal.html", title=title, sentence=sentence, code=code), status
