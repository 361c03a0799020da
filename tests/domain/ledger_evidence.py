"""An evidence bundle over the log of the worked example, and ways to spoil it."""

import contextlib
import io
import json
import zipfile
from pathlib import Path

from exhibits_app import verify
from exhibits_app.domain import bundle, merkle, note
from exhibits_app.domain.bundle import Evidence, Logged
from exhibits_app.domain.chain import Link
from exhibits_app.domain.checkpoint import Checkpoint
from exhibits_app.domain.entry import leaf_hash
from exhibits_app.domain.register_tree import RegisterTree
from tests.domain import ledger_example as example


def logged(number: int, *told: str) -> Logged:
    """Entry `number` of the example, with the named disclosures."""
    entry = (*example.entries(), example.heads_entry())[number]
    link = Link(entry, example.leaves()[number], [example.disclosures()[name] for name in told])
    return Logged(link, number, merkle.inclusion_proof(number, 5, example.node))


def sound_files() -> dict[str, bytes]:
    """Both exhibits of the example, one value withheld, and growth since size 3."""
    return bundle.files(
        Evidence(
            [logged(1, "place"), logged(3, "reason"), logged(2)],
            example.signed(5),
            logged(4),
            {ex: example.register().proof(ex) for ex in (1, 2)},
            {3: merkle.consistency_proof(3, 5, example.node)},
        )
    )


def two_entry_files(second: bytes, first: bytes = example.entries()[1]) -> dict[str, bytes]:
    """A log of `first`, an entry of exhibit 1, and then `second`, which is put forward as the heads entry."""
    leaves = [leaf_hash(first), leaf_hash(second)]
    text = Checkpoint(example.ORIGIN, 2, merkle.tree_hash(leaves)).text()
    return bundle.files(
        Evidence(
            [Logged(Link(first, leaves[0]), 0, leaves[1:])],
            note.join(text, note.sign(text, example.LOG_KEY, example.SECRET.sign)),
            Logged(Link(second, leaves[1]), 1, leaves[:1]),
            {1: []},
        )
    )


def register_of_the_first() -> RegisterTree:
    return RegisterTree([(1, 1, leaf_hash(example.entries()[1]), 0)])


def loose_files(*links: Link) -> dict[str, bytes]:
    """Entries and disclosures alone, enough for levels 1 and 2."""
    nowhere = Logged(links[0], 0, [])
    return bundle.files(Evidence([Logged(link, 0, []) for link in links], b"", nowhere, {}))


def zipped(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "bundle.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return path


KEYS = ["--origin", example.ORIGIN, "--log-key", str(example.LOG_KEY)]


def run(bundle_path: Path, *more: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Exit code and (result, detail) by level, as verify.py gives them."""
    said = io.StringIO()
    with contextlib.redirect_stdout(said):
        code = verify.main([str(bundle_path), "--json", *more])
    return code, by_level(said.getvalue())


def by_level(said: str) -> dict[str, tuple[str, str]]:
    verdicts = [json.loads(line) for line in said.splitlines()]
    return {one["level"]: (one["result"], one["detail"]) for one in verdicts}


def results(verdicts: dict[str, tuple[str, str]]) -> str:
    """P, F or - for each level, in order."""
    return "".join({"PASS": "P", "FAIL": "F", "NOT CHECKED": "-"}[result] for result, _ in verdicts.values())
