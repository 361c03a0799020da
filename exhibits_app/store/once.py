"""A value made when it is first asked for, like functools.cached_property but without that one's lock.

A unit of work belongs to one thread, and an act asks for ten collections: the locks were a tenth of its own time.
"""

from collections.abc import Callable
from typing import Any, Generic, TypeVar

T = TypeVar("T")


class once(Generic[T]):  # noqa: N801 - used as a decorator, as property is
    """Decorates a method without arguments; its answer is kept in the instance under the method's name."""

    def __init__(self, make: Callable[[Any], T]) -> None:
        self._make = make
        self._name = make.__name__

    def __get__(self, instance: Any, owner: type) -> T:
        """Make and keep it; from then on the instance's own attribute is found first."""
        made = self._make(instance)
        instance.__dict__[self._name] = made
        return made
