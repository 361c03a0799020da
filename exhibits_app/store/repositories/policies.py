"""The versions of the force's time limits, and how far they have been applied, in SQL."""

import json
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy import bindparam, func, literal_column, select

from ...domain.escalation import CUSTODY_STAGES, STAGES, Stage
from ...domain.policy import DEFAULT_RULES, DayCount, Limits, Policy, Rule
from ...services.ports import MadePolicy
from ..caches import Caches
from ..mapping import EPOCH, instant, micros, to_json
from ..rows import policy, setting
from ..sql import Session, Statement, adding, replacing

APPLIED = "deadlines"

_LAST = Statement(select(func.coalesce(func.max(policy.c.version), 0)))
_ADD = Statement(adding(policy, "version", "effective_from", "made_by", "made_note", "rules"))
_COLUMNS = select(policy.c.version, policy.c.effective_from, policy.c.rules, policy.c.made_by, policy.c.made_note)
_CURRENT = Statement(
    _COLUMNS.where(policy.c.effective_from <= bindparam("at"))
    .order_by(policy.c.effective_from.desc(), policy.c.version.desc())
    .limit(1)
)
_ALL = Statement(_COLUMNS.order_by(policy.c.version.desc()))
_APPLIED = Statement(select(setting.c.value).where(setting.c.name == literal_column(f"'{APPLIED}'")))
_SET_APPLIED = Statement(replacing(setting, "name", "value"))

DEFAULTS = Policy(0, EPOCH, DEFAULT_RULES)


class SqlPolicies:
    """Implements the Policies port."""

    def __init__(self, session: Session, caches: Caches) -> None:
        self._session = session
        self._known = caches.policies

    def add(self, made: Policy, made_by: int, note: str) -> Policy:
        """Keep it as the next version, whatever its number was, and give it."""
        version = int(self._session.value(_LAST)) + 1
        written = to_json(_written(made))
        self._session.run(
            _ADD,
            version=version,
            effective_from=micros(made.effective_from),
            made_by=made_by,
            made_note=note,
            rules=written,
        )
        return _policy(version, micros(made.effective_from), written)

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

    def all(self) -> list[MadePolicy]:
        """Every version with its maker and note, newest first."""
        return [
            MadePolicy(_policy(row.version, row.effective_from, row.rules), row.made_by, row.made_note)
            for row in self._session.all(_ALL)
        ]

    def applied(self) -> tuple[int, int | None] | None:
        """The version that deadlines are being brought up to, and the last item done; None for that when all are."""
        value = self._session.value(_APPLIED)
        if value is None:
            return None
        version, after = json.loads(value)
        return version, after

    def set_applied(self, version: int, after: int | None) -> None:
        """Deadlines are brought up to this version as far as this item, or all of them."""
        self._session.run(_SET_APPLIED, name=APPLIED, value=to_json([version, after]))


def _written(made: Policy) -> dict[str, object]:
    return {
        "rules": {category: asdict(rule) for category, rule in made.rules.items()},
        "limits": asdict(made.limits),
        "counts": made.counts.value,
        "closed": sorted(day.isoformat() for day in made.closed),
        "transit_stores": sorted(made.transit_stores),
        "stages": [asdict(stage) for stage in made.stages],
        "custody_stages": [asdict(stage) for stage in made.custody_stages],
    }


def _policy(version: int, effective_from: int, written: str) -> Policy:
    known = json.loads(written)
    # Before there was more to a version than its rules, these were all that was written.
    rules = {category: Rule(**rule) for category, rule in known.get("rules", known).items()}
    return Policy(
        version,
        instant(effective_from),
        rules,
        Limits(**known["limits"]) if "limits" in known else Limits(),
        DayCount(known.get("counts", DayCount.CALENDAR)),
        frozenset(date.fromisoformat(day) for day in known.get("closed", ())),
        frozenset(known.get("transit_stores", ())),
        _stages(known, "stages", STAGES),
        _stages(known, "custody_stages", CUSTODY_STAGES),
    )


def _stages(known: dict[str, Any], name: str, otherwise: tuple[Stage, ...]) -> tuple[Stage, ...]:
    """The stages of this name; those that all versions had before a version carried its own."""
    if name not in known:
        return otherwise
    return tuple(Stage(one["name"], one["share"], tuple(one["tells"])) for one in known[name])
