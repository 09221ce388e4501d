"""Runs a migration on the connection that `store.engine.migrate` hands over."""

from __future__ import annotations

from alembic import context

from lrs_bridge.store.tables import metadata

connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_as_batch=True)
with context.begin_transaction():
    context.run_migrations()
