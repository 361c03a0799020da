"""Lists come from a server that follows the primary while it is fresh, and from the primary whenever it is not."""

from collections.abc import Iterator

import pytest
from sqlalchemy import text

from exhibits_app.store import SqlStore
from exhibits_app.store.engine import reading_engine
from exhibits_app.store.replica import LATEST, LEFT_ALONE, Replica
from tests.support import machine
from tests.support.replication import Pair, running_pair, wait_until

from .parts import make_teams_alone

pytestmark = pytest.mark.postgresql


class Following:
    """A primary that a standby follows, and one process's way to both, whose seconds the test counts."""

    def __init__(self, pair: Pair) -> None:
        self.pair = pair
        self.seconds = 0.0
        self.store = SqlStore(pair.url("postgres"), pair.replica_url("postgres"))
        self.primary = reading_engine(pair.url("postgres"))
        self.replica = Replica(reading_engine(pair.replica_url("postgres")), self.primary, lambda: self.seconds)

    def later(self, seconds: float = LATEST) -> "Following":
        self.seconds += seconds
        return self

    def asks_the_replica(self) -> bool:
        with self.replica.view() as connection:
            return connection is not None and bool(connection.execute(text("SELECT pg_is_in_recovery()")).scalar())

    def close(self) -> None:
        self.replica.close()
        self.primary.dispose()
        self.store.close()


@pytest.fixture
def following() -> Iterator[Following]:
    """A pair of servers of the test's own: it stops one of them."""
    programs = machine.postgresql_programs()
    assert programs is not None, machine.WITHOUT_POSTGRESQL
    with running_pair(programs) as pair:
        pair.follow()
        following = Following(pair)
        yield following
        following.close()


def test_a_replica_is_asked_while_it_has_what_was_kept_and_left_when_it_is_behind_or_away(following: Following):
    standby, primary = following.pair.standby, following.pair.primary
    assert standby is not None
    make_teams_alone(following.store.url)
    following.store.write(lambda work: work.teams.add("CID"))
    wait_until(lambda: following.later().asks_the_replica(), "the replica has it all")
    with following.store.lists() as work:
        assert list(work.teams.all().values()) == ["CID"]

    standby.say("SELECT pg_wal_replay_pause()")
    primary.say("CREATE TABLE later (id int)")
    assert following.asks_the_replica(), "it was asked a moment ago how far it has to be"
    assert not following.later().asks_the_replica(), "it is behind"
    standby.say("SELECT pg_wal_replay_resume()")
    wait_until(lambda: following.later().asks_the_replica(), "it has caught up")

    primary.say("ALTER SYSTEM RESET synchronous_standby_names")
    primary.say("SELECT pg_reload_conf()")
    standby.kill()
    assert not following.later().asks_the_replica(), "it is away"
    with following.store.lists() as work:
        assert list(work.teams.all().values()) == ["CID"]
    standby.start()
    assert not following.asks_the_replica(), "it is left alone for a while"

    standby.promote()
    assert not following.later(LEFT_ALONE).asks_the_replica(), "it follows nobody any more"
