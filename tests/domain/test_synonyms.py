"""Words that mean the same."""

import pytest

from exhibits_app.domain import synonyms, words


@pytest.mark.parametrize(
    ("word", "includes", "excludes"),
    [("phone", {"telephone", "telephones", "iphone"}, {"phone", "phones"}), ("knives", {"knife", "blade"}, {"knives"})],
)
def test_a_word_has_the_others_of_its_thing_in_singular_and_plural(word, includes, excludes):
    found = set(synonyms.ways(word))

    assert includes <= found
    assert not excludes & found


def test_a_word_names_one_thing():
    forms = [word for group in synonyms._GROUPS for word in group.split()]

    assert len(forms) == len(set(forms))
    assert synonyms.others("tin") == []


def test_a_search_says_which_words_it_looks_for_besides():
    assert list(words.also("Blue CARS 35-phone")) == ["cars"]
    assert "vehicle" in words.also("Blue CARS")["cars"]
