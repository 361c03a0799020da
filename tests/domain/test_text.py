"""What people type: cleaned once, refused with a sentence, and never cut short in silence."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain import errors
from exhibits_app.domain.text import instant, optional, required, whole_number


def test_text_that_must_be_there_is_asked_for_by_name() -> None:
    with pytest.raises(errors.MissingValue, match="Enter the case reference"):
        required("  ", "reference", "the case reference")


def test_ten_thousand_characters_in_a_name_are_refused_with_the_count() -> None:
    with pytest.raises(errors.TooLong, match=r"200 characters or fewer; this is 10,000"):
        required("x" * 10_000, "name", "the person's name", 200)


@pytest.mark.parametrize("text", ["🔪 knife 🩸", "مفتاح أحمر", "שלום", "Zoë Ångström", "李小龙"])
def test_any_script_and_emoji_are_kept_as_typed(text: str) -> None:
    assert required(text, "description", "what the item is") == text


@pytest.mark.parametrize("hidden", ["\u202e", "\u2066", "\x00", "\x1b", "\x7f"])
def test_characters_that_hide_or_reorder_text_are_refused(hidden: str) -> None:
    with pytest.raises(errors.UnprintableText):
        required(f"safe{hidden}gpj.exe", "description", "what the item is")


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("S1\u200b00", "S100"),
        ("S1\u200d00\u200e", "S100"),
        ("\ufeffZo\u00adë", "Zoë"),
        ("e\u2060\u0301", "é"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("👩\u200d🔬", "👩\u200d🔬"),
    ],
)
def test_marks_of_no_width_are_left_out_where_no_script_needs_them(typed: str, kept: str) -> None:
    assert required(typed, "description", "what the item is") == kept


@pytest.mark.parametrize("nothing", ["\u200b", " \u200d\ufeff ", "\u200f\u00ad"])
def test_what_nobody_can_see_is_no_reason(nothing: str) -> None:
    with pytest.raises(errors.MissingValue):
        required(nothing, "reason", "the reason")


@given(st.text(max_size=50))
def test_cleaning_twice_is_cleaning_once(text: str) -> None:
    try:
        once = optional(text, "x", "it")
    except errors.UnprintableText:
        return

    assert optional(once, "x", "it") == once


@pytest.mark.parametrize("text", ["abc", "1.5", "0", "1000001", "-1"])
def test_a_number_out_of_bounds_or_no_number_is_refused(text: str) -> None:
    with pytest.raises(errors.NotANumber, match="from 1 to 1,000,000"):
        whole_number(text, "quantity", "the quantity", 1, 1_000_000)


@pytest.mark.parametrize("text", ["yesterday", "2026-05-04T09:00:00", "2026-13-01T00:00:00Z"])
def test_a_time_without_offset_or_sense_is_refused(text: str) -> None:
    with pytest.raises(errors.BadTime):
        instant(text, "at", "the time")
