"""What stands in a copy of the database: read in the same moment that is copied."""

import json
from typing import Final

from sqlalchemy import Connection, select, union

from ..services.ports.backups import DatabaseFacts
from . import schema
from .repositories.closed_logs import FIRST
from .rows import photo, print_job, scan_picture
from .sql import Session, Statement
from .work import SqlWork

SQLITE, POSTGRESQL = "SQLite", "PostgreSQL"
_FIRST = Statement(select(FIRST))
_PHOTOS = Statement(select(photo.c.facts))
_NAMED = Statement(union(select(scan_picture.c.sha256), select(print_job.c.sha256), select(print_job.c.sent_sha256)))
_SHA256: Final = "sha256"


def facts(kind: str, work: SqlWork, connection: Connection) -> DatabaseFacts:
    """What the database holds in the view's moment."""
    session = Session(connection, reads_only=True)
    state = work.tree.state()
    files = {str(row[0]) for row in session.each(_NAMED) if row[0]}
    files |= {str(json.loads(row[0])[_SHA256]) for row in session.each(_PHOTOS)}
    return DatabaseFacts(
        kind,
        work.ledger.origin(),
        schema.revision(connection),
        work.ledger.size(),
        work.items.count(),
        int(session.value(_FIRST)),
        state.size,
        state.root.hex(),
        frozenset(files),
    )
