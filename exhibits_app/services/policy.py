"""The time limits in force: the force's own, by version."""

from dataclasses import dataclass

from ..domain.cases import ITEM_CATEGORY_NAMES
from ..domain.clocks import Policy, Rule
from ..domain.people import Action, Person, require
from .context import Services


@dataclass(frozen=True, slots=True)
class Limits:
    """The policy in force and its rows: category code, category in words, rule."""

    policy: Policy
    rows: list[tuple[str, str, Rule]]

    @property
    def is_default(self) -> bool:
        """Whether the force has not set limits of its own yet."""
        return self.policy.version == 0


def in_force(services: Services, by: Person) -> Limits:
    """The limits in force now, the strictest category first. Raises NoRight."""
    require(by, Action.SEE_POLICY)
    with services.store.read() as work:
        policy = work.policies.current(services.clock.now())
    rows = [(code, ITEM_CATEGORY_NAMES.get(code, code), rule) for code, rule in policy.rules.items()]
    return Limits(policy, sorted(rows, key=_strictest_first))


def _strictest_first(row: tuple[str, str, Rule]) -> tuple[int, int, str]:
    code, _name, rule = row
    return (rule.decide_days or 10_000, rule.submit_days or rule.review_days or 10_000, code)
