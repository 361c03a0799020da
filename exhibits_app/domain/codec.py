"""Frozen dataclasses to plain JSON values and back, so that an event or a state has one written form.

Absent values (None) and empty tuples are left out: the ledger's encoding knows no null. `plain` gives the values;
`text` and `texts` write the same values as JSON at once, as an act does for every entry and state.
"""

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache, lru_cache
from json.encoder import encode_basestring as string
from operator import attrgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from .canonical import canonical, integer
from .show import iso

Plain = dict[str, Any]
T = TypeVar("T")


def plain(value: Any) -> Plain:
    """The JSON object of a dataclass instance, by field name."""
    names, values, converted = _writers(type(value))  # type: ignore[arg-type]  # a class is hashable
    written = {name: item for name, item in zip(names, values(value), strict=True) if item is not None}
    for name, write in converted:
        item = written.get(name)
        if type(item) is tuple and not item:
            del written[name]
        elif item is not None:
            written[name] = write(item)
    return written


def build(cls: type[T], written: Mapping[str, Any]) -> T:
    """The instance that `plain` wrote. Members that the class does not have are passed over."""
    kept, converted = _readers(cls)  # type: ignore[arg-type]  # a class is hashable
    given = {name: written[name] for name in kept if name in written}
    for name, read in converted:
        if name in written:
            given[name] = read(written[name])
    return cls(**given)


def text(value: Any) -> str:
    """The compact JSON of `plain(value)`, its members in the order of the fields."""
    values, writers = _text_writers(type(value))  # type: ignore[arg-type]  # a class is hashable
    written = [
        f'"{name}":{write(item)}'
        for item, (name, write, _) in zip(values(value), writers, strict=True)
        if item is not None and (item or type(item) is not tuple)
    ]
    return f"{{{','.join(written)}}}"


def texts(value: Any) -> dict[str, str]:
    """The canonical JSON of each member of `plain(value)`. Raises NotCanonical for what has none."""
    values, writers = _text_writers(type(value))  # type: ignore[arg-type]  # a class is hashable
    return {
        name: write(item)
        for item, (name, _, write) in zip(values(value), writers, strict=True)
        if item is not None and (item or type(item) is not tuple)
    }


Conversions = tuple[tuple[str, Callable[[Any], Any]], ...]
Write = Callable[[Any], str]
# The same few people, places and cases stand in one entry after another.
MOST_WRITTEN = 1_024


@cache
def _writers(cls: type) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]], Conversions]:
    """The fields' names, a function that takes all their values at once, and those that need converting."""
    hints = get_type_hints(cls)
    names = tuple(field.name for field in fields(cls))
    several = attrgetter(*names) if len(names) > 1 else lambda value: tuple(getattr(value, name) for name in names)
    return names, several, _only_conversions((name, _writer(hints[name])) for name in names)


@cache
def _readers(cls: type) -> tuple[tuple[str, ...], Conversions]:
    """The fields whose values are kept as they are, and those that need converting."""
    hints = get_type_hints(cls)
    converted = _only_conversions((field.name, _reader(hints[field.name])) for field in fields(cls))
    changed = {name for name, _ in converted}
    return tuple(field.name for field in fields(cls) if field.name not in changed), converted


def _only_conversions(functions: Iterable[tuple[str, Callable[[Any], Any]]]) -> Conversions:
    return tuple((name, function) for name, function in functions if function is not _same)


def _bare(hint: Any) -> Any:
    """The hint without `| None`."""
    if get_origin(hint) in (Union, types.UnionType):
        (hint,) = (arg for arg in get_args(hint) if arg is not type(None))
    return hint


def _writer(hint: Any) -> Callable[[Any], Any]:
    hint = _bare(hint)
    if get_origin(hint) is tuple:
        write = _writer(get_args(hint)[0])
        return lambda items: [write(item) for item in items]
    if is_dataclass(hint):
        return plain
    if hint is datetime:
        return iso
    if isinstance(hint, type) and issubclass(hint, Enum):
        return lambda member: member.value
    return _same


def _reader(hint: Any) -> Callable[[Any], Any]:
    hint = _bare(hint)
    if get_origin(hint) is tuple:
        read = _reader(get_args(hint)[0])
        return lambda items: tuple(read(item) for item in items)
    if is_dataclass(hint):
        return lambda written: build(hint, written)  # type: ignore[arg-type]  # is_dataclass narrows to instances too
    if hint is datetime:
        return datetime.fromisoformat
    if isinstance(hint, type) and issubclass(hint, Enum):
        return hint
    return _same


@cache
def _text_writers(cls: type) -> tuple[Callable[[Any], tuple[Any, ...]], tuple[tuple[str, Write, Write], ...]]:
    """A function that takes all fields' values at once; and each one's name, its writer for `text`, and for `texts`."""
    names, values, _ = _writers(cls)
    hints = [(name, get_type_hints(cls)[name]) for name in names]
    return values, tuple((name, _text_writer(hint, text), _text_writer(hint, _in_order)) for name, hint in hints)


_memories: list[Callable[..., str]] = []


def _remembering(write: Write) -> Write:
    memory = lru_cache(MOST_WRITTEN)(write)
    _memories.append(memory)
    return memory


def remembered() -> int:
    """How many people, places and cases this process keeps as they were written."""
    return sum(memory.cache_info().currsize for memory in _memories)  # type: ignore[attr-defined]  # lru_cache's


def forget() -> None:
    """Keep nothing of them: a name was erased."""
    for memory in _memories:
        memory.cache_clear()  # type: ignore[attr-defined]  # lru_cache's


def _text_writer(hint: Any, nested: Write) -> Write:
    hint = _bare(hint)
    if get_origin(hint) is tuple:
        write = _text_writer(get_args(hint)[0], nested)
        return lambda items: f"[{','.join([write(item) for item in items])}]"
    if is_dataclass(hint):
        return _remembering(nested) if _hashable(hint) else nested
    if hint is datetime:
        return lambda at: f'"{iso(at)}"'
    if isinstance(hint, type) and issubclass(hint, str):
        return string  # Of an enumeration's member, which is a string, it writes the value.
    return integer if hint is int else _in_order_alone


def _hashable(cls: Any) -> bool:
    """Whether values of the class can be looked up, and equal ones are written alike: no field takes just anything."""
    return Any not in get_type_hints(cls).values()


def _in_order(value: Any) -> str:
    """The canonical JSON of a dataclass instance."""
    return canonical(plain(value)).decode()


def _in_order_alone(value: Any) -> str:
    return canonical(value).decode()


def _same(value: Any) -> Any:
    return value
