"""The locks: complete, hashed, without addresses, and everything that our code imports is asked for by name."""

import ast
import json
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from tests.support.project import ROOT, files, tree

LOCKS = ["requirements", "requirements-dev", "requirements-setup", "requirements-node", "requirements-bench"]
OURS = {"exhibits_app", "scanner", "labels", "tests", "tools", "benchmarks"}
PIN = re.compile(r"^(?P<name>[A-Za-z0-9][\w.-]*)(?:\[[^\]]*\])?==(?P<version>\S+)")


def canonical(name):
    return re.sub(r"[-_.]+", "-", name).lower()


def wanted(name):
    """The packages a .in file asks for, with those of the files it takes in."""
    names = set()
    for line in (ROOT / f"{name}.in").read_text("utf-8").splitlines():
        if line.startswith("-r "):
            names |= wanted(line[3:].removesuffix(".in"))
        elif line.strip() and not line.startswith(("#", "-c ")):
            names.add(canonical(re.split(r"[\[<>=!~; ]", line, maxsplit=1)[0]))
    return names


def pins(name):
    """{package: (version, number of hashes)} of a lock file."""
    found, current = {}, None
    for line in (ROOT / f"{name}.lock").read_text("utf-8").splitlines():
        if match := PIN.match(line):
            current = canonical(match["name"])
            found[current] = [match["version"], 0]
        elif "--hash=sha256:" in line:
            found[current][1] += 1
    return found


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_every_package_that_is_asked_for(name):
    assert wanted(name) - set(pins(name)) == set()


@pytest.mark.parametrize("name", LOCKS)
def test_every_locked_package_has_a_hash(name):
    assert pins(name)
    assert [package for package, (_, hashes) in pins(name).items() if not hashes] == []


@pytest.mark.parametrize("name", LOCKS)
def test_a_lock_holds_no_address(name):
    text = (ROOT / f"{name}.lock").read_text("utf-8")

    assert re.findall(r"\w+://\S*|--(?:extra-)?index-url.*|--find-links.*|uv pip compile.*", text) == []


def test_tests_run_on_the_versions_that_the_service_runs_on():
    service, tests = pins("requirements"), pins("requirements-dev")

    assert {name: pin for name, pin in service.items() if tests.get(name) != pin} == {}


def test_the_npm_lock_names_exact_versions_with_integrity_and_no_address():
    asked = json.loads((ROOT / "package.json").read_text("utf-8"))
    locked = json.loads((ROOT / "package-lock.json").read_text("utf-8"))["packages"]
    packages = {path: about for path, about in locked.items() if path}

    assert all("integrity" in about and "resolved" not in about for about in packages.values())
    for name, version in {**asked["dependencies"], **asked["devDependencies"]}.items():
        assert packages[f"node_modules/{name}"]["version"] == version


def imported(folders):
    """Top-level names that our code in these folders imports, standard library and ourselves left out."""
    names = set()
    for path in files(".py"):
        if path.parts[0] in folders:
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.Import):
                    names |= {alias.name.split(".")[0] for alias in node.names}
                elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                    names.add(node.module.split(".")[0])
    return names - OURS - sys.stdlib_module_names


@pytest.mark.parametrize(
    ("folders", "requirements"),
    [({"exhibits_app", "scanner", "labels"}, "requirements"), (OURS, "requirements-dev")],
)
def test_what_our_code_imports_is_asked_for_by_name(folders, requirements):
    """A package that only comes along with another one may be gone with that one's next version."""
    distributions = packages_distributions()
    asked = wanted(requirements)

    unasked = [name for name in imported(folders) if not {canonical(d) for d in distributions.get(name, [])} & asked]

    assert unasked == []
