"""Alembic's entry: runs the steps over the connection that `store.schema` hands it, in its transaction."""

from alembic import context

from exhibits_app.store.rows import metadata

context.configure(connection=context.config.attributes["connection"], target_metadata=metadata)
context.run_migrations()
