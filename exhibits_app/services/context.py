"""What every service is given: the store and the rest of the world, behind their ports."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import timedelta

from argon2 import PasswordHasher

from labels import verify
from labels.drawing import Drawing

from .ports import NOWHERE, Clock, Files, Ids, Mailer, Store, Work
from .ports.copies import Mirror
from .ports.erasure_records import ErasureRecords
from .ports.ledger_tree import OwnRecords, SigningKeys
from .ports.machine import Machine, UnknownMachine
from .ports.outside import PublicLog, TimeStampAuthority, WitnessClient
from .ports.printing import NoPrinters, Printers


@dataclass(frozen=True, slots=True)
class Limits:
    """How long sessions last and how many wrong attempts are forgiven (force policy)."""

    session_idle: timedelta = timedelta(minutes=30)
    session_length: timedelta = timedelta(hours=12)
    turn_idle: timedelta = timedelta(minutes=30)
    turn_length: timedelta = timedelta(hours=10)
    free_attempts: int = 5
    longest_wait: timedelta = timedelta(minutes=15)
    link_life: timedelta = timedelta(hours=24)
    # An event that was recorded longer ago is corrected by two.
    correct_alone: timedelta = timedelta(hours=24)
    # A second person signs in for labels that are printed again.
    reprint_by_two: bool = False
    # A printed label that nobody has scanned for so long is listed.
    unseen_label: timedelta = timedelta(hours=4)
    # Devices hand over a small picture of each label that led to a record.
    scan_pictures: bool = False
    # Nothing leaves under the number of another system: every submission is authorised in this register.
    own_submissions_only: bool = False
    # Health says when the newest backup is older; none where backups are made by other means.
    backup_age: timedelta | None = None


@dataclass(frozen=True, slots=True)
class Signing:
    """What the log signs with, where it remembers that and what was erased, whom outside it sends checkpoints to, and
    the copy of its entries outside the database."""

    keys: SigningKeys
    records: OwnRecords
    anchor_to: tuple[str, ...] = ()
    erasures: ErasureRecords | None = None
    mirror: Mirror | None = None


@dataclass(frozen=True, slots=True)
class Outside:
    """Who outside vouches for checkpoints, how often a time stamp is asked for, and where the log is published."""

    witnesses: tuple[WitnessClient, ...] = ()
    authorities: tuple[TimeStampAuthority, ...] = ()
    stamp_every: timedelta = timedelta(hours=1)
    public_log: PublicLog | None = None

    @property
    def anybody(self) -> bool:
        """Whether anybody is set up to vouch."""
        return bool(self.witnesses or self.authorities)


@dataclass(frozen=True, slots=True)
class Services:
    """Handed to every service function first.

    `read_labels_back` decodes every rendered label before it is released; only invented data goes without. Without
    `signing` the ledger's tree grows and nothing is signed. With
    `just_wrote` whoever asks has changed something in the last seconds.
    """

    store: Store
    clock: Clock
    ids: Ids
    files: Files
    mailer: Mailer
    hasher: PasswordHasher = field(default_factory=PasswordHasher)
    limits: Limits = field(default_factory=Limits)
    force_name: str = "Demonstration Constabulary"
    demonstration: bool = False
    read_labels_back: bool = True
    check_label: Callable[[Drawing], object] = verify.check_drawing
    signing: Signing | None = None
    outside: Outside = field(default_factory=Outside)
    webhook: Mailer = field(default_factory=lambda: NOWHERE)
    printers: Printers = field(default_factory=NoPrinters)
    machine: Machine = field(default_factory=UnknownMachine)
    just_wrote: bool = False

    def lists(self) -> AbstractContextManager[Work]:
        """A view for lists and reports: some seconds old, perhaps, unless whoever asks has just changed something."""
        return self.store.read() if self.just_wrote else self.store.lists()
