"""Every refusal: a code of its own, a whole sentence, and a status."""

import dataclasses
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import get_type_hints

import pytest

from exhibits_app.domain import errors
from exhibits_app.domain.errors import Refusal
from exhibits_app.statuses import STATUSES, status_of

EXAMPLES: dict[object, object] = {
    tuple[str, ...]: ("AB/1",),
    bool: True,
    str: "AB/1",
    int: 3,
    datetime: datetime(2026, 5, 4, 9, 0, tzinfo=UTC),
}


def tree(root: type[Refusal]) -> Iterator[type[Refusal]]:
    for kind in root.__subclasses__():
        if kind.__module__.startswith("exhibits_app."):
            yield kind
            yield from tree(kind)


ALL = sorted(set(tree(Refusal)), key=lambda kind: kind.__name__)
LEAVES = [kind for kind in ALL if not kind.__subclasses__()]


def an_example(kind: type[Refusal]) -> Refusal:
    if not dataclasses.is_dataclass(kind):
        return kind()
    if kind is errors.LabelNotReleased:
        return errors.LabelNotReleased("The label of AB/1 does not read back.")
    if kind is errors.DesignRefused:
        return errors.DesignRefused("logo", "The logo is no PNG picture.")
    if kind is errors.PrinterUnknown:
        return errors.PrinterUnknown("Zebra 1", "There is no printer of that name any more.")
    if kind is errors.NotACode:
        return errors.NotACode("AB/1", "AB/1 is not one of our codes: a code has 10 letters and digits.")
    hints = get_type_hints(kind)
    return kind(*(EXAMPLES[hints[field.name]] for field in dataclasses.fields(kind)))


def test_every_refusal_is_exported_from_the_one_place() -> None:
    ours = {kind.__name__ for kind in ALL if kind.__module__.startswith("exhibits_app.domain.errors")}

    assert ours <= set(errors.__all__)


def test_no_two_refusals_share_a_code() -> None:
    codes = [kind.code for kind in ALL]

    assert len(codes) == len(set(codes))


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_a_refusal_is_whole_sentences_for_people(kind: type[Refusal]) -> None:
    sentence = str(an_example(kind))

    assert sentence.endswith(".")
    assert sentence[0].isupper() or sentence.startswith("AB/1")
    assert len(sentence) < 250


@pytest.mark.parametrize("kind", ALL, ids=lambda kind: kind.__name__)
def test_every_refusal_has_a_status_in_the_table(kind: type[Refusal]) -> None:
    assert any(issubclass(kind, known) for known, _ in STATUSES)


@pytest.mark.parametrize("kind", LEAVES, ids=lambda kind: kind.__name__)
def test_no_refusal_is_answered_as_a_success_or_a_fault_of_ours(kind: type[Refusal]) -> None:
    assert 400 <= status_of(an_example(kind)) <= 503
    assert status_of(an_example(kind)) != 500
