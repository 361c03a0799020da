"""A unit of work: one transaction, with a collection for each kind of thing, made when first asked for."""

from functools import cached_property

from .caches import Caches
from .repositories.accounts import SqlAccounts
from .repositories.acts import SqlActs
from .repositories.alerts import SqlAlerts
from .repositories.cases import SqlCases
from .repositories.checkpoints import SqlCheckpoints
from .repositories.devices import SqlDevices
from .repositories.items import SqlItems
from .repositories.labels import SqlLabels
from .repositories.ledger import SqlLedger
from .repositories.places import SqlPlaces
from .repositories.policies import SqlPolicies
from .repositories.scans import SqlScans
from .repositories.teams import SqlTeams
from .repositories.tree import SqlLedgerTree
from .sql import Session


class SqlWork:
    """Implements the Work port over one transaction."""

    def __init__(self, session: Session, caches: Caches) -> None:
        self._session = session
        self._caches = caches

    @cached_property
    def items(self) -> SqlItems:
        return SqlItems(self._session)

    @cached_property
    def ledger(self) -> SqlLedger:
        return SqlLedger(self._session, self._caches)

    @cached_property
    def tree(self) -> SqlLedgerTree:
        return SqlLedgerTree(self._session)

    @cached_property
    def checkpoints(self) -> SqlCheckpoints:
        return SqlCheckpoints(self._session)

    @cached_property
    def cases(self) -> SqlCases:
        return SqlCases(self._session)

    @cached_property
    def places(self) -> SqlPlaces:
        return SqlPlaces(self._session)

    @cached_property
    def teams(self) -> SqlTeams:
        return SqlTeams(self._session)

    @cached_property
    def policies(self) -> SqlPolicies:
        return SqlPolicies(self._session, self._caches)

    @cached_property
    def accounts(self) -> SqlAccounts:
        return SqlAccounts(self._session)

    @cached_property
    def devices(self) -> SqlDevices:
        return SqlDevices(self._session)

    @cached_property
    def labels(self) -> SqlLabels:
        return SqlLabels(self._session)

    @cached_property
    def acts(self) -> SqlActs:
        return SqlActs(self._session)

    @cached_property
    def scans(self) -> SqlScans:
        return SqlScans(self._session)

    @cached_property
    def alerts(self) -> SqlAlerts:
        return SqlAlerts(self._session)
