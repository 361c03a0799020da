"""The life of a printing as a table: what can be done to it in which state, and what comes of it."""

from itertools import product

import pytest

from exhibits_app.domain.errors import MissingValue, NotAChoice, NotAtThisStage
from exhibits_app.domain.printing import JobState, Step, after, possible, why_again

S, T = JobState, Step
LIFE = {
    S.QUEUED: {T.BEGIN: S.SENDING, T.CONFIRM: S.CONFIRMED, T.VOID: S.VOIDED},
    S.SENDING: {T.TAKEN: S.SENT, T.REFUSED: S.FAILED, T.LOST: S.FAILED, T.CONFIRM: S.CONFIRMED},
    S.SENT: {T.CONFIRM: S.CONFIRMED, T.VOID: S.VOIDED},
    S.FAILED: {T.AGAIN: S.QUEUED, T.CONFIRM: S.CONFIRMED, T.VOID: S.VOIDED},
    S.CONFIRMED: {T.TAKEN: S.CONFIRMED, T.REFUSED: S.CONFIRMED, T.LOST: S.CONFIRMED},
    S.VOIDED: {},
}


@pytest.mark.parametrize(("state", "step"), list(product(JobState, Step)))
def test_each_step_leads_where_the_table_says_or_is_refused(state: JobState, step: Step) -> None:
    expected = LIFE[state].get(step)

    assert possible(state, step) is (expected is not None)
    if expected is not None:
        assert after(7, state, step) is expected
    else:
        with pytest.raises(NotAtThisStage):
            after(7, state, step)


@pytest.mark.parametrize(
    ("reason", "words", "refusal"),
    [("", "", MissingValue), ("bored", "", NotAChoice), ("other", " ", MissingValue)],
)
def test_a_reprint_says_why(reason: str, words: str, refusal: type[Exception]) -> None:
    with pytest.raises(refusal):
        why_again(reason, words)


def test_the_reason_is_told_with_its_words() -> None:
    assert why_again("damaged", " torn ").told == "The label is damaged: torn"
    assert why_again("lost", "").told == "The label is lost"
