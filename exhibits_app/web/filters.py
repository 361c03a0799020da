"""How values are written on pages."""

from datetime import datetime

from flask import Flask, url_for

from labels.payload import printed

from ..domain import show
from ..domain.advice import ADVISER_NAMES, GRADE_NAMES
from ..domain.cases import CASE_CATEGORY_NAMES, HAZARD_NAMES, ITEM_CATEGORY_NAMES
from ..domain.clocks import CLOCK_NAMES
from ..domain.custody.ending import HOLD_NAMES, METHOD_NAMES
from ..domain.laboratory import OUTCOME_NAMES
from ..domain.people import ROLE_NAMES, Action
from ..domain.policy import LIMIT_NAMES


def register(app: Flask) -> None:
    """Add the filters and the lists of names to every template."""
    app.add_template_filter(show.day, "day")
    app.add_template_filter(show.day_and_time, "day_and_time")
    app.add_template_filter(show.clock, "time_of_day")
    app.add_template_filter(show.iso, "iso")
    app.add_template_filter(show.how_long, "length_of_time")
    app.add_template_filter(printed, "printed")
    app.add_template_filter(overdue_by, "overdue_by")
    app.add_template_filter(show.how_long, "how_long")
    app.jinja_env.globals.update(
        Action=Action,
        ADVISER_NAMES=ADVISER_NAMES,
        GRADE_NAMES=GRADE_NAMES,
        CASE_CATEGORY_NAMES=CASE_CATEGORY_NAMES,
        ITEM_CATEGORY_NAMES=ITEM_CATEGORY_NAMES,
        HAZARD_NAMES=HAZARD_NAMES,
        CLOCK_NAMES=CLOCK_NAMES,
        LIMIT_NAMES=LIMIT_NAMES,
        ROLE_NAMES=ROLE_NAMES,
        HOLD_NAMES=HOLD_NAMES,
        OUTCOME_NAMES=OUTCOME_NAMES,
        METHOD_NAMES=METHOD_NAMES,
        asset=_asset,
    )


def overdue_by(due: datetime, now: datetime) -> str:
    """ "3 days overdue" or "due in 5 hours"."""
    late = (now - due).total_seconds()
    return f"{show.how_long(late)} overdue" if late > 0 else f"due in {show.how_long(-late)}"


def _asset(name: str) -> str:
    return url_for("static", filename=name)
