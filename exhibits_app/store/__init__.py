"""The only package that knows SQL: rows, mapping, units of work, queries and migrations."""

from .database import SqlStore

__all__ = ["SqlStore"]
