"""The commands that account for exhibits, on an instance as `exhibits init` makes it."""

import json
from collections.abc import Callable
from datetime import timedelta

import pytest

from exhibits_app.bootstrap import Assembly
from exhibits_app.domain.cases import Case, CaseCategory
from exhibits_app.domain.events import Envelope, Seized
from exhibits_app.services.ports import Work
from exhibits_app.services.recording import Happening, new_item, record
from tests.cli.conftest import Shell

CASE = "01AB/1/26"


@pytest.fixture
def seized(ready: Shell, assembled: Callable[[Shell], Assembly]) -> Shell:
    """Two exhibits that were seized ten days ago and never booked in, below a signed head."""
    services = assembled(ready).services()
    at = services.clock.now() - timedelta(days=10)

    def change(work: Work) -> None:
        person = work.accounts.all()[0].person.ref
        case = work.cases.add(Case(0, CASE, "A search", CaseCategory.VIOLENCE, person), at, person.id)
        happenings = []
        for number in (1, 2):
            body = Seized(case.ref, f"AB/{number}", "Knife", "KNF", person, person, seal=f"S{number}")
            envelope = Envelope(services.ids.event_id(), at, at, person, services.ids.event_id())
            happenings.append(Happening(new_item(work.items.next_register_no()), envelope, body))
        record(work, services.ids, work.policies.current(at), happenings)

    services.store.write(change)
    ready.ok("ledger", "checkpoint")
    return ready


def test_gaps_are_listed_with_how_long_since_when(seized: Shell) -> None:
    told = seized.ok("gaps")

    assert "1  Booked in late (10 days, since" in told
    assert "2 gaps were found." in told


@pytest.mark.parametrize("narrowed", [("--item", "1"), ("--case", CASE)])
def test_gaps_are_narrowed_and_given_as_json(seized: Shell, narrowed: tuple[str, str]) -> None:
    found = seized.objects("gaps", *narrowed)

    assert {one["kind"] for one in found} == {"Booked in late"}
    assert [one["register_no"] for one in found] == ([1] if narrowed[0] == "--item" else [1, 2])
    assert found[0]["seconds"] // 86_400 == 10


def test_gaps_of_two_scopes_at_once_are_wrong_usage(seized: Shell) -> None:
    assert seized.run("gaps", "--item", "1", "--case", CASE).exit_code == 2


def test_the_report_of_an_exhibit_is_read_on_a_screen(seized: Shell) -> None:
    told = seized.ok("continuity", "--item", "1")

    assert told.startswith(f"\nContinuity of AB/1 in {CASE}\n====")
    assert "is accounted for below, each by one custodian." in told


def test_the_report_of_a_case_is_one_line_of_json_an_exhibit(seized: Shell) -> None:
    assert [one["register_no"] for one in seized.objects("continuity", "--case", CASE)] == [1, 2]


def test_the_report_of_a_case_shows_how_far_it_is(seized: Shell) -> None:
    pdf = seized.folder / "case.pdf"

    result = seized.run("continuity", "--case", CASE, "--pdf", str(pdf))

    assert "Accounting for exhibits" in result.stderr
    assert "2/2" in result.stderr
    assert pdf.read_bytes().startswith(b"%PDF")


def test_a_report_needs_one_scope(seized: Shell) -> None:
    assert seized.run("continuity").exit_code == 2
    assert seized.run("continuity", "--item", "1", "--case", CASE).exit_code == 2


def test_a_head_that_was_never_signed_is_refused_in_one_sentence(seized: Shell) -> None:
    result = seized.run("continuity", "--item", "1", "--head", "1")

    assert result.exit_code == 1
    assert result.stderr.strip() == (
        "Error: The ledger has no signed checkpoint of size 1. Choose one from the list of checkpoints."
    )


def test_the_exhibit_list_is_written_as_pdf_and_csv(seized: Shell) -> None:
    pdf, csv = seized.folder / "list.pdf", seized.folder / "list.csv"

    seized.ok("exhibit-list", "--case", CASE, "--pdf", str(pdf), "--csv", str(csv))

    assert pdf.read_bytes().startswith(b"%PDF")
    assert csv.read_text("utf-8-sig").splitlines()[1].startswith("AB/1,Knife,")
    assert [one["Exhibit reference"] for one in seized.objects("exhibit-list", "--case", CASE)] == ["AB/1", "AB/2"]


def test_a_statement_is_drafted_for_one_of_the_handlers(seized: Shell) -> None:
    (handler,) = seized.objects("statement", "--case", CASE)

    told = seized.ok("statement", "--case", CASE, "--person", str(handler["person"]))
    lines = seized.ok("statement", "--case", CASE, "--person", str(handler["person"]), "--json").splitlines()

    assert "I seized AB/1" in told
    assert [json.loads(line)["ref"] for line in lines] == ["AB/1", "AB/2"]


def test_what_is_read_at_the_command_line_is_logged(seized: Shell, assembled: Callable[[Shell], Assembly]) -> None:
    seized.ok("continuity", "--item", "1")

    with assembled(seized).services().store.read() as work:
        (read,) = work.accounts.reads()
    assert (read["person"], read["what"], read["subject"]) == (None, "item", 1)
