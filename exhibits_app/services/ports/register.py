"""Cases, places, teams and the versions of the policy."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from ...domain.cases import Case
from ...domain.places import Place, PlaceKind, Suits
from ...domain.policy import Policy


class Cases(Protocol):
    """Every case."""

    def add(self, case: Case, opened_at: datetime, opened_by: int) -> Case:
        """Keep a new case and give it its id. Raises CaseReferenceTaken."""

    def save(self, case: Case) -> None:
        """Keep a case's new particulars."""

    def find(self, case: int) -> Case:
        """The case. Raises NotFound."""

    def meet(self, cases: Iterable[int]) -> None:
        """Look these up together, so that `find` need not ask for each again while this reading or change lasts."""

    def by_reference(self, reference: str) -> Case:
        """The case of this reference, whatever its letter case. Raises NotFound."""

    def visible_to(
        self, person: int, teams: frozenset[int], everything: bool, silent: bool, text: str, after: int, limit: int
    ) -> list[Case]:
        """Cases newest first, with ids below `after` (0: from the newest) and `text` in reference or title.

        Open cases of the teams (or all with `everything`), and whatever this person belongs to; restricted ones only
        when they belong, or with `silent`.
        """


class Places(Protocol):
    """Stores with their rooms, bays and shelves, and outside organisations."""

    def add(self, name: str, kind: PlaceKind, parent: int | None, suits: frozenset[Suits]) -> Place:
        """Keep a new place; its full name begins with its parent's."""

    def find(self, place: int) -> Place:
        """The place. Raises NotFound."""

    def close(self, places: Iterable[int], at: datetime, by: int) -> None:
        """Nothing new goes to these places from now on; their history stays."""

    def all(self) -> list[Place]:
        """Every place by full name."""

    def stores(self) -> list[Place]:
        """The stores by name."""


class Teams(Protocol):
    """Teams of officers."""

    def add(self, name: str) -> int:
        """Keep a new team and give its id."""

    def all(self) -> dict[int, str]:
        """Names by id."""


@dataclass(frozen=True, slots=True)
class MadePolicy:
    """A version of the time limits, the id of the person who set it, and why."""

    policy: Policy
    made_by: int
    note: str


class Policies(Protocol):
    """Versions of the force's time limits, and how far the items' deadlines are brought up to the one in force."""

    def add(self, made: Policy, made_by: int, note: str) -> Policy:
        """Keep it as the next version, whatever its number was, and give it. Raises ChangedMeanwhile on a race."""

    def current(self, at: datetime) -> Policy:
        """The version in force at that moment; the defaults before the first."""

    def all(self) -> list[MadePolicy]:
        """Every version with its maker and note, newest first."""

    def applied(self) -> tuple[int, int | None] | None:
        """The version that deadlines are being brought up to, and the last item done; None for that when all are.

        None before any was.
        """

    def set_applied(self, version: int, after: int | None) -> None:
        """Deadlines are brought up to this version as far as this item, or all of them."""
