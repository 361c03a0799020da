"""Forensic submissions, in both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain.errors import ChangedMeanwhile, NotFound
from exhibits_app.domain.submissions import Content, Line, Submission, SubmissionState
from exhibits_app.services.ports.submissions import SubmissionNote, SubmissionsWanted, SubmittedLine
from tests.store.parts import NOON, a_case, a_world, register

LATER = NOON + timedelta(hours=1)
ALL = tuple(SubmissionState)


def a_submission(number: int, world, *items: int, **given: object) -> Submission:
    lines = tuple(Line(item, f"MR/{item}", "a bed sheet", "S1", ("dna",), "Whose?") for item in items)
    made = Submission(
        number, world.case.id, SubmissionState.DRAFT, world.officer.ref, NOON, content=Content(lines=lines)
    )
    return replace(made, **given)


def test_a_submission_reads_back_and_what_was_sent_stays_on_it(store):
    world = a_world(store)

    def make(work):
        items = [register(work, world, f"MR/{n}") for n in (1, 2, 3)]
        draft = a_submission(work.submissions.next_number(), world, *items)
        work.submissions.add(draft)
        work.submissions.mark(SubmittedLine(1, items[0], LATER))
        authorised = a_submission(1, world, items[2], state=SubmissionState.AUTHORISED, authorised_at=LATER)
        work.submissions.save(authorised)
        work.submissions.keep_version(draft, "0f")
        work.submissions.note(SubmissionNote(1, NOON, world.officer.id, "built", 1))
        work.submissions.note(SubmissionNote(1, LATER, world.officer.id, "authorised", 1, "Yes."))
        return items, draft, authorised

    (first, second, third), draft, authorised = store.write(make)

    with store.read() as work:
        assert work.submissions.find(1) == work.submissions.hold(1) == authorised
        assert (work.submissions.version(1, 1), work.submissions.version(1, 2)) == (draft, None)
        assert work.submissions.versions(1) == [1]
        assert work.submissions.lines([1, 9]) == [SubmittedLine(1, first, LATER), SubmittedLine(1, third)]
        assert work.submissions.lines_of(second) == []
        assert work.submissions.open_lines([first, second, third]) == {third: 1}
        assert [note.kind for note in work.submissions.notes(1, 9)] == ["authorised", "built"]
        with pytest.raises(NotFound):
            work.submissions.find(2)
    with pytest.raises(ChangedMeanwhile):
        store.write(lambda work: work.submissions.keep_version(draft, "00"))


def test_submissions_are_listed_by_state_to_those_who_may_see_their_cases(store):
    world = a_world(store)
    team = store.write(lambda work: work.teams.add("CID Ilford"))
    hidden = store.write(lambda work: a_case(work, world.officer, "51/101/26", restricted=True, team=team))
    open_case = store.write(lambda work: a_case(work, world.officer, "51/102/26", team=team))

    def make(work):
        closed = SubmissionState.CLOSED
        for case, state in ((world.case, SubmissionState.DRAFT), (hidden, closed), (open_case, closed)):
            work.submissions.add(a_submission(work.submissions.next_number(), world, case=case.id, state=state))
        work.submissions.reserve(7)
        work.submissions.reserve(3)
        return work.submissions.next_number()

    assert store.write(make) == 8

    with store.read() as work:
        for wanted, numbers in [
            (SubmissionsWanted(world.officer.id, ALL), [3, 2, 1]),
            (SubmissionsWanted(99, ALL), []),
            (SubmissionsWanted(99, ALL, frozenset({team})), [3]),
            (SubmissionsWanted(99, ALL, everything=True), [3, 1]),
            (SubmissionsWanted(99, ALL, everything=True, silent=True), [3, 2, 1]),
            (SubmissionsWanted(99, (SubmissionState.DRAFT,), everything=True), [1]),
            (SubmissionsWanted(99, ALL, everything=True, case=open_case.id), [3]),
        ]:
            assert [one.number for one in work.submissions.page(wanted, 0, 9)] == numbers
            assert [one.number for one in work.submissions.page(wanted, (numbers or [9])[0], 9)] == numbers[1:]
            assert sum(work.submissions.counts(wanted).values()) == len(numbers)
