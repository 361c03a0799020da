"""The trend: the alert job counts once a day, in London's days, and each sees the trend of what they may see."""

from dataclasses import replace
from datetime import UTC, date, datetime

from exhibits_app.domain.people import Grant, Role, ScopeKind
from exhibits_app.services import alerts, trend
from exhibits_app.services.ports import ItemLine
from exhibits_app.web.chart import TOP, TREND_FOOT, TREND_HEIGHT, days
from tests.support.force import Force


def last(force: Force, who: str, team: int | None = None) -> tuple[int | None, ...]:
    """The counts of the last three days."""
    found = trend.of_board(force.services, force.person(who), ItemLine(team=team))
    assert found is not None
    assert len(found.days) == trend.DAYS
    return tuple(count for _, count in found.days[-3:])


def test_the_alert_job_counts_each_london_day_once_and_a_day_without_it_has_no_count(force: Force) -> None:
    force.items(force.case(), 2, category="PM")
    force.clock.at = datetime(2026, 5, 8, 22, 30, tzinfo=UTC)
    alerts.run(force.services)
    force.items(force.case(reference="01AB/2/26", team=0), category="PM", seal="")
    force.clock.at = datetime(2026, 5, 9, 23, 30, tzinfo=UTC)  # Half past midnight on the 10th in London.
    alerts.run(force.services)
    again = trend.keep_today(force.services)

    shown = trend.of_board(force.services, force.person("submissions"), ItemLine())
    assert (again, shown and shown.days[-1][0]) == (False, date(2026, 5, 10))
    assert last(force, "submissions") == (2, None, 3)
    assert last(force, "supervisor") == last(force, "submissions", force.team) == (2, None, 2)


def test_who_sees_one_case_alone_sees_no_trend(force: Force) -> None:
    person = replace(force.person("other"), grants=(Grant(Role.SUPERVISOR, ScopeKind.CASE, 1),))

    assert trend.of_board(force.services, person, ItemLine()) is None


def test_a_day_with_anything_overdue_is_visible_and_none_leaves_the_chart() -> None:
    drawn = days([None, 0, 1, 10_000])

    assert [day.height for day in drawn] == [0, 0, 3, TREND_HEIGHT - TOP - TREND_FOOT]
    assert {day.top + day.height for day in drawn} == {TREND_HEIGHT - TREND_FOOT}
