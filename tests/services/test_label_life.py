"""A printed label counts from its first scan: until then the old one is good, and from then on it alarms."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain.errors import (
    LabelOfAnotherPrinting,
    NotAtThisStage,
    NotFound,
    PinNeeded,
    VoidedLabel,
)
from exhibits_app.domain.printing import JobState
from exhibits_app.services import codes, devices, labels, print_steps, printings, rebuild
from exhibits_app.services.context import Services
from exhibits_app.services.reprints import Again
from exhibits_app.services.typed_acts import SignIn
from tests.support.acted import acted
from tests.support.force import PASSWORD, PIN, Force

DAMAGED = Again("damaged", "torn at the seal")


def quick(force: Force, **limits: object) -> Services:
    """The services without reading labels back, which other tests are about."""
    return replace(force.services, read_labels_back=False, limits=replace(force.services.limits, **limits))  # type: ignore[arg-type]  # as the tests name them


def print_for(force: Force, *items: int, again: Again | None = None, **limits: object) -> labels.Printed:
    return labels.print_item_labels(
        quick(force, **limits), force.person("officer"), items, "thermal-100x50", again=again
    )


def states(force: Force, *printed: str) -> list[str]:
    return [codes.look_up(force.services, code).state for code in printed]


def job(force: Force, number: int) -> printings.JobView:
    return printings.see(force.services, force.person("officer"), number)


def chain(force: Force, item: int) -> list[str]:
    with force.services.store.read() as work:
        return [entry.type for entry in work.ledger.of_item(item)]


def code_of(force: Force, item: int) -> str | None:
    with force.services.store.read() as work:
        return work.items.find(item).exhibit.code


@pytest.fixture
def item(force: Force) -> int:
    return force.items(force.case())[0]


def test_booking_in_by_a_new_label_activates_it_and_revokes_the_old_in_the_same_act(force: Force, item: int) -> None:
    (old,) = force.labels([item])
    printed = print_for(force, item, again=DAMAGED)
    (new,) = printed.codes
    before = (states(force, old, new), code_of(force, item))

    verdicts = acted(force, "BOOK_IN", [new], ["S100"], to=force.place_code(force.shelf))

    assert before == (["live", "printed"], old)
    assert verdicts == ["recorded"]
    assert (states(force, old, new), code_of(force, item)) == (["revoked", "live"], new)
    assert chain(force, item) == ["seize", "label", "label", "book_in", "activate_label"]
    with force.services.store.read() as work:
        booked, seen = work.ledger.events_of(item)[-2:]
    assert (booked.envelope.act, getattr(seen.body, "replaces", None)) == (seen.envelope.act, old)
    assert job(force, printed.job).job.state is JobState.CONFIRMED
    assert rebuild.rebuild(force.services, write=False).faults == []


def test_the_old_label_is_good_until_the_new_one_is_seen_and_alarms_after(force: Force, item: int) -> None:
    (old,) = force.labels([item])
    printed = print_for(force, item, again=DAMAGED)
    acted(force, "BOOK_IN", [old], ["S100"], to=force.place_code(force.shelf))

    print_steps.confirm(force.services, force.person("officer"), printed.codes[0], printed.job)
    after = acted(force, "SIGHTING", [old])

    assert after == ["refused"]
    with force.services.store.read() as work:
        assert [one.kind for one in work.items.find(item).exhibit.discrepancies] == ["revoked label"]


def test_what_is_refused_activates_nothing(force: Force, item: int) -> None:
    (new,) = print_for(force, item).codes

    assert acted(force, "MOVE", [new], to=force.place_code(force.shelf)) == ["refused"]
    assert states(force, new) == ["printed"]


def test_a_later_printing_overtakes_one_that_nobody_saw_and_not_the_other_way_round(force: Force, item: int) -> None:
    first = print_for(force, item)
    second = print_for(force, item, again=Again("did-not-come-out"))
    officer = force.person("officer")

    print_steps.confirm(force.services, officer, first.codes[0])
    between = states(force, *first.codes, *second.codes)
    print_steps.confirm(force.services, officer, second.codes[0])

    assert between == ["live", "printed"]
    assert states(force, *first.codes, *second.codes) == ["revoked", "live"]
    assert (job(force, first.job).job.state, job(force, second.job).job.reprints) == (JobState.CONFIRMED, first.job)


def test_a_printing_whose_labels_were_all_overtaken_is_over(force: Force, item: int) -> None:
    first = print_for(force, item)
    second = print_for(force, item, again=Again("did-not-come-out"))

    print_steps.confirm(force.services, force.person("officer"), second.codes[0])

    assert states(force, *first.codes) == ["revoked"]
    assert job(force, first.job).job.state is JobState.VOIDED


def test_a_late_scan_of_a_label_that_was_overtaken_meanwhile_does_not_bring_it_back(force: Force, item: int) -> None:
    first = print_for(force, item)
    (later,) = print_for(force, item, again=Again("did-not-come-out")).codes
    force.clock.move(minutes=10)
    offline = force.clock.at
    force.clock.move(minutes=10)
    print_steps.confirm(force.services, force.person("officer"), first.codes[0])
    force.clock.move(hours=3)

    acted(force, "SIGHTING", [later], occurred_at=offline)

    assert code_of(force, item) == first.codes[0]
    assert states(force, *first.codes, later) == ["live", "revoked"]
    assert rebuild.rebuild(force.services, write=False).faults == []


def test_a_label_of_another_printing_does_not_confirm_this_one(force: Force) -> None:
    one, other = (print_for(force, number) for number in force.items(force.case(), 2))

    with pytest.raises(LabelOfAnotherPrinting) as refused:
        print_steps.confirm(force.services, force.person("officer"), other.codes[0], one.job)

    assert f"printing {other.job}" in refused.value.sentence()
    assert states(force, *one.codes, *other.codes) == ["printed", "printed"]


def test_each_label_of_a_printing_is_confirmed_by_itself_and_twice_is_once(force: Force) -> None:
    printed = print_for(force, *force.items(force.case(), 2))
    officer = force.person("officer")
    first, second = printed.codes

    said = [
        print_steps.confirm(force.services, officer, code, printed.job)
        for code in (first.lower(), f"{first[0]}-{first[1:5]}-{first[5:9]}-{first[9]}", second)
    ]

    assert [one.waiting for one in said] == [1, 1, 0]
    assert [one.sentence.rsplit(" ", 2)[-2:] for one in said][1] == ["confirmed", "before."]
    view = job(force, printed.job)
    assert (view.job.state, [line.seen_by for line in view.labels]) == (JobState.CONFIRMED, [officer.called] * 2)
    assert [line.step.step for line in view.steps] == ["made", "confirmed"]


def test_a_voided_label_is_refused_with_a_sentence_and_its_scan_stays_on_the_log(force: Force, item: int) -> None:
    (old,) = force.labels([item])
    printed = print_for(force, item, again=DAMAGED)
    officer = force.person("officer")

    gone = print_steps.void(force.services, officer, printed.job, "came out blank")
    after = acted(force, "SIGHTING", [printed.codes[0]])

    assert (gone, after, states(force, old, printed.codes[0])) == (1, ["refused"], ["live", "void"])
    with force.services.store.read() as work:
        line = work.scans.latest(0, 1)[0]
    assert (line.code, "came out blank" in line.sentence) == ("voided_label", True)
    with pytest.raises(VoidedLabel):
        print_steps.confirm(force.services, officer, printed.codes[0], printed.job)
    assert chain(force, item)[-1] == "void_label"
    assert job(force, printed.job).job.state is JobState.VOIDED
    with pytest.raises(NotAtThisStage):
        print_steps.void(force.services, officer, printed.job, "again")


def test_one_label_of_several_is_voided_and_the_printing_ends_with_the_others(force: Force) -> None:
    printed = print_for(force, *force.items(force.case(), 2))
    officer = force.person("officer")

    print_steps.void(force.services, officer, printed.job, "jammed", [printed.codes[0]])
    waiting = job(force, printed.job)
    print_steps.confirm(force.services, officer, printed.codes[1], printed.job)

    assert (waiting.job.state, waiting.waiting, waiting.steps[-1].step.step) == (JobState.SENT, 1, "voided")
    assert job(force, printed.job).job.state is JobState.CONFIRMED


def test_a_label_that_nobody_saw_for_hours_is_listed(force: Force, item: int) -> None:
    print_for(force, item)
    officer = force.person("officer")

    def overdue() -> tuple[bool, bool]:
        (label,) = printings.unseen_of(force.services, [item]).values()
        return (
            printings.listed(force.services, officer).rows[0].overdue,
            printings.unseen_too_long(force.services, label),
        )

    before = overdue()
    force.clock.move(hours=5)

    assert (before, overdue()) == ((False, False), (True, True))
    assert printings.unlabelled(force.services, 1, 10) == []


def test_supervisors_see_the_printing_of_their_team_without_its_pdf_and_others_see_nothing(force: Force) -> None:
    (secret,) = force.items(force.case(restricted=True))
    printed = print_for(force, secret)
    supervisor = force.person("supervisor")

    view = printings.see(force.services, supervisor, printed.job)

    assert [line.name for line in view.labels] == ["an item that you may not see"]
    assert [row.job.id for row in printings.listed(force.services, supervisor).rows] == [printed.job]
    with pytest.raises(NotFound):
        printings.open_pdf(force.services, supervisor, printed.job)
    for name in ("other", "property_officer", "administrator"):
        assert printings.listed(force.services, force.person(name)).rows == []
        with pytest.raises(NotFound):
            printings.see(force.services, force.person(name), printed.job)


def test_the_label_of_a_place_is_activated_by_the_act_that_scans_it(force: Force, item: int) -> None:
    administrator, services = force.person("administrator"), quick(force)
    (shelf,) = labels.print_place_labels(services, administrator, [force.shelf.id], "L7160").codes

    acted(force, "BOOK_IN", force.labels([item]), ["S100"], to=shelf)

    assert states(force, shelf) == ["live"]
    assert printings.listed(force.services, administrator).rows[0].job.state is JobState.CONFIRMED


def test_a_badge_is_first_scanned_with_its_pin_and_one_that_was_lost_is_worth_nothing_at_once(force: Force) -> None:
    administrator, services = force.person("administrator"), quick(force)
    officer, (device, _token) = force.people["officer"].id, force.device()
    force.turn(device, "officer")
    old = force.badge("officer")
    (new,) = labels.print_badges(services, administrator, [officer], "L7160", again=DAMAGED).codes
    both = states(force, old, new)

    with pytest.raises(PinNeeded):
        devices.begin_turn(force.services, device, new, None)
    devices.begin_turn(force.services, device, new, PIN)
    after = states(force, old, new)
    labels.print_badges(services, administrator, [officer], "L7160", again=Again("lost"))

    assert (both, after) == (["live", "printed"], ["revoked", "live"])
    assert states(force, new) == ["revoked"]


def test_identifying_an_item_anew_revokes_the_labels_that_nobody_saw_too(force: Force, item: int) -> None:
    from exhibits_app.services import naming
    from exhibits_app.services.typed_acts import Particulars, Second

    printed = print_for(force, item)
    force.labels([item])

    naming.relabel(
        force.services,
        force.person("exhibits_officer"),
        item,
        Particulars(seal="S100", reason="Fell off."),
        Second(witness=SignIn("supervisor", PASSWORD)),
    )

    assert states(force, *printed.codes) == ["revoked"]


def test_hours_are_a_setting_of_the_force(force: Force, item: int) -> None:
    printed = print_for(force, item)
    force.clock.move(minutes=90)

    services = quick(force, unseen_label=timedelta(hours=1))

    assert printings.see(services, force.person("officer"), printed.job).overdue
