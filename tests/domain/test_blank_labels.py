"""The numbers of a series of blank labels: how they are typed, and which state may follow which."""

import pytest

from exhibits_app.domain.blank_labels import Blank, BlankState, Holder, check_declared, in_words, serials
from exhibits_app.domain.errors import NotLabelNumbers, NumberStands
from exhibits_app.domain.people import Person

REYES = Person(3, "Reyes", "PC", "4521", team=2)


@pytest.mark.parametrize(
    ("typed", "numbers", "words"),
    [
        ("34", [34], "34"),
        (" 5 - 7 ", [5, 6, 7], "5-7"),
        ("9, 5-7,6", [5, 6, 7, 9], "5-7, 9"),
        ("5\N{EN DASH}7, 100", [5, 6, 7, 100], "5-7, 100"),
        ("1 to 3", [1, 2, 3], "1-3"),
    ],
)
def test_numbers_are_typed_and_told_as_people_write_them(typed, numbers, words):
    assert serials(typed, 100) == numbers
    assert in_words(numbers) == words


@pytest.mark.parametrize("typed", ["", "x", "0", "101", "7-5", "1-2-3", "-1", "3,", "1-101", "٣", "999999"])
def test_numbers_that_the_series_does_not_have_are_refused(typed):
    with pytest.raises(NotLabelNumbers, match="Enter numbers from 1 to 100"):
        serials(typed, 100)


@pytest.mark.parametrize(
    ("state", "to", "sentence"),
    [
        ("unused", "void", ""),
        ("unused", "lost", ""),
        ("lost", "void", ""),
        ("lost", "lost", "Labels 1-2 are lost. Only unused ones are declared lost: leave them out."),
        ("used", "void", "Labels 1-2 are used. Only unused or lost ones become void: leave them out."),
        ("void", "lost", "Labels 1-2 are void. Only unused ones are declared lost: leave them out."),
    ],
)
def test_what_was_accounted_for_is_not_declared_otherwise_but_that_a_lost_label_is_found(state, to, sentence):
    blanks = [Blank(f"E{n}", 1, n, BlankState(state)) for n in (1, 2)]

    if not sentence:
        return check_declared(blanks, BlankState(to))
    with pytest.raises(NumberStands) as refused:
        check_declared([*blanks, Blank("E3", 1, 3)], BlankState(to))
    assert refused.value.sentence() == sentence
    return None


def test_a_series_is_held_by_a_person_or_by_everyone_of_a_team_and_never_by_both_or_none():
    assert Holder("PC 4521 Reyes", person=3).includes(REYES)
    assert Holder("CID Ilford", team=2).includes(REYES)
    assert not Holder("PC 1 Other", person=4, within=2).includes(REYES)
    for ids in ({}, {"person": 3, "team": 2}):
        with pytest.raises(ValueError, match="by a person or by a team"):
            Holder("nobody", **ids)
