"""Loads structlog without the pictures that it draws of faults in a terminal: these take 11 MB of every web process.

structlog looks for rich once, when it is loaded. Our log has no such pictures: they would quote what somebody typed.
"""

import sys

if "rich" not in sys.modules:
    sys.modules["rich"] = None  # type: ignore[assignment]  # So that it is not found.
    import structlog  # noqa: F401

    del sys.modules["rich"]
