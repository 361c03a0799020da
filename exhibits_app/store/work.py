"""A unit of work: one transaction, with a collection for each kind of thing, made when first asked for."""

from .caches import Caches
from .once import once
from .repositories.accounts import SqlAccounts
from .repositories.act_alarms import SqlActAlarms
from .repositories.acts import SqlActs
from .repositories.alerts import SqlAlerts
from .repositories.away import SqlAway
from .repositories.blank_labels import SqlBlankLabels
from .repositories.boxes import SqlBoxes
from .repositories.calendars import SqlCalendars
from .repositories.case_links import SqlCaseLinks
from .repositories.cases import SqlCases
from .repositories.checkpoints import SqlCheckpoints
from .repositories.closed_logs import SqlClosedLogs
from .repositories.copies import SqlCopies
from .repositories.decisions import SqlDecisions
from .repositories.devices import SqlDevices
from .repositories.discrepancies import SqlDiscrepancies
from .repositories.erasures import SqlErasures
from .repositories.gradings import SqlGradings
from .repositories.items import SqlItems
from .repositories.label_designs import SqlLabelDesigns
from .repositories.labels import SqlLabels
from .repositories.ledger import SqlLedger
from .repositories.notices import SqlNotices
from .repositories.places import SqlPlaces
from .repositories.policies import SqlPolicies
from .repositories.print_jobs import SqlPrintJobs
from .repositories.scan_pictures import SqlScanPictures
from .repositories.scans import SqlScans
from .repositories.submissions import SqlSubmissions
from .repositories.teams import SqlTeams
from .repositories.tree import SqlLedgerTree
from .repositories.trends import SqlTrends
from .sql import Session


class SqlWork:
    """Implements the Work port over one transaction."""

    def __init__(self, session: Session, caches: Caches) -> None:
        self._session = session
        self._caches = caches

    def say(self) -> None:
        """Tell the database what it was not told yet: before its commit. Raises ChangedMeanwhile."""
        self._session.say()

    @once
    def items(self) -> SqlItems:
        return SqlItems(self._session)

    @once
    def away(self) -> SqlAway:
        return SqlAway(self._session)

    @once
    def ledger(self) -> SqlLedger:
        return SqlLedger(self._session)

    @once
    def tree(self) -> SqlLedgerTree:
        return SqlLedgerTree(self._session)

    @once
    def checkpoints(self) -> SqlCheckpoints:
        return SqlCheckpoints(self._session)

    @once
    def calendars(self) -> SqlCalendars:
        return SqlCalendars(self._session)

    @once
    def gradings(self) -> SqlGradings:
        return SqlGradings(self._session)

    @once
    def closed_logs(self) -> SqlClosedLogs:
        return SqlClosedLogs(self._session)

    @once
    def copies(self) -> SqlCopies:
        return SqlCopies(self._session)

    @once
    def erasures(self) -> SqlErasures:
        return SqlErasures(self._session)

    @once
    def cases(self) -> SqlCases:
        return SqlCases(self._session)

    @once
    def case_links(self) -> SqlCaseLinks:
        return SqlCaseLinks(self._session)

    @once
    def boxes(self) -> SqlBoxes:
        return SqlBoxes(self._session)

    @once
    def places(self) -> SqlPlaces:
        return SqlPlaces(self._session)

    @once
    def teams(self) -> SqlTeams:
        return SqlTeams(self._session)

    @once
    def policies(self) -> SqlPolicies:
        return SqlPolicies(self._session, self._caches)

    @once
    def accounts(self) -> SqlAccounts:
        return SqlAccounts(self._session)

    @once
    def devices(self) -> SqlDevices:
        return SqlDevices(self._session)

    @once
    def labels(self) -> SqlLabels:
        return SqlLabels(self._session)

    @once
    def blanks(self) -> SqlBlankLabels:
        return SqlBlankLabels(self._session)

    @once
    def label_designs(self) -> SqlLabelDesigns:
        return SqlLabelDesigns(self._session)

    @once
    def print_jobs(self) -> SqlPrintJobs:
        return SqlPrintJobs(self._session)

    @once
    def submissions(self) -> SqlSubmissions:
        return SqlSubmissions(self._session)

    @once
    def acts(self) -> SqlActs:
        return SqlActs(self._session)

    @once
    def scans(self) -> SqlScans:
        return SqlScans(self._session)

    @once
    def scan_pictures(self) -> SqlScanPictures:
        return SqlScanPictures(self._session)

    @once
    def alerts(self) -> SqlAlerts:
        return SqlAlerts(self._session)

    @once
    def notices(self) -> SqlNotices:
        return SqlNotices(self._session)

    @once
    def trends(self) -> SqlTrends:
        return SqlTrends(self._session)

    @once
    def decisions(self) -> SqlDecisions:
        return SqlDecisions(self._session)

    @once
    def discrepancies(self) -> SqlDiscrepancies:
        return SqlDiscrepancies(self._session)

    @once
    def act_alarms(self) -> SqlActAlarms:
        return SqlActAlarms(self._session)
