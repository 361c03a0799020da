"""The service of a store room in a process of its own, so that it can be killed as a power cut would."""

import os
import signal
import subprocess
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from werkzeug.serving import make_server

from exhibits_app.bootstrap import create_app
from exhibits_app.clock import SystemClock, SystemIds
from exhibits_app.services.context import Services
from exhibits_app.settings import Settings
from exhibits_app.store.database import SqlStore
from exhibits_app.store.files import FolderFiles
from tests.support.force import QUICK_HASHER, Postbag
from tests.support.serving import ShortWait


@dataclass
class Killable:
    """The service of the force in this folder, on this port; started and killed as often as one likes."""

    folder: Path
    port: int
    _child: subprocess.Popen[str] | None = field(default=None)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        words = [sys.executable, "-m", "tests.support.killed", str(self.folder), str(self.port)]
        self._child = subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        assert self._child.stdout is not None
        assert self._child.stdout.readline() == "ready\n", "the service did not start"

    def kill(self) -> None:
        """End it without a chance to finish anything."""
        if self._child is None:
            return
        os.kill(self._child.pid, signal.SIGKILL)
        self._child.wait()
        assert self._child.stdout is not None
        self._child.stdout.close()
        self._child = None


def serve(folder: Path, port: int) -> None:
    """Serve the force that was made in this folder until killed."""
    settings = Settings(instance=folder, secret_key="test", force_name="Borough Constabulary")
    files = FolderFiles(settings.files)
    services = Services(SqlStore(settings.address), SystemClock(), SystemIds(), files, Postbag(), QUICK_HASHER)
    app: Any = create_app(services, settings)
    app.config.update(WTF_CSRF_ENABLED=False)
    server = make_server("127.0.0.1", port, app, threaded=True, request_handler=ShortWait)
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    server.serve_forever()


if __name__ == "__main__":
    serve(Path(sys.argv[1]), int(sys.argv[2]))
