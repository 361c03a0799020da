"""Brings a fresh machine to where `make run` and `make test` can start; standard library only."""
