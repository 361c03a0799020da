"""How the database comes to have its present form, step by step, on SQLite and on PostgreSQL."""
