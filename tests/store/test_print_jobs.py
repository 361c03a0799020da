"""Printings and printed labels, the same on both databases."""

from dataclasses import replace
from datetime import timedelta

from exhibits_app.domain.printing import JobState
from exhibits_app.services.ports import IssuedLabel, PrintJob, PrintStep, Scope
from exhibits_app.store.database import SqlStore

from .parts import NOON

HOUR = timedelta(hours=1)
JOB = PrintJob(0, "L7160", NOON, 4, 2, "ab", JobState.QUEUED, "Zebra 1", "cd", 7, 9, None, "lost", "fell off", 5)
LABELS = [
    IssuedLabel("E1", "E", 7, "printed", NOON, job=1),
    IssuedLabel("E2", "E", 7, "printed", NOON + HOUR, job=1),
    IssuedLabel("E3", "E", 8, "live", NOON, job=1),
]


def filled(store: SqlStore) -> int:
    def make(work) -> int:
        job = work.print_jobs.add(JOB)
        for label in LABELS:
            work.labels.issue(replace(label, job=job))
        return job

    return store.write(make)


def test_a_printing_and_its_steps_are_kept_and_found_by_whom_it_is_for(store: SqlStore):
    job = filled(store)
    step = PrintStep(job, NOON, 4, "made", JobState.QUEUED, "For the printer Zebra 1.")
    store.write(lambda work: work.print_jobs.step(step))

    with store.read() as work:
        jobs = work.print_jobs

        assert jobs.find(job) == replace(JOB, id=job)
        assert jobs.find(job + 1) is None
        assert jobs.steps(job) == [step]
        for scope in (Scope(4), Scope(1, teams=[7]), Scope(1, stores=[9]), Scope(1, everybody=True)):
            assert [one.id for one in jobs.listed(scope, 0, 9)] == [job]
        assert jobs.listed(Scope(1, teams=[8], stores=[7]), 0, 9) == jobs.listed(Scope(4), job, 9) == []
        assert jobs.waiting_in([job, job + 1]) == {job: 2}


def test_a_queued_printing_is_leased_once_and_is_lost_when_its_time_runs_out(store: SqlStore):
    job = filled(store)

    taken = [store.write(lambda work: work.print_jobs.lease(job, NOON + HOUR)) for _ in range(2)]

    with store.read() as work:
        assert taken == [True, False]
        assert work.print_jobs.next_queued() is None
        assert (work.print_jobs.lost(NOON), work.print_jobs.lost(NOON + HOUR)) == ([], [job])
        assert work.print_jobs.find(job).state is JobState.SENDING


def test_a_printed_label_is_activated_by_its_first_scan_alone(store: SqlStore):
    job = filled(store)
    store.write(lambda work: work.labels.activate("E1", NOON + HOUR, 4))
    store.write(lambda work: work.labels.activate("E1", NOON + 2 * HOUR, 5))
    store.write(lambda work: work.labels.revoke("E2", NOON + HOUR, "jammed", "void"))

    with store.read() as work:
        first, second, third = work.labels.of_job(job)

        assert (first.state, first.activated_at, first.activated_by) == ("live", NOON + HOUR, 4)
        assert (first.good_since, third.good_since) == (NOON + HOUR, NOON)
        assert (second.state, second.revoked_reason) == ("void", "jammed")
        assert work.labels.printed_of("E", 7) == []


def test_printed_labels_are_found_by_what_they_are_of(store: SqlStore):
    filled(store)

    with store.read() as work:
        newest_first = [label.code for label in work.labels.printed_of("E", 7)]

        assert newest_first == [label.code for label in work.labels.printed_of_all("E", [7, 8])] == ["E2", "E1"]
