"""`python -m benchmarks [--soak] [NAME...]`: runs each module here that has a `run()` (or, soaking, a `soak()`)."""

import importlib
import os
import pkgutil
import platform
import sys
import time
from types import ModuleType

import benchmarks


def modules(function: str, names: list[str]) -> list[ModuleType]:
    """The modules that have this function, in the order of their names; only those named, if any are."""
    known = sorted(module.name for module in pkgutil.iter_modules(benchmarks.__path__) if module.name != "__main__")
    if unknown := sorted(set(names) - set(known)):
        raise SystemExit(f"There is no benchmark called {', '.join(unknown)}. There are: {', '.join(known)}.")
    found = [importlib.import_module(f"benchmarks.{name}") for name in names or known]
    return [module for module in found if hasattr(module, function)]


def title(module: ModuleType) -> str:
    """What the module says it is for, in its first line."""
    return (module.__doc__ or module.__name__).strip().splitlines()[0]


def main(arguments: list[str]) -> None:
    """Run and time them one after another, so that none disturbs another."""
    function = "soak" if "--soak" in arguments else "run"
    chosen = modules(function, [word for word in arguments if word != "--soak"])
    print(
        f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.machine()}. Relations count, not times."
    )
    for number, module in enumerate(chosen, 1):
        print(f"\n[{number}/{len(chosen)}] {module.__name__.removeprefix('benchmarks.')}: {title(module)}", flush=True)
        started = time.monotonic()
        getattr(module, function)()
        print(f"({time.monotonic() - started:.0f} s)", flush=True)
    if not chosen:
        print(f"No benchmark has a {function}() yet.")


if __name__ == "__main__":
    main(sys.argv[1:])
