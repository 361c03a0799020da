"""The shapes of what laboratories have, report, make and send back."""

from datetime import datetime

from pydantic import BaseModel, Field

from .shapes import Aware, Shape, Uuid


class OutQuery(BaseModel):
    """Who asks, and what the list is narrowed to."""

    operator: Uuid
    lab: int | None = Field(None, ge=1, lt=2**53, description="id of the laboratory or carrier")
    overdue: bool = False
    after: str = Field("", max_length=40, description="`next` of the page before")


class PartMadeIn(Shape):
    """One part that a laboratory made. Without a quantity it is a sample and leaves the item whole."""

    description: str
    seal: str = ""
    reference: str = ""
    quantity: int | None = Field(None, ge=1, lt=2**31)


class ResultIn(Shape):
    """What a report says of one item: a laboratory's, or that of who examined it in-house or for others."""

    operator: Uuid
    laboratory: int | None = Field(None, ge=1, lt=2**53, description="id of the laboratory, as GET /codes gives it")
    examiner: str = Field("", description="the examiner or unit, where no laboratory examined it")
    report: str = Field(description="the number of the report")
    reported_at: Aware
    outcome: str = Field(description="hit, negative, inconclusive or not-examined")
    note: str = Field("", description="what was found; for not-examined, why")


class PartsMadeIn(Shape):
    """Parts, residue and declared loss, which together are what there was."""

    operator: Uuid
    laboratory: int = Field(ge=1, lt=2**53)
    parts: list[PartMadeIn] = Field(min_length=1, max_length=20)
    left: int = Field(ge=0, lt=2**31)
    lost: int = Field(0, ge=0, lt=2**31)
    reason: str = ""


class WrongItemIn(Shape):
    """What came instead of the item: its code or property reference, or words for what is nothing on record."""

    operator: Uuid
    place: int = Field(ge=1, lt=2**53, description="id of the place in a store where it is put")
    item: str = ""
    words: str = ""
    seal: str = ""
    reason: str = ""


class ResultOut(BaseModel):
    """The items whose decisions are to be made again because of it."""

    ok: bool = True
    again: bool = Field(description="whether the item's own decision is")
    reopened: list[int]


class OutItem(BaseModel):
    """One item that is out; nothing of a restricted case but that it is."""

    register_no: int
    ref: str | None
    place: int
    place_name: str
    since: datetime
    submission: str | None
    number: str | None = Field(description="the laboratory's own number")
    standing: str | None
    due_at: datetime | None
    due: str | None


class OutList(BaseModel):
    """A page, the longest out first; `next` is empty on the last."""

    ok: bool = True
    items: list[OutItem]
    next: str
