"""Writes docs/refusals.md from the refusal classes themselves, so that the page and the code cannot differ."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from types import ModuleType

import exhibits_app.domain
import exhibits_app.services
from exhibits_app.domain.errors import Refusal
from tools.setup.say import ROOT

PAGE = ROOT / "docs" / "refusals.md"
HEAD = """# Refusals

Every way the service says no, by the `code` that scripts may rely on. A refusal changes nothing. Its sentence for
people says what to do; over HTTP it comes as `{"ok": false, "code", "error", "status"}`.

`make docs` writes this page from the code. Back to the [reference](reference.md).
"""


def page() -> str:
    """The whole page."""
    families = [family for family in _below(Refusal) if family.__mro__[1] is Refusal]
    return HEAD + "".join(_section(family) for family in sorted(families, key=lambda family: family.code))


def codes() -> list[str]:
    """Every code, families included."""
    return sorted({refusal.code for refusal in _below(Refusal)})


def _section(family: type[Refusal]) -> str:
    rows = [f"| `{refusal.code}` | {_meaning(refusal)} |" for refusal in (family, *_below(family))]
    return "\n".join(
        [f"\n## {family.code.replace('_', ' ').capitalize()}\n", "| code | when |", "|---|---|", *rows, ""]
    )


def _meaning(refusal: type[Refusal]) -> str:
    """The first paragraph of the docstring, without the words for programmers that follow the first sentence."""
    paragraph = " ".join((inspect.getdoc(refusal) or "").split("\n\n")[0].split())
    return paragraph.split(". `")[0].rstrip(".").replace("|", "\\|") + "."


def _below(refusal: type[Refusal]) -> Iterator[type[Refusal]]:
    """All subclasses, once every module that may define one is loaded; in the order of their codes."""
    for layer in (exhibits_app.domain, exhibits_app.services):
        _load(layer)
    for subclass in sorted(refusal.__subclasses__(), key=lambda found: found.code):
        yield subclass
        yield from _below(subclass)


def _load(package: ModuleType) -> None:
    for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}."):
        importlib.import_module(module.name)


if __name__ == "__main__":
    PAGE.write_text(page(), "utf-8")
