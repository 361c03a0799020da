"""What laboratories have and say: results, what is waited for until one comes, and what they send back instead."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain import errors, laboratory
from exhibits_app.domain.clocks import ClockKind, running
from exhibits_app.domain.custody import decide, wrong_item
from exhibits_app.domain.custody.dividing import Taken, split_off_there, split_there
from exhibits_app.domain.events import (
    BookedIn,
    Collected,
    Consumed,
    Decided,
    DiscrepancyRaised,
    EndSeen,
    Event,
    ItemRef,
    LabReceived,
    LabReturned,
    ResultRecorded,
    Sighted,
    Submitted,
)
from exhibits_app.domain.exhibit import Exhibit, Forensic
from exhibits_app.domain.fold import apply, fold
from exhibits_app.domain.laboratory import Report
from exhibits_app.domain.policy import DEFAULT_RULES, Policy
from tests.domain.exhibits import COURIER, LAB, OKAFOR, REYES, SEIZED_AT, SHELF, an_event, an_exhibit, asked, seizure

POLICY = Policy(1, SEIZED_AT, DEFAULT_RULES)
BOOKED = an_event(BookedIn(SHELF.ref), 2)
SENT = an_event(Submitted(LAB.ref, "FS/1", "FSU"), 3)
RECEIVED = an_event(LabReceived(LAB.ref, "NF-7"), 4)
BACK = an_event(LabReturned(SHELF.ref, new_seal="L900", awaited=True), 40)


def told(outcome: str, hours: float = 20, note: str | None = None) -> Event:
    at = SEIZED_AT + timedelta(hours=hours)
    return an_event(ResultRecorded(f"R{hours}", outcome, at, note, LAB.ref), hours)


def at_lab(*later: Event) -> Exhibit:
    return an_exhibit(BOOKED, SENT, RECEIVED, *later)


def of_laboratory(exhibit: Exhibit) -> dict[ClockKind, float]:
    """The clocks that a laboratory answers for, and the decision's, with the hours from the seizure to each."""
    kinds = {ClockKind.LAB_RECEIPT, ClockKind.RESULT, ClockKind.LAB_RETURN, ClockKind.DECISION}
    return {c.kind: (c.due - SEIZED_AT) / timedelta(hours=1) for c in running(exhibit, POLICY) if c.kind in kinds}


@pytest.mark.parametrize(
    ("events", "forensic", "clocks"),
    [
        ([SENT], Forensic.SUBMITTED, {ClockKind.LAB_RECEIPT: 3 + 48, ClockKind.RESULT: 3 + 28 * 24}),
        ([SENT, RECEIVED], Forensic.AT_LAB, {ClockKind.RESULT: 3 + 28 * 24}),
        ([SENT, RECEIVED, told("negative")], Forensic.RESULT, {ClockKind.LAB_RETURN: 20 + 14 * 24}),
        ([SENT, RECEIVED, BACK], Forensic.AWAITED, {ClockKind.RESULT: 3 + 28 * 24}),
        ([SENT, RECEIVED, told("hit"), BACK], Forensic.RESULT, {}),
        ([SENT, RECEIVED, BACK, told("hit", 50)], Forensic.RESULT, {}),
        (
            [SENT, RECEIVED, told("not-examined", note="Too little.")],
            Forensic.UNDECIDED,
            {ClockKind.LAB_RETURN: 20 + 14 * 24, ClockKind.DECISION: 20 + 48},
        ),
        (
            [SENT, RECEIVED, told("not-examined"), an_event(Decided("NOT_REQUIRED", "cost", "Why"), 30), BACK],
            Forensic.NOT_REQUIRED,
            {},
        ),
        ([SENT, told("hit", 3.5), RECEIVED], Forensic.RESULT, {ClockKind.LAB_RETURN: 3.5 + 14 * 24}),
        ([SENT, RECEIVED, an_event(LabReturned(SHELF.ref), 40)], Forensic.RESULT, {}),
    ],
    ids=["sent", "received", "result", "back first", "back after", "result after", "not examined", "decided meanwhile",
         "result before receipt", "a return of before"],
)  # fmt: skip
def test_a_laboratory_is_waited_for_until_it_has_done_each_thing(
    events: list[Event], forensic: Forensic, clocks: dict[ClockKind, float]
) -> None:
    exhibit = an_exhibit(BOOKED, *events)

    assert exhibit.forensic is forensic
    assert of_laboratory(exhibit) == clocks


