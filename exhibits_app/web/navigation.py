"""What the navigation and the start page offer a person: only what they may do."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from flask import Flask, request, url_for

from ..current import services, visitor
from ..domain.people import Action, may
from ..services import demonstration, health

# From here on a badge says "99+".
MOST = 100
# So many stand on every page; the start page shows them all.
FIRST = 7


@dataclass(frozen=True, slots=True)
class Offer:
    """A page on offer: its endpoint, its name, what it is for, and the actions any one of which opens it.

    The lowest `order` comes first: daily work below 50, looking things up from 50. `waiting` says how many things
    wait on the page; it is asked on every page, so it must count cheaply.
    """

    endpoint: str
    name: str
    what: str
    actions: tuple[Action, ...]
    order: int = 50
    waiting: Callable[[], int] | None = None

    def called(self, count: int) -> str:
        """Its name, with how many things wait there."""
        return f"{self.name} ({count if count < MOST else f'{MOST - 1}+'})" if count else self.name


# Pages add themselves here.
OFFERS: list[Offer] = []


def offers() -> Iterator[Offer]:
    """What the person signed in is offered."""
    known = visitor()
    if known is not None:
        for offer in sorted(OFFERS, key=lambda one: one.order):
            if not offer.actions or any(may(known.person, action) for action in offer.actions):
                yield offer


def register(app: Flask) -> None:
    """Give the templates `navigation()`, `tasks()` and `alerts_stopped()`."""

    def navigation() -> list[tuple[str, str, bool]]:
        """The first of them, the page one is on, and those where something waits; then the way to the others."""
        here = (request.blueprint or "").split(".")[0]
        shown, left_out = [], False
        for place, one in enumerate(offers()):
            count = one.waiting() if one.waiting else 0
            current = one.endpoint.split(".")[0] == here
            if place < FIRST or count or current:
                shown.append((one.called(count), url_for(one.endpoint), current))
            else:
                left_out = True
        return [*shown, ("Everything else", url_for("start.start"), False)] if left_out else shown

    def stopped() -> str:
        """Said on every page but the board, which says it in its own first lines."""
        known = visitor()
        return health.alerts_stopped(services(), known.person) if known and request.blueprint != "board" else ""

    def tasks() -> list[tuple[str, str, str]]:
        return [(one.name, url_for(one.endpoint), one.what) for one in offers()]

    app.jinja_env.globals.update(
        navigation=navigation, tasks=tasks, alerts_stopped=stopped, demonstration_names=lambda: demonstration.NAMES
    )
