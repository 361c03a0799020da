"""`python3 -m tools.setup run | test | develop | assets`: does what is not yet done, and says what it does."""

import fcntl
import sys
from collections.abc import Callable

from tools.setup import environment, instance, node, system
from tools.setup.say import LOG, CannotGoOn, say


def for_assets() -> None:
    """The Python environment and the page assets."""
    environment.provide("requirements.lock")
    node.provide_assets()


def for_run() -> None:
    """Everything the service needs, and its data on the first run."""
    system.provide(system.FOR_RUN)
    for_assets()
    instance.provide()


def for_develop() -> None:
    """What the demonstration, the benchmarks and the tools need besides."""
    system.provide(system.FOR_RUN)
    environment.provide("requirements-dev.lock")
    node.provide_assets()


def for_test() -> None:
    """Everything the tests need besides."""
    system.provide([*system.FOR_RUN, *system.FOR_TEST])
    for_develop()


def for_bench() -> None:
    """The programs that ours are measured beside, in an environment of their own."""
    for_develop()
    environment.provide_peers()


GOALS: dict[str, Callable[[], None]] = {
    "assets": for_assets,
    "run": for_run,
    "develop": for_develop,
    "bench": for_bench,
    "test": for_test,
}


def main() -> int:
    """Bring the machine to the goal; two set-ups at once wait for each other."""
    if sys.version_info < (3, 11):  # noqa: UP036 - this file is what tells people so
        say(f"Python 3.11 or newer is needed, and this is {sys.version.split()[0]}: add PYTHON=python3.11.")
        return 1
    LOG.parent.mkdir(exist_ok=True)
    with (LOG.parent / "set-up.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        try:
            GOALS[sys.argv[1]]()
        except CannotGoOn as refusal:
            say(str(refusal))
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
