"""Other time limits: what they would change is seen before they are set, and every deadline follows them."""

from dataclasses import replace
from datetime import timedelta

import pytest

from exhibits_app.domain.clocks import owed
from exhibits_app.domain.errors import (
    BadDays,
    BadInput,
    NobodyTold,
    NoRight,
    NotANumber,
    PolicyInThePast,
    PolicyMovedOn,
    UnclassifiedExempt,
)
from exhibits_app.domain.people import Grant, Person, Role
from exhibits_app.domain.policy import DayCount
from exhibits_app.services import alerts, deadlines, policy
from exhibits_app.services.ports import ItemLine
from tests.support.force import START, Force


@pytest.fixture
def chief(force: Force) -> Person:
    """An inspector who supervises the whole force."""
    inspector = force.people["inspector"]
    return replace(inspector, grants=(Grant(Role.SUPERVISOR),))


def typed(force: Force, chief: Person, **changed: str) -> policy.Form:
    """The limits in force as the form shows them, with some typed over."""
    latest, _stores = policy.latest(force.services, chief)
    numbers = {
        f"rules-{code}-{part}": str(getattr(rule, part) or "")
        for code, rule in latest.rules.items()
        for part in policy.PARTS
    } | {f"limits-{name}": str(getattr(latest.limits, name)) for name in latest.limits.__dataclass_fields__}
    start = force.clock.now() + timedelta(hours=1)
    stages = {
        f"escalation-{table}-{one.name}": one
        for table, stages in (("decision", latest.stages), ("custody", latest.custody_stages))
        for one in stages
    }
    numbers |= {f"{name}-percent": str(one.percent) for name, one in stages.items()}
    tells = {f"{name}-tells": one.tells for name, one in stages.items()}
    return policy.Form(numbers | changed, "calendar", "", (), start, "HMICFRS recommendation 4", latest.version, tells)


def test_a_change_shows_what_it_would_make_overdue_before_it_is_saved(force: Force, chief: Person) -> None:
    force.items(force.case(), 3, category="DRUG")
    force.clock.move(days=4)
    stricter = typed(force, chief, **{"rules-DRUG-decide_days": "3"})

    changes = policy.preview(force.services, chief, stricter).changes

    assert changes == [policy.Change("DRUG", 0, 3)]
    with force.services.store.read() as work:
        assert work.policies.all() == []
        assert work.items.due_before(force.clock.now(), ItemLine()) == []


def test_limits_that_let_items_leave_the_board_say_so_too(force: Force, chief: Person) -> None:
    force.items(force.case(), 2, category="CASH")
    force.clock.move(days=3)

    changes = policy.preview(force.services, chief, typed(force, chief, **{"rules-CASH-decide_days": "9"})).changes

    assert changes == [policy.Change("CASH", 2, 0)]


def test_every_deadline_follows_the_version_that_comes_into_force(force: Force, chief: Person) -> None:
    numbers = force.items(force.case(), 3, category="DRUG")
    alerts.run(force.services)
    made = policy.save(force.services, chief, typed(force, chief, **{"rules-DRUG-decide_days": "2"}))

    before = deadlines.bring_up(force.services)
    force.clock.move(hours=2)
    with force.services.store.read() as work:
        behind = deadlines.standing(work, made)
    looked_at = deadlines.bring_up(force.services)

    assert (before, looked_at, deadlines.bring_up(force.services)) == (0, 3, 0)
    assert behind == "version 1 of the time limits is applied to 0 of 3 items"
    with force.services.store.read() as work:
        assert deadlines.standing(work, made) is None
        for number in numbers:
            held = work.items.hold(number)
            assert work.items.differing(held, owed(held.exhibit, made)) == []


