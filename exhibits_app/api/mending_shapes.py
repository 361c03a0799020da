"""The shapes of what is not a scan: dividing, naming, correcting, settling."""

from typing import Any

from pydantic import BaseModel, Field

from .shapes import Aware, Shape, Uuid


class ItemPath(BaseModel):
    """An item, by its property reference."""

    register_no: int = Field(ge=1, lt=2**53)


class OfOperator(BaseModel):
    """Who asks."""

    operator: Uuid


class Vouched(Shape):
    """Who does it, and who stands by it: operator sessions at this device."""

    operator: Uuid
    witness: Uuid | None = Field(None, description="the second person, signed in with their own badge and PIN")
    reason: str = ""


class PartIn(Shape):
    """One part that is taken from an item. Without a reference it gets the parent's with a running number."""

    description: str
    quantity: int = Field(ge=1, lt=2**31)
    reference: str = ""
    seal: str = ""
    keep_both: bool = Field(False, description="the reference is meant, although it looks like another")


class SplitIn(Vouched):
    """Parts, residue and declared loss, which together are what there was."""

    parts: list[PartIn] = Field(min_length=1, max_length=20)
    left: int = Field(ge=0, lt=2**31)
    lost: int = Field(0, ge=0, lt=2**31)
    seal: str = Field("", description="the seal as read before the parts were taken")


class RelabelIn(Vouched):
    """Two of: the seal number, a photograph's SHA-256, the serial number or description, a second person."""

    seal: str = ""
    photograph: str = ""
    description: str = ""


class PromoteIn(Vouched):
    """Found property that becomes an exhibit. Without a reference it gets its producer's next."""

    category: str
    reference: str = ""
    case: str = Field("", description="reference of the case, where it is another one")
    keep_both: bool = False


class CorrectIn(Vouched):
    """What was wrong with an event, and of the values the one that the mistake is about."""

    event: Uuid
    mistake: str = Field(description="wrong item, wrong place, wrong time, wrong person, wrong seal, did not happen")
    place: int | None = Field(None, description="id of the place, as GET /codes gives it")
    person: int | None = Field(None, description="id of the person")
    occurred_at: Aware | None = None
    seal: str = ""
    item: str = Field("", description="code or property reference of the other item")


class SettleIn(Vouched):
    """What became of a discrepancy. The reason is needed."""

    event: Uuid = Field(description="the event that raised it")
    discrepancy: str
    finding: str
    seal: str = Field("", description="the seal that stands, where the seal was in doubt")


class SplitOut(BaseModel):
    """The property references of the parts, in their order."""

    ok: bool = True
    parts: list[int]


class PromoteOut(BaseModel):
    """The exhibit reference that it has now."""

    ok: bool = True
    reference: str


class HistoryOut(BaseModel):
    """The events of an item in the order of their timeline, and the discrepancies that are open."""

    ok: bool = True
    events: list[dict[str, Any]]
    discrepancies: list[dict[str, Any]]
