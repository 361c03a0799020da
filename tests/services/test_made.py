"""Every decision stands in a table beside the ledger, as the fold of its entries tells it."""

from datetime import timedelta
from importlib import import_module

import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from sqlalchemy import create_engine, text

from exhibits_app.domain.decisions import Choice
from exhibits_app.domain.events import Mistake
from exhibits_app.domain.made import DecisionMade
from exhibits_app.services import corrections, deciding, rebuild
from exhibits_app.services.corrections import Wanted
from exhibits_app.services.ports import DecisionLine
from tests.support.force import START, Force

ADVICE = deciding.Advice("pathologist", "Dr Sorrel", "Blood on the sheet", 1)
ALL = DecisionLine(START, START + timedelta(days=365))


def kept(force: Force, item: int) -> list[DecisionMade]:
    with force.services.store.read() as work:
        return work.decisions.of_item(item)


def refuse(force: Force, item: int, decision: str = "NOT_REQUIRED", reason: str = "cost", **given: object) -> None:
    choice = Choice(decision, reason, "The laboratory quoted 4,000 pounds.", **given)  # type: ignore[arg-type]
    deciding.decide(force.services, force.person("inspector"), item, choice)


@pytest.fixture
def decided(force: Force) -> Force:
    """A sheet refused for cost against a recommendation, five days late, and asked for again; a knife submitted."""
    sheet, knife = force.items(force.case(), 2)
    deciding.recommend(force.services, force.person("coroners_officer"), sheet, ADVICE)
    force.clock.move(days=8, hours=-1)
    with force.services.store.read() as work:
        (asked,) = work.items.find(sheet).exhibit.open_recommendations
    refuse(force, sheet, answers={asked.event: "It costs too much."})
    deciding.decide(force.services, force.person("officer"), knife, Choice("SUBMIT"))
    force.clock.move(days=1)
    deciding.recommend(force.services, force.person("coroners_officer"), sheet, ADVICE)
    return force


def test_a_decision_says_what_it_went_against_how_late_it_was_and_what_came_of_it(decided: Force) -> None:
    (sheet,), (knife,) = kept(decided, 1), kept(decided, 2)

    assert (sheet.decision, sheet.reason_code, sheet.rank, sheet.category) == ("NOT_REQUIRED", "cost", "DI", "DTH-BED")
    assert (len(sheet.against), sheet.late, sheet.due) == (1, True, START + timedelta(days=2))
    assert (sheet.reopened_at, sheet.reopened_by) == (decided.clock.at, "recommended")
    assert (knife.decision, knife.against, knife.reopened_at) == ("SUBMIT", (), None)
    assert rebuild.rebuild(decided.services, write=False).faults == []


def test_a_decision_that_was_not_made_goes_from_the_table_and_so_does_what_reopened_it(decided: Force) -> None:
    (made,) = kept(decided, 1)
    wanted = Wanted(made.event, Mistake.NOTHING.value, "It was about another sheet.")

    corrections.correct(decided.services, decided.person("inspector"), 1, wanted, decided.person("supervisor"))

    assert kept(decided, 1) == []
    refuse(decided, 2)
    assert [one.decision for one in sorted(kept(decided, 2), key=lambda one: one.at)] == ["SUBMIT", "NOT_REQUIRED"]
    assert rebuild.rebuild(decided.services, write=False).faults == []


def test_the_step_that_makes_the_table_fills_it_from_the_entries(decided: Force) -> None:
    before = [kept(decided, item) for item in (1, 2)]
    steps = [f"exhibits_app.store.migrations.versions.{name}" for name in ("0022_decision_made", "0033_decision_cost")]
    engine = create_engine(decided.settings.address)

    with engine.begin() as connection:
        connection.execute(text("DROP TABLE decision_made"))
        with Operations.context(MigrationContext.configure(connection)):
            for step in steps:
                import_module(step).upgrade()
    engine.dispose()

    assert [kept(decided, item) for item in (1, 2)] == before
    with decided.services.store.read() as work:
        assert work.decisions.by_person(ALL)[0].late == 1
