"""Every refusal the service can give: a class with its facts, a code for machines and a sentence for people.

Refusal
├── BadInput                  what was sent cannot be understood or is out of bounds (values.py of this package)
├── SignInRefusal             who is asking is not established (people.py)
├── NoRight                   who is asking may not do this (people.py)
├── NotFound                  there is no such thing, or this person may not know of it (register.py)
├── RegisterRefusal           the register does not allow it (register.py)
├── LabelRefusal              the code read is not one that can be acted on (labels.py)
├── CustodyRefusal            the exhibit's own state does not allow it (custody.py)
├── DecisionRefusal           the forensic decision is not allowed (decisions.py)
├── FileRefusal               the file cannot be kept (files.py)
├── ActRefusal                the act as a whole cannot be taken (acts.py)
├── LedgerRefusal             the ledger cannot sign, prove or anchor that (ledger.py)
└── StoreRefusal              the store cannot keep it now (store.py)

No refusal knows an HTTP status: the API and the pages map classes to statuses in one table.
"""

from .acts import ActRefusal, ActTooLarge, DuplicateScan, NoOperator, SameIdOtherContent, UnknownActKind
from .base import Refusal
from .custody import (
    AlreadyInStore,
    AlreadyThere,
    CustodyRefusal,
    DecidedOtherwise,
    Disposed,
    DueBackNeeded,
    NeedsAReason,
    NotALaboratory,
    NotAStorePlace,
    NotInAStore,
    OccurredBeforeSeizure,
    OccurredInTheFuture,
    PlaceNeeded,
    PurposeNeeded,
    ReceiverIsActor,
    ReceiverNeeded,
    ScanSignInInstead,
    SealDoesNotMatch,
    StillBeingRegistered,
    SubmissionNeedsAuthority,
    SubmissionNeedsNumber,
    UnsuitablePlace,
    WitnessIsActor,
)
from .decisions import (
    DecisionNeedsRationale,
    DecisionRefusal,
    DeferralNeedsDate,
    DeferralTooLong,
    OwnExhibit,
    RankTooLow,
    SupervisorDecides,
    UnknownReasonCode,
)
from .files import FileRefusal, FileTooLarge, NoFile, NotAnImage
from .labels import (
    BlankLabel,
    LabelNotReleased,
    LabelRefusal,
    NotACode,
    RevokedLabel,
    UnknownCode,
    WrongKindOfCode,
)
from .ledger import AnchorNotSent, CannotSign, LedgerRefusal, NotProvable
from .people import (
    BadSignIn,
    DeviceRevoked,
    DeviceUnknown,
    LinkSpent,
    NoRight,
    OperatorSessionEnded,
    PasswordTooShort,
    PasswordWrong,
    PinNeeded,
    PinsDiffer,
    PinTooSimple,
    PinWrong,
    SignedOut,
    SignInRefusal,
    TooManyAttempts,
)
from .register import (
    CaseReferenceTaken,
    NearDuplicateReference,
    NotFound,
    ReferenceTaken,
    RegisterRefusal,
    SealInUse,
    SignInNameTaken,
    TeamNameTaken,
)
from .store import ChangedMeanwhile, LedgerReadOnly, StoreRefusal
from .values import BadInput, BadTime, MissingValue, NotAChoice, NotANumber, TooLong, TooMany, UnprintableText

__all__ = [
    "ActRefusal",
    "ActTooLarge",
    "AlreadyInStore",
    "AlreadyThere",
    "AnchorNotSent",
    "BadInput",
    "BadSignIn",
    "BadTime",
    "BlankLabel",
    "CannotSign",
    "CaseReferenceTaken",
    "ChangedMeanwhile",
    "CustodyRefusal",
    "DecidedOtherwise",
    "DecisionNeedsRationale",
    "DecisionRefusal",
    "DeferralNeedsDate",
    "DeferralTooLong",
    "DeviceRevoked",
    "DeviceUnknown",
    "Disposed",
    "DueBackNeeded",
    "DuplicateScan",
    "FileRefusal",
    "FileTooLarge",
    "LabelNotReleased",
    "LabelRefusal",
    "LedgerReadOnly",
    "LedgerRefusal",
    "LinkSpent",
    "MissingValue",
    "NearDuplicateReference",
    "NeedsAReason",
    "NoFile",
    "NoOperator",
    "NoRight",
    "NotAChoice",
    "NotACode",
    "NotALaboratory",
    "NotANumber",
    "NotAStorePlace",
    "NotAnImage",
    "NotFound",
    "NotInAStore",
    "NotProvable",
    "OccurredBeforeSeizure",
    "OccurredInTheFuture",
    "OperatorSessionEnded",
    "OwnExhibit",
    "PasswordTooShort",
    "PasswordWrong",
    "PinNeeded",
    "PinTooSimple",
    "PinWrong",
    "PinsDiffer",
    "PlaceNeeded",
    "PurposeNeeded",
    "RankTooLow",
    "ReceiverIsActor",
    "ReceiverNeeded",
    "ReferenceTaken",
    "Refusal",
    "RegisterRefusal",
    "RevokedLabel",
    "SameIdOtherContent",
    "ScanSignInInstead",
    "SealDoesNotMatch",
    "SealInUse",
    "SignInNameTaken",
    "SignInRefusal",
    "SignedOut",
    "StillBeingRegistered",
    "StoreRefusal",
    "SubmissionNeedsAuthority",
    "SubmissionNeedsNumber",
    "SupervisorDecides",
    "TeamNameTaken",
    "TooLong",
    "TooMany",
    "TooManyAttempts",
    "UnknownActKind",
    "UnknownCode",
    "UnknownReasonCode",
    "UnprintableText",
    "UnsuitablePlace",
    "WitnessIsActor",
    "WrongKindOfCode",
]