def test_the_return_says_whether_the_result_is_still_to_come() -> None:
    def awaited(exhibit: Exhibit, **given: object) -> object:
        return decide("LAB_RETURN", exhibit, asked(SHELF, 60, **given)).awaited  # type: ignore[attr-defined]

    assert awaited(at_lab()) is True
    assert awaited(at_lab(), text="profile obtained") is False
    assert awaited(at_lab(told("negative"))) is False


@pytest.mark.parametrize(
    ("events", "since"),
    [
        ([BOOKED], None),
        ([BOOKED, an_event(Collected(COURIER.ref), 3)], None),
        ([BOOKED, an_event(Submitted(COURIER.ref, "FS/1", "FSU"), 3)], 3),
        ([BOOKED, SENT, RECEIVED, told("hit")], 3),
        ([BOOKED, SENT, RECEIVED, BACK], None),
        ([BOOKED, SENT, RECEIVED, an_event(Consumed("NF-7", "R1"), 9)], 3),
        ([BOOKED, SENT, RECEIVED, an_event(Consumed("NF-7", "R1"), 9), an_event(EndSeen(), 12)], None),
    ],
    ids=["in store", "between stores", "on the way", "result known", "back", "used up", "seen"],
)
def test_what_is_out_is_known_since_when_until_it_is_back_or_its_end_was_seen(
    events: list[Event], since: float | None
) -> None:
    found = laboratory.away_since(an_exhibit(*events))

    assert found == (None if since is None else SEIZED_AT + timedelta(hours=since))


REPORT = Report("hit", "R1", SEIZED_AT + timedelta(hours=20), "Full profile.")
LATER = SEIZED_AT + timedelta(hours=30)


@pytest.mark.parametrize(
    ("exhibit", "place", "report", "refusal"),
    [
        (an_exhibit(BOOKED), LAB, REPORT, errors.NeverExamined),
        (at_lab(), None, REPORT, errors.NotAChoice),
        (at_lab(), COURIER, REPORT, errors.NotALaboratory),
        (at_lab(), LAB, replace(REPORT, outcome="perhaps"), errors.NotAChoice),
        (at_lab(), LAB, replace(REPORT, report=" "), errors.MissingValue),
        (at_lab(), LAB, replace(REPORT, reported_at=None), errors.ReportDateUnfit),
        (at_lab(), LAB, replace(REPORT, reported_at=LATER + timedelta(days=1)), errors.ReportDateUnfit),
        (at_lab(), LAB, replace(REPORT, outcome="not-examined", note=""), errors.MissingValue),
        (at_lab(told("hit", 20)), LAB, replace(REPORT, report="R20"), errors.ResultOnRecord),
    ],
)
def test_a_result_that_cannot_be_is_refused(
    exhibit: Exhibit, place: object, report: Report, refusal: type[errors.Refusal]
) -> None:
    with pytest.raises(refusal):
        laboratory.result(exhibit, place, report, LATER)  # type: ignore[arg-type]


def test_a_result_can_be_told_of_what_others_submitted_and_of_what_was_used_up() -> None:
    elsewhere = an_exhibit(an_event(Decided("SUBMITTED_ELSEWHERE", "other-evidence", "By them"), 5))
    used_up = at_lab(an_event(Consumed("NF-7", "R1"), 9))

    said = laboratory.result(elsewhere, LAB, REPORT, LATER)

    assert apply(elsewhere, an_event(said, 30)).forensic is Forensic.RESULT
    after = apply(used_up, an_event(laboratory.result(used_up, LAB, REPORT, LATER), 30))
    assert (after.forensic, [one.outcome for one in after.results]) == (Forensic.CONSUMED, ["hit"])


