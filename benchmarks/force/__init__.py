"""A force of any size, made in bulk: `python -m benchmarks.force --items 100000 --instance FOLDER`.

The same plan gives the same rows, on SQLite and on PostgreSQL. Every item has ten events, of which the domain's own
code makes entries, disclosures, state and deadlines; one item, the first, has a thousand.
"""
