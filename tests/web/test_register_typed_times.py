"""Dates and times as people type them, on a London clock, with its two odd nights."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from exhibits_app.domain.typed_times import moment, start_of_day, typed_moment


@pytest.mark.parametrize(
    "typed",
    [
        "21/11/2026 14:30",
        "21.11.2026 14.30",
        "21-11-2026 14:30",
        " 21 november 2026,  14:30 ",
        "21 Nov 2026 at 14:30",
        "14:30 on 21 November 2026",
        "2026-11-21 14:30",
        "2026-11-21T14:30",
    ],
)
def test_the_usual_ways_of_writing_a_time_are_understood(typed):
    assert moment(typed) == datetime(2026, 11, 21, 14, 30, tzinfo=UTC)


def test_a_summer_time_is_an_hour_ahead_of_utc():
    assert moment("04/05/2026 10:00") == datetime(2026, 5, 4, 9, 0, tzinfo=UTC)


def test_a_time_that_spring_leaves_out_is_unreadable():
    assert moment("29/03/2026 01:30") is None


def test_of_the_hour_that_autumn_repeats_the_earlier_is_meant():
    assert moment("25/10/2026 01:30") == datetime(2026, 10, 25, 0, 30, tzinfo=UTC)


@pytest.mark.parametrize(
    "typed", ["", None, "today", "31/02/2026 10:00", "1/1/2026 25:00", "1/13/2026 9:00", "1/1/26 9:00"]
)
def test_what_is_no_time_is_unreadable(typed):
    assert moment(typed) is None


def test_a_day_begins_at_midnight_in_london():
    assert start_of_day("28/06/2026") == datetime(2026, 6, 27, 23, 0, tzinfo=UTC)
    assert start_of_day("1 January 2027") == datetime(2027, 1, 1, tzinfo=UTC)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))  # noqa: DTZ001  # Hypothesis wants them naive.
def test_a_time_as_it_is_shown_reads_back_to_the_minute(naive):
    at = naive.replace(second=0, microsecond=0, tzinfo=UTC)

    again = moment(typed_moment(at))

    assert again is not None
    assert typed_moment(again) == typed_moment(at)
