"""The shapes of printings and of confirming their labels."""

from pydantic import BaseModel, Field

from .shapes import Shape, Uuid


class PrintingPath(BaseModel):
    """A printing, by its number."""

    printing: int = Field(ge=1, lt=2**53)


class PrintingsQuery(BaseModel):
    """Who asks, and which page."""

    operator: Uuid
    before: int = Field(0, ge=0, lt=2**53, description="the next_before of the page before; 0 for the newest")


class ConfirmIn(Shape):
    """A label that somebody has before them. `printing`: refuse it unless it is of this one."""

    operator: Uuid
    code: str = Field(max_length=80)
    printing: int | None = Field(None, ge=1, lt=2**53)


class PrintingOut(BaseModel):
    """A printing. `state`: queued, sending, sent, confirmed, failed or voided."""

    printing: int
    state: str
    labels: int
    stock: str
    printer: str | None
    made_at: str
    made_by: str
    reprints: int | None
    reason: str | None


class ListedPrinting(PrintingOut):
    """A printing on the list. `waiting` counts labels that nobody has scanned; `overdue`: for hours."""

    waiting: int
    overdue: bool


class PrintingsOut(BaseModel):
    """A page of printings, the newest first."""

    ok: bool
    printings: list[ListedPrinting]
    next_before: int | None


class PrintedLabel(BaseModel):
    """A label of a printing. `state`: printed (waits for its first scan), live, revoked or void."""

    code: str
    printed: str
    of: str
    state: str
    confirmed_at: str | None
    confirmed_by: str | None


class PrintingStep(BaseModel):
    """A step; `by` is null for what the service did itself."""

    at: str
    by: str | None
    step: str
    state: str
    says: str


class OnePrintingOut(BaseModel):
    """A printing with its labels and its steps, the first first."""

    ok: bool
    printing: PrintingOut
    labels: list[PrintedLabel]
    steps: list[PrintingStep]


class ConfirmedOut(BaseModel):
    """The label counts. `waiting`: how many of its printing still wait."""

    ok: bool
    printing: int
    code: str
    sentence: str
    waiting: int
