"""A load of many changes shares its commits and still keeps each change whole or not at all."""

import pytest

from exhibits_app.store import SqlStore


class Stop(Exception):
    """Raised by a test inside a load."""


def teams(store: SqlStore) -> list[str]:
    with store.read() as work:
        return sorted(work.teams.all().values())


def test_a_load_is_kept_when_it_ends(store: SqlStore):
    with store.bulk() as loading:
        loading.write(lambda work: work.teams.add("CID"))
        before = teams(store)

    assert (before, teams(store)) == ([], ["CID"])


def test_a_change_that_fails_leaves_the_rest_of_the_load(store: SqlStore):
    def fail(work):
        work.teams.add("half")
        raise Stop

    with store.bulk() as loading:
        loading.write(lambda work: work.teams.add("CID"))
        with pytest.raises(Stop):
            loading.write(fail)

    assert teams(store) == ["CID"]


def test_a_load_that_is_broken_off_keeps_what_was_committed_on_the_way(store: SqlStore):
    def broken_off():
        with store.bulk(every=2) as loading:
            for name in ("a", "b", "c"):
                loading.write(lambda work, name=name: work.teams.add(name))
            raise Stop

    with pytest.raises(Stop):
        broken_off()

    assert teams(store) == ["a", "b"]
    assert store.write(lambda work: work.teams.add("d")) > 0
