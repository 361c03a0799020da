"""Frozen dataclasses to plain JSON values and back, so that an event or a state has one written form.

Absent values (None) and empty tuples are left out: the ledger's encoding knows no null.
"""

import types
from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass
from datetime import datetime
from enum import Enum
from functools import cache
from typing import Any, TypeVar, Union, get_args, get_origin, get_type_hints

from .show import iso

Plain = dict[str, Any]
T = TypeVar("T")


def plain(value: Any) -> Plain:
    """The JSON object of a dataclass instance, by field name."""
    written: Plain = {}
    for name, write in _writers(type(value)):  # type: ignore[arg-type]  # a class is hashable
        item = getattr(value, name)
        if item is not None and item != ():
            written[name] = write(item)
    return written


def build(cls: type[T], written: Mapping[str, Any]) -> T:
    """The instance that `plain` wrote. Members that the class does not have are passed over."""
    return cls(
        **{
            name: read(written[name])
            for name, read in _readers(cls)  # type: ignore[arg-type]  # a class is hashable
            if name in written
        }
    )


@cache
def _writers(cls: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = get_type_hints(cls)
    return tuple((field.name, _writer(hints[field.name])) for field in fields(cls))


@cache
def _readers(cls: type) -> tuple[tuple[str, Callable[[Any], Any]], ...]:
    hints = get_type_hints(cls)
    return tuple((field.name, _reader(hints[field.name])) for field in fields(cls))


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
