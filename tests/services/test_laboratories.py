"""What goes out to laboratories, what they say of it, and what they send back, as people record it."""

from collections.abc import Iterator

import pytest

from exhibits_app.domain import errors
from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.events import Body, BookedIn, Decided, Envelope, LabReceived, LabReturned, Submitted
from exhibits_app.domain.exhibit import CustodyKind, Exhibit, Forensic
from exhibits_app.domain.laboratory import Report
from exhibits_app.services import (
    at_laboratories,
    case_links,
    deciding,
    dividing,
    happenings,
    rebuild,
    results,
    wrong_items,
)
from exhibits_app.services.dividing import PartForm, SplitForm
from exhibits_app.services.ports import AwayLine, Work
from exhibits_app.services.recording import Happening, record
from exhibits_app.services.results import Told
from exhibits_app.services.typed_acts import Particulars
from exhibits_app.services.wrong_items import Came
from tests.support.force import Force, a_force


@pytest.fixture(scope="module")
def force(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Force]:
    made = a_force(tmp_path_factory.mktemp("laboratories"))
    yield made
    made.services.store.close()


def state(force: Force, number: int) -> Exhibit:
    with force.services.store.read() as work:
        return work.items.find(number).exhibit


def put(force: Force, number: int, *bodies: Body) -> None:
    """These things happened to the item one after another, as scans elsewhere told."""

    def change(work: Work) -> None:
        held, by = work.items.hold(number), force.people["property_officer"].ref
        for body in bodies:
            now = force.clock.move(minutes=1) or force.clock.now()
            envelope = Envelope(force.services.ids.event_id(), now, now, by, force.services.ids.event_id())
            record(work, force.services.ids, work.policies.current(now), [Happening(held, envelope, body)])

    force.services.store.write(change)


def sent(force: Force, reference: str, count: int = 1, to: str = "lab", **case: object) -> list[int]:
    """So many items of a new case, booked in and sent out under FS/<its number>."""
    numbers = force.items(force.case(reference=reference, **case), count, category="KNF", seal="")
    out = force.lab if to == "lab" else force.carrier
    for number in numbers:
        put(
            force,
            number,
            BookedIn(force.shelf.ref),
            Decided("SUBMIT"),
            Submitted(out.ref, f"FS/{reference}", "DI Example"),
        )
    force.clock.move(days=2)
    return numbers


def received(force: Force, number: int) -> None:
    put(force, number, LabReceived(force.lab.ref, f"NF-{number}"))


def report(force: Force, number: int, outcome: str = "hit", by: str = "submissions", **given: str) -> results.Outcome:
    said = Report(outcome, given.get("report", "R/1"), force.clock.at, given.get("note", "As the report says."))
    return results.record_result(force.services, force.person(by), number, Told(said, force.lab.id))


def against(force: Force, number: int) -> None:
    choice = Choice("NOT_REQUIRED", "other-evidence", "Seen on film.")
    deciding.decide(force.services, force.person("inspector"), number, choice)


def test_a_hit_reopens_what_was_decided_against_in_its_case_once_and_says_why(force: Force) -> None:
    (source,) = sent(force, "A/1")
    case = state(force, source).case.id
    with force.services.store.read() as work:
        of_case = work.cases.find(case)
    refused, undecided = force.items(of_case, 2, category="KNF", seal="")
    (elsewhere,) = force.items(force.case(reference="A/2"), category="KNF", seal="")
    (linked,) = force.items(force.case(reference="A/3", restricted=True), category="KNF", seal="")
    case_links.link(force.services, force.person("officer"), case, "A/3", "The same knife.")
    for number in (refused, elsewhere):
        against(force, number)
    put(force, linked, Decided("NOT_REQUIRED", "other-evidence", "Seen on film."))

    negative = report(force, source, "negative", report="R/0")
    outcome = report(force, source, "hit")

    assert (negative.reopened, outcome.reopened) == ((), (refused,))
    assert [state(force, one).forensic for one in (refused, linked)] == [Forensic.UNDECIDED] * 2
    assert state(force, elsewhere).forensic is Forensic.NOT_REQUIRED
    with force.services.store.read() as work:
        last, there = [work.ledger.events_of(one)[-1] for one in (refused, linked)]
        assert work.items.find(refused).due_kind == "decision"
        assert len(work.ledger.events_of(undecided)) == 1
    assert last.body.cause == "result"  # type: ignore[attr-defined]
    assert last.body.note == "AB/1: hit: a match, or positive, Northern Forensics, report R/1"  # type: ignore[attr-defined]
    assert there.body.note == f"AB/1 in A/1: {last.body.note.partition(': ')[2]}"  # type: ignore[attr-defined]
    with pytest.raises(errors.ResultOnRecord):
        report(force, source, "hit")


def test_what_was_not_examined_is_to_be_decided_again(force: Force) -> None:
    (number,) = sent(force, "B/1")

    outcome = report(force, number, "not-examined", note="Too little of it.")

    assert outcome == results.Outcome(True, ())
    assert (state(force, number).forensic, state(force, number).custody.kind) == (
        Forensic.UNDECIDED, CustodyKind.EXTERNAL
    )  # fmt: skip


@pytest.mark.parametrize(
    ("by", "refusal"), [("property_officer", errors.NotFound), ("coroners_officer", errors.NoRight)]
)
def test_a_result_is_for_who_works_on_the_case(force: Force, by: str, refusal: type[errors.Refusal]) -> None:
    (number,) = sent(force, f"C/{by}")

    with pytest.raises(refusal):
        report(force, number, by=by)


