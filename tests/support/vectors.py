"""The field's public test vectors, read from beside the repository; a test without its vectors is reported."""

import json
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "vectors"


def load(path: str) -> Any:
    """The JSON of one vector file, by its path inside the folder."""
    return json.loads((FOLDER / path).read_text(encoding="utf-8"))


def paths(pattern: str) -> list[str]:
    """The vector files that match, by their paths inside the folder, sorted.

    For `pytest.mark.parametrize`: where the folder is absent the list is empty, and pytest reports the test as one
    with an empty parameter set.
    """
    return sorted(str(path.relative_to(FOLDER)) for path in FOLDER.glob(pattern))
