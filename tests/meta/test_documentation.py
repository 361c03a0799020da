"""The documentation names everything a person or a script can meet, and its links lead somewhere."""

import importlib
import pkgutil
import re

import click
import pytest
from exhibits_app.cli.main import cli
from exhibits_app.settings import Settings

import exhibits_app.domain
import exhibits_app.services
from exhibits_app.domain import errors
from tests.support.project import ROOT, files

REFERENCE = ROOT / "docs" / "reference.md"
LINK = re.compile(r"\[[^\]]*\]\((?!\w+:)([^)#\s]+)")
PAGES = files(".md")


def mentions(name):
    """True when the reference holds this name as code."""
    return re.search(rf"`[^`\n]*(?<![\w-]){re.escape(name)}(?![\w-])[^`\n]*`", REFERENCE.read_text("utf-8")) is not None


def commands(group, words=("exhibits",)):
    """Every command below a group, as a person types it."""
    for name, command in group.commands.items():
        if isinstance(command, click.Group):
            yield from commands(command, (*words, name))
        else:
            yield " ".join((*words, name))


def settings():
    """Every setting, by the name of its environment variable."""
    prefix = Settings.model_config.get("env_prefix", "")
    return [f"{prefix}{name}".upper() for name in Settings.model_fields]


def refusal_codes():
    """The code of every refusal class, wherever in the domain or the services it stands."""
    for layer in (exhibits_app.domain, exhibits_app.services):
        for module in pkgutil.walk_packages(layer.__path__, f"{layer.__name__}."):
            importlib.import_module(module.name)
    classes = list(errors.Refusal.__subclasses__())
    for refusal in classes:
        classes.extend(refusal.__subclasses__())
    return sorted({refusal.code for refusal in classes if "code" in vars(refusal)})


@pytest.mark.parametrize("command", sorted(commands(cli)))
def test_the_reference_names_the_command(command):
    assert mentions(command)


@pytest.mark.parametrize("setting", settings())
def test_the_reference_names_the_setting(setting):
    assert mentions(setting)


def test_the_reference_names_every_refusal():
    assert len(refusal_codes()) > 20
    assert [code for code in refusal_codes() if not mentions(code)] == []


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_between_pages_lead_somewhere(page):
    targets = LINK.findall((ROOT / page).read_text("utf-8"))

    assert [target for target in targets if not (ROOT / page.parent / target).exists()] == []


def test_every_guide_can_be_reached_from_the_readme():
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in seen and page.suffix == ".md":
            seen.add(page)
            waiting += [(page.parent / target).resolve() for target in LINK.findall(page.read_text("utf-8"))]

    assert [str(page) for page in PAGES if ROOT / page not in seen] == []


def test_every_make_target_is_explained():
    targets = re.findall(r"^([a-z-]+): ## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    words = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

    assert {"run", "test"} <= set(targets)
    assert [target for target in targets if f"`make {target}`" not in words] == []
