"""What this machine has of the large parts that some tests need."""

import shutil
from pathlib import Path

WITHOUT_POSTGRESQL = "PostgreSQL's server programs are not installed (Debian package: postgresql)"
WITHOUT_CHROMIUM = "Chromium is not installed (Debian package: chromium)"
WITHOUT_AXE = "axe-core is not in node_modules (run: make assets)"

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"


def postgresql_programs() -> Path | None:
    """The folder that holds initdb and pg_ctl, the newest version first; None if there is none."""
    debian = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("pg_ctl")
    candidates = [*debian, *([Path(on_path).resolve().parent] if on_path else [])]
    return next((folder for folder in candidates if (folder / "initdb").exists()), None)


def chromium_program() -> str | None:
    """Debian's chromium; None if there is none."""
    return shutil.which("chromium")
