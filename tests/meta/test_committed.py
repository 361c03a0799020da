"""What no committed file may hold: machines' paths, registries' addresses, swallowed errors, loose ends."""

import ast
import re

import pytest

from tests.support.project import files, lines, our_files, texts, tree

# Written so that this file does not hold what it looks for.
MACHINE_PATHS = re.compile(r"(?<![\w.])/(?:work|root|home/\w+)/")
REGISTRIES = re.compile(r"py" r"pi\.org|python" r"hosted\.org|npm" r"js\.(?:org|com)|deb\." r"debian\.org")
BESIDE_THE_REPOSITORY = re.compile(r"\.\./" "shared")
LOOSE_ENDS = re.compile(r"\b(?:TO" r"DO|FIX" r"ME|X" r"XX|NotImplemented" r"Error)\b")
NOT_REALLY_TESTED = re.compile(
    r"pytest\.(?:mark\.)?(?:sk" r"ip|xf" r"ail|import" r"orskip)|unittest\.mo" r"ck|\bmo" r"cker\b"
)
THIRD_PARTY = re.compile(r"(^|/)node_modules/|\.min\.(js|css)$|\.(woff2?|ttf|otf|whl|jar|wasm)$")


@pytest.mark.parametrize(
    ("forbidden", "allowed_in"),
    [
        pytest.param(MACHINE_PATHS, "", id="paths of one machine"),
        pytest.param(REGISTRIES, "", id="addresses of package registries"),
        pytest.param(BESIDE_THE_REPOSITORY, "tests/", id="files that only the builders have"),
        pytest.param(LOOSE_ENDS, "package-lock.json", id="loose ends"),
        pytest.param(NOT_REALLY_TESTED, "-", id="tests that do not test"),
    ],
)
def test_no_committed_line_holds(forbidden, allowed_in):
    found = [
        place for place, line in lines() if forbidden.search(line) and not (allowed_in and place.startswith(allowed_in))
    ]

    assert found == []


def swallows(handler):
    """True for a handler that catches everything and does not pass it on."""
    if handler.type is None:
        return True
    names = {node.id for node in ast.walk(handler.type) if isinstance(node, ast.Name)}
    cleans_up = isinstance(handler.body[-1], ast.Raise) and handler.body[-1].exc is None
    return "Exception" in names or ("BaseException" in names and not cleans_up)


def handlers(module):
    return [node for node in ast.walk(module) if isinstance(node, ast.ExceptHandler)]


def test_no_error_is_swallowed():
    found = [
        f"{path}:{handler.lineno}" for path in files(".py") for handler in handlers(tree(path)) if swallows(handler)
    ]

    assert found == []


@pytest.mark.parametrize(
    ("clause", "swallowed"),
    [
        ("except: pass", True),
        ("except Exception: raise", True),
        ("except (OSError, Exception): pass", True),
        ("except BaseException: pass", True),
        ("except BaseException: raise", False),
        ("except OSError: pass", False),
    ],
)
def test_a_handler_that_catches_everything_is_told_from_one_that_cleans_up(clause, swallowed):
    (handler,) = handlers(ast.parse(f"try: pass\n{clause}"))

    assert swallows(handler) is swallowed


def test_nothing_of_third_parties_is_committed():
    by_name = [str(path) for path in our_files() if THIRD_PARTY.search(path.as_posix())]
    by_banner = [str(path) for path, text in texts() if path.suffix in {".js", ".css"} and "/*!" in text]

    assert by_name + by_banner == []


@pytest.mark.parametrize(
    ("forbidden", "example"),
    [
        (LOOSE_ENDS, "# TO" + "DO: later"),
        (MACHINE_PATHS, 'open("/ro' + 'ot/notes")'),
        (NOT_REALLY_TESTED, "@pytest.mark.sk" + "ip"),
        (THIRD_PARTY, "static/" + "idb.min.js"),
    ],
)
def test_the_pattern_finds_what_it_is_for(forbidden, example):
    assert forbidden.search(example)
