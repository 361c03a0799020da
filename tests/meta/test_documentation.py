"""The documentation names everything a person or a script can meet, and its links lead somewhere."""

import re

import click
import pytest

from exhibits_app.cli.main import cli
from exhibits_app.settings import Settings
from labels.payload import COMMANDS
from tests.support.project import ROOT, files
from tools import refusals

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


@pytest.mark.parametrize("command", sorted(commands(cli)))
def test_the_reference_names_the_command(command):
    assert mentions(command)


@pytest.mark.parametrize("setting", settings())
def test_the_reference_names_the_setting(setting):
    assert mentions(setting)


def test_the_page_of_refusals_says_what_the_classes_say():
    assert len(refusals.codes()) > 20
    assert refusals.PAGE.read_text("utf-8") == refusals.page(), "Run: make docs"


@pytest.mark.parametrize("page", PAGES, ids=str)
def test_links_between_pages_lead_somewhere(page):
    targets = LINK.findall((ROOT / page).read_text("utf-8"))

    assert [target for target in targets if not (ROOT / page.parent / target).exists()] == []


def linked_from(page):
    """The pages this one links to; a link to a folder reaches every page in it."""
    for target in LINK.findall(page.read_text("utf-8")):
        place = (page.parent / target).resolve()
        yield from place.glob("*.md") if place.is_dir() else [place]


def test_every_guide_can_be_reached_from_the_readme():
    seen, waiting = set(), [ROOT / "README.md"]
    while waiting:
        page = waiting.pop()
        if page not in seen and page.suffix == ".md":
            seen.add(page)
            waiting += linked_from(page)

    assert [str(page) for page in PAGES if ROOT / page not in seen] == []


def test_every_make_target_is_explained():
    targets = re.findall(r"^([a-z-]+): ## ", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE)
    words = (ROOT / "CONTRIBUTING.md").read_text("utf-8")

    assert {"run", "test"} <= set(targets)
    assert [target for target in targets if f"`make {target}`" not in words] == []


@pytest.mark.parametrize("command", sorted(COMMANDS))
def test_the_reference_names_the_command_code(command):
    assert mentions(command)