def test_a_result_of_what_others_examine_names_the_examiner_or_the_laboratory_and_more_may_follow() -> None:
    exhibit = an_exhibit(an_event(Decided("EXAMINE_IN_HOUSE", "examined-in-house", "By us"), 5))
    with pytest.raises(errors.MissingValue):
        laboratory.result(exhibit, None, REPORT, LATER)

    first = laboratory.result(exhibit, None, replace(REPORT, examiner="Unit 4"), LATER)
    after = apply(exhibit, an_event(first, 30))

    assert (after.forensic, after.results[0].name, after.results[0].laboratory) == (Forensic.RESULT, "Unit 4", 0)
    with pytest.raises(errors.ResultOnRecord):
        laboratory.result(after, None, replace(REPORT, examiner="Unit 4"), LATER)
    assert laboratory.result(after, LAB, REPORT, LATER).source == LAB.name


def test_that_nothing_is_left_is_seen_once_and_by_name() -> None:
    used_up = at_lab(an_event(Consumed("NF-7", "R1"), 9))
    with pytest.raises(errors.NothingUsedUp):
        laboratory.see_end(at_lab())

    seen = apply(used_up, an_event(laboratory.see_end(used_up), 12))

    assert seen.end_seen_by == OKAFOR
    with pytest.raises(errors.EndIsSeen):
        laboratory.see_end(seen)


def test_what_a_laboratory_made_is_as_far_as_its_parent_and_a_sample_leaves_that_whole() -> None:
    parent = at_lab()
    swab = Taken(ItemRef(2, "AB/1/1"), "Swab", 1, REYES, "L901", sample=True)

    told = split_there(parent, asked(hours=10), (swab,), 1, 0, LAB.name)
    part = fold([an_event(split_off_there(parent, swab, LAB.name), 10)])

    assert apply(parent, an_event(told, 10)).quantity == 1
    assert (part.quantity, part.unit, part.seal.number) == (1, "sample", "L901")
    assert (part.forensic, part.submission, part.seized_at) == (Forensic.AT_LAB, "FS/1", SEIZED_AT)
    assert (part.custody, part.parent) == (parent.custody, ItemRef(1, "AB/1"))
    assert ClockKind.RESULT in of_laboratory(part)
    with pytest.raises(errors.QuantitiesDiffer):
        split_there(parent, asked(hours=10), (replace(swab, sample=False),), 1, 0, LAB.name)
    with pytest.raises(errors.NotWithLaboratory):
        split_there(an_exhibit(BOOKED), asked(hours=10), (swab,), 1, 0, LAB.name)


def test_a_wrong_item_is_here_and_the_right_one_is_still_there() -> None:
    expected, stored = at_lab(), fold([an_event(seizure(reference="AB/2"), actor=REYES), BOOKED])

    here, odd = wrong_item.came(stored, asked(SHELF, seal="L900"), "AB/1")
    back, _ = wrong_item.came(expected, asked(SHELF, seal="S100"))

    assert here == Sighted(SHELF.ref, "L900")
    assert odd == DiscrepancyRaised("wrong item back", "from the laboratory instead of AB/1", stored.where)
    assert back == LabReturned(SHELF.ref, "S100", awaited=True)
    raised = wrong_item.still_away(expected, 2, "AB/2")
    after = apply(expected, an_event(raised, 10))
    assert (after.custody, of_laboratory(after)) == (expected.custody, of_laboratory(expected))
    with pytest.raises(errors.ThatIsTheItem):
        wrong_item.still_away(expected, 1, "AB/1")
    with pytest.raises(errors.NotSentOut):
        wrong_item.still_away(stored, None, "a knife")
