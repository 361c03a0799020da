"""Bringing every item's deadlines up to the time limits in force, when these change or have never been applied.

A deadline is kept with the item so that lists need not compute it. Between the moment a version comes into force and
the end of this job the lists show some deadlines of the version before; the health page says how far it is.
"""

from collections.abc import Callable
from functools import partial

from ..domain.clocks import owed
from ..domain.policy import Policy
from .context import Services
from .ports import Work

PAGE = 500


def bring_up(services: Services, progress: Callable[[int], None] = lambda _done: None) -> int:
    """Apply the version in force to whatever it was not applied to; gives how many items were looked at.

    Broken off at any point it goes on from there; run by several at once it does the same twice and no harm.
    """
    done = 0
    while True:
        with services.store.read() as work:
            policy = work.policies.current(services.clock.now())
            applied = work.policies.applied()
        if applied == (policy.version, None):
            return done
        done += services.store.write(partial(_page, policy=policy, after=_done(applied, policy)))
        progress(done)


def standing(work: Work, policy: Policy) -> str | None:
    """What is still to do, in words; None when every deadline is that of the version in force."""
    applied = work.policies.applied()
    if applied == (policy.version, None):
        return None
    done = _done(applied, policy)
    return f"version {policy.version} of the time limits is applied to {done:,} of {work.items.count():,} items"


def _done(applied: tuple[int, int | None] | None, policy: Policy) -> int:
    """The last item that this version was applied to; 0 where it was applied to none."""
    version, after = applied or (None, None)
    return after or 0 if version == policy.version else 0


def _page(work: Work, policy: Policy, after: int) -> int:
    numbers = work.items.register_numbers(after, PAGE)
    held = work.items.hold_all(numbers)
    work.items.save_deadlines(
        [(number, owed(one.exhibit, policy)) for number, one in held.items() if one.exhibit is not None]
    )
    work.policies.set_applied(policy.version, numbers[-1] if len(numbers) == PAGE else None)
    return len(numbers)
