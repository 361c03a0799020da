"""Items are found by words, the newest first, and alike in both databases."""

import pytest
from sqlalchemy import create_engine, text

from exhibits_app.domain.clocks import owed
from exhibits_app.domain.events import SentToCourt
from exhibits_app.domain.places import PlaceKind
from exhibits_app.services.recording import Happening, record
from exhibits_app.store import SqlStore

from .parts import IDS, POLICY, World, a_world, an_envelope, register

DESCRIPTIONS = (
    "Apple iPhone 13, serial 35-693803-564380-9, cracked screen",
    "Blue phone charger",
    "Note beginning “Dear Zoë”, blood-stained",
    "Résumé of Müller's café, card",
    "'; DROP TABLE item; -- \" OR * NEAR(phone) & | :* <->",
)


@pytest.fixture
def world(store: SqlStore) -> World:
    """A case with these five items, numbered from 1."""
    world = a_world(store)

    def fill(work):
        for at, description in enumerate(DESCRIPTIONS, start=1):
            register(work, world, f"MR/{at}", description=description)

    store.write(fill)
    return world


def told(store, words, **page):
    with store.read() as work:
        return [listed.exhibit.register_no for listed in work.items.told(words, **page)]


@pytest.mark.parametrize(
    ("words", "numbers"),
    [
        ("phone", [5, 2, 1]),
        ("blue handsets", [2]),
        ("cafe vehicle", []),
        ("PHONE blue", [2]),
        ("iph", [1]),
        ("zoe", [3]),
        ("resume muller", [4]),
        ("bloodstained", [3]),
        ("blood", [3]),
        ("35693803", [1]),
        ("35-693803", [1]),
        ("564380", [1]),
        ("ip", []),
        ("", []),
        ("& | ! ' \" :* ( <->", []),
        ("drop' OR \"1", []),
        ("51/100/26 cracked", [1]),
        ("phone nothing", []),
        ("𐞁𞤀 phone", []),
    ],
)  # fmt: skip
def test_all_words_or_their_beginnings_are_found_newest_first(world: World, store: SqlStore, words, numbers):
    assert told(store, words) == numbers


def test_pages_go_back_from_the_newest(world: World, store: SqlStore):
    assert told(store, "mr", limit=2) == [5, 4]
    assert told(store, "mr", before=4, limit=2) == [3, 2]


def test_a_number_that_a_court_gave_is_found_too(world: World, store: SqlStore):
    def to_court(work):
        court = work.places.add("Ilford Crown Court", PlaceKind.COURT, None, frozenset())
        sent = SentToCourt(court.ref, "T20260042")
        record(work, IDS, POLICY, [Happening(work.items.hold(2), an_envelope(world), sent)])

    store.write(to_court)

    assert told(store, "t20260042") == [2]


def test_words_that_are_not_those_of_the_state_are_found_by_a_rebuild(world: World, store: SqlStore):
    engine = create_engine(store.url)
    with engine.begin() as connection:
        connection.execute(text("DELETE FROM item_words"))
    engine.dispose()
    with store.read() as work:
        held = work.items.hold(1)
        assert work.items.differing(held, owed(held.exhibit, POLICY)) == ["item_words"]

    store.write(lambda work: work.items.replace_projection(held, owed(held.exhibit, POLICY)))

    assert told(store, "iphone") == [1]
