"""Measurements of this software beside its peers, in one run; nothing here is a test."""
