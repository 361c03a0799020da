"""Small rooms: files to 300 lines, functions to 40."""

import ast
from pathlib import Path

from tests.support.project import ROOT, files, tree

FILE_LIMIT = 300
FUNCTION_LIMIT = 40
ONE_FILE = Path("exhibits_app/verify.py")  # A stranger gets it alone, on a machine with nothing else of ours.


def test_no_file_is_longer_than_300_lines():
    lengths = {
        path: len((ROOT / path).read_text("utf-8").splitlines())
        for path in files(".py", ".js", ".css", ".html")
        if path != ONE_FILE
    }

    assert {str(path): length for path, length in lengths.items() if length > FILE_LIMIT} == {}


def test_no_function_is_longer_than_40_lines():
    lengths = {
        f"{path}:{node.lineno} {node.name}": (node.end_lineno or node.lineno) - node.lineno + 1
        for path in files(".py")
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    }

    assert len(lengths) > 20
    assert {name: length for name, length in lengths.items() if length > FUNCTION_LIMIT} == {}


def test_every_module_says_what_it_is_for():
    silent = [
        str(path)
        for path in files(".py")
        if (ROOT / path).read_text("utf-8").strip() and not ast.get_docstring(tree(path))
    ]

    assert silent == []
