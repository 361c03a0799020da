"""How long one picture may be looked at, and what each stage of looking took of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field


@dataclass(slots=True)
class Budget:
    """`ms` milliseconds from now on, by `clock` (seconds); `spent` holds the milliseconds of each stage by its name.

    A stage that has begun is finished, so a budget can be passed by one stage.
    """

    ms: float
    clock: Callable[[], float]
    spent: dict[str, float] = field(default_factory=dict)
    _began: float = 0.0

    def __post_init__(self) -> None:
        self._began = self.clock()

    @property
    def left(self) -> bool:
        """Whether there is time for another stage."""
        return self.rest > 0

    @property
    def rest(self) -> float:
        """The milliseconds that are left; below zero when they are spent."""
        return self.ms - (self.clock() - self._began) * 1000

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Whatever is done within is this stage's time."""
        began = self.clock()
        try:
            yield
        finally:
            self.spent[name] = self.spent.get(name, 0.0) + (self.clock() - began) * 1000
