"""The fold of legacy stock: where the previous system had it, its number there, and when it is graded in."""

from ..events import Event, GradingPlanned, Imported
from ..exhibit import Alias, Exhibit
from .common import Changes, handed, store_of


def imported(exhibit: Exhibit, event: Event, body: Imported) -> Changes:
    """It has one number more, and is where the previous system had it; nobody has seen it there."""
    alias = Alias(body.issuer, body.number)
    at = event.envelope.corrected
    changes = Changes(
        legacy=alias, aliases=(*exhibit.aliases, alias), imported_at=at, grade_on=body.grade_on, grade_plan=0
    )
    if body.place is None:
        return changes
    return handed(exhibit, event, store_of(body.place), body.place) | changes | Changes(first_booked_in_at=at)


def grading_planned(_exhibit: Exhibit, _event: Event, body: GradingPlanned) -> Changes:
    """The newest plan is the one."""
    return Changes(grade_on=body.grade_on, grade_plan=body.plan)
