"""A receipt for property that was taken from somebody or given back: what, when, who, references, hazards, signatures.

An item's code stands on it in words alone. A receipt that scans as the item would let paper stand in for the thing.
"""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import Literal, get_args

from labels.document import Document, Table
from labels.errors import ReceiptRefused
from labels.payload import parse, printed

Kind = Literal["taken", "returned"]
_LONGEST = 2000  # characters of any text
MOST_ITEMS = 500
_TITLES = {"taken": "Receipt: property taken", "returned": "Receipt: property returned"}
_TAKEN = (
    "The officer named above has taken these items. This receipt says what was taken, and nothing of whose it is. "
    "Keep it: its number is what to ask by."
)
_RETURNED = (
    "I have received the items above. I looked at each, and it is what this paper says, unless I have written "
    "otherwise on it."
)
_COLUMNS = (("Exhibit", 26.0), ("What it is", 62.0), ("Seal", 26.0), ("Property", 22.0), ("Code", 38.0))


@dataclass(frozen=True, slots=True)
class ReceiptItem:
    """One thing. `code` is its label's, checked. Raises ReceiptRefused, and NotACode or CheckFails for the code."""

    description: str
    exhibit_ref: str = ""
    property_ref: str = ""
    seal: str = ""
    code: str = ""
    hazards: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        _check_texts(self, "description")
        if self.code:
            parse(self.code)


@dataclass(frozen=True, slots=True)
class Receipt:
    """`person` gave the items up or got them back, `officer` took or gave them. Times are text, in local time.

    The title of a case does not stand on a receipt. Raises ReceiptRefused.
    """

    kind: Kind
    number: str
    when: str
    person: str
    officer: str
    items: tuple[ReceiptItem, ...]
    force_name: str = ""
    where: str = ""
    case_ref: str = ""
    reason: str = ""
    witness: str = ""

    def __post_init__(self) -> None:
        _check_texts(self, "number", "when", "person", "officer")
        if self.kind not in get_args(Kind):
            raise ReceiptRefused("kind", "must be taken or returned")
        if not 1 <= len(self.items) <= MOST_ITEMS:
            raise ReceiptRefused("items", f"must be 1 to {MOST_ITEMS}")


def _check_texts(given: Receipt | ReceiptItem, *needed: str) -> None:
    for one in fields(given):
        value: object = getattr(given, one.name)
        if one.name in ("items", "hazards"):
            continue
        if not isinstance(value, str) or len(value) > _LONGEST:
            raise ReceiptRefused(one.name, f"must be a text of at most {_LONGEST} characters")
        if one.name in needed and not value.strip():
            raise ReceiptRefused(one.name, "is missing")


def receipt_from(values: object) -> Receipt:
    """A receipt from a JSON object with a list of `items`. Raises ReceiptRefused, NotACode, CheckFails."""
    given = _known(values, Receipt)
    items = given.pop("items", None)
    if not isinstance(items, list):
        raise ReceiptRefused("items", "must be a list")
    _check_needed(given, "kind", "number", "when", "person", "officer")
    return Receipt(items=tuple(_item(one) for one in items), **given)  # type: ignore[arg-type]  # It checks them itself.


def _item(values: object) -> ReceiptItem:
    given = _known(values, ReceiptItem)
    _check_needed(given, "description")
    hazards = given.pop("hazards", [])
    if not isinstance(hazards, list) or not all(isinstance(word, str) and word.strip() for word in hazards):
        raise ReceiptRefused("hazards", "must be a list of words")
    return ReceiptItem(hazards=tuple(hazards), **given)  # type: ignore[arg-type]  # It checks its texts itself.


def _known(values: object, kind: type[Receipt] | type[ReceiptItem]) -> dict[str, object]:
    if not isinstance(values, dict):
        raise ReceiptRefused("the receipt" if kind is Receipt else "an item", "is not a JSON object")
    known = {one.name for one in fields(kind)}
    if strange := set(values) - known:
        raise ReceiptRefused(str(min(strange)), f"is no field of it; there are {', '.join(sorted(known))}")
    return dict(values)


def _check_needed(given: dict[str, object], *names: str) -> None:
    for name in names:
        if name not in given:
            raise ReceiptRefused(name, "is missing")


def document_of(receipt: Receipt) -> Document:
    """The receipt as a paper: `labels.document.render` sets it on A4, `labels.document_roll.drawn` on a roll."""
    taken = receipt.kind == "taken"
    facts = (
        ("Number", receipt.number),
        ("When", receipt.when),
        ("Where", receipt.where),
        ("Taken from" if taken else "Returned to", receipt.person),
        ("Taken by" if taken else "Returned by", receipt.officer),
        ("Witness", receipt.witness),
        ("Case", receipt.case_ref),
        ("Reason", receipt.reason),
    )
    return Document(
        title=_TITLES[receipt.kind],
        issuer=receipt.force_name,
        facts=tuple((name, value) for name, value in facts if value),
        words=(_TAKEN if taken else _RETURNED,),
        table=Table(_COLUMNS, tuple(map(_row, receipt.items))),
        signatures=_signatures(receipt, taken=taken),
        hazards=tuple(dict.fromkeys(word for item in receipt.items for word in item.hazards)),
    )


def _signatures(receipt: Receipt, *, taken: bool) -> tuple[str, ...]:
    gave, got = (receipt.person, receipt.officer) if taken else (receipt.officer, receipt.person)
    witness = (f"Witness {receipt.witness}",) if receipt.witness else ()
    return f"Given by {gave}", f"Received by {got}", *witness


def _row(item: ReceiptItem) -> tuple[str, ...]:
    warning = f" ({', '.join(word.upper() for word in item.hazards)})" if item.hazards else ""
    code = printed(parse(item.code)) if item.code else ""
    return item.exhibit_ref, item.description + warning, item.seal, item.property_ref, code
