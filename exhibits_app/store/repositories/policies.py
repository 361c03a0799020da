"""The versions of the force's time limits, in SQL."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime

from sqlalchemy import bindparam, func, select

from ...domain.clocks import DEFAULT_RULES, Policy, Rule
from ..caches import Caches
from ..mapping import EPOCH, instant, micros, to_json
from ..rows import policy
from ..sql import Session, Statement, adding

_LAST = Statement(select(func.coalesce(func.max(policy.c.version), 0)))
_ADD = Statement(adding(policy, "version", "effective_from", "made_by", "made_note", "rules"))
_COLUMNS = select(policy.c.version, policy.c.effective_from, policy.c.rules, policy.c.made_note)
_CURRENT = Statement(
    _COLUMNS.where(policy.c.effective_from <= bindparam("at"))
    .order_by(policy.c.effective_from.desc(), policy.c.version.desc())
    .limit(1)
)
_ALL = Statement(_COLUMNS.order_by(policy.c.version.desc()))

DEFAULTS = Policy(0, EPOCH, DEFAULT_RULES)


class SqlPolicies:
    """Implements the Policies port."""

    def __init__(self, session: Session, caches: Caches) -> None:
        self._session = session
        self._known = caches.policies

    def add(self, rules: Mapping[str, Rule], effective_from: datetime, made_by: int, note: str) -> Policy:
        """Keep the next version."""
        made = Policy(self._session.value(_LAST) + 1, effective_from, dict(rules))
        self._session.run(
            _ADD,
            version=made.version,
            effective_from=micros(effective_from),
            made_by=made_by,
            made_note=note,
            rules=to_json({category: asdict(rule) for category, rule in rules.items()}),
        )
        return made

    def current(self, at: datetime) -> Policy:
        """The version in force at that moment; the defaults before the first."""
        row = self._session.one(_CURRENT, at=micros(at))
        if row is None:
            return DEFAULTS
        # Known by all of its text: a version that was rolled back cannot be taken for the one that got its number.
        written = (row.version, row.effective_from, row.rules)
        known = self._known.get(written)
        if known is None:
            known = self._known[written] = _policy(*written)
        return known

    def all(self) -> list[tuple[Policy, str]]:
        """Every version with its note, newest first."""
        return [(_policy(row.version, row.effective_from, row.rules), row.made_note) for row in self._session.all(_ALL)]


def _policy(version: int, effective_from: int, rules: str) -> Policy:
    written = json.loads(rules).items()
    return Policy(version, instant(effective_from), {category: Rule(**rule) for category, rule in written})
