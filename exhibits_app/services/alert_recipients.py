"""Who stands behind the words of the escalation table: the OIC, the supervisor, whoever has the item in hand."""

from dataclasses import dataclass, field

from ..domain.cases import Case
from ..domain.clocked import Clocked
from ..domain.exhibit import CustodyKind
from ..domain.people import Role, ScopeKind
from .ports import Account, Work

HOLDER = "holder"  # Whoever has this very item in hand; all others are the same for a whole case.


@dataclass(frozen=True, slots=True)
class Recipients:
    """Who stands behind the words of the escalation table, as far as one round has asked."""

    submissions: tuple[int, ...]
    inspectors: dict[int | None, tuple[int, ...]]
    left: dict[int, bool] = field(default_factory=dict)
    known: dict[tuple[tuple[str, ...], int, int | None], list[int]] = field(default_factory=dict)

    @staticmethod
    def load(work: Work) -> "Recipients":
        """As the accounts are now."""
        submissions = tuple(account.person.id for account in work.accounts.with_role(Role.SUBMISSIONS))
        inspectors: dict[int | None, list[int]] = {}
        for account in work.accounts.with_role(Role.SUPERVISOR):
            if account.person.inspects:
                for scope in _scopes(account):
                    inspectors.setdefault(scope, []).append(account.person.id)
        return Recipients(submissions, {team: tuple(ids) for team, ids in inspectors.items()})

    def told(self, work: Work, tells: tuple[str, ...], exhibit: Clocked, case: Case) -> list[int]:
        """The people behind the words of a stage who are still here; where there is nobody, whoever can act.

        The last to stand in is the submissions unit, since an exhibit that nobody is told of is forgotten.
        """
        if HOLDER in tells:
            return self._here(work, tells, exhibit, case)
        key = (tells, case.id, exhibit.case.oic.id if exhibit.case.oic else None)
        found = self.known.get(key)
        if found is None:
            found = self.known[key] = self._here(work, tells, exhibit, case)
        return found

    def _here(self, work: Work, tells: tuple[str, ...], exhibit: Clocked, case: Case) -> list[int]:
        supervisor = case.supervisor.id if case.supervisor else None
        for words in (tells, ("supervisor",), ("inspector",), ("submissions",)):
            named = {person for word in words for person in self._of(word, exhibit, supervisor, case.team)}
            here = sorted(person for person in named if self._is_here(work, person))
            if here:
                return here
        return []

    def _is_here(self, work: Work, person: int) -> bool:
        if person not in self.left:
            self.left[person] = not work.accounts.person(person).active
        return not self.left[person]

    def _of(self, word: str, exhibit: Clocked, supervisor: int | None, team: int | None) -> tuple[int, ...]:
        if word == "oic":
            return (exhibit.case.oic.id,) if exhibit.case.oic else ()
        if word == "supervisor":
            return (supervisor,) if supervisor else self._inspectors(team)
        if word == "submissions":
            return self.submissions
        if word == HOLDER:
            return _holders(exhibit)
        return self._inspectors(team)

    def _inspectors(self, team: int | None) -> tuple[int, ...]:
        return self.inspectors.get(team) or self.inspectors.get(None) or ()


def _holders(exhibit: Clocked) -> tuple[int, ...]:
    """Whoever has the item in hand, and whoever is to take it; nobody where a store or an organisation has it."""
    holder = (exhibit.custody.id,) if exhibit.custody.kind is CustodyKind.PERSON else ()
    joint = (exhibit.joint.id,) if exhibit.joint else ()
    return (*holder, *joint, *((exhibit.offer.receiver.id,) if exhibit.offer else ()))


def _scopes(account: Account) -> list[int | None]:
    return [
        None if grant.kind is ScopeKind.FORCE else grant.scope
        for grant in account.person.grants
        if grant.role is Role.SUPERVISOR and grant.kind in {ScopeKind.FORCE, ScopeKind.TEAM}
    ]
