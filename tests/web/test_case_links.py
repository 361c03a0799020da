"""Cases are linked by a named person with a reason, and what was refused in either is to be decided again."""

from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.exhibit import Forensic
from exhibits_app.services import deciding, rebuild
from tests.support.pages import fetch
from tests.support.words import words

REASON = "The same card reader, serial 4711, is on both lists."


def decided(force, *items: int, decision: str = "NOT_REQUIRED") -> None:
    for item in items:
        reason = "" if decision == "SUBMIT" else "cost"
        choice = Choice(decision, reason, "Quoted at 4,000 pounds." if reason else "")
        deciding.decide(force.services, force.person("inspector"), item, choice)


def states(force, *items: int) -> list[Forensic]:
    with force.services.store.read() as work:
        return [work.items.find(item).exhibit.forensic for item in items]


def test_a_link_reopens_what_was_refused_in_both_cases_and_stands_on_both_pages(force, client_of) -> None:
    mine, sent = force.items(force.case(), 2)
    (other,) = force.items(force.case(reference="01AB/2/26"), seal="X1")
    decided(force, mine, other)
    decided(force, sent, decision="SUBMIT")
    client = client_of("officer")

    client.post("/cases/1/links", data={"reference": "01ab/2/26", "reason": REASON})

    assert states(force, mine, sent, other) == [Forensic.UNDECIDED, Forensic.TO_SUBMIT, Forensic.UNDECIDED]
    assert "2 decisions are to be made again." in fetch(client, "/cases/1/links").html
    for case, seen in ((1, "01AB/2/26"), (2, "01AB/1/26")):
        assert f"Case {seen} : {REASON} Recorded by PC 4507 Officer" in words(fetch(client, f"/cases/{case}"))
    assert f"linked with case 01AB/2/26: {REASON.rstrip('.')}" in fetch(client, "/items/1").text
    again = client.post("/cases/2/links", data={"reference": "01AB/1/26", "reason": REASON})
    assert (again.status_code, "linked with 01AB/1/26 already" in again.text) == (409, True)
    assert rebuild.rebuild(force.services, write=False).faults == []


def test_a_link_that_does_not_stand_is_withdrawn_and_stays_on_record(force, client_of) -> None:
    force.case()
    force.case(reference="01AB/2/26")
    client = client_of("officer")
    client.post("/cases/1/links", data={"reference": "01AB/2/26", "reason": REASON})

    refused = client.post("/cases/2/links/withdrawal", data={"link": "1", "withdrawal": ""})
    client.post("/cases/2/links/withdrawal", data={"link": "1", "withdrawal": "Another serial number."})

    assert refused.status_code == 422
    assert "Withdrawn by PC 4507 Officer" in words(fetch(client, "/cases/1"))
    assert client.post("/cases/2/links/withdrawal", data={"link": "1", "withdrawal": "Again."}).status_code == 404
    client.post("/cases/1/links", data={"reference": "01AB/2/26", "reason": "It is the same after all."})
    assert "the same after all" in words(fetch(client, "/cases/2"))


def test_a_case_is_linked_only_by_who_works_on_both_and_a_restricted_one_is_not_named(force, client_of) -> None:
    (item,) = force.items(force.case())
    decided(force, item)
    force.case(by="other", reference="01AB/3/26", restricted=True, title="Covert", team=force.team)
    force.case(
        by="other", reference="01AB/4/26", restricted=True, team=force.team, supervisor=force.people["officer"].id
    )
    client = client_of("officer")

    for wanted in ("01AB/3/26", "01AB/1/26", "none"):
        refused = client.post("/cases/1/links", data={"reference": wanted, "reason": REASON})
        assert (refused.status_code, fetch(client, "/cases/1/links").of_class("govuk-details")) == (422, [])
    client.post("/cases/1/links", data={"reference": "01AB/4/26", "reason": REASON})

    told = [words(fetch(client_of("supervisor"), path)) for path in ("/cases/1", "/cases/1/links", "/items/1")]
    assert "A restricted case Recorded by PC 4507 Officer" in told[0]
    assert "linked with a restricted case" in told[2]
    assert [word for word in ("01AB/4/26", "4711") for page in told if word in page] == []
