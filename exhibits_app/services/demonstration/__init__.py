"""Invented data for trying the service out: three stores, 200 cases, 2,000 items, 90 days of history.

Deterministic but for the present date: the same seed gives the same people, cases, items and omissions. Everything
goes through the services that people use, on a clock that is moved from day to day.
"""

from .fill import NAMES, PASSWORD, PIN, fill

__all__ = ["NAMES", "PASSWORD", "PIN", "fill"]
