"""A machine that does whatever people can do to three items, in whatever order, against a real store.

`make test` runs it for seconds and `make bench-soak` for minutes; after every step the invariants are looked at.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from tests.support.force import a_force

from .mending import Mending
from .world import World


def drive(folder: Path, examples: int, steps: int) -> None:
    """Run the machine so many times for so many steps, each in a fresh folder. Raises AssertionError with the steps."""
    folders: list[TemporaryDirectory[str]] = []

    def make() -> World:
        folders.append(TemporaryDirectory(dir=folder))
        return World(a_force(Path(folders[-1].name)))

    machine = type("CustodyOverSqlite", (Mending,), {"make": staticmethod(make)})
    run_state_machine_as_test(
        machine,
        settings=settings(
            max_examples=examples, stateful_step_count=steps, deadline=None, suppress_health_check=list(HealthCheck)
        ),
    )
    for one in folders:
        one.cleanup()
