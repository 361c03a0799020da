"""Forensic submissions: built from a case, authorised by somebody else, scanned out, changed and closed."""

from dataclasses import replace

import pytest

from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.errors import (
    AlreadySent,
    MissingValue,
    NoRight,
    NotForSubmission,
    OwnSubmission,
    SubmissionChangedMeanwhile,
    SubmissionNotIn,
    SubmissionStillOut,
)
from exhibits_app.domain.events import SubmissionAuthorised, SubmissionRecalled, Submitted
from exhibits_app.domain.submissions import SubmissionState
from exhibits_app.services import deciding, rebuild, submission_steps, submissions
from exhibits_app.services.ports.submissions import SubmittedLine
from exhibits_app.services.submissions import LineForm
from tests.services.late import Bench, events_of, sound, state
from tests.support.force import Force
from tests.support.submitted import a_draft, a_form, authorised, digest_of, find, to_submit
from tests.support.typed import happen

State = SubmissionState


@pytest.fixture
def ready(shared: Force, case_id: int) -> list[int]:
    """Two exhibits, with the officer who seized them, that are to be submitted."""
    items = shared.items(_case(shared, case_id), 2, category="KNF")
    to_submit(shared, items)
    return items


@pytest.fixture
def bench(shared: Force) -> Bench:
    return Bench.of(shared)


def step(force: Force, name: str, by: str, number: int, *words: str) -> None:
    getattr(submission_steps, name)(force.services, force.person(by), number, *words)


def sent(force: Force, items: list[int], number: str = "", **given) -> list[str | None]:
    """Scan these out on a page, without saying who authorised it; gives the codes of the refusals."""
    given = {"place": force.carrier.id, "submission": number} | given
    verdicts = happen(force, "submissions", items, "SUBMIT", **given)
    return [one.refusal.code if one.refusal else None for one in verdicts]


def lines(force: Force, number: int) -> list[SubmittedLine]:
    with force.services.store.read() as work:
        return work.submissions.lines([number])


def called(number: int) -> str:
    return f"FS-{number:06}"


def test_what_is_authorised_is_in_the_chain_of_every_exhibit_and_leaves_by_number_alone(shared, case_id, ready):
    number = a_draft(shared, case_id, ready)
    authorised(shared, number)

    assert sent(shared, ready[:1], called(number).lower()) == [None]
    assert find(shared, number).state is State.PART_SENT
    assert sent(shared, ready, called(number)) == ["not_in_a_store", None]
    assert find(shared, number).state is State.SENT

    told = events_of(shared, ready[0])
    cleared = next(one.body for one in told if isinstance(one.body, SubmissionAuthorised))
    left = next(one.body for one in told if isinstance(one.body, Submitted))
    with shared.services.store.read() as work:
        assert cleared.content == digest_of(shared, number) != ""
        kept = work.submissions.version(number, 1)
    assert kept
    assert kept.content == find(shared, number).content
    assert sound(shared)
    assert (left.submission, left.authority) == (called(number), "4511 Submissions")
    assert state(shared, ready[0]).cleared is None


def test_what_left_under_a_submission_is_rebuilt_from_the_ledger(shared, case_id, ready):
    number = a_draft(shared, case_id, ready)
    authorised(shared, number)
    assert sent(shared, ready, called(number)) == [None, None]
    kept = lines(shared, number)
    assert rebuild.rebuild(shared.services, write=False).faults == []
    shared.services.store.write(lambda work: work.submissions.mark(replace(kept[0], sent_at=None)))
    shared.services.store.write(
        lambda work: work.submissions.save(replace(find(shared, number), state=State.AUTHORISED))
    )

    found = rebuild.rebuild(shared.services, write=True).faults

    assert [fault for fault in found if f"reference {ready[0]} " in fault and "submission" in fault]
    assert lines(shared, number) == kept
    assert find(shared, number).state is State.SENT
    assert rebuild.rebuild(shared.services, write=False).faults == []


def test_filling_in_and_authorising_stop_no_clock(shared, case_id, ready):
    with shared.services.store.read() as work:
        before = work.items.find(ready[0])

    authorised(shared, a_draft(shared, case_id, ready))

    with shared.services.store.read() as work:
        after = work.items.find(ready[0])
    assert (after.due_kind, after.due_at) == (before.due_kind, before.due_at)
    assert after.due_kind == "submission"


def test_who_may_not_be_on_a_submission_is_said_with_the_reason(shared, case_id, ready):
    undecided, against, gone = shared.items(_case(shared, case_id), 3, category="KNF")
    deciding.decide(
        shared.services, shared.person("inspector"), against, Choice("NOT_REQUIRED", "cost", "Too dear for this.")
    )
    to_submit(shared, [gone])
    happen(shared, "officer", [gone], "SUBMIT", place=shared.lab.id, submission="OLD/7", authority="FSU")
    number = a_draft(shared, case_id, ready)

    _, found = submissions.candidates(shared.services, shared.person("officer"), case_id)

    why = {one.exhibit.register_no: one for one in found}
    assert "nobody has decided" in why[undecided].why
    assert "needs no examination" in why[against].why
    assert (why[ready[0]].may_go, why[ready[0]].other) == (False, number)
    for one in (undecided, against, ready[0]):
        with pytest.raises(NotForSubmission):
            a_draft(shared, case_id, [one])


