"""How the log is written: one line an event, for people or as JSON, and never what a person or a case is called.

What is logged is chosen by us; of what libraries and faults say, only their kind and place is kept, for an exception's
words may quote what somebody typed.
"""

import logging
import sys
import threading
from collections.abc import MutableMapping
from pathlib import Path
from traceback import extract_tb
from types import TracebackType
from typing import Any, Final, TextIO

import structlog
from structlog.typing import Processor

FRAMES: Final = 12
Event = MutableMapping[str, Any]


def configure(form: str, level: str, stream: TextIO = sys.stderr) -> None:
    """Write to this stream from now on, as "json" or for the "console", what is of this level or above."""
    least = logging.getLevelNamesMapping()[level.upper()]
    shared: list[Processor] = [
        structlog.contextvars.merge_contextvars,
        structlog.processors.add_log_level,
        structlog.processors.TimeStamper(fmt="iso", utc=True),
        without_words,
    ]
    as_json = form == "json"
    renderer: Processor = structlog.processors.JSONRenderer() if as_json else _console(stream)
    structlog.configure(
        processors=[*shared, renderer],
        wrapper_class=structlog.make_filtering_bound_logger(least),
        logger_factory=structlog.WriteLoggerFactory(file=stream),
        cache_logger_on_first_use=False,
    )
    handler = logging.StreamHandler(stream)
    last: list[Processor] = [structlog.stdlib.ProcessorFormatter.remove_processors_meta, renderer]
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(foreign_pre_chain=shared, processors=last))
    logging.basicConfig(handlers=[handler], level=max(least, logging.WARNING), force=True)
    threading.excepthook = _thread_died


def without_words(_logger: Any, _method: str, event: Event) -> Event:
    """In place of an exception with its words: which kind it was, and where."""
    fault = event.pop("exc_info", None)
    if fault is True:
        fault = sys.exc_info()
    if isinstance(fault, tuple):
        fault = fault[1]
    if isinstance(fault, BaseException):
        event.update(told(fault))
    return event


def told(fault: BaseException, trace: TracebackType | None = None) -> dict[str, object]:
    """The kinds of an exception and of what led to it, and its last places in the code."""
    kinds: list[str] = []
    cause: BaseException | None = fault
    while cause is not None and len(kinds) < FRAMES:
        kinds.append(type(cause).__name__)
        cause = cause.__cause__ or cause.__context__
    places = extract_tb(trace or fault.__traceback__)[-FRAMES:]
    return {"fault": kinds, "at": [f"{Path(one.filename).name}:{one.lineno} {one.name}" for one in places]}


def _console(stream: TextIO) -> Processor:
    return structlog.dev.ConsoleRenderer(colors=stream.isatty())


def _thread_died(died: threading.ExceptHookArgs) -> None:
    name = died.thread.name if died.thread else ""
    facts = told(died.exc_value, died.exc_traceback) if died.exc_value else {}
    structlog.get_logger("exhibits").error("a thread died", thread=name, **facts)
