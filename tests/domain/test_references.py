"""Exhibit references: suggested, and two that a reader takes for one are noticed."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain.references import initials, look_alike_key, near_duplicate, next_reference


@pytest.mark.parametrize(
    ("existing", "suggested"),
    [([], "MR/1"), (["MR/1", "MR/3"], "MR/4"), (["MR/1/2"], "MR/1"), (["AB/9"], "MR/1"), (["mr/07"], "MR/8")],
)
def test_the_next_reference_follows_the_highest_of_its_initials(existing: list[str], suggested: str) -> None:
    assert next_reference(existing, "MR") == suggested


@pytest.mark.parametrize("typed", ["AP/01", "ap/1", "AP1", "AP-1", "AP / 1"])
def test_a_reference_that_reads_like_another_is_a_near_duplicate(typed: str) -> None:
    assert near_duplicate(typed, ["XY/1", "AP/1"]) == "AP/1"


@pytest.mark.parametrize("typed", ["AP/11", "AP/1/1", "PA/1", "AP/10"])
def test_a_reference_that_reads_otherwise_is_not(typed: str) -> None:
    assert near_duplicate(typed, ["AP/1"]) is None


def test_the_same_spelling_is_taken_and_not_near() -> None:
    assert near_duplicate("AP/1", ["AP/1"]) is None


@pytest.mark.parametrize(("name", "letters"), [("Maria Reyes", "MR"), ("Una Ó Sé", "UÓS"), ("Jo Smith-Lee", "JSL")])
def test_initials_are_the_first_letters(name: str, letters: str) -> None:
    assert initials(name) == letters


@given(st.text(max_size=20))
def test_a_look_alike_key_depends_on_neither_case_nor_leading_zeros(text: str) -> None:
    assert look_alike_key(look_alike_key(text)) == look_alike_key(text)
