"""Frozen dataclasses to plain JSON values and back, so that an event or a state has one written form.

Absent values (None) and empty tuples are left out: the ledger's encoding knows no null.
"""

import types
from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from operator import attrgetter
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

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


Conversions = tuple[tuple[str, Callable[[Any], Any]], ...]


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


def _same(value: Any) -> Any:
    return value
