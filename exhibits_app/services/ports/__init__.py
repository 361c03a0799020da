"""What the services need of the world, each promise written where it is made.

`Store.write` runs a function in a transaction and answers after it is durable; `Store.read` looks without changing.
A `Work` is one transaction's view, with one collection for each kind of thing.
"""

from .alerts import MAIL, NOWHERE, WEBHOOK, Alerts, Mailer, NewAlert, OutgoingMessage, UnsentMessage
from .away import Away, AwayAt, AwayLine
from .boxes import Boxes, Manifest
from .decisions import DecisionLine, Decisions, KeptDecision, MadeBy, Sort
from .files import Files, ImageFacts
from .items import Advised, Held, ItemLine, Items, Ledger, ListedItem, NewEntry, Photo, StoredEntry
from .labels import IssuedLabel, Labels
from .mending import ActAlarm, ActAlarms, Discrepancies, DiscrepancyLine, OpenDiscrepancy
from .people import Account, Accounts, Device, Devices, OperatorSession, SequenceGap, WebSession
from .printing import Printers, PrintJob, PrintJobs, PrintStep, Scope
from .register import Cases, MadePolicy, Places, Policies, Teams
from .scans import Acts, RecordedAct, RecordedScan, ScanLine, ScanPicture, ScanPictures, Scans
from .store import Clock, Ids, Store, Work

__all__ = [
    "MAIL",
    "NOWHERE",
    "WEBHOOK",
    "Account",
    "Accounts",
    "ActAlarm",
    "ActAlarms",
    "Acts",
    "Advised",
    "Alerts",
    "Away",
    "AwayAt",
    "AwayLine",
    "Boxes",
    "Cases",
    "Clock",
    "DecisionLine",
    "Decisions",
    "Device",
    "Devices",
    "Discrepancies",
    "DiscrepancyLine",
    "Files",
    "Held",
    "Ids",
    "ImageFacts",
    "IssuedLabel",
    "ItemLine",
    "Items",
    "KeptDecision",
    "Labels",
    "Ledger",
    "ListedItem",
    "MadeBy",
    "MadePolicy",
    "Mailer",
    "Manifest",
    "NewAlert",
    "NewEntry",
    "OpenDiscrepancy",
    "OperatorSession",
    "OutgoingMessage",
    "Photo",
    "Places",
    "Policies",
    "PrintJob",
    "PrintJobs",
    "PrintStep",
    "Printers",
    "RecordedAct",
    "RecordedScan",
    "ScanLine",
    "ScanPicture",
    "ScanPictures",
    "Scans",
    "Scope",
    "SequenceGap",
    "Sort",
    "Store",
    "StoredEntry",
    "Teams",
    "UnsentMessage",
    "WebSession",
    "Work",
]
