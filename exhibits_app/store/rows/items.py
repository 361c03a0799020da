"""Rows of items with their state, and of the ledger's entries behind it."""

from sqlalchemy import Index, TextClause
from sqlalchemy import text as sql_text
from sqlmodel import SQLModel

from .columns import blob, identity, instant, key_text, text, whole

_FILTERED = ("register_no", "category", "team_id", "oic_id", "store_id")
# Time limits are tried out on what stands in the index alone.
_BOARD = ("due_at", *_FILTERED, "due_kind", "forensic", "seized_at", "grade_at")
_WATCH = ("watch_at", *_FILTERED, "watch_kind")
_WATCH_KIND = ("watch_kind", "watch_at", *_FILTERED)
_DUE = sql_text("due_at IS NOT NULL")
_WATCHED = sql_text("watch_at IS NOT NULL")
_STEPS = sql_text("watch_kind <> 'sighting'")
_NOTICED = sql_text("notice_at IS NOT NULL")
_ERASED = sql_text("type = 'erase'")
_PROMOTED = sql_text("type = 'promote'")
_WITH_PERSON = sql_text("custody_kind = 'person'")
_JOINT = sql_text("joint_id IS NOT NULL")
# What was recommended and not answered, found whatever falls due before it.
_ADVISED = ("advised_at", *_FILTERED)
_WAITS = sql_text("advised_at IS NOT NULL")
# What is out for examination, or used up there and not seen: few of many, filtered and counted within the index.
_AWAY = ("away_at", "register_no", "custody_id", "watch_at", "forensic", "category", "case_id", "team_id", "oic_id")
_OUT = sql_text("away_at IS NOT NULL")
_OFFERED = sql_text("offered_to IS NOT NULL")
_BOXED = sql_text("box_id IS NOT NULL")
# Legacy stock that nobody has decided about: what is still to be graded in, and in which order.
_LEGACY = sql_text("grade_at IS NOT NULL")
_NUMBERED = sql_text("legacy_key IS NOT NULL")
_PORTIONS = ("team_id", "category", "seized_at", "register_no", "grade_at", "grade_plan")


def _narrowed(sort: str, first: str, where: TextClause) -> Index:
    """The index of a board that is narrowed to one value of `first`; the other filters are tried out within it."""
    others = (name for name in (*_FILTERED, f"{sort}_kind") if name != first)
    name = f"item_{sort}_{first.removesuffix('_id').removeprefix(f'{sort}_')}"
    return Index(name, first, f"{sort}_at", *others, sqlite_where=where, postgresql_where=where)


