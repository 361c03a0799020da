"""Series of blank labels, in both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain.blank_labels import Account, Blank, BlankState, Holder, Series
from exhibits_app.domain.errors import ChangedMeanwhile, NotFound
from exhibits_app.domain.printing import JobState
from exhibits_app.services.ports.blank_labels import SeriesLine, SeriesNote
from exhibits_app.services.ports.printing import PrintJob
from tests.store.parts import NOON, a_world, register

LATER = NOON + timedelta(days=1)


def test_series_and_the_account_of_their_numbers_are_kept(store):
    world = a_world(store)
    officer = world.officer
    team = store.write(lambda work: work.teams.add("CID Ilford"))
    item = store.write(lambda work: register(work, world))

    def make(work):
        mine = Holder(officer.called, person=officer.id)
        theirs = Holder("CID Ilford", team=team, within=team)
        for holder in (mine, theirs, mine):
            series = Series(work.blanks.next_number(), 3, "L7160", "Scene kit 3", holder, NOON, officer.id)
            work.blanks.add(series)
        job = work.print_jobs.add(PrintJob(0, "L7160", NOON, officer.id, 3, "", JobState.SENT))
        work.blanks.issue(1, ["E1", "E2", "E3"], NOON, job)
        work.blanks.save(replace(work.blanks.hold(1), job=job))
        work.blanks.save(replace(work.blanks.hold(3), closed_at=LATER, holder=theirs))
        work.blanks.use("E1", item, LATER, officer.id)
        work.blanks.declare(["E2"], BlankState.LOST, LATER, officer.id, "Left behind")
        work.blanks.note(SeriesNote(1, NOON, officer.id, "lost", "2", "Left behind"))

    store.write(make)

    with store.read() as work:
        one = work.blanks.find(1)
        assert (one.number, one.count, one.job, one.holder) == (1, 3, 1, Holder(officer.called, person=officer.id))
        assert work.blanks.accounts([1, 2]) == {1: Account(unused=1, used=1, lost=1)}
        assert work.blanks.labels(1, None, 0, 2) == [
            Blank("E1", 1, 1, BlankState.USED, item, LATER, officer.id),
            Blank("E2", 1, 2, BlankState.LOST, None, LATER, officer.id, "Left behind"),
        ]
        assert [label.code for label in work.blanks.labels(1, BlankState.UNUSED, 0, 9)] == ["E3"]
        assert set(work.blanks.hold_labels(["E3", "E9"])) == {"E3"}
        states = {code: label.state for code, label in work.labels.find_all(["E1", "E2", "E3"]).items()}
        assert states == {"E1": "live", "E2": "lost", "E3": "blank"}
        assert work.blanks.notes(1, 9) == [SeriesNote(1, NOON, officer.id, "lost", "2", "Left behind")]
        with pytest.raises(NotFound):
            work.blanks.find(4)


def test_whose_series_are_listed_the_oldest_open_one_first(store):
    world = a_world(store)
    officer, team = world.officer.id, store.write(lambda work: work.teams.add("CID Ilford"))
    mine, theirs = Holder(world.officer.called, person=officer), Holder("CID Ilford", team=team, within=team)

    def make(work):
        for holder, closed in ((mine, None), (theirs, None), (mine, NOON), (mine, LATER)):
            series = Series(work.blanks.next_number(), 3, "L7160", "Kit", holder, NOON, officer)
            work.blanks.add(series)
            work.blanks.save(replace(series, closed_at=closed))

    store.write(make)

    with store.read() as work:
        for wanted, numbers in [
            (SeriesLine(officer, None), [1, 2]),  # Ordered by them, or held by them.
            (SeriesLine(99, team), [2]),  # Of their own team.
            (SeriesLine(99, None, teams=(team,)), [2]),
            (SeriesLine(99, None, all=True), [1, 2]),
            (SeriesLine(99, None), []),
            (SeriesLine(99, None, all=True, closed=True), [4, 3]),
        ]:
            assert [one.number for one in work.blanks.page(wanted, 0, 9)] == numbers
            assert [one.number for one in work.blanks.page(wanted, (numbers or [9])[0], 9)] == numbers[1:]


def test_numbers_of_series_have_no_gap_and_a_code_is_issued_once(store):
    world = a_world(store)
    holder = Holder(world.officer.called, person=world.officer.id)

    def order(work, codes=()):
        series = Series(work.blanks.next_number(), 1, "L7160", "Kit", holder, NOON, world.officer.id)
        work.blanks.add(series)
        if codes:
            work.blanks.issue(
                series.number, codes, NOON, work.print_jobs.add(PrintJob(0, "L7160", NOON, 1, 1, "", JobState.SENT))
            )
        return series.number

    first = store.write(lambda work: order(work, ["E1"]))
    with pytest.raises(ChangedMeanwhile):
        store.write(lambda work: order(work, ["E1"]))

    assert [first, store.write(order)] == [1, 2]
