"""Flask's hello under the service's own server settings: the most this machine's server and framework can answer."""

from __future__ import annotations

import sys

from flask import Flask
from granian import Granian
from granian.constants import Interfaces

from exhibits_app.bootstrap import BLOCKING_THREADS

app = Flask(__name__)


@app.get("/")
def hello() -> str:
    """The least a view can do."""
    return "hello"


if __name__ == "__main__":
    Granian(
        "benchmarks.hello:app",
        port=int(sys.argv[1]),
        interface=Interfaces.WSGI,
        workers=int(sys.argv[2]),
        blocking_threads=BLOCKING_THREADS,
        backpressure=BLOCKING_THREADS,
        log_access=False,
        websockets=False,
    ).serve()
