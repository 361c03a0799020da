"""The rules of custody, clocks, people and the ledger, in the standard library alone."""
