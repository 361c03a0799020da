"""An evidence bundle over the log of the worked example, and ways to spoil it."""

import zipfile
from pathlib import Path

from exhibits_app.domain import bundle, merkle
from exhibits_app.domain.bundle import Evidence, Logged
from exhibits_app.domain.chain import Link
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


def zipped(folder: Path, files: dict[str, bytes]) -> Path:
    path = folder / "bundle.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for name, data in files.items():
            packed.writestr(name, data)
    return path
