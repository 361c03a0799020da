"""Whatever is done to three items, in whatever order: one custodian, whole chains, and no scan lost."""

from pathlib import Path

from tests.services.custody_machine import drive


def test_whatever_is_done_custody_stays_whole(tmp_path: Path) -> None:
    drive(tmp_path, examples=6, steps=25)