class ItemRow(SQLModel, table=True):
    """An item: `state` is the JSON of the whole exhibit, the other columns are what lists look for.

    `team_id` and `oic_id` are the case's, repeated here so that a list of what is due needs one index. `notice_at` is
    when the alert job looks at the item next: whatever changes the item sets it anew, the job moves it on.
    """

    __tablename__ = "item"
    __table_args__ = (
        Index("item_code", "code", unique=True),
        Index("item_own_reference", "case_id", "producer_id", "reference", unique=True),
        Index("item_case", "case_id", "register_no"),
        Index("item_place", "place_id", "register_no"),
        Index("item_store", "store_id", "register_no"),
        Index("item_reference_key", "reference_key", "register_no"),
        # The board filters and counts within the index: a row is read only when it is shown.
        Index("item_due", *_BOARD, sqlite_where=_DUE, postgresql_where=_DUE),
        Index("item_watch", *_WATCH, sqlite_where=_WATCHED, postgresql_where=_WATCHED),
        # One step of custody alone is looked for here; what waits for its scan in store is most of what there is.
        Index("item_watch_kind", *_WATCH_KIND, sqlite_where=_STEPS, postgresql_where=_STEPS),
        # Whatever the board is narrowed to comes first in an index of its own: what one officer has is never looked for
        # among what all have. Every scan moves the watch, so that has no more of these than its boards need.
        *(_narrowed("due", first, _DUE) for first in ("category", "team_id", "oic_id", "store_id", "due_kind")),
        *(_narrowed("watch", first, _WATCHED) for first in ("category", "team_id", "oic_id", "store_id")),
        Index("item_notice", "notice_at", "register_no", sqlite_where=_NOTICED, postgresql_where=_NOTICED),
        Index("item_advised", *_ADVISED, sqlite_where=_WAITS, postgresql_where=_WAITS),
        Index("item_away", *_AWAY, sqlite_where=_OUT, postgresql_where=_OUT),
        # Few items are with people, fewer are on offer: a scan in a store pays for none of these.
        Index("item_holder", "custody_id", "register_no", sqlite_where=_WITH_PERSON, postgresql_where=_WITH_PERSON),
        Index("item_joint", "joint_id", "register_no", sqlite_where=_JOINT, postgresql_where=_JOINT),
        Index("item_offered_to", "offered_to", "register_no", sqlite_where=_OFFERED, postgresql_where=_OFFERED),
        Index("item_offered_by", "offered_by", "register_no", sqlite_where=_OFFERED, postgresql_where=_OFFERED),
        Index("item_box", "box_id", "register_no", sqlite_where=_BOXED, postgresql_where=_BOXED),
        Index("item_legacy", "legacy_key", unique=True, sqlite_where=_NUMBERED, postgresql_where=_NUMBERED),
        Index("item_grade_at", "grade_at", "team_id", "grade_plan", sqlite_where=_LEGACY, postgresql_where=_LEGACY),
        Index("item_portions", *_PORTIONS, sqlite_where=_LEGACY, postgresql_where=_LEGACY),
    )

    register_no: int = whole(primary=True)
    case_id: int = whole("case_file.id")
    team_id: int | None = whole(null=True)
    oic_id: int | None = whole(null=True)
    reference: str = text()
    reference_key: str = key_text()
    producer_id: int = whole()
    category: str = text()
    description: str = text()
    hazards: str = text()
    code: str | None = text(null=True)
    seized_at: int = instant()
    seq: int = whole()
    head: str = text()
    custody_kind: str = text()
    custody_id: int = whole()
    place_id: int | None = whole("place.id", null=True)
    store_id: int | None = whole("place.id", null=True)
    joint_id: int | None = whole(null=True)
    offered_to: int | None = whole(null=True)
    offered_by: int | None = whole(null=True)
    box_id: int | None = whole(null=True)
    seal: str = text()
    forensic: str = text()
    due_at: int | None = instant(null=True)
    due_kind: str | None = text(null=True)
    watch_at: int | None = instant(null=True)
    watch_kind: str | None = text(null=True)
    watch_more: int = whole()
    notice_at: int | None = instant(null=True)
    advised_at: int | None = instant(null=True)
    away_at: int | None = instant(null=True)
    last_event_at: int = instant()
    discrepancies: int = whole()
    legacy_key: str | None = key_text(null=True)
    grade_at: int | None = instant(null=True)
    grade_plan: int = whole()
    state: str = text()


class AlsoDueRow(SQLModel, table=True):
    """A step of custody that is owed of an item beside the one that is due first, which stands in its row."""

    __tablename__ = "also_due"
    __table_args__ = (Index("also_due_kind", "kind", "due_at", "register_no"),)

    register_no: int = whole("item.register_no", primary=True)
    kind: str = text(primary=True)
    due_at: int = instant()


class SealUseRow(SQLModel, table=True):
    """A seal number and the one item or box it was ever recorded on."""

    __tablename__ = "seal_use"
    __table_args__ = (Index("seal_use_item", "register_no"),)

    seal: str = text(primary=True)
    register_no: int | None = whole("item.register_no", null=True)
    used_at: int = instant()
    box_id: int | None = whole("box.id", null=True)


class PhotoRow(SQLModel, table=True):
    """What is known of a photograph, as JSON; its bytes are in the files."""

    __tablename__ = "photo"
    __table_args__ = (Index("photo_item", "register_no", "id"),)

    id: int = identity()
    register_no: int = whole("item.register_no")
    facts: str = text()


class EntryRow(SQLModel, table=True):
    """An entry of the ledger, as the very bytes that were hashed. Nothing in it is ever changed or removed.

    Entries of the log itself have neither register number nor position, event nor act.
    """

    __tablename__ = "entry"
    __table_args__ = (
        Index("entry_position", "register_no", "seq", unique=True),
        Index("entry_event", "event_id", unique=True),
        Index("entry_leaf_hash", "leaf_hash", unique=True),
        Index("entry_erased", "id", sqlite_where=_ERASED, postgresql_where=_ERASED),
        Index("entry_promoted", "id", sqlite_where=_PROMOTED, postgresql_where=_PROMOTED),
    )

    id: int = identity()
    register_no: int | None = whole("item.register_no", null=True)
    seq: int | None = whole(null=True)
    type: str = text()
    event_id: str | None = text(null=True)
    act_id: str | None = text(null=True)
    at: int = instant()
    leaf_hash: bytes = blob()
    body: bytes = blob()


class DisclosureRow(SQLModel, table=True):
    """An entry's disclosures, one a line in the order of their facts: one row for the speed of it.

    Erasing a value is replacing its line with an empty one.
    """

    __tablename__ = "disclosure"

    entry_id: int = whole("entry.id", primary=True)
    encoded: str = text()


class PendingRow(SQLModel, table=True):
    """An entry that the Merkle tree does not hold yet."""

    __tablename__ = "pending"

    entry_id: int = whole("entry.id", primary=True)
