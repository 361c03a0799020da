"""The shapes of what the API takes, as pydantic models: they become the OpenAPI description."""

from datetime import UTC, datetime
from typing import Annotated, Any, ClassVar

from flask_openapi3.models import RawModel
from pydantic import BaseModel, ConfigDict, Field, model_validator

from ..domain.errors import BadTime
from ..domain.events import Condition
from ..services.act_shapes import MOST_ACTS, MOST_ITEMS, Act, ScannedItem

Uuid = Annotated[str, Field(pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$")]
Aware = Annotated[datetime, Field(description="ISO 8601 with an offset, UTC preferred")]


class Shape(BaseModel):
    """A shape that refuses members it does not know: a misspelt one would otherwise be lost in silence."""

    model_config = ConfigDict(extra="forbid", str_max_length=1_000)


class ItemIn(Shape):
    """One item of an act."""

    scan: Uuid = Field(description="UUIDv7 made by the device for this very scan; becomes the event's id")
    code: str = Field(max_length=200, description="the item's code as scanned or typed")
    seal: str | None = Field(None, description="the seal number as read from the bag")
    occurred_at: Aware | None = None
    method: str = Field("scan", pattern="^(scan|manual)$")
    new_seal: str | None = Field(None, description="SEAL, LAB_RETURN, RE_SEIZE: the number of the new seal")
    number: str | None = Field(None, description="the laboratory's, court's, receipt's, certificate's or lot number")
    counted: str | None = Field(None, description="BOOK_IN of cash or drugs: what two people counted or weighed")
    condition: Condition | None = Field(None, description="the item's condition as found")


class ActIn(Shape):
    """What was done, by whom, to which items."""

    id: Uuid = Field(description="UUIDv7 made by the device")
    kind: str = Field(max_length=40)
    device_seq: int = Field(ge=1, lt=2**53, description="the device's own running number")
    occurred_at: Aware
    clock_offset_ms: int = Field(0, ge=-(2**40), le=2**40, description="the server's clock less the device's")
    operator: Uuid | None = Field(None, description="operator session")
    witness: Uuid | None = None
    receiver: Uuid | None = None
    to: str | None = Field(None, max_length=200, description="code of a place, of a box or of a badge")
    purpose: str | None = None
    due_back: Aware | None = None
    submission: str | None = None
    authority: str | None = None
    reason: str | None = None
    joint: Uuid | None = Field(None, description="SIGN_OUT: the turn of a second person who takes the items too")
    bound_for: str | None = Field(None, max_length=200, description="COLLECT: code of the store they go to")
    made_safe_by: str | None = Field(None, description="BOOK_IN of a firearm: who made it safe")
    present: str | None = Field(None, description="VIEW: who was present")
    opened: bool | None = Field(None, description="VIEW: whether the packaging was opened")
    text: str | None = Field(
        None, description="search, legal basis, claimant, auctioneer, unit, report or result, by the kind of act"
    )
    identity: str | None = Field(None, description="RESTORE: how the claimant proved who they are")
    method: str | None = Field(None, description="AUTHORISE_DISPOSAL: restore, destroy, auction or retain")
    hold: str | None = Field(None, description="HOLD, RELEASE_HOLD: what the hold is for")
    until: Aware | None = Field(None, description="REVIEW: the date of the next review")
    items: list[ItemIn] = Field(min_length=1, max_length=MOST_ITEMS)


class ActsIn(Shape):
    """One act, or a queue of them as {"acts": [...]}."""

    acts: list[ActIn] = Field(min_length=1, max_length=MOST_ACTS)

    @model_validator(mode="before")
    @classmethod
    def _one_is_a_queue_of_one(cls, body: Any) -> Any:
        if isinstance(body, dict) and "acts" not in body:
            return {"acts": [body]}
        return body


class TurnIn(Shape):
    """A badge and its PIN; the badge alone switches to a turn that is live on this device."""

    badge: str = Field(max_length=200)
    pin: str | None = Field(None, max_length=20)


class CodePath(BaseModel):
    """A code as scanned or typed."""

    code: str = Field(max_length=200)


class SessionPath(BaseModel):
    """An operator session."""

    session: str = Field(max_length=60)


class ScanPath(BaseModel):
    """A scan that is on record."""

    scan: Uuid


class PictureName(BaseModel):
    """What the picture's bytes hash to."""

    sha256: str = Field(pattern=r"^[0-9a-f]{64}$", description="SHA-256 of the body, in hex")


class PictureIn(RawModel):
    """A picture as its bytes."""

    mimetypes: ClassVar[list[str]] = ["image/jpeg"]


class ErrorOut(BaseModel):
    """The one shape of every error."""

    ok: bool = False
    code: str
    error: str
    status: int


class VerdictOut(BaseModel):
    """What became of one item."""

    scan: str
    code: str
    verdict: str
    register_no: int | None
    ref: str | None
    error_code: str | None
    sentence: str


class ActOut(BaseModel):
    """What became of one act."""

    id: str
    status: str
    code: str | None
    error: str | None
    items: list[VerdictOut]


class ActsOut(BaseModel):
    """What became of every act, in the order they were sent."""

    ok: bool = True
    acts: list[ActOut]


class TurnOut(BaseModel):
    """A person's turn at the device."""

    session: str
    name: str
    rank: str
    called: str
    expires_at: str


class OperatorOut(BaseModel):
    """A turn begun or switched to."""

    ok: bool = True
    operator: TurnOut


class ClockOut(BaseModel):
    """The server's time, for measuring a device's offset."""

    ok: bool = True
    now: str
    pictures: bool = Field(description="whether devices hand over pictures of scans that led to a record")


class CodeOut(BaseModel):
    """What a code is, and in what state."""

    ok: bool = True
    code: str
    printed: str
    type: str
    state: str
    subject: dict[str, Any] | None
    sentence: str


class DoneOut(BaseModel):
    """It is done."""

    ok: bool = True


def to_act(given: ActIn) -> Act:
    """The act as the services take it. Raises BadTime for a time without an offset, or of no year that UTC has."""
    for moment in (given.occurred_at, given.due_back, given.until, *(item.occurred_at for item in given.items)):
        if moment is not None and moment.tzinfo is None:
            raise BadTime("occurred_at", "every time with its offset, such as Z; what you sent lacks one")
    return Act(
        id=given.id,
        kind=given.kind,
        device_seq=given.device_seq,
        occurred_at=_utc(given.occurred_at),
        items=tuple(_item(item) for item in given.items),
        content=given.model_dump(mode="json", exclude_none=True),
        clock_offset_ms=given.clock_offset_ms,
        operator=given.operator,
        witness=given.witness,
        receiver=given.receiver,
        to=given.to,
        purpose=given.purpose,
        due_back=given.due_back,
        submission=given.submission,
        authority=given.authority,
        reason=given.reason,
        joint=given.joint,
        bound_for=given.bound_for,
        made_safe_by=given.made_safe_by,
        present=given.present,
        opened=bool(given.opened),
        text=given.text,
        identity=given.identity,
        method=given.method,
        hold=given.hold,
        until=given.until,
    )


def _utc(moment: datetime) -> datetime:
    try:
        return moment.astimezone(UTC)
    except OverflowError:
        raise BadTime("occurred_at", "a time between the years 1 and 9999 in UTC") from None


def _item(given: ItemIn) -> ScannedItem:
    return ScannedItem(
        given.scan,
        given.code,
        _seal(given.seal),
        given.occurred_at and _utc(given.occurred_at),
        given.method,
        _seal(given.new_seal),
        given.number,
        given.counted,
        given.condition,
    )


def _seal(text: str | None) -> str | None:
    """A seal as the register writes it."""
    return " ".join(text.split()).upper() or None if text else None
