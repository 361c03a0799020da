"""The whole API, sent some thousand requests of every kind: no answer is a fault, and none is undescribed."""

import os
import subprocess
import sys

EXAMPLES = 400  # For each operation.


def soak() -> None:
    """Run the test of the API's contract with many examples, other ones each time."""
    test = [
        sys.executable,
        "-m",
        "pytest",
        "-q",
        "-p",
        "no:randomly",
        "--timeout",
        "3600",
        "tests/api/test_contract.py",
    ]
    ended = subprocess.run(test, env=os.environ | {"CONTRACT_EXAMPLES": str(EXAMPLES)}, check=False)
    print(f"{EXAMPLES} examples an operation: {'every answer described' if ended.returncode == 0 else 'FAILED'}")
    if ended.returncode:
        raise SystemExit(1)
