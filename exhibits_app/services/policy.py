"""The time limits: those in force and those to come, and setting others after seeing what they would change."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from ..domain.cases import ITEM_CATEGORY_NAMES
from ..domain.errors import (
    BadDays,
    BadTime,
    NoRight,
    PolicyInThePast,
    PolicyMovedOn,
)
from ..domain.escalation import AT_DEADLINE, LAST, MOST_PERCENT, STAGE_NAMES, TABLES, TELLS, Stage
from ..domain.people import Action, Person, ScopeKind, require
from ..domain.places import Place, PlaceKind
from ..domain.policy import LIMIT_NAMES, MOST_DAYS, DayCount, Limits, Policy, Rule, check
from ..domain.text import choice, required, whole_number
from .context import Services
from .ports import MadePolicy, Work

# Bank holidays are written into a version for so many years after it comes into force.
YEARS_AHEAD = 10
PARTS = {"decide_days": "decide", "submit_days": "submit", "review_days": "review"}


@dataclass(frozen=True, slots=True)
class View:
    """The policy in force and its rows (category code, category in words, rule), those to come, those before."""

    policy: Policy
    rows: list[tuple[str, str, Rule]]
    versions: list[tuple[MadePolicy, str]]
    transit: list[str]
    local: list[date]
    may_set: bool
    now: datetime

    @property
    def is_default(self) -> bool:
        """Whether the force has not set limits of its own yet."""
        return self.policy.version == 0


@dataclass(frozen=True, slots=True)
class Form:
    """Time limits as somebody typed them: by name (`rules-UNK-decide_days`, `limits-transit_days`), days one a line.

    `tells` says by name (`escalation-decision-overdue-tells`) who is told; the shares stand among the numbers.
    """

    numbers: Mapping[str, str]
    counts: str
    local: str
    transit_stores: tuple[int, ...]
    effective_from: datetime | None
    note: str
    seen_version: int
    tells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Change:
    """What other limits would do to one category: how many items overdue under those in force, and under these."""

    category: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class StageChange:
    """What another escalation would do to one stage: how many items have come to it under each, None where not counted.

    `before` and `after` are the stage under the version in force and under these; None where one has no such stage.
    """

    table: str
    name: str
    before: Stage | None
    after: Stage | None
    reached_before: int | None
    reached_after: int | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Time limits as typed, and what they would change."""

    proposed: Policy
    changes: list[Change]
    stages: list[StageChange]


def in_force(services: Services, by: Person) -> View:
    """The limits in force now, the strictest category first, with every version. Raises NoRight."""
    require(by, Action.SEE_POLICY)
    now = services.clock.now()
    with services.store.read() as work:
        policy = work.policies.current(now)
        versions = [(made, work.accounts.person(made.made_by).called) for made in work.policies.all()]
        transit = [work.places.find(store).name for store in sorted(policy.transit_stores)]
    rows = [(code, ITEM_CATEGORY_NAMES.get(code, code), rule) for code, rule in policy.rules.items()]
    local = sorted(policy.closed - bank_holidays(policy.effective_from))
    return View(policy, sorted(rows, key=_strictest_first), versions, transit, local, may_set(by), now)


def may_set(by: Person) -> bool:
    """Whether this person sets the force's limits: an inspector or above who supervises the whole force."""
    whole = [grant for grant in by.grants if grant.kind is ScopeKind.FORCE]
    try:
        require(replace(by, grants=tuple(whole)), Action.SET_POLICY)
    except NoRight:
        return False
    return by.inspects


def latest(services: Services, by: Person) -> tuple[Policy, list[Place]]:
    """The newest version, which a change begins from, and the stores. Raises NoRight."""
    _require_setter(by)
    with services.store.read() as work:
        stores = [place for place in work.places.all() if place.kind is PlaceKind.STORE and not place.closed]
        return _newest(work, services.clock.now()), stores


def preview(services: Services, by: Person, form: Form) -> Preview:
    """The limits as typed, and what they would change when they come into force.

    Items are taken as they stand now. Raises NoRight, BadInput.
    """
    proposed = _proposed(services, by, form)
    with services.store.read() as work:
        now = work.policies.current(services.clock.now())
        before = work.items.begun_before(_latest_seizures(now, proposed.effective_from))
        after = work.items.begun_before(_latest_seizures(proposed, proposed.effective_from))
        stages = [
            _stage_change(work, table, name, now, proposed)
            for table, stages in TABLES.items()
            for name in [one.name for one in stages]
            if _stage(now, table, name) != _stage(proposed, table, name)
        ]
    changes = [Change(code, before.get(code, 0), after.get(code, 0)) for code in proposed.rules]
    return Preview(proposed, [change for change in changes if change.before != change.after], stages)


def save(services: Services, by: Person, form: Form) -> Policy:
    """Keep the next version. Raises NoRight, BadInput, PolicyMovedOn when another was set since the form was shown."""
    proposed = _proposed(services, by, form)
    note = required(form.note, "note", "why the limits change")

    def change(work: Work) -> Policy:
        if _newest(work, services.clock.now()).version != form.seen_version:
            raise PolicyMovedOn("effective_from")
        return work.policies.add(proposed, by.id, note)

    return services.store.write(change)


