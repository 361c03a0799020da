"""What never changes once it is written, kept in memory for each store."""

from dataclasses import dataclass, field

from ..domain.policy import Policy


@dataclass(slots=True)
class Caches:
    """The versions of the policy, by their text."""

    policies: dict[tuple[int, int, str], Policy] = field(default_factory=dict)
