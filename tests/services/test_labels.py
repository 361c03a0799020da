"""Printing: every label a new code, and nothing released that does not read back."""

from dataclasses import replace
from io import BytesIO

import pytest
from pypdf import PdfReader

from exhibits_app.domain.errors import (
    ChangedMeanwhile,
    LabelNotReleased,
    MissingValue,
    NoRight,
    NotAChoice,
    NotFound,
    RevokedLabel,
)
from exhibits_app.services import codes, labels, printings
from exhibits_app.services.context import Services
from exhibits_app.services.reprints import Again
from labels import verify
from labels.drawing import Drawing
from labels.raster import paint
from tests.support.force import Force


def chain(force: Force, item: int) -> list[str]:
    with force.services.store.read() as work:
        return [entry.type for entry in work.ledger.of_item(item)]


def state(force: Force, code: str) -> str:
    return codes.look_up(force.services, code).state


def print_for(
    force: Force, *items: int, by: str = "officer", services: Services | None = None, stock: str = "L7160"
) -> labels.Printed:
    again = Again("damaged")
    return labels.print_item_labels(services or force.services, force.person(by), items, stock, again=again)


def words(printed: labels.Printed) -> str:
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(printed.pdf)).pages)


def with_a_torn_ribbon(drawing: Drawing) -> object:
    """The gate, in front of a printer that leaves out every third row and column of dots."""
    picture = paint(drawing)
    picture[:, ::3] = 255
    picture[::3] = 255
    return verify.check(picture, drawing.code, symbols=drawing.symbols)


def test_a_label_is_printed_and_its_printing_stands_in_the_chain(force: Force) -> None:
    (item,) = force.items(force.case())

    printed = print_for(force, item)

    meaning = codes.look_up(force.services, printed.codes[0])
    assert (meaning.state, (meaning.subject or {})["register_no"]) == ("printed", item)
    assert chain(force, item) == ["seize", "label"]


def test_the_chain_says_which_code_a_printing_replaced(force: Force) -> None:
    (item,) = force.items(force.case())
    first, second = (print_for(force, item).codes[0] for _ in range(2))

    with force.services.store.read() as work:
        bodies = [event.body for event in work.ledger.events_of(item)]

    assert [(getattr(body, "code", None), getattr(body, "replaces", None)) for body in bodies[1:]] == [
        (first, None),
        (second, first),
    ]


def test_an_item_named_twice_gets_one_label(force: Force) -> None:
    first, second = force.items(force.case(), 2)

    printed = print_for(force, second, first, second)

    assert [state(force, code) for code in printed.codes] == ["printed", "printed"]
    assert chain(force, second) == ["seize", "label"]
    with force.services.store.read() as work:
        assert [work.labels.find(code).subject for code in printed.codes] == [second, first]  # type: ignore[union-attr]


def test_nothing_to_print_is_said(force: Force) -> None:
    with pytest.raises(MissingValue):
        print_for(force)


def test_a_stock_that_is_not_there_is_said(force: Force) -> None:
    (item,) = force.items(force.case())

    with pytest.raises(NotAChoice):
        labels.print_item_labels(force.services, force.person("officer"), [item], "L9999")


def test_one_item_that_is_not_there_prints_none(force: Force) -> None:
    (item,) = force.items(force.case())

    with pytest.raises(NotFound):
        print_for(force, item, 4711)

    assert chain(force, item) == ["seize"]


@pytest.mark.parametrize(("name", "refusal"), [("other", NotFound), ("submissions", NoRight)])
def test_those_who_may_not_print_issue_and_revoke_nothing(force: Force, name: str, refusal: type[Exception]) -> None:
    (item,) = force.items(force.case())
    (before,) = force.labels([item])

    with pytest.raises(refusal):
        print_for(force, item, by=name)

    assert state(force, before) == "live"


@pytest.mark.parametrize(("restricted", "stands"), [(False, True), (True, False)])
def test_the_label_of_a_restricted_case_prints_no_title(force: Force, restricted: bool, stands: bool) -> None:
    (item,) = force.items(force.case(restricted=restricted))

    printed = words(print_for(force, item, stock="thermal-100x50"))

    assert "AB/1" in printed
    assert "01AB/1/26" in printed
    assert ("Sudden death" in printed) is stands


def test_a_label_that_does_not_read_back_is_not_released(force: Force) -> None:
    (item,) = force.items(force.case())
    (before,) = force.labels([item])
    services = replace(force.services, check_label=with_a_torn_ribbon)

    with pytest.raises(LabelNotReleased) as refused:
        print_for(force, item, services=services)

    assert "was not released" in refused.value.sentence()
    assert state(force, before) == "live"
    assert chain(force, item) == ["seize", "label"]
    assert printings.listed(force.services, force.person("officer")).rows == []


def test_a_pdf_that_cannot_be_kept_issues_and_revokes_nothing(force: Force) -> None:
    (item,) = force.items(force.case())
    force.settings.files.write_text("a file where the folder should be")

    with pytest.raises(OSError, match="files"):
        print_for(force, item)

    assert chain(force, item) == ["seize"]


def test_what_changes_while_a_label_is_drawn_is_not_printed_wrongly(force: Force) -> None:
    (item,) = force.items(force.case())

    def while_it_is_drawn(_drawing: Drawing) -> None:
        with force.services.store.read() as work:
            case = work.cases.find(1)
        force.services.store.write(lambda work: work.cases.save(replace(case, title="Homicide, Mill Lane")))

    with pytest.raises(ChangedMeanwhile):
        print_for(force, item, services=replace(force.services, check_label=while_it_is_drawn))

    assert chain(force, item) == ["seize"]


def test_scanning_a_revoked_label_says_stop(force: Force) -> None:
    (item,) = force.items(force.case())
    (before,) = force.labels([item])
    force.labels([item])

    said = codes.look_up(force.services, before).sentence

    assert said.startswith("STOP: ")
    with force.services.store.read() as work, pytest.raises(RevokedLabel):
        codes.check_live(work, work.labels.find(before), before, "AB/1")


def test_a_printing_is_opened_again_by_its_maker_alone_and_issues_nothing(force: Force) -> None:
    (item,) = force.items(force.case())
    printed = print_for(force, item)

    again = printings.open_pdf(force.services, force.person("officer"), printed.job)

    assert again.pdf == printed.pdf
    assert chain(force, item) == ["seize", "label"]
    with pytest.raises(NotFound):
        printings.open_pdf(force.services, force.person("supervisor"), printed.job)


def test_a_new_badge_revokes_the_old_one(force: Force) -> None:
    old, new = force.badge("officer"), force.badge("officer")

    assert (state(force, old), state(force, new)) == ("revoked", "live")


def test_badges_and_places_are_printed_by_administrators_alone(force: Force) -> None:
    officer = force.person("officer")

    with pytest.raises(NoRight):
        labels.print_badges(force.services, officer, [officer.id], "L7160")
    with pytest.raises(NoRight):
        labels.print_place_labels(force.services, officer, [force.shelf.id], "L7160")