def bank_holidays(effective_from: datetime) -> frozenset[date]:
    """The bank holidays of England and Wales that a version from then on counts with: the year before and ten on."""
    import holidays  # Not at the top: it takes 17 MB, and few pages set time limits.

    years = range(effective_from.year - 1, effective_from.year + YEARS_AHEAD + 1)
    return frozenset(holidays.country_holidays("GB", subdiv="ENG", years=years))


def _proposed(services: Services, by: Person, form: Form) -> Policy:
    _require_setter(by)
    now = services.clock.now()
    if form.effective_from is None:
        raise BadTime("effective_from", "when they come into force")
    if form.effective_from < now:
        raise PolicyInThePast("effective_from")
    with services.store.read() as work:
        known = set(_newest(work, now).rules)
        stores = {place.id for place in work.places.all() if place.kind is PlaceKind.STORE}
    policy = Policy(
        0,
        form.effective_from,
        {category: _rule(category, form.numbers) for category in ITEM_CATEGORY_NAMES if category in known},
        _limits(form.numbers),
        DayCount(choice(form.counts, "counts", "which days count", {one.value for one in DayCount})),
        bank_holidays(form.effective_from) | _local(form.local),
        frozenset(form.transit_stores) & stores,
        _escalation("decision", form),
        _escalation("custody", form),
    )
    check(policy)
    return policy


def _limits(numbers: Mapping[str, str]) -> Limits:
    return Limits(**{name: _number(numbers, f"limits-{name}", what) for name, what in LIMIT_NAMES.items()})


def _rule(category: str, numbers: Mapping[str, str]) -> Rule:
    name = ITEM_CATEGORY_NAMES[category]
    days = {
        part: _number(numbers, f"rules-{category}-{part}", f"the days to {word} for {name}")
        for part, word in PARTS.items()
        if numbers.get(f"rules-{category}-{part}", "").strip()
    }
    return Rule(**days)


def _escalation(table: str, form: Form) -> tuple[Stage, ...]:
    """The stages as typed. Only one before the deadline may be left out, by leaving its share empty."""
    made = [_typed_stage(table, stage.name, form) for stage in TABLES[table]]
    return tuple(stage for stage in made if stage is not None)


def _typed_stage(table: str, name: str, form: Form) -> Stage | None:
    at = f"escalation-{table}-{name}"
    told = form.tells.get(f"{at}-tells", ())
    tells = tuple(word for word in TELLS if word in told)
    if name == AT_DEADLINE:
        return Stage(name, 1.0, tells)
    typed = form.numbers.get(f"{at}-percent", "").strip()
    if not typed and name != LAST:
        return None
    low, high = (101, MOST_PERCENT) if name == LAST else (1, 99)
    what = f"the share of the time for {STAGE_NAMES[name].lower()}, in per cent,"
    return Stage(name, whole_number(typed, f"{at}-percent", what, low, high) / 100, tells)


def _number(numbers: Mapping[str, str], field: str, what: str) -> int:
    return whole_number(numbers.get(field, "").strip(), field, what, 1, MOST_DAYS)


def _local(text: str) -> frozenset[date]:
    return frozenset(_day(line) for line in text.splitlines() if line.strip())


def _day(line: str) -> date:
    try:
        return datetime.strptime(line.strip(), "%d/%m/%Y").date()  # noqa: DTZ007  # A date has no zone.
    except ValueError:
        raise BadDays("local", line.strip()[:40]) from None


def _stage(policy: Policy, table: str, name: str) -> Stage | None:
    stages = policy.stages if table == "decision" else policy.custody_stages
    return next((stage for stage in stages if stage.name == name), None)


def _stage_change(work: Work, table: str, name: str, now: Policy, proposed: Policy) -> StageChange:
    before, after = _stage(now, table, name), _stage(proposed, table, name)
    if table != "decision":
        return StageChange(table, name, before, after, None, None)
    at = proposed.effective_from
    reached = [
        sum(work.items.begun_before(_latest_seizures(policy, at, stage.share)).values()) if stage else 0
        for policy, stage in ((now, before), (proposed, after))
    ]
    return StageChange(table, name, before, after, *reached)


def _latest_seizures(
    policy: Policy, at: datetime, share: float = 1.0
) -> dict[str, tuple[datetime | None, datetime | None]]:
    """The latest seizure with which an item of each category is overdue then: undecided, and to be submitted.

    With another `share`, the latest with which so much of its time is used.
    """
    found = {}
    for category, rule in policy.rules.items():
        undecided = [days for days in (rule.decide_days, rule.submit_days, rule.review_days) if days is not None]
        found[category] = (
            policy.latest_start(min(undecided), at, share) if undecided else None,
            None if rule.submit_days is None else policy.latest_start(rule.submit_days, at, share),
        )
    return found


def _newest(work: Work, now: datetime) -> Policy:
    made = work.policies.all()
    return made[0].policy if made else work.policies.current(now)


def _require_setter(by: Person) -> None:
    if not may_set(by):
        raise NoRight(Action.SET_POLICY.value)


def _strictest_first(row: tuple[str, str, Rule]) -> tuple[int, int, str]:
    code, _name, rule = row
    return (rule.decide_days or 10_000, rule.submit_days or rule.review_days or 10_000, code)
