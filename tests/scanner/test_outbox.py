"""An act that was kept is there after any crash, in order, until the service has answered each of its items."""

import signal
import subprocess
import sys
from itertools import count

import pytest

from scanner.errors import OutboxUnusable
from scanner.events import Draft, DraftItem
from scanner.outbox import Counts, Outbox, act_body, iso
from tests.scanner.pictures import a_code

NOW = 1_790_000_000.0


def ids(prefix="id"):
    numbers = count(1)
    return lambda: f"{prefix}-{next(numbers)}"


def a_draft(number=1, **facts):
    base = {
        "kind": "BOOK_IN",
        "operator": "session-1",
        "receiver": None,
        "to": a_code(99),
        "purpose": None,
        "due_back": None,
        "submission": None,
        "authority": None,
        "occurred": NOW,
        "items": (DraftItem(a_code(number), NOW, "scan"),),
    }
    return Draft(**{**base, **facts})


@pytest.fixture
def outbox(tmp_path):
    box = Outbox(tmp_path / "new" / "outbox.db", ids())
    yield box
    box.close()


def test_acts_wait_in_the_order_in_which_they_were_kept(outbox):
    for number in range(1, 4):
        outbox.keep(a_draft(number), offset_ms=0, at=NOW)

    waiting = outbox.waiting()

    assert [kept.seq for kept in waiting] == [1, 2, 3]
    assert [kept.body["device_seq"] for kept in waiting] == [1, 2, 3]


def test_an_answered_act_no_longer_waits_and_a_refused_one_stays_in_sight(outbox):
    first, second = (outbox.keep(a_draft(n), offset_ms=0, at=NOW) for n in (1, 2))

    outbox.answered(first.seq, {"items": []}, rejected=False)
    outbox.answered(second.seq, {"items": ["why"]}, rejected=True)

    assert outbox.waiting() == []
    assert outbox.counts() == Counts(queued=0, sent=1, rejected=1)
    assert [(kept.seq, kept.answer) for kept in outbox.rejected()] == [(2, {"items": ["why"]})]


def test_the_sequence_goes_on_after_the_client_was_restarted(tmp_path):
    first = Outbox(tmp_path / "outbox.db", ids("a"))
    first.keep(a_draft(), offset_ms=0, at=NOW)
    first.answered(1, {}, rejected=False)
    first.close()

    second = Outbox(tmp_path / "outbox.db", ids("b"))
    kept = second.keep(a_draft(), offset_ms=0, at=NOW)
    second.close()

    assert kept.seq == 2


def test_a_body_does_not_change_once_it_may_have_been_sent(outbox):
    kept = outbox.keep(a_draft(), offset_ms=-120, at=NOW)

    outbox.fill_offset(500)

    assert outbox.waiting()[0].body == kept.body


def test_the_clock_offset_is_filled_in_once_it_is_known(outbox):
    outbox.keep(a_draft(), offset_ms=None, at=NOW)

    outbox.fill_offset(-35)

    assert outbox.waiting()[0].body["clock_offset_ms"] == -35


@pytest.mark.parametrize(
    ("local", "utc"),
    [("2026-12-03T17:30", "2026-12-03T17:30:00.000000Z"), ("2026-07-03T17:30", "2026-07-03T16:30:00.000000Z")],
)
def test_a_date_back_is_local_time_and_is_sent_as_utc(local, utc):
    body = act_body(a_draft(due_back=local), new_id=ids(), seq=1, offset_ms=0)

    assert body["due_back"] == utc


def test_times_are_written_with_microseconds_and_z():
    assert iso(NOW + 0.25) == "2026-09-21T14:13:20.250000Z"


KEEPER = """
import sys
from pathlib import Path
from uuid import uuid4
from scanner.outbox import Outbox
from tests.scanner.test_outbox import a_draft
box = Outbox(Path(sys.argv[1]), lambda: str(uuid4()))
while True:
    print(box.keep(a_draft(), offset_ms=0, at=0).seq, flush=True)
"""


@pytest.mark.parametrize("after", [1, 7, 40])
def test_what_was_kept_survives_kill_9(tmp_path, after):
    path = tmp_path / "outbox.db"
    with subprocess.Popen([sys.executable, "-c", KEEPER, str(path)], stdout=subprocess.PIPE, text=True) as keeper:
        assert keeper.stdout is not None
        said = [int(keeper.stdout.readline()) for _ in range(after)]
        keeper.send_signal(signal.SIGKILL)
        said += [int(line) for line in keeper.stdout if line.endswith("\n")]

    box = Outbox(path, ids("after"))
    kept = [act.seq for act in box.waiting(limit=100_000)]
    new = box.keep(a_draft(), offset_ms=0, at=NOW)
    box.close()

    assert kept[: len(said)] == said == list(range(1, len(said) + 1))
    assert new.seq == len(kept) + 1


def test_a_file_that_is_no_database_is_refused_with_a_sentence(tmp_path):
    path = tmp_path / "outbox.db"
    path.write_text("This is a letter and not a database. " * 50)

    with pytest.raises(OutboxUnusable, match="cannot be kept safely"):
        Outbox(path, ids())


def test_a_full_disk_keeps_nothing_and_says_so(outbox):
    outbox.keep(a_draft(), offset_ms=0, at=NOW)
    pages = outbox._database.execute("PRAGMA page_count").fetchone()[0]
    outbox._database.execute(f"PRAGMA max_page_count = {pages}")  # SQLite's own way to say that the disk is full

    def fill():
        for _ in range(200):
            outbox.keep(a_draft(items=a_draft().items * 50), offset_ms=0, at=NOW)

    with pytest.raises(OutboxUnusable, match="make room"):
        fill()

    seqs = [kept.seq for kept in outbox.waiting(1000)]
    assert seqs == list(range(1, len(seqs) + 1))
