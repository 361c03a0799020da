"""What may be erased of an item's events, what stands in its place, and whether what is lacking was erased by rule.

What people read can be erased: names of persons and words in free text. What a state is computed from cannot:
numbers, kinds, times, places and seals. A value that holds both keeps its numbers.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import MISSING, dataclass, fields, is_dataclass
from functools import cache
from typing import Any, Final, get_args, get_origin, get_type_hints

from . import codec, disclosure
from .chain import Link
from .entry import parse_entry
from .events import BODIES, Envelope
from .events.erasing import Erased, ErasedValue
from .ledger_faults import LedgerFault, MalformedDisclosure
from .people import PersonRef

ERASED: Final = "[erased]"
LIST: Final = f"{Erased.KIND}.erased"
SHORTEST: Final = 3
_DIGEST: Final = re.compile("[0-9a-f]{64}")
# Free text, by the name of its field whatever the event. A text that is not here has a meaning for machines.
WORDS: Final = frozenset(
    {
        "authority", "auctioneer", "caption", "claimant", "consulted", "counted", "custodian_name", "description",
        "examiner", "found_at", "found_by", "identity", "made_safe_by", "note", "present", "purpose", "rationale",
        "reason", "recorded", "reopen_if", "result", "search", "seen", "use", "where", "why",
    }
)  # fmt: skip


class ErasureFault(LedgerFault):
    """An erase entry does not fit the chain that it stands in."""

    code = "erasure_fault"

    def __init__(self, position: int, digest: str) -> None:
        super().__init__(position, digest)
        self.position, self.digest = position, digest


class ErasedIsThere(ErasureFault):
    code = "erased_is_there"

    def __str__(self) -> str:
        return f"Entry {self.position}: the value of digest {self.digest} was erased and is there again."


class ErasesNothing(ErasureFault):
    code = "erases_nothing"

    def __str__(self) -> str:
        return f"Entry {self.position} erases digest {self.digest}, which no earlier entry of the chain promised."


class ErasedWithoutEntry(ErasureFault):
    code = "erased_without_entry"

    def __str__(self) -> str:
        return f"Entry {self.position}: the value of digest {self.digest} is gone, and no erase entry says why."


@dataclass(frozen=True, slots=True)
class Lacking:
    """The values of a chain that are not there: how many were erased on record, and where others are missing.

    `missing` has the position of the entry and the digest of each value that no erase entry speaks of.
    """

    erased: int
    missing: tuple[tuple[int, str], ...]


def lacking(links: Sequence[Link]) -> Lacking:
    """What is not there of a chain that passes L1 and L2, and why. Raises ErasureFault, or another LedgerFault."""
    promised: dict[str, tuple[int, bool]] = {}
    erased: dict[str, None] = {}
    for position, link in enumerate(links):
        entry = parse_entry(link.entry)
        for value in erased_by(entry.type, link.disclosures):
            if value.digest not in promised:
                raise ErasesNothing(position, value.digest)
            erased[value.digest] = None
        there = {disclosure.digest(one) for one in link.disclosures}
        promised.update({digest: (position, digest in there) for digest in entry.det})
    for digest in erased:
        position, is_there = promised[digest]
        if is_there:
            raise ErasedIsThere(position, digest)
    gone = [(where, digest) for digest, (where, is_there) in promised.items() if not is_there and digest not in erased]
    return Lacking(len(erased), tuple(gone))


def erased_by(kind: str, disclosures: Iterable[str]) -> tuple[ErasedValue, ...]:
    """The values that an entry of this kind says were erased; none where it is no erase entry or does not say.

    MalformedDisclosure for a list of another form.
    """
    if kind != Erased.KIND:
        return ()
    for told in disclosures:
        said = disclosure.read(told)
        if said.name == LIST:
            if not isinstance(said.value, list) or not all(map(_is_erased_value, said.value)):
                raise MalformedDisclosure("the list of what was erased has another form")
            return tuple(codec.build(ErasedValue, one) for one in said.value)
    return ()


def _is_erased_value(value: object) -> bool:
    if not isinstance(value, dict) or set(value) != {"digest", "kept", "name", "seq"}:
        return False
    digest, name, seq = value["digest"], value["name"], value["seq"]
    fits = isinstance(digest, str) and _DIGEST.fullmatch(digest) and isinstance(name, str) and name
    return bool(fits) and type(seq) is int and seq >= 0


def in_place_of(entries: Iterable[tuple[str, Sequence[str]]]) -> dict[int, dict[str, Any]]:
    """What stands in the place of erased values: by position in the chain, then by the name of the fact.

    `entries` are the kind and the disclosures of each entry of a chain.
    """
    kept: dict[int, dict[str, Any]] = {}
    for kind, disclosures in entries:
        for value in erased_by(kind, disclosures):
            kept.setdefault(value.seq, {})[value.name] = value.kept
    return kept


def completed(kind: str, facts: dict[str, Any]) -> dict[str, Any]:
    """The facts with "[erased]" for names and words that are gone and that the event cannot do without.

    Only for what no erase entry speaks of, as while a restored ledger is read-only: a fault, but no reason not to show
    the item.
    """
    filled = dict(facts)
    for cls, prefix in ((Envelope, ""), (BODIES[kind], f"{kind}.")):
        for field in fields(cls):
            name, hint = prefix + field.name, _hints(cls)[field.name]  # type: ignore[arg-type]  # a class is hashable
            if name in facts or field.default is not MISSING:
                continue
            if hint is PersonRef:
                filled[name] = {"id": 0, "name": ERASED}
            elif hint is str and field.name in WORDS:
                filled[name] = ERASED
    return filled


def redacted(kind: str, name: str, value: Any) -> Any:
    """The value of this fact of an event with its names and words erased; the same value if it has none.

    `name` is the fact's, like "actor" or "seize.found_by". What the erasing of others says stays.
    """
    if kind == Erased.KIND and name.startswith(f"{Erased.KIND}."):
        return value
    cls, field = (BODIES[kind], name.partition(".")[2]) if "." in name else (Envelope, name)
    hint = _hints(cls).get(field)  # type: ignore[arg-type]  # a class is hashable
    return value if hint is None else _redacted(field, hint, value)


def words_gone(value: Any, kept: Any) -> frozenset[str]:
    """The names and words that were in this value of an event and are not in what stands in its place."""
    if isinstance(value, str):
        return frozenset() if value == kept else frozenset({value})
    if isinstance(value, dict):
        pairs = [(one, kept[name]) for name, one in value.items() if name in kept]
    else:
        pairs = list(zip(value, kept, strict=True)) if isinstance(value, list) else []
    return frozenset().union(*(words_gone(one, other) for one, other in pairs))


def without(words: Iterable[str], text: str) -> str:
    """The text with "[erased]" wherever these stand in it as whole words, in capitals or not.

    Words of one or two letters stay: they are in every text.
    """
    for one in sorted((word for word in words if len(word) >= SHORTEST), key=len, reverse=True):
        text = re.sub(rf"(?<!\w){re.escape(one)}(?!\w)", ERASED, text, flags=re.IGNORECASE)
    return text


def _redacted(field: str, hint: Any, value: Any) -> Any:
    hint = next((arg for arg in get_args(hint) if arg is not type(None)), hint) if _optional(hint) else hint
    if get_origin(hint) is tuple:
        return [_redacted(field, get_args(hint)[0], one) for one in value]
    if hint is PersonRef:
        return {**value, "name": ERASED}
    if is_dataclass(hint) and isinstance(value, dict):
        hints = _hints(hint)  # type: ignore[arg-type]  # a class of events, not an instance
        return {name: _redacted(name, hints[name], one) if name in hints else one for name, one in value.items()}
    return ERASED if hint is str and field in WORDS else value


def _optional(hint: Any) -> bool:
    return type(None) in get_args(hint)


@cache
def _hints(cls: type) -> dict[str, Any]:
    hints = get_type_hints(cls)
    return {field.name: hints[field.name] for field in fields(cls)}
