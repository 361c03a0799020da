"""A ledger that signs, over either database, and verify.py run as a stranger would."""

import json
import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from exhibits_app.bootstrap import build_signing
from exhibits_app.domain.cases import Case
from exhibits_app.services import ledger_keeper
from exhibits_app.services.context import Services
from exhibits_app.services.ports import Work
from exhibits_app.services.ports.ledger_tree import Signed
from exhibits_app.settings import Settings
from tests.support.force import Force, a_force

VERIFIER = Path(__file__).resolve().parents[2] / "exhibits_app" / "verify.py"


@dataclass
class SigningForce:
    """A force whose ledger signs. `folder` is its instance."""

    force: Force
    services: Services
    folder: Path
    case: Case | None = None

    def checkpoint(self) -> Signed:
        """Integrate and sign."""
        signed = ledger_keeper.checkpoint(self.services)
        assert signed is not None
        return signed

    def items(self, count: int = 1) -> list[int]:
        """Register so many more items in the one case."""
        if self.case is None:
            self.case = self.force.case()
        return self.force.items(self.case, count)

    def key(self) -> str:
        """The verifier key that signs now."""
        with self.services.store.read() as work:
            return work.checkpoints.all_keys()[-1].key

    def origin(self) -> str:
        with self.services.store.read() as work:
            return work.ledger.origin()

    def published(self) -> list[bytes]:
        assert self.services.signing is not None
        return list(self.services.signing.records.published())

    def tree_size(self) -> int:
        with self.services.store.read() as work:
            return work.tree.state().size

    def waiting(self) -> int:
        def count(work: Work) -> int:
            return len(work.tree.waiting(1_000_000))

        with self.services.store.read() as work:
            return count(work)


def a_signing_force(folder: Path, url: str = "") -> SigningForce:
    """A force with a signing key of its own, whose ledger has been started."""
    force = a_force(folder, url)
    services = replace(force.services, signing=build_signing(Settings(instance=folder)))
    force.services = services
    assert ledger_keeper.start(services)
    return SigningForce(force, services, folder)


def verify_bundle(path: Path, *more: str) -> tuple[int, dict[str, tuple[str, str]]]:
    """Exit code and (result, detail) by level: verify.py by itself, with nothing of ours to import."""
    done = subprocess.run(
        [sys.executable, "-I", str(VERIFIER), str(path), "--json", *more],
        capture_output=True, text=True, check=False, cwd=path.parent,
    )  # fmt: skip
    verdicts = [json.loads(line) for line in done.stdout.splitlines()]
    return done.returncode, {one["level"]: (one["result"], one["detail"]) for one in verdicts}
