"""Work that happens without anyone asking: the ledger, alerts and their delivery."""
