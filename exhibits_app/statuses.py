"""The one table from refusals to HTTP statuses; the domain knows none."""

from .domain.errors import (
    ActRefusal,
    ActTooLarge,
    BackupRefusal,
    BadInput,
    CustodyRefusal,
    DecisionRefusal,
    FileRefusal,
    FileTooLarge,
    LabelRefusal,
    LedgerRefusal,
    NoRight,
    NotFound,
    OtherPictureOfScan,
    PictureRefusal,
    PictureTooLarge,
    PictureWithoutRecord,
    Refusal,
    RegisterRefusal,
    SameIdOtherContent,
    SignInRefusal,
    StoreRefusal,
    SubmissionRefusal,
    TooManyAttempts,
)

# The most special class comes first; a test walks the tree so that none is forgotten.
STATUSES: tuple[tuple[type[Refusal], int], ...] = (
    (TooManyAttempts, 429),
    (SignInRefusal, 401),
    (NoRight, 403),
    (NotFound, 404),
    (SameIdOtherContent, 409),
    (OtherPictureOfScan, 409),
    (PictureWithoutRecord, 409),
    (PictureTooLarge, 413),
    (FileTooLarge, 413),
    (ActTooLarge, 413),
    (RegisterRefusal, 409),
    (CustodyRefusal, 409),
    (LedgerRefusal, 409),
    (BackupRefusal, 409),
    (SubmissionRefusal, 409),
    (StoreRefusal, 503),
    (BadInput, 422),
    (LabelRefusal, 422),
    (DecisionRefusal, 422),
    (FileRefusal, 422),
    (PictureRefusal, 422),
    (ActRefusal, 422),
)


def status_of(refusal: Refusal) -> int:
    """The HTTP status that this refusal is answered with. Raises LookupError for a class outside the table."""
    for kind, status in STATUSES:
        if isinstance(refusal, kind):
            return status
    raise LookupError(type(refusal).__name__)