def test_what_the_laboratory_made_comes_back_by_itself_and_bears_its_own_seal(force: Force) -> None:
    (number,) = sent(force, "D/1")
    received(force, number)
    parts = (PartForm("Swab of the handle", "", seal="LAB-D1"), PartForm("Extract", "", seal="LAB-D2"))
    by = force.person("submissions")

    def made(form: SplitForm) -> list[int]:
        return dividing.record_made(force.services, by, number, form, force.lab.id, Particulars())

    swab, extract = made(SplitForm(parts, "1"))
    put(force, swab, LabReturned(force.shelf.ref, "LAB-D1", awaited=True))

    assert [state(force, one).reference for one in (swab, extract)] == ["AB/1/1", "AB/1/2"]
    assert (state(force, swab).forensic, state(force, swab).seal.number) == (Forensic.AWAITED, "LAB-D1")
    assert state(force, extract).custody == state(force, number).custody
    assert state(force, number).quantity == 1
    with pytest.raises(errors.SealInUse):
        made(SplitForm((PartForm("Another", "", seal="LAB-D2"),), "1"))
    with pytest.raises(errors.NotAChoice):
        dividing.record_made(force.services, by, number, SplitForm(parts, "1"), force.shelf.id, Particulars())
    with pytest.raises(errors.QuantitiesDiffer):
        made(SplitForm((PartForm("Half", "1"),), "1"))


def test_a_wrong_item_and_the_right_one_are_both_put_on_record(force: Force) -> None:
    expected, also_out = sent(force, "E/1", 2)
    (stored,) = force.items(force.case(reference="E/2"), category="KNF", seal="SE-2")
    put(force, stored, BookedIn(force.shelf.ref))
    by = force.person("submissions")
    held = {number: state(force, number).custody for number in (expected, stored)}

    def came(item: str, words: str = "", to: int = expected, seal: str = "") -> wrong_items.Recorded:
        given = Particulars(place=force.safe.id, seal=seal, reason="The bag said otherwise.")
        force.clock.move(minutes=5)
        return wrong_items.record_wrong_item(force.services, by, to, Came(item, words, given))

    assert came(str(stored), seal="lab9").came == "AB/1"
    assert came(str(also_out)).came == "AB/2"
    assert came("", "A red phone in bag X1").came is None

    assert [one.kind for one in state(force, stored).discrepancies] == ["wrong place", "wrong seal", "wrong item back"]
    assert [one.seen for one in state(force, expected).discrepancies] == [
        f"property reference {stored}", f"property reference {also_out}", "something unknown: A red phone in bag X1"
    ]  # fmt: skip
    assert {number: state(force, number).custody for number in held} == held
    assert state(force, expected).forensic is Forensic.SUBMITTED
    assert state(force, also_out).in_store
    with pytest.raises(errors.MissingValue):
        came("")
    with pytest.raises(errors.MissingValue):
        came("no such label")
    with pytest.raises(errors.ThatIsTheItem):
        came(str(expected))


def lines(force: Force, by: str = "submissions", **wanted: object) -> list[tuple[int, str]]:
    found = at_laboratories.page(force.services, force.person(by), AwayLine(**wanted))  # type: ignore[arg-type]
    return [(line.exhibit.register_no, line.told) for line in found.lines]


def test_the_list_tells_how_far_each_is_and_what_nobody_has_seen(force: Force) -> None:
    on_the_way, unconfirmed, at_lab, known, used_up = [
        sent(force, f"F/{n}", to="carrier" if n == 0 else "lab", category="homicide")[0] for n in range(5)
    ]
    for number in (at_lab, known, used_up):
        received(force, number)
    report(force, known, "negative")
    used = Particulars(number="NF-5", text="Report R/5")
    (verdict,) = happenings.happen(force.services, force.person("submissions"), [used_up], "CONSUME", used)
    assert verdict.refusal is None
    mine = {"kind_of_case": "homicide"}

    assert lines(force, **mine) == [
        (on_the_way, "On the way, the laboratory has not confirmed it"),
        (unconfirmed, "Sent, the laboratory has not confirmed it"),
        (at_lab, "Received by the laboratory"),
        (known, "Negative: to come back"),
        (used_up, "Used up, and nobody has seen that yet"),
    ]
    assert lines(force, forensic="submitted", lab=force.lab.id, **mine) == [
        (unconfirmed, "Sent, the laboratory has not confirmed it")
    ]
    force.clock.move(days=10)
    assert [number for number, _ in lines(force, overdue_at=force.clock.at, **mine)] == [on_the_way, unconfirmed]
    results.see_end(force.services, force.person("officer"), used_up)
    assert used_up not in [number for number, _ in lines(force)]
    first = at_laboratories.page(force.services, force.person("auditor"), AwayLine(kind_of_case="homicide"), limit=3)
    rest = at_laboratories.page(force.services, force.person("auditor"), AwayLine(**mine), first.next_after)  # type: ignore[arg-type]
    assert [line.exhibit.register_no for line in (*first.lines, *rest.lines)] == [
        on_the_way, unconfirmed, at_lab, known
    ]  # fmt: skip
    assert [(place.name, one.count, one.overdue, one.unconfirmed) for place, one in first.places] == [
        ("Northern Forensics", 3, 1, 1), ("Forensic courier", 1, 1, 1)
    ]  # fmt: skip
    assert first.places[0][1].since == state(force, unconfirmed).submitted_at
    assert [line.number for line in (*first.lines, *rest.lines)] == ["", "", f"NF-{at_lab}", f"NF-{known}"]


def test_what_these_lists_go_by_is_proved_by_a_rebuild(force: Force) -> None:
    assert rebuild.rebuild(force.services, write=False).faults == []