def test_a_job_broken_off_goes_on_where_it_was(force: Force, chief: Person, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deadlines, "PAGE", 2)
    force.items(force.case(), 5)
    seen: list[int] = []

    class Stopped(RuntimeError):
        pass

    def stop(done: int) -> None:
        seen.append(done)
        if done == 2:
            raise Stopped

    with pytest.raises(Stopped):
        deadlines.bring_up(force.services, stop)
    rest = deadlines.bring_up(force.services, seen.append)

    assert (seen, rest) == ([2, 2, 3], 3)


def test_who_is_told_and_when_follows_the_version_in_force_at_that_time(force: Force, chief: Person) -> None:
    (item,) = force.items(force.case(category="volume"), category="DRUG")  # Decided 7 days after its seizure.
    form = typed(force, chief, **{"escalation-decision-half-time-percent": "20"})
    form = replace(form, tells=dict(form.tells) | {"escalation-decision-half-time-tells": ("submissions",)})

    preview = policy.preview(force.services, chief, replace(form, effective_from=START + timedelta(days=2)))
    made = policy.save(force.services, chief, replace(form, effective_from=START + timedelta(days=2)))
    force.clock.move(days=1.9)
    alerts.run(force.services)
    force.clock.move(days=0.2)
    alerts.run(force.services)

    (change,) = preview.stages
    assert (change.name, change.reached_before, change.reached_after, preview.changes) == ("half-time", 0, 1, [])
    with force.services.store.read() as work:
        assert work.policies.current(START + timedelta(days=2)) == made
        told = [(one["stage"], one["person"]) for one in work.alerts.of_item(item) if one["clock"] == "decision"]
    assert told == [("half-time", force.people["submissions"].id)]


@pytest.mark.parametrize(
    ("changed", "refusal", "field"),
    [
        ({"numbers": {"rules-DRUG-decide_days": "soon"}}, NotANumber, "rules-DRUG-decide_days"),
        ({"numbers": {"limits-handover_hours": "0"}}, NotANumber, "limits-handover_hours"),
        ({"numbers": {"rules-UNK-submit_days": ""}}, UnclassifiedExempt, "rules-UNK-decide_days"),
        ({"local": "24/12/2026\nChristmas"}, BadDays, "local"),
        ({"effective_from": START - timedelta(minutes=1)}, PolicyInThePast, "effective_from"),
        ({"seen_version": 9}, PolicyMovedOn, "effective_from"),
        ({"note": " "}, BadInput, "note"),
        (
            {"numbers": {"escalation-decision-long-overdue-percent": "90"}},
            NotANumber,
            "escalation-decision-long-overdue-percent",
        ),
        ({"tells": {}}, NobodyTold, "escalation-decision-half-time-tells"),
    ],
)
def test_limits_that_nobody_can_mean_are_refused(
    force: Force, chief: Person, changed: dict[str, object], refusal: type[BadInput], field: str
) -> None:
    form = typed(force, chief)
    numbers = dict(form.numbers) | changed.pop("numbers", {})  # type: ignore[operator]

    with pytest.raises(refusal) as refused:
        policy.save(force.services, chief, replace(form, numbers=numbers, **changed))

    assert refused.value.field == field
    with force.services.store.read() as work:
        assert work.policies.all() == []


@pytest.mark.parametrize("who", ["supervisor", "inspector", "administrator"])
def test_only_an_inspector_of_the_whole_force_sets_its_limits(force: Force, chief: Person, who: str) -> None:
    form = typed(force, chief)

    with pytest.raises(NoRight):
        policy.save(force.services, force.person(who), form)


def test_a_version_holds_the_bank_holidays_it_counts_with(force: Force, chief: Person) -> None:
    form = replace(typed(force, chief), counts="working", local="24/12/2026")

    made = policy.save(force.services, chief, form)

    assert made.counts is DayCount.WORKING
    assert {f"{day:%d/%m/%Y}" for day in made.closed} > {"25/12/2026", "28/12/2026", "24/12/2026", "03/04/2026"}
    with force.services.store.read() as work:
        assert work.policies.current(form.effective_from or START) == made