def test_nobody_authorises_what_they_built_or_changed_and_nobody_without_the_right(shared, case_id, ready):
    number = a_draft(shared, case_id, ready, by="supervisor")
    step(shared, "offer", "officer", number)
    seen = digest_of(shared, number)

    for by, why in (("supervisor", OwnSubmission), ("officer", NoRight), ("exhibits_officer", NoRight)):
        with pytest.raises(why):
            step(shared, "authorise", by, number, seen)
    with pytest.raises(SubmissionChangedMeanwhile):
        step(shared, "authorise", "submissions", number, "0" * 64)
    step(shared, "refuse", "submissions", number, "Ask about the hem only.")

    assert (find(shared, number).state, find(shared, number).reason) == (State.DRAFT, "Ask about the hem only.")
    submissions.change(shared.services, shared.person("submissions"), number, a_form(shared, ready, cost="250"))
    step(shared, "offer", "officer", number)
    with pytest.raises(OwnSubmission):
        step(shared, "authorise", "submissions", number, digest_of(shared, number))
    step(shared, "authorise", "inspector", number, digest_of(shared, number))
    assert find(shared, number).state is State.AUTHORISED


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"laboratory": ""}, "laboratory"),
        ({"circumstances": " "}, "circumstances"),
        ({"needed_by": "2026-06-01"}, "urgency"),
        ({"lines": LineForm((), "What is it?")}, "examinations"),
        ({"lines": LineForm(("drugs",), "")}, "questions"),
    ],
)
def test_a_draft_may_be_unfinished_and_is_not_authorised_so(shared, case_id, ready, given, field):
    if "lines" in given:
        given = {"lines": dict.fromkeys(ready, given["lines"])}
    number = a_draft(shared, case_id, ready, **given)

    with pytest.raises(MissingValue) as refusal:
        step(shared, "offer", "officer", number)

    assert refusal.value.field.startswith(field)
    step(shared, "withdraw", "officer", number, "Only a test.")


def test_a_change_takes_the_authority_back_until_a_new_version_has_its_own(shared, case_id, ready):
    number = a_draft(shared, case_id, ready)
    authorised(shared, number)
    sent(shared, ready[:1], called(number))
    step(shared, "revise", "officer", number, "Ask about fibres as well.")

    assert sent(shared, ready[1:], called(number)) == ["not_on_submission"]
    assert isinstance(events_of(shared, ready[1])[-1].body, SubmissionRecalled)
    with pytest.raises(AlreadySent):
        submissions.change(shared.services, shared.person("officer"), number, a_form(shared, ready[1:]))
    other = dict.fromkeys(ready, LineForm(("fibres",), "Which fibres?"))
    submissions.change(shared.services, shared.person("officer"), number, a_form(shared, ready, lines=other))
    authorised(shared, number)

    now = find(shared, number)
    assert (now.version, now.state) == (2, State.PART_SENT)
    assert [line.examinations for line in now.content.lines] == [("dna", "body-fluids"), ("fibres",)]
    assert sent(shared, ready[1:], called(number)) == [None]


def test_a_scan_out_is_held_to_the_submission(shared, case_id, ready):
    number = a_draft(shared, case_id, ready[:1])
    authorised(shared, number)
    other = shared.services.store.write(lambda work: work.places.add("Southern", shared.lab.kind, None, frozenset()))

    assert sent(shared, ready[1:], called(number)) == ["not_on_submission"]
    assert sent(shared, ready[:1], "OLD/8", authority="FSU") == ["on_another_submission"]
    assert sent(shared, ready[:1], called(number), place=other.id) == ["other_laboratory"]
    assert sent(shared, ready[1:], "OLD/8") == ["submission_needs_authority"]
    assert sent(shared, ready[1:], "OLD/8", authority="FSU") == [None]


def test_where_the_force_has_its_own_numbers_only_no_other_sends_anything(shared, ready):
    strict = replace(shared.services, limits=replace(shared.services.limits, own_submissions_only=True))

    assert sent(replace(shared, services=strict), ready[:1], "OLD/9", authority="FSU") == ["submission_not_ours"]


def test_a_late_scan_without_authority_is_recorded_with_a_discrepancy(shared, ready, bench):
    code, carrier = shared.labels(ready[:1])[0], shared.place_code(shared.carrier)
    act = bench.act("SUBMIT", code, to=carrier, submission="FS-000999")
    shared.clock.move(hours=2)

    (answer,) = bench.send(act)

    assert answer["items"][0]["verdict"].startswith("recorded")
    left = state(shared, ready[0])
    assert (left.submission, left.forensic.value) == ("FS-000999", "submitted")
    assert [one.kind for one in left.discrepancies] == ["against the rules"]


def test_it_is_closed_when_all_that_left_is_back(shared, case_id, ready, bench):
    number = a_draft(shared, case_id, ready)
    authorised(shared, number)
    with pytest.raises(SubmissionNotIn):
        step(shared, "close", "officer", number, "")
    sent(shared, ready[:1], called(number))
    with pytest.raises(SubmissionNotIn):
        step(shared, "withdraw", "officer", number, "Not needed.")
    with pytest.raises(SubmissionStillOut):
        step(shared, "close", "officer", number, "The rest is not needed.")
    shared.clock.move(minutes=1)
    back = bench.do("LAB_RETURN", shared.labels(ready[:1])[0], to=shared.place_code(shared.safe))
    assert back["verdict"] == "recorded", back
    with pytest.raises(MissingValue):
        step(shared, "close", "officer", number, "")
    step(shared, "close", "officer", number, "The rest is not needed.")

    assert find(shared, number).state is State.CLOSED
    assert state(shared, ready[1]).cleared is None


def _case(force: Force, case_id: int):
    with force.services.store.read() as work:
        return work.cases.find(case_id)
