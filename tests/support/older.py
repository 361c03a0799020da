"""A register as an earlier version left it: its tables, filled with what fits into them of a whole one."""

from alembic import command
from sqlalchemy import MetaData, create_engine, insert, select, text

from exhibits_app.store import rows, schema
from exhibits_app.store.engine import writing_engine


def leave_as_it_was(url: str, revision: str, like: str) -> None:
    """Make tables of this form in the empty database at `url`, with the rows of the whole register at `like`."""
    source, target = create_engine(like), writing_engine(url)
    with target.begin() as connection:
        command.upgrade(schema.configured(connection), revision)
    with source.connect() as whole, target.connect() as connection:
        if target.dialect.name == "postgresql":
            connection.execute(text("SET session_replication_role = replica"))  # Neither triggers nor references.
        else:
            connection.connection.dbapi_connection.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            connection.commit()
        then = MetaData()
        then.reflect(connection, resolve_fks=False)
        for name, table in then.tables.items():
            if name not in rows.metadata.tables:
                continue
            columns = [one for one in rows.metadata.tables[name].columns if one.name in table.columns]
            found = [dict(row) for row in whole.execute(select(*columns)).mappings()]
            if name == "counter":  # Each series began with the step that brought it.
                known = set(connection.scalars(select(table.c.name)))
                found = [row for row in found if row["name"] in known]
            connection.execute(table.delete())
            if found:
                connection.execute(insert(table), found)
        connection.commit()
    source.dispose()
    target.dispose()
