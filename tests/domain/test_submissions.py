"""What names a submission, and what brings a risk with it."""

from dataclasses import replace

import pytest

from exhibits_app.domain.submissions import SubmissionState, called, number_of, risks_of, state_from, why_not
from tests.domain.exhibits import an_exhibit


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("FS-000012", 12), (" fs000012 ", 12), ("FS 123456789", 123456789),
        ("FS/00012", None), ("FS-12", None), ("FS-000012/A", None), ("", None), (None, None),
    ],
)  # fmt: skip
def test_only_a_whole_number_of_this_register_names_a_submission(text, number):
    assert number_of(text) == number
    assert number is None or number_of(called(number)) == number


@pytest.mark.parametrize(
    ("sent", "state"), [([False, False], "authorised"), ([True, False], "partly sent"), ([True, True], "sent")]
)
def test_how_far_it_is_follows_from_what_was_scanned_out(sent, state):
    assert state_from(sent) is SubmissionState(state)


def test_the_hazards_of_exhibits_are_risks_of_the_package():
    sharp, acid = replace(an_exhibit(), hazards=("sharp",)), replace(an_exhibit(), hazards=("corrosive", "heavy"))

    assert risks_of([acid, sharp]) == ("sharp", "toxic", "heavy")


def test_what_nobody_has_decided_about_may_not_go():
    assert "nobody has decided" in why_not(an_exhibit())
