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
├── SubmissionRefusal         the forensic submission is not built, authorised or closed so (submissions.py)
├── FileRefusal               the file cannot be kept (files.py)
├── PictureRefusal            the picture of a scan is not kept (pictures.py)
├── ActRefusal                the act as a whole cannot be taken (acts.py)
├── LedgerRefusal             the ledger cannot sign, prove or anchor that (ledger.py)
├── BackupRefusal             the backup cannot be made, read or restored (backups.py)
└── StoreRefusal              the store cannot keep it now (store.py), is not moved (moving.py), or another version's

No refusal knows an HTTP status: the API and the pages map classes to statuses in one table.
"""

from .acts import ActRefusal, ActTooLarge, DuplicateScan, NoOperator, SameIdOtherContent, UnknownActKind
from .base import Refusal
from .boxes import (
    BoxElsewhere,
    BoxEmpty,
    BoxHeldUp,
    BoxInItself,
    BoxNameTaken,
    BoxShut,
    InnerBoxNotSeen,
    NotForABox,
    NothingToCount,
    NotInABox,
)
from .decisions import (
    DecisionNeedsRationale,
    DecisionRefusal,
    DeferralNeedsDate,
    DeferralTooLong,
    NoSuchRecommendation,
    NothingToReopen,
    OwnExhibit,
    RankTooLow,
    RecommendationUnanswered,
    StillUndecided,
    SupervisorDecides,
    UnknownReasonCode,
)
from .ending import (
    AlreadyUnaccounted,
    DeathNotFinal,
    ExecutorIsAuthoriser,
    ForensicsOpen,
    HoldBlocks,
    NoDisposalAuthority,
    NoSuchHold,
    NotDisposed,
    NotUnaccounted,
    OicAuthorises,
    UnsentScans,
)
from .erasing import AuthoriserIsActor, ErasedAlready, MayNotAuthorise, NotAPaperCheckpoint, NotErasable
from .files import FileRefusal, FileTooLarge, NoFile, NotAnImage
from .labels import (
    BlankLabel,
    DesignRefused,
    LabelNotReleased,
    LabelOfAnotherPrinting,
    LabelRefusal,
    NotACode,
    NotAtThisStage,
    PrinterUnknown,
    ReprintNotAuthorised,
    RevokedLabel,
    StockNameTaken,
    UnknownCode,
    VoidedLabel,
    WrongKindOfCode,
)
from .laboratory import (
    EndIsSeen,
    NeverExamined,
    NothingUsedUp,
    NotWithLaboratory,
    ReportDateUnfit,
    ResultOnRecord,
    ThatIsTheItem,
)
from .ledger import (
    AnchorNotSent,
    CannotSign,
    LedgerRefusal,
    MirrorDoesNotFit,
    MirrorUnusable,
    NoAlarm,
    NoSuchHead,
    NothingAtHead,
    NotProvable,
)
from .legacy import (
    ColumnsMissing,
    GradingInThePast,
    GradingTooLate,
    GradingTooSlow,
    NobodyOfThatName,
    NothingToGrade,
    SheetUnreadable,
    TwiceInSheet,
    UnknownHere,
)
from .mending import (
    AlreadyCorrected,
    BeforeItBegan,
    BeginningStays,
    MistakeDoesNotFit,
    NoParts,
    NoSuchDiscrepancy,
    NoSuchEvent,
    NotFoundProperty,
    OwnObservation,
    PlaceClosed,
    QuantitiesDiffer,
    SecondPersonNeeded,
    StillUnknown,
    TwoWaysNeeded,
)
from .moving import (
    CannotBeKept,
    CopyDiffers,
    MoveRefusal,
    MoveUnfinished,
    NotWhatWasPublished,
    SourceBusy,
    SourceNotCurrent,
    StoreMoved,
    TargetUnusable,
)
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
from .pictures import (
    OtherPictureOfScan,
    PictureNotAsNamed,
    PictureNotJpeg,
    PictureRefusal,
    PicturesNotKept,
    PictureTooLarge,
    PictureWithoutRecord,
)
from .register import (
    AlreadyLinked,
    CaseReferenceTaken,
    NearDuplicateReference,
    NotFound,
    PlaceNotEmpty,
    ReferenceTaken,
    RegisterRefusal,
    SealInUse,
    SignInNameTaken,
    SubmissionLost,
    TeamNameTaken,
)
from .store import ChangedMeanwhile, LedgerReadOnly, OutcomeUnknown, StoreDamaged, StoreRefusal, StoreUnwritable
from .values import (
    AlreadyAcknowledged,
    BadDate,
    BadDays,
    BadInput,
    BadTime,
    CategoryExempt,
    InspectorLeftOut,
    MissingValue,
    NobodyIsCalled,
    NobodyTold,
    NotAChoice,
    NotANumber,
    NumberTooLarge,
    PolicyInThePast,
    PolicyMovedOn,
    SecondNotSignedIn,
    SeveralAreCalled,
    StageOutOfOrder,
    TooLong,
    TooMany,
    UnclassifiedExempt,
    UnprintableText,
)
from .versions import StoreTooNew, StoreTooOld

# Several on a line, since with one on each this page would be mostly names.
# isort: off
# fmt: off
from .backups import (
    BackupDamaged, BackupKeyRefused, BackupNeedsKey, BackupRefusal, BackupThere, BackupTooNew, BackupUnusable,
    DatabaseProgramFailed, EntriesMissing, InstanceNotEmpty, NoSpaceForBackup, OtherDatabaseKind, RecordsOfAnotherLog,
)
from .blank_labels import (
    ItemHasLabel, LabelInUse, LostLabel, NotAccountedFor, NotLabelNumbers, NumberStands, SeriesIsClosed,
    SeriesIsPrinted, SeriesRefusal, VoidLabel,
)
from .custody import (
    AlreadyInStore, AlreadyThere, CustodyRefusal, DecidedOtherwise, Disposed, DueBackNeeded, NeedsAReason,
    NotALaboratory, NotAStorePlace, NotInAStore, OccurredBeforeSeizure, OccurredInTheFuture, PlaceNeeded, PurposeNeeded,
    ReceiverIsActor, ReceiverNeeded, ScanSignInInstead, SealDoesNotMatch, StillBeingRegistered,
    SubmissionNeedsAuthority, SubmissionNeedsNumber, UnsuitablePlace, WitnessIsActor,
)
from .handover import (
    AlreadyOffered, AnotherWayIn, CollectorReceives, CountNeeded, MadeSafeNeeded, NoOffer, NotAtCourt, NothingToOpen,
    NotOfferedToYou, NotSentOut, NotTheHolder, NotWithCarrier, OfferToSelf, ParticularNeeded, SealNumberNeeded,
    SealUsedBefore, StillHere, StillSealed, WitnessNeeded, WrongOutsidePlace,
)
from .submissions import (
    AlreadySent, NotForSubmission, NotOnSubmission, OnAnotherSubmission, OtherLaboratory, OwnSubmission,
    SubmissionChangedMeanwhile, SubmissionNotIn, SubmissionNotOurs, SubmissionRefusal, SubmissionStillOut,
)
# fmt: on
# isort: on

__all__ = [
    "ActRefusal", "ActTooLarge", "AlreadyAcknowledged", "AlreadyCorrected", "AlreadyInStore", "AlreadyLinked",
    "AlreadyOffered",
    "AlreadySent", "AlreadyThere", "AlreadyUnaccounted", "AnchorNotSent", "AnotherWayIn", "AuthoriserIsActor",
    "BackupDamaged", "BackupKeyRefused", "BackupNeedsKey", "BackupRefusal", "BackupThere", "BackupTooNew",
    "BackupUnusable", "BadDate", "BadDays", "BadInput", "BadSignIn", "BadTime", "BeforeItBegan", "BeginningStays",
    "BlankLabel",
    "BoxElsewhere", "BoxEmpty", "BoxHeldUp", "BoxInItself", "BoxNameTaken", "BoxShut", "CannotBeKept", "CannotSign",
    "CaseReferenceTaken", "CategoryExempt", "ChangedMeanwhile", "CollectorReceives", "ColumnsMissing", "CopyDiffers",
    "CountNeeded",
    "CustodyRefusal", "DatabaseProgramFailed", "DeathNotFinal", "DecidedOtherwise", "DecisionNeedsRationale",
    "DecisionRefusal", "DeferralNeedsDate", "DeferralTooLong", "DesignRefused", "DeviceRevoked", "DeviceUnknown",
    "Disposed", "DueBackNeeded", "DuplicateScan", "EndIsSeen", "EntriesMissing", "ErasedAlready",
    "ExecutorIsAuthoriser", "FileRefusal", "FileTooLarge", "ForensicsOpen", "GradingInThePast", "GradingTooLate",
    "GradingTooSlow", "HoldBlocks", "InnerBoxNotSeen", "InspectorLeftOut", "InstanceNotEmpty", "ItemHasLabel",
    "LabelInUse", "LabelNotReleased", "LabelOfAnotherPrinting", "LabelRefusal", "LedgerReadOnly", "LedgerRefusal",
    "LinkSpent", "LostLabel", "MadeSafeNeeded", "MayNotAuthorise", "MirrorDoesNotFit", "MirrorUnusable", "MissingValue",
    "MistakeDoesNotFit", "MoveRefusal", "MoveUnfinished", "NearDuplicateReference", "NeedsAReason", "NeverExamined",
    "NoAlarm", "NoDisposalAuthority", "NoFile", "NoOffer", "NoOperator", "NoParts", "NoRight", "NoSpaceForBackup",
    "NoSuchDiscrepancy", "NoSuchEvent", "NoSuchHead", "NoSuchHold", "NoSuchRecommendation", "NobodyIsCalled",
    "NobodyOfThatName", "NobodyTold", "NotAChoice", "NotACode", "NotALaboratory", "NotANumber", "NotAPaperCheckpoint",
    "NotAStorePlace",
    "NotAccountedFor", "NotAnImage", "NotAtCourt", "NotAtThisStage", "NotDisposed", "NotErasable", "NotForABox",
    "NotForSubmission", "NotFound", "NotFoundProperty", "NotInABox", "NotInAStore", "NotLabelNumbers",
    "NotOfferedToYou", "NotOnSubmission", "NotProvable", "NotSentOut", "NotTheHolder", "NotUnaccounted",
    "NotWhatWasPublished", "NotWithCarrier", "NotWithLaboratory", "NothingAtHead", "NothingToCount", "NothingToGrade",
    "NothingToOpen", "NothingToReopen", "NothingUsedUp", "NumberStands", "NumberTooLarge", "OccurredBeforeSeizure",
    "OccurredInTheFuture", "OfferToSelf", "OicAuthorises", "OnAnotherSubmission", "OperatorSessionEnded",
    "OtherDatabaseKind", "OtherLaboratory", "OtherPictureOfScan", "OutcomeUnknown", "OwnExhibit", "OwnObservation",
    "OwnSubmission", "ParticularNeeded", "PasswordTooShort", "PasswordWrong", "PictureNotAsNamed", "PictureNotJpeg",
    "PictureRefusal", "PictureTooLarge", "PictureWithoutRecord", "PicturesNotKept", "PinNeeded", "PinTooSimple",
    "PinWrong", "PinsDiffer", "PlaceClosed", "PlaceNeeded", "PlaceNotEmpty", "PolicyInThePast", "PolicyMovedOn",
    "PrinterUnknown", "PurposeNeeded", "QuantitiesDiffer", "RankTooLow", "ReceiverIsActor", "ReceiverNeeded",
    "RecommendationUnanswered", "RecordsOfAnotherLog", "ReferenceTaken", "Refusal", "RegisterRefusal",
    "ReportDateUnfit", "ReprintNotAuthorised", "ResultOnRecord", "RevokedLabel", "SameIdOtherContent",
    "ScanSignInInstead", "SealDoesNotMatch", "SealInUse", "SealNumberNeeded", "SealUsedBefore", "SecondNotSignedIn",
    "SecondPersonNeeded", "SeriesIsClosed", "SeriesIsPrinted", "SeriesRefusal", "SeveralAreCalled", "SheetUnreadable",
    "SignInNameTaken",
    "SignInRefusal", "SignedOut", "SourceBusy", "SourceNotCurrent", "StageOutOfOrder", "StillBeingRegistered",
    "StillHere", "StillSealed", "StillUndecided", "StillUnknown", "StockNameTaken", "StoreDamaged", "StoreMoved",
    "StoreRefusal", "StoreTooNew", "StoreTooOld", "StoreUnwritable", "SubmissionChangedMeanwhile",
    "SubmissionLost", "SubmissionNeedsAuthority", "SubmissionNeedsNumber",
    "SubmissionNotIn", "SubmissionNotOurs", "SubmissionRefusal", "SubmissionStillOut", "SupervisorDecides",
    "TargetUnusable", "TeamNameTaken", "ThatIsTheItem", "TooLong", "TooMany", "TooManyAttempts", "TwiceInSheet",
    "TwoWaysNeeded", "UnclassifiedExempt", "UnknownActKind", "UnknownCode", "UnknownHere", "UnknownReasonCode",
    "UnprintableText", "UnsentScans", "UnsuitablePlace", "VoidLabel", "VoidedLabel", "WitnessIsActor", "WitnessNeeded",
    "WrongKindOfCode", "WrongOutsidePlace",
]  # fmt: skip
