"""Walking a case to its decisions: recommendations, answers, one decision for each of many, and reopening."""

from dataclasses import replace

import pytest

from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.errors import NoRight, NotFound, OwnExhibit
from exhibits_app.domain.exhibit import Exhibit, Forensic
from exhibits_app.services import cases, deciding
from tests.support.force import Force

ADVICE = deciding.Advice("pathologist", "Dr Sorrel", "Blood on the sheet", 1)
AGAINST = Choice("NOT_REQUIRED", "cost", "The laboratory quoted 4,000 pounds.")


def state(force: Force, number: int) -> Exhibit:
    with force.services.store.read() as work:
        return work.items.find(number).exhibit


def test_many_are_decided_with_one_decision_each_and_one_refused_holds_up_no_other(force: Force) -> None:
    items = force.items(force.case(), 3)
    deciding.recommend(force.services, force.person("coroners_officer"), items[1], ADVICE)

    done = deciding.decide_many(force.services, force.person("inspector"), dict.fromkeys(items, AGAINST))

    assert [one.refusal is None for one in done] == [True, False, True]
    assert "Dr Sorrel" in str(done[1].refusal)
    assert [state(force, number).forensic for number in items] == [
        Forensic.NOT_REQUIRED, Forensic.UNDECIDED, Forensic.NOT_REQUIRED
    ]  # fmt: skip
    with force.services.store.read() as work:
        assert (
            len({event.envelope.act for n in items for event in work.ledger.events_of(n) if event.kind == "decide"})
            == 2
        )


def test_the_walk_goes_through_what_waits_and_ends(force: Force) -> None:
    items = force.items(force.case(), 3)
    inspector = force.person("inspector")
    walked = []
    at = deciding.walk(force.services, inspector, 1)
    while at.next is not None:
        walked.append((at.next, at.left))
        deciding.decide(force.services, inspector, at.next, AGAINST)
        at = deciding.walk(force.services, inspector, 1, at.next)

    assert walked == [(items[0], 3), (items[1], 2), (items[2], 1)]
    assert at.left == 0


def test_what_is_skipped_comes_again_at_the_end(force: Force) -> None:
    items = force.items(force.case(), 2)

    assert deciding.walk(force.services, force.person("inspector"), 1, items[1]).next == items[0]


def test_a_graver_case_has_what_was_refused_decided_again(force: Force) -> None:
    case = force.case(category="violence", supervisor=force.people["supervisor"].id)
    (item,) = force.items(case, category="KNF")
    deciding.decide(force.services, force.person("supervisor"), item, AGAINST)
    form = cases.CaseForm(case.reference, case.title, "homicide", supervisor=force.people["supervisor"].id)

    cases.change_case(force.services, force.person("supervisor"), case.id, form)

    again = state(force, item)
    assert (again.forensic, again.decision) == (Forensic.UNDECIDED, None)
    with force.services.store.read() as work:
        assert [event.kind for event in work.ledger.events_of(item)][-2:] == ["reclassify", "reopen"]
        assert work.items.find(item).due_at == work.policies.current(force.clock.at).due(force.clock.at, 2)


def test_a_case_changed_in_name_reopens_nothing(force: Force) -> None:
    case = force.case(category="homicide")
    (item,) = force.items(case)
    deciding.decide(force.services, force.person("inspector"), item, AGAINST)
    form = cases.CaseForm(case.reference, "Another title", "homicide", oic=force.people["other"].id)

    cases.change_case(force.services, force.person("supervisor"), case.id, form)

    assert state(force, item).forensic is Forensic.NOT_REQUIRED


@pytest.mark.parametrize(
    ("who", "refusal"),
    [
        ("auditor", NotFound),
        ("disclosure_officer", NoRight),
        ("property_officer", NotFound),
        ("administrator", NotFound),
    ],
)
def test_advice_is_recorded_by_those_who_work_on_the_case(force: Force, who: str, refusal: type[Exception]) -> None:
    (item,) = force.items(force.case())

    with pytest.raises(refusal):
        deciding.recommend(force.services, force.person(who), item, ADVICE)

    assert state(force, item).recommendations == ()


def test_the_oic_does_not_answer_a_recommendation_with_no_on_their_own_item(force: Force) -> None:
    inspector = force.people["inspector"].id
    (item,) = force.items(force.case(oic=inspector))
    deciding.recommend(force.services, force.person("officer"), item, replace(ADVICE, owner=inspector))
    (one,) = state(force, item).recommendations

    with pytest.raises(OwnExhibit):
        deciding.decide(force.services, force.person("inspector"), item, replace(AGAINST, answers={one.event: "No"}))

    assert state(force, item).open_recommendations == (one,)
