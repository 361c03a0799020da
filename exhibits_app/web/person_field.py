"""A field in which somebody is named by number or name; the browser offers who fits while one types."""

from typing import Any

from flask import url_for
from govuk_frontend_wtf.wtforms_widgets import GovTextInput
from wtforms import StringField

from ..current import services
from ..services import colleagues

HINT = "Collar or staff number, or name."


class PersonInput(GovTextInput):
    """A line of text beside which `people.js` offers people."""

    def __call__(self, field: StringField, **given: Any) -> Any:
        """The field as HTML."""
        given |= {"autocomplete": "off", "spellcheck": "false", "data-people": url_for("colleagues.like")}
        return super().__call__(field, **given)


class PersonField(StringField):
    """Somebody who works here; empty is nobody."""

    widget = PersonInput()

    def __init__(self, label: str, description: str = HINT, **given: Any) -> None:
        super().__init__(label, description=description, **given)

    def chosen(self, kept: int | None = None) -> int | None:
        """The id of who was named; `kept` is who stood there and may stay, even after they left.

        Raises NobodyIsCalled, SeveralAreCalled.
        """
        said = self.data or ""
        if said and said == colleagues.called(services(), kept, left=True):
            return kept
        return colleagues.chosen(services(), said, self.name, self.label.text.lower())
