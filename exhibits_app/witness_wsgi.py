"""What a web server loads to serve a witness: `exhibits_app.witness_wsgi:app`, with the folder in its environment."""

import os
from pathlib import Path

from .bootstrap import WITNESS_FOLDER, build_witness
from .web.witness import create_app

app = create_app(build_witness(Path(os.environ[WITNESS_FOLDER])))
